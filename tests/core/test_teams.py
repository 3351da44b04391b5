"""A person with two teams chooses which one a conversation is about."""

from __future__ import annotations

from dataclasses import replace

from bot.core.events import CodeConfirmed, TeamPicked
from bot.core.turn import Command
from tests.conversation import Conversation, begun, plain

ONE, OTHER = "a" * 32, "b" * 32


def with_two() -> Conversation:
    talk = begun(language="en")
    talk.world = replace(talk.world, teams=((ONE, "Lagoon"), (OTHER, "")))
    return talk


def test_both_teams_are_offered_and_one_without_a_name_too() -> None:
    talk = with_two()
    talk.command("teams")
    assert list(talk.buttons()) == ["Lagoon", "Team without a name 2", "Back"]


def test_the_team_chosen_is_told_to_the_service() -> None:
    talk = with_two()
    talk.command("teams")
    said = talk.tap("Lagoon")
    assert TeamPicked(ONE) in talk.events
    assert "Lagoon" in plain(said[0])


def test_whoever_has_a_team_is_asked_before_a_code_is_used() -> None:
    talk = begun(language="en")
    said = talk.hear(Command("arrived", "ask:abc"))
    assert "If somebody else sent you this link, say no." in plain(said[0])
    talk.tap("No")
    assert CodeConfirmed("abc") not in talk.events
    talk.hear(Command("arrived", "ask:abc"))
    talk.tap("Yes, both are ours")
    assert CodeConfirmed("abc") in talk.events


def test_whatever_became_of_a_code_the_question_stays() -> None:
    talk = begun(language="en")
    before = talk.shown
    for how in ("linked", "same", "expired", "invited", "<nonsense>"):
        talk.hear(Command("arrived", how))
        assert talk.shown == before
