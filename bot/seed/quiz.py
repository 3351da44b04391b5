"""A round that was played in the made-up world, so that its debrief can be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.knowledge import Knowledge
from bot.quiz.bank import bank
from bot.quiz.item import Item
from bot.quiz.round import Round, Settings
from bot.quiz.scoring import FULL
from bot.store import seeding
from bot.store.batch import Batch
from bot.store.replies import Reply
from bot.store.rounds import Live
from bot.store.tickets import LETTERS

QUESTIONS, SEED = 8, 7
# First names and languages of those who played; every third agreed to be named.
PLAYERS = {
    "fr": ("Aminata", "Fatou", "Gael", "Nadia", "Omar", "Quentin", "Samir", "Yara"),
    "es": ("Bruno", "Ines", "Joao", "Mateo", "Paula", "Rosa"),
    "en": ("Chipo", "Hana", "Kwame", "Uma", "Viktor"),
    "de": ("Dora", "Emre", "Lena", "Tilda", "Wanja"),
}
AGREED = 3
# Who came after the first two questions.
LATE = 3


@dataclass(frozen=True, slots=True)
class Seated:
    """A made-up player."""

    number: int
    name: str
    language: str
    seat: str
    since: int
    named: bool


def play(batch: Batch, kb: Knowledge, host: str, day: datetime) -> dict[str, str]:
    """Stores a round that is over; returns its ids as JSON has them."""
    items = bank(kb).drawn((), QUESTIONS, SEED)
    settings = Settings(title="Amorce, atelier de Kanoa", languages=("fr", "en"))
    round = Round(settings, len(items), "ended", len(items) - 1)
    began, ended = day - timedelta(hours=2), day - timedelta(hours=1)
    live = Live("seed-round", word("code"), word("screen", 24), host, round, began, ended, ended)
    seeding.play(batch.db, live, items, list(seated()), list(replied(items)))
    return {"id": live.id, "code": live.code, "host": host, "screen": live.screen}


def seated() -> Iterator[Seated]:
    names = [(name, language) for language, said in PLAYERS.items() for name in said]
    for number, (name, language) in enumerate(sorted(names), 1):
        late = number > len(names) - LATE
        named = number % AGREED == 0
        yield Seated(number, name, language, word(f"seat {name}"), 2 if late else 0, named)


def replied(items: tuple[Item, ...]) -> Iterator[Reply]:
    """Whoever is good at it, and how hard the question is, decide together; some stay silent."""
    for player in seated():
        skill = draw(f"skill {player.name}") % 55
        for place in range(player.since, len(items)):
            thrown = draw(f"{player.name} {place}") % 100
            if thrown >= 97:
                continue
            item = items[place]
            ease = 5 + draw(f"ease {place}") % 60
            slip = draw(f"wrong {player.name} {place}")
            choice = item.right if thrown < skill + ease else _wrong(item, slip)
            right = item.is_right(choice)
            yield Reply(player.number, place, choice, right, FULL if right else 0)


def _wrong(item: Item, thrown: int) -> tuple[int, ...]:
    if item.kind == "order":
        return (*item.right[1:], item.right[0])
    others = [n for n in range(len(item.options)) if n not in item.right]
    # One mistake draws more than the others, as it does in life.
    return (others[0] if thrown % 3 else others[thrown // 3 % len(others)],)


def draw(name: str) -> int:
    """A number that looks thrown and is the same in every world."""
    return int.from_bytes(blake2b(name.encode(), digest_size=6).digest())


def word(name: str, length: int = 6) -> str:
    """A code that looks drawn and is the same in every world."""
    digest = blake2b(name.encode(), digest_size=length).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest)
