"""A message as a piece of a web page: the same words, with real buttons."""

from __future__ import annotations

from html import escape

from bot.core.message import Message


def piece(message: Message, live: bool = True) -> str:
    """`message` as HTML: paragraphs, and its buttons as a form that works without any script.

    Buttons of an earlier question (`live` False) are left out; they would only be refused.
    """
    parts = [f"<p>{part.replace(chr(10), '<br>')}</p>" for part in message.html.split("\n\n")]
    return "\n".join(["<article>", *parts, *(_choices(message) if live else ()), "</article>"])


def _choices(message: Message) -> list[str]:
    if not message.buttons:
        return []
    rows = [
        f'<button name="action" value="{escape(button.action)}">{escape(button.label)}</button>'
        for button in message.buttons
    ]
    head = f'<form method="post" action="/say" class="choices" data-nonce="{message.nonce}">'
    hidden = f'<input type="hidden" name="nonce" value="{message.nonce}">'
    kind = '<input type="hidden" name="kind" value="tap">'
    return [head, hidden, kind, *rows, "</form>"]
