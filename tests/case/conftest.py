"""The reading rules of the repository and the cases to read with them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.fields import Languages
from bot.knowledge.rules import Rules, parse

ROOT = Path(__file__).parents[2]


def documents() -> dict[str, Any]:
    paths = (ROOT / "knowledge/rules").glob("*.yaml")
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in paths}


def cases(name: str) -> list[dict[str, Any]]:
    found = yaml.safe_load((ROOT / f"tests/cases/{name}.yaml").read_text("utf-8"))
    return list(found["cases"])


@pytest.fixture(scope="session")
def rule_documents() -> Mapping[str, Any]:
    return documents()


@pytest.fixture(scope="session")
def rules() -> Rules:
    found = yaml.safe_load((ROOT / "knowledge/languages.yaml").read_text("utf-8"))
    return parse(documents(), Languages.model_validate(found))


@pytest.fixture(scope="session")
def all_cases() -> list[dict[str, Any]]:
    return cases("source") + cases("own")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "example" in metafunc.fixturenames:
        found = cases("source") + cases("own")
        metafunc.parametrize("example", found, ids=[each["id"] for each in found])
