"""docs/knowledge.md: what the knowledge base holds, and that it covers its source, for editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.knowledge import Knowledge, pick
from bot.knowledge.entry import Entry
from bot.knowledge.model import Card, Partnership, Tool
from bot.quiz.bank import built
from bot.quiz.item import KINDS, TOPICS

PAGE = "docs/knowledge.md"
DOCUMENTS = {
    "first_steps": "Premières étapes dans les partenariats multipartites (August 2018)",
    "definition": "Qu'est-ce qu'un PMP ? (the definition of Partenariats2030)",
}
HEAD = """\
# The knowledge base

Made from the files by `./dev update`; change `knowledge/`, not this page. `docs/voice.md` says how
the texts speak; `amorce check` finds what is missing or broken, `amorce preview ID --lang de` shows
a card as each channel does."""


def page(kb: Knowledge) -> str:
    """The whole page."""
    parts = [HEAD, *_counts(kb), *_coverage(kb), *_tools(kb), *_catalogue(kb), *_cards(kb)]
    return "\n\n".join([*parts, *_quiz(kb), *_pages(kb)]) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(part) for part in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") or " "


def _counts(kb: Knowledge) -> Iterator[str]:
    """How many entries of each kind, and how many of them in each language."""
    yield "## What there is"
    kinds = Counter(entry.kind for entry in kb.entries())
    told = Counter((entry.kind, lang) for entry in kb.entries() for lang in entry.languages)
    langs = kb.languages.declared
    rows = [(kind, str(n), *(str(told[kind, lang]) for lang in langs)) for kind, n in kinds.items()]
    whole = len(list(kb.entries()))
    total = [str(sum(told[kind, lang] for kind in kinds)) for lang in langs]
    yield _table(("kind", "entries", *langs), [*rows, ("all", str(whole), *total)])
    yield f"Beside them {len(kb.patterns)} texts of dialogs and readings, in the same languages."


def _coverage(kb: Knowledge) -> Iterator[str]:
    """Every item of the source: which entry has its id, in which languages, who rests on it."""
    yield "## The two source documents, item by item"
    yield "`hedge`: how far the source commits itself; the texts keep it (`knowledge/hedges.yaml`)."
    rests: dict[str, list[str]] = {}
    for entry in kb.entries():
        for source in entry.sources:
            if source != entry.id:
                rests.setdefault(source, []).append(entry.id)
    for document, title in DOCUMENTS.items():
        yield f"### {title}"
        rows = []
        for item in kb.source.values():
            if item.document == document:
                entry = kb.entry(item.id)
                langs = " ".join(entry.languages)
                others = ", ".join(rests.get(item.id, ()))
                rows.append((f"`{item.id}`", entry.kind, langs, item.hedge or "", others))
        yield _table(("item", "kind", "languages", "hedge", "also used by"), rows)


def _tools(kb: Knowledge) -> Iterator[str]:
    yield "## The sixty tools"
    yield (
        "*cited for* is the purpose the source names; what a tool does is told apart from it. "
        "Seen: its page was read; related: a neighbouring publication; list: only its name."
    )
    rows = [
        (
            str(tool.number), tool.official, pick(tool.name, "en"), tool.group,
            ", ".join(f"`{purpose}`" for purpose in tool.cited_for), tool.confidence,
            " ".join(tool.languages),
        )
        for tool in kb.tools.values()
    ]  # fmt: skip
    head = ("no.", "official name", "our name", "group", "cited for", "confidence", "languages")
    yield _table(head, rows)


def _catalogue(kb: Knowledge) -> Iterator[str]:
    yield "## The catalogue of partnerships"
    rows = [
        (
            f"`{part.id}`", part.title, str(part.year or ""), _topics(kb, part), part.fits,
            part.confidence, " ".join(part.seen),
        )
        for part in kb.partnerships.values()
    ]  # fmt: skip
    yield _table(("id", "name", "year", "topics", "fits", "confidence", "seen"), rows)


def _topics(kb: Knowledge, part: Partnership) -> str:
    return ", ".join(pick(kb.topics[topic].title, "en") for topic in part.topic)


def _cards(kb: Knowledge) -> Iterator[str]:
    yield "## Our own cards"
    rows = [_card(card) for card in kb.cards.values()]
    yield _table(("id", "title", "group", "confidence", "seen", "languages"), rows)
    orphans = [entry for entry in kb.entries() if entry.editorial == "all" and _bare(entry)]
    yield (
        f"{len(rows)} cards; {len(orphans)} other entries are our own from beginning to end: "
        + ", ".join(f"`{entry.id}`" for entry in orphans)
        + "."
    )


def _card(card: Card) -> tuple[str, ...]:
    title = pick(card.title, "en")
    return (
        f"`{card.id}`", title, card.group, card.confidence, " ".join(card.seen),
        " ".join(card.languages),
    )  # fmt: skip


def _bare(entry: Entry) -> bool:
    return not isinstance(entry, (Card, Tool))


def _quiz(kb: Knowledge) -> Iterator[str]:
    """How many questions of the quiz on each topic, by kind, and how many of them are written."""
    yield "## Questions of the quiz"
    yield (
        "Written ones lie in `knowledge/quiz/`; the others are made from tools, tips, sectors and "
        "forms by `knowledge/quiz_templates.yaml`. Each is there in every language."
    )
    items = built(kb)[0]
    found = Counter((item.topic, item.kind) for item in items)
    rows = []
    for topic in TOPICS:
        ours = [item.id for item in items if item.topic == topic]
        written = sum(name in kb.quiz.written for name in ours)
        by_kind = (str(found[topic, kind] or "") for kind in KINDS)
        rows.append((topic, str(len(ours)), str(written), *by_kind))
    kinds = [str(sum(item.kind == kind for item in items)) for kind in KINDS]
    whole = ("all", str(len(items)), str(len(kb.quiz.written)), *kinds)
    yield _table(("topic", "questions", "written", *KINDS), [*rows, whole])


def _pages(kb: Knowledge) -> Iterator[str]:
    yield "## Pages where facts were seen"
    yield "Stored copies, looked at in November 2026: pages change and addresses die."
    rows = [(name, page.title, page.address, page.note) for name, page in kb.references.items()]
    yield _table(("no.", "page", "address", "note"), rows)
