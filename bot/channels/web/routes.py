"""The addresses of the chat page."""

from __future__ import annotations

from pathlib import Path

from starlette.routing import BaseRoute, Route

from bot.channels.web.chat import Chat
from bot.channels.web.doors import Doors

TEMPLATES = Path(__file__).parent / "templates"


def routes(chat: Chat) -> list[BaseRoute]:
    """Every address; a test asks for each of them with every role."""
    doors = Doors(chat)
    return [
        Route("/", chat.home),
        Route("/say", chat.say, methods=["POST"]),
        Route("/events", chat.events),
        Route("/file/{number}", chat.file),
        Route("/continue/{code}", doors.knock),
        Route("/return", doors.knock),
        Route("/enter", doors.enter, methods=["POST"]),
        Route("/code", doors.code, methods=["POST"]),
        Route("/leave", doors.leave, methods=["POST"]),
    ]
