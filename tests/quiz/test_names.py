"""Names on the wall: short, visible, and each only once."""

from __future__ import annotations

from bot.quiz.names import LONGEST, free, seen


def test_a_name_is_one_line_without_signs_that_are_not_seen() -> None:
    assert seen("  Ada \n Love\tlace ") == "Ada Love lace"
    assert seen("Ada\u202e\u200b\x00\ufeff") == "Ada"
    assert seen("\u202e\u2066") == ""
    assert len(seen("w" * 300)) == LONGEST


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free("Ada", {"ben"}, 7) == "Ada"
    assert free("Ada", {"ada", "ada 2"}, 7) == "Ada 3"
    assert free("", {"7"}, 7) == "8"
