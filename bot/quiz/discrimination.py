"""How far the score on one question goes with the score on the rest of the quiz."""

from __future__ import annotations

import math
from collections.abc import Sequence


def indices(scores: Sequence[Sequence[int]]) -> list[float | None]:
    """Moodle's discrimination index of each question, in percent.

    `scores`: for each player, the score on each question. The index is the correlation between
    the score on the question and the sum of all the others; None where fewer than two players
    are compared, or where all of them reached the same on one of the two sides.
    """
    totals = [sum(row) for row in scores]
    return [_index(column, totals) for column in zip(*scores, strict=True)]


def _index(column: Sequence[int], totals: Sequence[int]) -> float | None:
    rests = [total - score for total, score in zip(totals, column, strict=True)]
    # Whole numbers up to the root: no variance is exactly none.
    spread = _shared(column, column) * _shared(rests, rests)
    return 100 * _shared(column, rests) / math.sqrt(spread) if spread else None


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """The covariance, times the square of their number."""
    together = sum(a * b for a, b in zip(one, other, strict=True))
    return len(one) * together - sum(one) * sum(other)
