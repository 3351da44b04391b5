"""The secret that is made at the first start is whole, or not there at all."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from bot.config import load


def test_a_disk_too_full_for_the_secret_leaves_none_behind(tmp_path: Path) -> None:
    data = {"AMORCE_DATA_DIR": str(tmp_path)}
    limit, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))
    try:
        with pytest.raises(OSError, match="File too large"):
            load(data, tmp_path / ".env")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    assert not list(tmp_path.iterdir())
    assert load(data, tmp_path / ".env").secret.get_secret_value()
