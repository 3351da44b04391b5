"""What must hold after every turn, whatever was sent: for a chat, for Telegram, for the store."""

from __future__ import annotations

import json
import unicodedata

from bot.case.file import CaseFile
from bot.core.message import Message
from bot.core.session import Session
from bot.dialogs import register
from tests.conversation import Conversation, plain
from tests.core.test_laws import wellformed

LIMIT = 4096
MOST_BUTTONS = 100
ACTION_BYTES = 43
LABEL = 64
BLANK = ("C", "Z", "M")
# Letters and signs by their class, yet nothing on the screen; Telegram takes them for empty.
UNSEEN = "\u115f\u1160\u2800\u3164\uffa0"


def seen(text: str) -> bool:
    """Whether Telegram would find something to show."""
    return any(unicodedata.category(c)[0] not in BLANK and c not in UNSEEN for c in text)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def sound(talk: Conversation) -> None:
    """The last turn of `talk` left everything in order."""
    assert talk.heard, "no answer"
    for frame in talk.world.session.frames:
        assert frame.state in register()[frame.dialog].states, frame
    for message in talk.heard:
        _sendable(message)
    _stored(talk)


def _sendable(message: Message) -> None:
    wellformed(message.html)
    text = plain(message)
    assert seen(text), f"nothing to be seen: {message.html!r}"
    assert units(text) <= LIMIT, f"{units(text)} units: {text[:80]!r}"
    assert len(message.buttons) <= MOST_BUTTONS, f"{len(message.buttons)} buttons"
    for button in message.buttons:
        assert seen(button.label), f"no label for {button.action}"
        assert len(button.label) <= LABEL
        assert len(button.action.encode("utf-8")) <= ACTION_BYTES


def _stored(talk: Conversation) -> None:
    """World and words can be written as ASCII JSON and come back the same."""
    world = talk.world
    for kept, kind in ((world.session, Session), (world.case, CaseFile)):
        line = json.dumps(kept.to_json()).encode("utf-8")
        assert kind.from_json(json.loads(line)).to_json() == kept.to_json()


def blob(talk: Conversation) -> str:
    """All that is kept, as one text to look for words in."""
    world = talk.world
    return json.dumps([world.session.to_json(), world.case.to_json()], ensure_ascii=False)
