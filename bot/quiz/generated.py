"""Every question made from the knowledge base by the templates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.knowledge import Knowledge
from bot.quiz import generated_forms, generated_sectors, generated_tips, generated_tools
from bot.quiz.item import Item
from bot.quiz.mould import Mould


def items(kb: Knowledge) -> Iterator[Item]:
    """The generated items; none where there are no templates."""
    if kb.quiz.templates is None:
        return
    mould = Mould(kb, kb.quiz.templates)
    parts = (generated_tips, generated_forms, generated_sectors, generated_tools)
    for item in chain.from_iterable(part.items(mould) for part in parts):
        if item is not None:
            yield item
