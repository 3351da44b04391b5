"""The locks: complete, pinned by hash, and free of addresses."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ["run.lock", "dev.lock"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9-]*)==(\S+)", text, re.MULTILINE))


def wanted(*groups: str) -> list[Requirement]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(pyproject["project"]["dependencies"])
    for group in groups:
        lines += pyproject["dependency-groups"][group]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_file(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*(-i|-f|--\w*index|--find-links)\b| @ ", text, re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_in_a_lock_has_a_hash(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock)) > 20
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(("lock", "groups"), [("run.lock", []), ("dev.lock", ["dev"])])
def test_a_lock_holds_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    pinned = pins(lock)
    for one in wanted(*groups):
        assert pinned[canonicalize_name(one.name)] in one.specifier, str(one)


def test_both_locks_pin_the_same_versions() -> None:
    assert pins("run.lock").items() <= pins("dev.lock").items()


@pytest.mark.parametrize("name", ["hatchling", "editables"])
def test_what_builds_the_project_is_locked_too(name: str) -> None:
    assert name in pins("run.lock")
