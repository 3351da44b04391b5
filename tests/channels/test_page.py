"""A message as a piece of a web page."""

from bot.channels.page import piece
from bot.core.message import Button, Message


def test_paragraphs_lines_and_buttons_become_html() -> None:
    message = Message("<b>Eins</b>\nzwei\n\ndrei", (Button('A "b" <c>', "go:1"),), 7)
    assert piece(message) == (
        "<article>\n<p><b>Eins</b><br>zwei</p>\n<p>drei</p>\n"
        '<form method="post" action="/say" class="choices" data-nonce="7">\n'
        '<input type="hidden" name="nonce" value="7">\n'
        '<input type="hidden" name="kind" value="tap">\n'
        '<button name="action" value="go:1">A &quot;b&quot; &lt;c&gt;</button>\n'
        "</form>\n</article>"
    )


def test_a_message_without_buttons_has_no_form() -> None:
    assert piece(Message("Hola")) == "<article>\n<p>Hola</p>\n</article>"


def test_an_earlier_question_has_no_buttons_any_more() -> None:
    message = Message("Eins", (Button("A", "go:1"),), 7)
    assert piece(message, live=False) == "<article>\n<p>Eins</p>\n</article>"
