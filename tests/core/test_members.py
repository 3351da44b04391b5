"""Several members of one team at once, each in a chat of their own."""

from __future__ import annotations

from dataclasses import replace

from bot.core.engine import step
from bot.core.session import Frame, Session
from bot.core.turn import Edited, Text
from bot.dialogs import register
from tests.conversation import begun, library, state


def test_an_edit_never_touches_what_another_member_wrote() -> None:
    talk = begun()
    talk.hear(Text("Les puits sont pollués."), message="m7")
    turn = replace(talk.turn(Edited("autre chose"), "m7"), chat="2", person="test:2")
    world = replace(talk.world, session=Session("fr", (Frame("menu", "idle"),)))
    after = step(world, turn, register(), library()).world
    assert after.case.told("problem") == "Les puits sont pollués."


def test_a_step_closed_by_another_member_can_no_longer_be_put_off() -> None:
    talk = begun()
    talk.command("step")
    talk.say("Appeler la mairie")
    talk.do("me")
    talk.do("due:w1")
    talk.command("step")
    talk.do("later")
    talk.world = replace(talk.world, case=replace(talk.world.case, step=None))
    talk.do("due:w1")
    assert (talk.world.session.frames[-1].dialog, state(talk)) == ("nextstep", "what")
