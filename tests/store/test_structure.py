"""Between BEGIN and COMMIT nothing is awaited: the work of a transaction is plain functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

INSIDE = (
    "bot/store/batch.py",
    "bot/store/people.py",
    "bot/store/outbox.py",
    "bot/service/reactions.py",
)
WAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith, ast.AsyncFunctionDef)


@pytest.mark.parametrize("name", INSIDE)
def test_what_runs_inside_a_transaction_cannot_wait(name: str) -> None:
    found = [n for n in ast.walk(ast.parse(Path(name).read_text())) if isinstance(n, WAITING)]
    assert found == []


def test_transactions_begin_in_one_place_which_cannot_wait() -> None:
    places = []
    for path in Path("bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                words = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                if any(isinstance(w, str) and w.startswith("BEGIN") for w in words):
                    places.append((path.name, node.name, type(node).__name__))
    assert sorted(places) == [
        ("connection.py", "transaction", "FunctionDef"),
        ("migrate.py", "_upgrade", "FunctionDef"),
    ]
