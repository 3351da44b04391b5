"""The hostile corpus, played in every state a founder can stand in.

AMORCE_HOSTILE=all plays every input in every state; otherwise a fixed part of the pairs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from bot.core.turn import Tap, Text
from tests.conversation import Conversation
from tests.hostile.corpus import Entry, corpus
from tests.hostile.soundness import blob, sound
from tests.hostile.walker import Node, one_a_place, unreached

ALL = os.environ.get("AMORCE_HOSTILE") == "all"
# Each state gets every sixtieth input; which ones shifts from state to state.
EVERY = 1 if ALL else 60
WALK = 3000 if ALL else 280
# Words of the corpus that are also names of fields, so that finding them proves nothing.
KEYS = {"question", "answers", "problem"}
NEEDS_CONSENT = ("review", "advice", "nextstep")
PLACES = tuple((name, state, agreed) for (name, state, agreed) in sorted(one_a_place(WALK)))


def inputs(place: tuple[str, str, bool]) -> Iterator[Entry]:
    shift = PLACES.index(place)
    for number, entry in enumerate(corpus()):
        if (number + shift) % EVERY == 0:
            yield entry


def test_the_walk_stands_in_every_state_of_every_dialog() -> None:
    assert unreached(WALK) == set()


def test_the_corpus_holds_three_hundred_inputs_each_with_its_own_name() -> None:
    names = [entry.name for entry in corpus()]
    assert len(set(names)) == len(names) >= 300


def test_every_input_is_played_somewhere() -> None:
    played = {entry.name for place in PLACES for entry in inputs(place)}
    assert played == {entry.name for entry in corpus()}


@pytest.mark.parametrize("place", PLACES, ids=lambda p: f"{p[0]}-{p[1]}-{'file' if p[2] else 'no'}")
def test_whatever_is_sent_is_answered_kept_and_the_talk_goes_on(
    place: tuple[str, str, bool],
) -> None:
    node = one_a_place(WALK)[place]
    wrong: dict[str, str] = {}
    for entry in inputs(place):
        try:
            play(node, entry)
        except Exception as problem:  # noqa: BLE001  (every fault of a state in one report)
            wrong[entry.name] = f"{type(problem).__name__}: {str(problem)[:300]}"
    assert not wrong, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def play(node: Node, entry: Entry) -> None:
    talk = node.talk()
    cause, message = entry.cause(talk)
    live = isinstance(cause, Tap) and cause.action in node.world.session.choices
    talk.hear(cause, message)
    sound(talk)
    if not live:
        EXPECTED[entry.expect](node, entry, talk)
    goes_on(talk)


def is_kept(node: Node, entry: Entry, talk: Conversation) -> None:
    """Nothing typed is lost by those who agreed; nothing is kept of those who did not."""
    kept = blob(talk)
    before = blob(node.talk())
    if talk.world.consent:
        lost = [word for word in entry.words() if word not in kept]
        assert not lost, f"lost: {sorted(lost)[:5]} of {len(entry.words())}"
    else:
        words = entry.words() - KEYS
        told = [w for w in words if len(w) > 6 and w in kept and w not in before]
        assert not told, f"kept without consent: {told[:5]}"


def changes_nothing(node: Node, entry: Entry, talk: Conversation) -> None:
    assert talk.world.case == node.world.case
    top = talk.world.session.frames[-1]
    assert (top.dialog, top.state) == node.place


def is_a_choice(node: Node, entry: Entry, talk: Conversation) -> None:
    body = entry.body or ""
    choices = node.world.session.choices
    if node.place == ("on_board", "ticks"):
        # Numbers are those of the list there; one that is not on it ticks nothing.
        return
    if body.isascii() and body.isdigit() and len(body) < 3 and 0 < int(body) <= len(choices):
        taken = f"{node.world.session.asked}:{choices[int(body) - 1]}"
        # An erased session has forgotten its last tap as well.
        assert talk.world.session.taken in (taken, "")
    else:
        is_kept(node, entry, talk)


def runs(node: Node, entry: Entry, talk: Conversation) -> None:
    top = talk.world.session.frames[-1]
    if entry.runs == "person" and talk.world.consent:
        assert (top.dialog, top.state) == ("standstill", "someone")
    elif entry.runs in ("help", "person"):
        assert (top.dialog, top.state) == node.place
    elif entry.runs in NEEDS_CONSENT and not talk.world.consent:
        assert top.dialog == "welcome"
    else:
        assert top.dialog == entry.runs


def replies(node: Node, entry: Entry, talk: Conversation) -> None:
    """An answer is enough; `sound` has seen to it."""


EXPECTED = {
    "words": is_kept,
    "nothing": changes_nothing,
    "choice": is_a_choice,
    "command": runs,
    "reply": replies,
}


def goes_on(talk: Conversation) -> None:
    """The first button works, and so do a plain sentence and the way to the menu."""
    world, turns, now = talk.world, talk.turns, talk.now
    choices = world.session.choices
    causes = [Text("Nous cherchons de l'eau propre"), Text("retour")]
    causes += [Tap(choices[0], world.session.asked)] if choices else []  # type: ignore[list-item]
    for cause in causes:
        after = Conversation(world=world, turns=turns, now=now)
        after.hear(cause)
        sound(after)
        after.command("menu")
        sound(after)
        assert after.world.session.frames[-1].dialog == "menu"
