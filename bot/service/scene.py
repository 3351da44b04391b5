"""One turn under way, as reactions to its events see it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.message import Message
from bot.core.session import World
from bot.core.turn import Command, Turn
from bot.service.voice import Voice
from bot.store.batch import Batch, Place


@dataclass(slots=True)
class Scene:
    """Reactions change `world`, `place` and `messages` before it is saved.

    `again`: a command to be carried out afterwards, from what is stored then.
    """

    batch: Batch
    turn: Turn
    world: World
    place: Place
    voice: Voice
    secret: bytes
    messages: list[Message]
    erased: bool = False
    again: Command | None = None

    @property
    def agreed(self) -> bool:
        """Whether what happens here may be stored."""
        return self.world.consent is not None and self.place.case_id is not None

    @property
    def language(self) -> str:
        return self.world.session.language or self.turn.language
