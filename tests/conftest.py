"""What every test stands on: no network, no settings from outside, no silent skip."""

import os
import sys
from collections.abc import Callable
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.commands import Amorce, runner

# What a test may ask for that a machine may lack. `REQUIRE=git ./dev test`
# turns its absence from a skip into a failure.
NEEDS = frozenset({"bash", "browser", "git", "node"})

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::"})  # noqa: S104

# How long an example takes says nothing about whether it is right.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")


def required() -> frozenset[str]:
    names = os.environ.get("REQUIRE", "").replace(",", " ").split()
    return frozenset(names)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite golden files instead of comparing with them"
    )


def pytest_configure(config: pytest.Config) -> None:
    if unknown := required() - NEEDS:
        raise pytest.UsageError(
            f"REQUIRE names {', '.join(sorted(unknown))}; known: {', '.join(sorted(NEEDS))}"
        )


@pytest.fixture(scope="session")
def need() -> Callable[[str, str], NoReturn]:
    """`need("git", "why")` skips the test; where REQUIRE names it, the test fails instead."""

    def need(what: str, why: str) -> NoReturn:
        if what not in NEEDS:
            pytest.fail(f"add {what!r} to NEEDS in tests/conftest.py")
        if what in required():
            pytest.fail(f"{what} is required here: {why}")
        pytest.skip(f"{what}: {why}")

    return need


@pytest.fixture(scope="session")
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten (`./dev update`)."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own settings must not decide a test."""
    for name in list(os.environ):
        if name.upper().startswith("AMORCE_"):
            monkeypatch.delenv(name)


def refuse_the_network(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect":
        address = args[1]
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test reached for the network: {address[0]}")
    elif event == "socket.getaddrinfo" and args[0] not in LOOPBACK | {None, ""}:
        raise AssertionError(f"a test asked for the address of {args[0]!r}")


sys.addaudithook(refuse_the_network)


@pytest.fixture
def amorce(capsys: pytest.CaptureFixture[str]) -> Amorce:
    """Runs one command in this process."""
    return runner(capsys)
