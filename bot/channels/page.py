"""A message as a piece of a web page: the same words, with real buttons."""

from __future__ import annotations

from html import escape

from bot.core.message import Message


def piece(message: Message) -> str:
    """`message` as HTML: paragraphs, and its buttons in a list."""
    parts = [f"<p>{part.replace(chr(10), '<br>')}</p>" for part in message.html.split("\n\n")]
    rows = [
        f'<li><button value="{escape(button.action)}">{escape(button.label)}</button></li>'
        for button in message.buttons
    ]
    choices = ["<ul>", *rows, "</ul>"] if rows else []
    return "\n".join(["<article>", *parts, *choices, "</article>"])
