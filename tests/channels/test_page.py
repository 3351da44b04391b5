"""A message as a piece of a web page."""

from bot.channels.page import piece
from bot.core.message import Button, Message


def test_paragraphs_lines_and_buttons_become_html() -> None:
    message = Message("<b>Eins</b>\nzwei\n\ndrei", (Button('A "b" <c>', "go:1"),), 1)
    assert piece(message) == (
        "<article>\n<p><b>Eins</b><br>zwei</p>\n<p>drei</p>\n<ul>\n"
        '<li><button value="go:1">A &quot;b&quot; &lt;c&gt;</button></li>\n</ul>\n</article>'
    )


def test_a_message_without_buttons_has_no_list() -> None:
    assert piece(Message("Hola")) == "<article>\n<p>Hola</p>\n</article>"
