"""Every button a founder can be shown does something, and no way of tapping leads into a trap.

AMORCE_HOSTILE=all walks some thousand questions, otherwise some hundred.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

import pytest

from bot.case.file import CaseFile
from bot.core.turn import Cause, Command, Tap, Text
from tests.conversation import Conversation, plain
from tests.hostile.soundness import sound
from tests.hostile.walker import Node, one_a_place, steps, walk

MOST = 3000 if os.environ.get("AMORCE_HOSTILE") == "all" else 280
# Said once by those who want to read all: the help and the copy of the file may be long.
CALM = 600


@cache
def taken() -> tuple[tuple[Node, str, Conversation], ...]:
    """Every step from every question: whence, what was tapped or typed, and what came of it."""
    return tuple((node, typed, talk) for node in walk(MOST) for typed, talk, _ in steps(node))


def _way(node: Node, typed: str) -> str:
    return " > ".join((*node.way, typed))


def test_every_button_shown_can_be_tapped() -> None:
    wrong: list[str] = []
    for node, typed, talk in taken():
        try:
            sound(talk)
            assert talk.world.session.choices or typed == "[erase_all]", "no way on"
        except AssertionError as problem:
            wrong.append(f"{_way(node, typed)}: {problem}")
    assert not wrong, "\n".join(wrong[:20])


def test_nothing_a_founder_normally_gets_is_longer_than_six_hundred_characters() -> None:
    long: dict[str, str] = {}
    for node, typed, talk in taken():
        for message in talk.heard:
            if len(plain(message)) > CALM:
                long.setdefault(plain(message)[:40], _way(node, typed))
    assert not long, "\n".join(f"{text!r} by {way}" for text, way in long.items())


@pytest.mark.parametrize(
    "cause", [Command("back"), Text("retour")], ids=["the command", "the word"]
)
def test_going_back_again_and_again_leads_home_from_everywhere(cause: Cause) -> None:
    wrong: list[str] = []
    for node in walk(MOST)[::2]:
        talk = node.talk()
        for _ in range(45):
            talk.hear(cause)
            sound(talk)
            if len(talk.world.session.frames) == 1 and _home(talk):
                break
        else:
            wrong.append(_way(node, f"back, stands in {talk.world.session.frames}"))
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:20])


def _home(talk: Conversation) -> bool:
    """The menu, or the first question of all: there is nothing further back."""
    return talk.world.session.frames[-1].dialog in ("menu", "welcome")


@pytest.mark.parametrize("name", ["menu", "cancel"])
def test_one_command_leads_home_from_everywhere(name: str) -> None:
    for node in walk(MOST)[::2]:
        talk = node.talk()
        talk.command(name)
        sound(talk)
        assert talk.world.session.frames[-1].dialog == "menu", _way(node, name)


def test_the_menu_gives_the_question_back_that_lay_open() -> None:
    for node in walk(MOST)[::2]:
        if node.place[0] == "menu":
            continue
        talk = node.talk()
        talk.command("menu")
        talk.command("back")
        sound(talk)
        top = talk.world.session.frames[-1]
        assert (top.dialog, top.state) == node.place, _way(node, "/menu > /back")


def test_the_stack_never_grows_by_going_round() -> None:
    for node in walk(MOST)[::2]:
        talk = node.talk()
        sizes = []
        for _ in range(4):
            for name in ("menu", "browse", "review", "privacy", "menu"):
                talk.command(name)
            talk.say("Comment trouver de l'argent ?")
            shown = [c for c in talk.world.session.choices if c.startswith("show:")]
            if shown:
                talk.hear(Tap(shown[0], talk.world.session.asked))
            sizes.append(len(talk.world.session.frames))
        assert sizes[1] == sizes[2] == sizes[3], _way(node, str(sizes))


@pytest.mark.parametrize("gone", ["all", "actors", "step"])
def test_a_file_shortened_by_another_member_breaks_no_question(gone: str) -> None:
    wrong: list[str] = []
    for node in one_a_place(MOST).values():
        case = node.world.case
        less = {
            "all": CaseFile(),
            "actors": replace(case, actors=()),
            "step": replace(case, step=None),
        }
        taps: list[Cause] = [
            Tap(action, node.world.session.asked) for action in node.world.session.choices
        ]
        for cause in (*taps, Text("bonjour à toute l'équipe"), Text("1"), Command("back")):
            talk = node.talk()
            talk.world = replace(node.world, case=less[gone])
            try:
                talk.hear(cause)
                sound(talk)
            except (AssertionError, LookupError) as problem:
                wrong.append(f"{_way(node, str(cause))}: {problem!r}")
    assert not wrong, "\n".join(wrong[:10])


def test_back_undoes_the_tap_before_in_every_dialog_of_the_file() -> None:
    """A tap that only moves to another state of its dialog can be taken back."""
    wrong: list[str] = []
    for node in walk(MOST)[::2]:
        for action in ("steps", "watch", "source", "correct", "aside", "chapter:goal"):
            if action not in node.world.session.choices:
                continue
            talk = node.talk()
            talk.do(action)
            if talk.world.session.frames[-1].dialog != node.place[0]:
                continue
            talk.command("back")
            sound(talk)
            top = talk.world.session.frames[-1]
            if top.dialog != node.place[0]:
                wrong.append(_way(node, action))
    assert not wrong, "\n".join(wrong[:10])
