"""What one turn came to: the new world, what is said, what happened."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.events import Event
from bot.core.say import Say
from bot.core.session import World


@dataclass(frozen=True, slots=True)
class Outcome:
    world: World
    says: tuple[Say, ...]
    events: tuple[Event, ...]
