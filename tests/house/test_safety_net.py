"""The rules of tests/conftest.py hold: they guard all other tests."""

import os
import socket
from collections.abc import Callable
from typing import NoReturn

import pytest

Need = Callable[[str, str], NoReturn]


def test_what_is_lacking_skips_a_test(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="git: not here"):
        need("git", "not here")


def test_what_is_lacking_fails_where_it_is_required(
    need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE", "git")
    with pytest.raises(pytest.fail.Exception, match="git is required here: not here"):
        need("git", "not here")


def test_a_need_nobody_can_require_is_a_mistake(need: Need) -> None:
    with pytest.raises(pytest.fail.Exception, match="NEEDS"):
        need("gti", "misspelt")


def test_a_test_that_reaches_for_the_network_fails() -> None:
    # The address is reserved for documentation: nobody answers there.
    with socket.socket() as wire, pytest.raises(AssertionError, match="reached for the network"):
        wire.connect(("192.0.2.1", 443))


def test_a_test_that_looks_up_a_name_fails() -> None:
    with pytest.raises(AssertionError, match="asked for the address"):
        socket.getaddrinfo("amorce.example", 443)


def test_settings_of_the_developer_do_not_reach_a_test() -> None:
    assert [name for name in os.environ if name.startswith("AMORCE_")] == []
