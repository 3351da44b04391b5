"""The question bank: every item the knowledge base holds or gives rise to, and a fair choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bot.knowledge import Knowledge, KnowledgeError, Mistake
from bot.quiz import generated, written
from bot.quiz.generated_tips import TELLING
from bot.quiz.item import TOPICS, Item
from bot.quiz.mould import draw


@dataclass(frozen=True, slots=True)
class Bank:
    """All items by id, topic by topic."""

    items: Mapping[str, Item]

    def item(self, item_id: str) -> Item | None:
        """The item with this id, None where there is none (any more)."""
        return self.items.get(item_id)

    def of(self, topics: Collection[str] = ()) -> tuple[Item, ...]:
        """The items of these topics; of all topics where none is named.

        Of one topic alone without those whose answer is the topic.
        """
        alone = len(frozenset(topics)) == 1
        return tuple(
            item
            for item in self.items.values()
            if (not topics or item.topic in topics) and not (alone and _tells(item))
        )

    def drawn(self, topics: Collection[str], number: int, seed: int) -> tuple[Item, ...]:
        """Up to `number` items: the same for the same seed, spread over topics and kinds.

        No two ask about the same entry while others are left.
        """
        return tuple(_spread(self.of(topics), number, seed))


@cache
def bank(kb: Knowledge) -> Bank:
    """The bank of a knowledge base, built once; KnowledgeError with every case nobody can read."""
    found, mistakes = built(kb)
    if mistakes:
        raise KnowledgeError(mistakes)
    # Within a topic as they come: the written ones first.
    rows = sorted(found, key=lambda item: TOPICS.index(item.topic))
    return Bank(MappingProxyType({item.id: item for item in rows}))


def built(kb: Knowledge) -> tuple[list[Item], list[Mistake]]:
    """Every item that can be made, and what keeps the others from it."""
    found: dict[str, Item] = {}
    faults: list[Mistake] = []
    for quiz in kb.quiz.written.values():
        try:
            found[quiz.id] = written.item(kb, quiz)
        except KnowledgeError as error:
            faults += error.mistakes
    for item in generated.items(kb):
        if item.id in found:
            what = "a generated question has this id"
            faults.append(Mistake(kb.file(item.id), item.id, what, "Give it another id"))
        found[item.id] = item
    return list(found.values()), faults


def _tells(item: Item) -> bool:
    return item.id.split(".")[2:3] == [TELLING]


def _spread(items: Iterable[Item], number: int, seed: int) -> Iterator[Item]:
    """Item by item the one that adds most to what was chosen before."""
    left = sorted(items, key=lambda item: draw(seed, item.id))
    seen: Counter[tuple[str, str]] = Counter()
    for _ in range(min(number, len(left))):
        best = min(left, key=lambda item: _sameness(item, seen))
        left.remove(best)
        seen.update(_traits(best))
        yield best


def _traits(item: Item) -> Iterator[tuple[str, str]]:
    yield from (("entry", name) for name in item.about)
    yield ("topic", item.topic)
    yield ("kind", item.kind)
    yield ("template", _template(item))


def _sameness(item: Item, seen: Counter[tuple[str, str]]) -> tuple[int, int, int, int]:
    """How much of an item was there before: its entries, its topic, its kind, its template."""
    kinds = seen["kind", item.kind]
    return (
        sum(seen["entry", name] for name in item.about),
        seen["topic", item.topic],
        # Of single choice there are many times as many as of the others.
        kinds // 2 if item.kind == "single" else kinds,
        seen["template", _template(item)],
    )


def _template(item: Item) -> str:
    """What a generated question was made by; a written one stands for itself."""
    parts = item.id.split(".")
    return parts[2] if len(parts) > 3 else item.id
