"""Back leads to the question left, however many dialogs were opened on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conversation import begun, state


@pytest.mark.parametrize("aside", ["language", "browse", "ask", "privacy", "step"])
def test_back_out_of_what_was_looked_into_leads_to_the_question_left(aside: str) -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    talk.do("set:study")
    here = state(talk)
    talk.command(aside)
    talk.command("back")
    assert (talk.world.session.frames[-1].dialog, state(talk)) == ("intake", here)


def test_back_from_the_actors_leads_to_the_question_before_them() -> None:
    talk = begun()
    while talk.world.session.frames[-1].dialog != "actors":
        talk.do(next(c for c in talk.world.session.choices if c in ("skip", "set:go_on")))
    before = talk.world.session.frames[-2].trail[-1]
    talk.command("back")
    assert state(talk) == before


def test_back_passes_over_a_question_that_a_newer_version_no_longer_asks() -> None:
    talk = begun()
    talk.say("Les puits sont pollués.")
    frame = replace(talk.world.session.frames[-1], trail=("problem", "gone"))
    talk.world = replace(talk.world, session=replace(talk.world.session, frames=(frame,)))
    talk.command("back")
    assert state(talk) == "problem"
