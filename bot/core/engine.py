"""The engine: one turn in, one outcome out. Same input, same outcome; no clock, no chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.commands import is_arrival, is_heard_first
from bot.core.dialog import Dialog, Register
from bot.core.hearing import hear
from bot.core.library import Library
from bot.core.outcome import Outcome
from bot.core.refresher import KIND, refresh, rests, tell_stopped
from bot.core.say import Say
from bot.core.session import Frame, World
from bot.core.summary import step_words
from bot.core.talk import Move, Talk
from bot.core.turn import Due, Turn, Unreadable

MOVES_A_TURN = 20
AWAY = timedelta(days=7)
# Dialogs one looks into on the way; "go on" leads past them.
SIDE = frozenset(
    {"menu", "language", "privacy", "review", "ask", "browse", "card", "standstill", "readers"}
    | {"practice", "sitting"}
)
# A dialog that has this in its data is half told: opened again it goes on there.
GOES_ON = "what"
IN_A_GROUP = Unreadable("group")
FIRST_DIALOG, HOME_DIALOG = "welcome", "menu"


def step(world: World, turn: Turn, dialogs: Register, library: Library) -> Outcome:
    """What `turn` makes of `world`: the new world, what is said, what happened."""
    talk = Talk(world, turn, library)
    floor = Floor(talk, dialogs)
    if turn.cause == IN_A_GROUP:
        return _said_in_a_group(talk)
    if isinstance(turn.cause, Due):
        return _came_due(floor, world, turn.cause)
    if not is_arrival(turn.cause):
        tell_stopped(talk)
    if not talk.session.frames and not is_heard_first(turn.cause, library):
        floor.first_words()
    elif not talk.session.frames:
        floor.first_words(aloud=False)
        hear(floor)
    else:
        _greet(talk)
        hear(floor)
    floor.settle()
    if not talk.says:
        floor.ask_again()
    return _outcome(talk, floor)


class Floor:
    """The stack of open dialogs during one turn; the top one has the floor."""

    def __init__(self, talk: Talk, dialogs: Register) -> None:
        self.talk = talk
        self.dialogs = dialogs
        self.frames = [f for f in talk.session.frames if f.dialog in dialogs]
        self.top = self._made(self.frames.pop()) if self.frames else None

    def first_words(self, aloud: bool = True) -> None:
        """Begins; not `aloud` where the turn itself has something to say first."""
        talk = self.talk
        if not talk.language:
            talk.speak(talk.library.spoken(talk.turn.language))
        if not talk.session.asked:
            # Minutes, so that after an erasure no button of the former talk comes alive again.
            talk.session = replace(talk.session, asked=int(talk.now.timestamp()) // 60)
        first = HOME_DIALOG if talk.consent else FIRST_DIALOG
        if aloud:
            self.enter(first)
        else:
            # It lies there unasked: what nobody has read yet must not pass for read.
            self.top = self._made(Frame(first, ""))

    def ask_again(self) -> None:
        """Say the present question once more, with live buttons."""
        if self.top is None:
            self.enter(HOME_DIALOG)
        elif self.top.is_over():
            self.talk.close()
        else:
            self.top.ask()
        self.settle()

    def present(self) -> tuple[Say, ...]:
        """What the present question says, without saying it."""
        if self.top is None:
            return ()
        said, moves = self.talk.says, self.talk.moves
        self.talk.says, self.talk.moves = [], []
        # A twin asks, for some questions move on when there is nothing to ask.
        self._made(self.top.frame()).ask()
        again, self.talk.says, self.talk.moves = tuple(self.talk.says), said, moves
        return again

    def awaits_answer(self) -> bool:
        """Whether typed words are an answer here, not a question or a choice."""
        top = self.top
        return top is not None and top.takes("text") and top.typed_is_answer

    def is_aside(self) -> bool:
        """Whether the present dialog is one that is only looked into."""
        return self.top is not None and self.top.name in SIDE

    def leave(self) -> None:
        """Close everything and show the way on; words half told are kept."""
        for frame in [*self.frames, *([self.top.frame()] if self.top else [])]:
            self._made(frame).abandon()
        self.frames, self.top = [], None
        self.enter(HOME_DIALOG)

    def enter(self, name: str, **data: object) -> None:
        """Open `name`; if it lies open below, that frame gives way, or goes on where it was.

        One exception: a single answer may be changed while the whole questionnaire waits.
        """
        if self.top is not None and not self.top.is_over():
            self.frames.append(self.top.frame())
        waiting = [f for f in self.frames if f.dialog == name and f.data.get(GOES_ON)]
        if waiting and not data:
            self.frames.remove(waiting[-1])
            self.top = self._made(waiting[-1])
            self.top.resume()
            return
        aside = bool(data.get("edit"))
        self.frames = [
            f for f in self.frames if f.dialog != name or bool(f.data.get("edit")) != aside
        ]
        self.top = self._made(Frame(name, "", (), data))
        self.top.start()

    def settle(self) -> None:
        """Carry out what the dialogs asked for: open, replace, close, back."""
        for _ in range(MOVES_A_TURN):
            if not self.talk.moves:
                return
            self._move(self.talk.moves.pop(0))
        self.talk.moves.clear()

    def _move(self, move: Move) -> None:
        kind, name, data = move
        if kind == "end":
            self.frames, self.top = [], None
            return
        if kind == "return":
            while self.frames and self.frames[-1].dialog in SIDE:
                self.frames.pop()
            kind = "close"
        if kind in ("replace", "close", "back"):
            self.top = None
        if kind in ("open", "replace"):
            self.enter(name, **data)
        elif not self.frames:
            self.leave()
        else:
            self.top = self._made(self.frames.pop())
            self.top.left_above() if kind == "back" else self.top.resume()

    def _made(self, frame: Frame) -> Dialog:
        """The dialog of a frame; states that a newer version no longer has are passed over."""
        self.talk.below = tuple(f.dialog for f in self.frames if f.dialog not in SIDE)
        self.talk.waits_below = not rests(self.frames[-1] if self.frames else None)
        kind = self.dialogs[frame.dialog]
        state = frame.state if frame.state in kind.states else kind.states[0]
        trail = tuple(before for before in frame.trail if before in kind.states)
        return kind(self.talk, replace(frame, state=state, trail=trail))


def _greet(talk: Talk) -> None:
    """After a week or more: what is open, and that nothing is lost; never a word about silence."""
    last = talk.session.last_at
    if not talk.consent or last is None or talk.now - last < AWAY:
        return
    talk.greeted = True
    talk.say("engine.welcome_back", since=last.date())
    if talk.case.step:
        talk.say("engine.open_step", step=step_words(talk.case.step))


def _said_in_a_group(talk: Talk) -> Outcome:
    """Teams' groups are not served yet; nobody's question is shown to others there."""
    talk.session = replace(talk.session, language=talk.library.spoken(talk.turn.language))
    talk.say("engine.unreadable_group")
    return Outcome(talk.world(), tuple(talk.says), ())


def _came_due(floor: Floor, world: World, due: Due) -> Outcome:
    """A reminder is no sign of life; an open question stays as it was."""
    talk = floor.talk
    if due.kind == "help_waits" and talk.consent and "help" in talk.case.signals:
        talk.say("engine.help_waits")
    elif due.kind == KIND:
        refresh(floor)
        if talk.says:
            told = _outcome(talk, floor)
            session = replace(told.world.session, last_at=world.session.last_at)
            return replace(told, world=replace(told.world, session=session))
        world = replace(world, learning=talk.learning)
    return Outcome(world, tuple(talk.says), tuple(talk.events))


def _outcome(talk: Talk, floor: Floor) -> Outcome:
    actions = tuple(c.action for say in talk.says for c in say.choices)
    frames = (*floor.frames, *((floor.top.frame(),) if floor.top else ()))
    before = talk.session
    session = replace(
        before,
        frames=frames,
        asked=before.asked + 1 if actions else before.asked,
        choices=actions or before.choices,
        taken=talk.taken,
        repairs=talk.repairs,
        last_at=talk.now,
        long_text=talk.more,
    )
    talk.session = session
    return Outcome(talk.world(), tuple(talk.says), tuple(talk.events))
