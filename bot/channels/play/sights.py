"""What is seen of a round, written once for all who see the same: players, and the room."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels.play.reached import Reached
from bot.channels.play.room import Side, count, main, sides
from bot.channels.play.state import Scene, View, clock, clock_mark, in_right_order, options, view
from bot.channels.play.stream import Part, See, Sight
from bot.quiz.item import letters, shown
from bot.store.players import Player
from bot.store.rounds import Live
from bot.web.words import Page, Templates

# Of all rounds together; far more than one question of a full round needs.
MOST_KEPT = 2000


@dataclass(frozen=True, slots=True)
class Sights:
    """Makes the parts of both pages."""

    templates: Templates
    clock: Callable[[], datetime]
    reached: Reached
    _written: OrderedDict[Hashable, str] = field(default_factory=OrderedDict)

    def player(self, id: int, person: str) -> See:
        """What this player sees, as long as the seat is theirs."""

        def see(now: Scene) -> Sight | None:
            found = now.players.get(id)
            if found is None or found.person != person:
                return None
            if now.stage == "open":
                self.reached.note(now.live, id)
            elif now.stage == "ended":
                self.reached.forget(now.live.id)
            return self.of_player(now, found)

        return see

    def of_player(self, now: Scene, player: Player) -> Sight:
        live, language = now.live, player.language
        seen = view(now, player)
        who = (language, player.name, player.seat, live.round.settings.names)
        parts = {
            "who": Part(who, partial(self._who, live, player)),
            "status": Part(seen, partial(self._once, "play_status.html", now, seen)),
            "clock": self._clock(live, [Side(language, self.templates)], "play.late"),
            "now": Part(seen, partial(self._once, "play_now.html", now, seen)),
        }
        return Sight(parts, live.round.stage == "ended")

    def _who(self, live: Live, player: Player) -> str:
        values = {"live": live, "player": player}
        return self.templates.piece(Page("play_who.html", player.language, values))

    def _once(self, template: str, now: Scene, seen: View) -> str:
        key = (template, now.live.id, seen)
        if key not in self._written:
            self._written[key] = self._view(template, now, seen)
            while len(self._written) > MOST_KEPT:
                self._written.popitem(last=False)
        return self._written[key]

    def _view(self, template: str, now: Scene, seen: View) -> str:
        item, language = now.item, seen.language
        own = options(item, seen.choice, language) if item else []
        told = seen.stage == "shown" and not seen.skipped
        values: dict[str, Any] = {
            "view": seen,
            "told": told,
            "live": now.live,
            "item": item,
            "text": shown(item.text, language) if item else "",
            "options": in_right_order(own) if told else own,
            "chosen": letters(seen.choice),
            "is_right": bool(item and seen.choice and item.is_right(seen.choice)),
            "answer": letters(item.right) if item else "",
            "why": shown(item.explanation, language) if item else "",
        }
        return self.templates.piece(Page(template, language, values))

    def _clock(self, live: Live, spoken: list[Side], late: str) -> Part:
        """`late`: what is said at 0:00 where only a person closes the question."""
        closes = live.round.settings.clock_closes

        def write() -> str:
            left = clock(live, self.clock())
            values = {"clock": left, "sides": spoken, "late": late, "closes": closes}
            return self.templates.piece(Page("clock.html", spoken[0].lang, values))

        return Part(clock_mark(live, self.clock()), write)

    def screen(self, now: Scene) -> Sight:
        """What the room sees."""
        spoken = sides(now, self.templates)
        language = spoken[0].lang
        shown = main(now)
        counted = count(now)

        def written(template: str, values: dict[str, Any]) -> str:
            values = {**values, "sides": spoken, "live": now.live, "stage": now.stage}
            return self.templates.piece(Page(template, language, values))

        parts = {
            "clock": self._clock(now.live, spoken, "projector.late"),
            "count": Part(counted, partial(written, "screen_count.html", {"count": counted})),
            "state": Part(counted, partial(written, "screen_state.html", {"count": counted})),
            "main": Part(shown, partial(written, "screen_main.html", {"main": shown})),
        }
        return Sight(parts, now.live.round.stage == "ended")
