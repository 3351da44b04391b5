"""What every generated question is cast in: sentences filled in, options in a fair order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bot.knowledge import Knowledge
from bot.knowledge.quizzes import LONGEST_OPTION, LONGEST_TEXT, LONGEST_WHY, Templates
from bot.quiz.item import Item, Kind, Texts

OPTIONS = 4
# Quotation marks of a language, and those it uses inside them.
INNER = {
    "fr": (("« ", "“"), (" »", "”")),
    "en": (('"', "'"),),
    "de": (("“", "\u2018"), ("„", "\u201a")),
    "es": (("«", "“"), ("»", "”")),
}


def draw(*names: str | int) -> int:
    """A number that looks thrown, and is the same for the same names."""
    told = "\n".join(map(str, names))
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose; `entry`: what of the knowledge base it is."""

    entry: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Mould:
    """The sentences of one knowledge base."""

    kb: Knowledge
    templates: Templates

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages every text has."""
        return self.kb.languages.complete

    def said(self, name: str, **places: Texts | str | int) -> Texts:
        """A sentence of the templates, filled in."""
        pattern = self.templates.patterns[name]
        return {lang: filled(pattern[lang], lang, places) for lang in self.languages}

    def joined(self, *texts: Texts, longest: int = LONGEST_WHY) -> Texts:
        """The first text, and each further one as long as all fits in every language."""
        row, *more = texts
        for text in more:
            both = {lang: f"{row[lang]} {text[lang]}" for lang in self.languages}
            row = both if fits(both, longest) else row
        return row

    def first_fitting(self, *texts: Texts) -> Texts:
        """The first text short enough to explain an answer; the last one if none is."""
        return next((text for text in texts if fits(text, LONGEST_WHY)), texts[-1])


def filled(sentence: str, lang: str, places: Mapping[str, Texts | str | int]) -> str:
    """A sentence with its places filled in; quotation marks inside quotation marks change."""
    values = {}
    for name, value in places.items():
        words = str(value) if isinstance(value, str | int) else value[lang]
        for mark, inner in INNER.get(lang, ()):
            words = words.replace(mark, inner)
        values[name] = words.rstrip(".") if f"{{{name}}}»." in sentence else words
    return sentence.format(**values)


def fits(text: Texts, longest: int) -> bool:
    """Whether a text is short enough in every language."""
    return all(len(words) <= longest for words in text.values())


def chosen(item_id: str, candidates: Iterable[Option], number: int) -> list[Option]:
    """`number` of the candidates, by lot."""
    return sorted(candidates, key=lambda option: draw(item_id, option.entry))[:number]


def cast(
    item_id: str,
    kind: Kind,
    text: Texts,
    right: Sequence[Option],
    wrong: Sequence[Option],
    explanation: Texts,
    **more: object,
) -> Item | None:
    """The item with its options by lot; None where a text is too long or two options are alike."""
    rows = chosen_order(item_id, [*right, *wrong])
    if kind == "order" and rows == list(right):
        # Shown as it is right, it would be answered by reading it out.
        rows = [*rows[1:], rows[0]]
    places = [rows.index(option) for option in right]
    item = Item(
        id=item_id,
        kind=kind,
        text=text,
        options=tuple(option.text for option in rows),
        right=tuple(places if kind == "order" else sorted(places)),
        explanation=explanation,
        **more,  # type: ignore[arg-type]
    )
    return item if _sound(item) else None


def chosen_order(item_id: str, options: Sequence[Option]) -> list[Option]:
    """The options in the order in which everybody will see them."""
    return sorted(options, key=lambda option: draw("place", item_id, option.entry))


def _sound(item: Item) -> bool:
    apart = all(
        len({option[lang] for option in item.options}) == len(item.options) for lang in item.text
    )
    short = all(fits(option, LONGEST_OPTION) for option in item.options)
    return apart and short and fits(item.text, LONGEST_TEXT) and fits(item.explanation, LONGEST_WHY)
