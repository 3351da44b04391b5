"""Commands that look something up in the knowledge base: list, preview, ask, sector."""

from __future__ import annotations

from argparse import Namespace

from bot.cli.common import DEFAULT_LANGUAGE, Answer, as_json, knowledge, language


def knowledge_list(args: Namespace) -> Answer:
    """Every entry, in the order of the files."""
    entries = list(knowledge().entries())
    if args.json:
        return as_json(
            [
                {
                    "id": entry.id,
                    "kind": entry.kind,
                    "languages": list(entry.languages),
                    "source": list(entry.sources),
                    "tools": list(entry.tools),
                }
                for entry in entries
            ]
        )
    rows = [f"{e.kind:12} {e.id:45} {' '.join(e.languages)}" for e in entries]
    return Answer("\n".join([*rows, f"{len(rows)} entries."]))


def preview(args: Namespace) -> Answer:
    """A card or a question as each channel shows it."""
    from bot.cli.preview import preview as shown

    return shown(args)


def ask(args: Namespace) -> Answer:
    """The cards that answer a question best; none when the base does not know."""
    from bot.knowledge.search import Search

    kb = knowledge()
    spoken = language(kb, args.lang or DEFAULT_LANGUAGE)
    hits = Search(kb).ask(spoken, " ".join(args.question))
    if args.json:
        keys = ("id", "kind", "title", "score")
        return as_json([{key: getattr(hit, key) for key in keys} for hit in hits])
    if not hits:
        return Answer("Nothing in the knowledge base answers this; try other words.")
    return Answer("\n".join(f"{n}. {hit.title} ({hit.id})" for n, hit in enumerate(hits, 1)))


def sector(args: Namespace) -> Answer:
    """The likely sector of an organisation, or that it is better to ask."""
    from bot.knowledge.sectors import guess

    found = guess(knowledge(), " ".join(args.name))
    if args.json:
        keys = ("sector", "confidence", "ask")
        return as_json({key: getattr(found, key) for key in keys})
    if found.sector is None:
        return Answer("The name does not tell the sector; better ask.")
    return Answer(f"perhaps {found.sector}; better ask" if found.ask else found.sector)
