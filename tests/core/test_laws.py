"""Laws of `step`, held against random conversations."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.case.file import CaseFile
from bot.case.learning import Learning
from bot.case.plain import made, plain
from bot.core.commands import COMMANDS
from bot.core.engine import step
from bot.core.session import Session
from bot.core.turn import Cause, Command, Due, Edited, Tap, Text, Unreadable
from bot.dialogs import register
from tests.conversation import Conversation, library, renderer

ACTION_BYTES = 43
TELEGRAM_LIMIT = 4096

typed = st.one_of(
    st.text(max_size=60),
    st.sampled_from(["2", "oui", "retour", "<b>x", "a & b < c", "Mairie, ONG, Université", "?"]),
    st.sampled_from(["Comment trouver de l'argent ?", "12/03/2028", "aide", "1, 3", "x" * 4096]),
)
moves = st.lists(
    st.one_of(
        st.tuples(st.just("tap"), st.integers(0, 12)),
        st.tuples(st.just("say"), typed),
        st.tuples(st.just("command"), st.sampled_from([*COMMANDS, "nonsense"])),
        st.tuples(st.just("stale"), st.integers(0, 5)),
        st.tuples(st.just("edit"), st.integers(1, 9)),
        st.tuples(st.just("send"), st.sampled_from(["voice", "sticker", "poll"])),
        st.tuples(st.just("wait"), st.integers(0, 40)),
        st.tuples(st.just("due"), st.just(0)),
    ),
    max_size=30,
)


def cause_of(talk: Conversation, kind: str, what: object) -> Cause:
    choices = talk.world.session.choices
    if kind == "tap" and choices and isinstance(what, int):
        return Tap(choices[what % len(choices)], talk.world.session.asked)
    if kind == "stale":
        return Tap("yes", max(0, talk.world.session.asked - int(str(what))))
    if kind == "edit":
        return Edited("un autre texte")
    if kind == "command":
        return Command(str(what))
    if kind == "due":
        return Due("refresher", "3")
    if kind == "send":
        return Unreadable(str(what))
    return Text(str(what))


def play(script: list[tuple[str, object]], agreed: bool = True) -> Conversation:
    talk = Conversation()
    talk.command("start")
    talk.do("yes" if agreed else "no")
    for kind, what in script:
        if kind == "wait":
            talk.wait(timedelta(days=int(str(what))))
        else:
            message = str(what) if kind == "edit" else ""
            said = talk.hear(cause_of(talk, kind, what), message)
            if said or kind != "due":
                check(talk)
    return talk


def check(talk: Conversation) -> None:
    assert talk.heard, "a turn without an answer"
    session = talk.world.session
    assert len(session.frames) <= len(register())
    for frame in session.frames:
        assert frame.state in register()[frame.dialog].states
    for action in session.choices:
        assert len(action.encode()) <= ACTION_BYTES
    for message in talk.heard:
        wellformed(message.html)


class Strict(HTMLParser):
    """Refuses what Telegram refuses: unknown tags, and tags that do not close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("b", "i", "a"), tag
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag, tag


def wellformed(html: str) -> None:
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert not parser.open
    assert html.strip()


@given(moves)
@settings(max_examples=60)
def test_every_turn_is_answered_in_a_known_state_with_words_telegram_takes(
    script: list[tuple[str, object]],
) -> None:
    play(script)


@given(moves, typed)
@settings(max_examples=25)
def test_the_same_turn_has_the_same_outcome(script: list[tuple[str, object]], text: str) -> None:
    talk = play(script)
    turn = talk.turn(Text(text))
    first = step(talk.world, turn, register(), library())
    assert step(talk.world, turn, register(), library()) == first


@given(moves)
@settings(max_examples=25)
def test_a_session_and_a_case_survive_json(script: list[tuple[str, object]]) -> None:
    world = play(script).world
    session = json.loads(json.dumps(world.session.to_json()))
    assert Session.from_json(session).to_json() == world.session.to_json()
    case = json.loads(json.dumps(world.case.to_json()))
    assert CaseFile.from_json(case) == world.case
    learning = json.loads(json.dumps(plain(world.learning)))
    assert made(Learning, learning) == world.learning


@given(moves, typed)
@settings(max_examples=25)
def test_a_stored_session_goes_on_as_the_one_in_memory(
    script: list[tuple[str, object]], text: str
) -> None:
    talk = play(script)
    turn = talk.turn(Text(text))
    stored = Session.from_json(json.loads(json.dumps(talk.world.session.to_json())))
    again = step(replace(talk.world, session=stored), turn, register(), library())
    assert again.says == step(talk.world, turn, register(), library()).says


@given(moves)
@settings(max_examples=25)
def test_all_that_is_said_has_words_in_every_complete_language(
    script: list[tuple[str, object]],
) -> None:
    talk = play(script)
    for command in ("help", "menu", "review", "tips"):
        turn = talk.turn(Command(command))
        says = step(talk.world, turn, register(), library()).says
        for language in library().kb.languages.complete:
            for say in says:
                wellformed(renderer().message(say, language, 1).html)


@given(moves)
@settings(max_examples=25)
def test_help_menu_language_and_cancel_work_in_every_state(
    script: list[tuple[str, object]],
) -> None:
    world = play(script).world
    for command, dialog in (("menu", "menu"), ("language", "language"), ("cancel", "menu")):
        talk = Conversation(world=world, turns=900)
        talk.command(command)
        check(talk)
        top = talk.world.session.frames
        assert top
        assert top[-1].dialog == dialog or talk.world.consent is None
    talk = Conversation(world=world, turns=900)
    frames = [f.dialog for f in world.session.frames]
    talk.command("help")
    if frames:
        assert [f.dialog for f in talk.world.session.frames] == frames


@given(moves)
@settings(max_examples=40)
def test_without_consent_nothing_typed_is_left_in_world_or_events(
    script: list[tuple[str, object]],
) -> None:
    talk = Conversation()
    talk.command("start")
    for kind, what in script:
        cause = cause_of(talk, kind, "zqxmarker" if kind == "say" else what)
        if isinstance(cause, Command):
            cause = Command(cause.name, "zqxmarker")
        before = len(talk.events)
        talk.hear(cause)
        if talk.world.consent:
            return
        kept = json.dumps([talk.world.session.to_json(), talk.world.case.to_json()])
        kept += json.dumps([plain(event) for event in talk.events[before:]])
        kept += "".join(message.html for message in talk.heard)
        assert "zqxmarker" not in kept
