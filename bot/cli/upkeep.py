"""Commands that run and tend Amorce: run, chat, check, seed, docs."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from bot.cli.common import (
    KNOWLEDGE,
    ROOT,
    Answer,
    InputError,
    as_json,
    knowledge,
    language,
    settings,
)

if TYPE_CHECKING:
    from bot.knowledge import Knowledge, Mistake

MOST_TEAMS = 1000


def run(args: Namespace) -> Answer:
    """The service, until it is stopped."""
    if args.lang:
        language(knowledge(), args.lang)
    known = settings()
    from bot import app

    asyncio.run(app.run(known, args.lang or ""))
    return Answer()


def chat(args: Namespace) -> Answer:
    """The talk in the terminal, until it is left."""
    if args.lang:
        language(knowledge(), args.lang)
    known = settings()
    from bot import app

    asyncio.run(app.chat(known, args.lang or ""))
    return Answer()


def check(args: Namespace) -> Answer:
    """Every mistake in knowledge, dialogs and generated pages; exit code 1 where there is one."""
    from bot.knowledge import KnowledgeError, load

    try:
        kb = load(KNOWLEDGE)
    except KnowledgeError as error:
        found, looked = list(error.mistakes), "mend these, then the dialogs are looked at too"
    else:
        found = list(_mistakes(kb))
        looked = f"{len(list(kb.entries()))} entries and {len(kb.patterns)} texts looked at"
    if args.json:
        return replace(as_json([asdict(mistake) for mistake in found]), code=int(bool(found)))
    many = "1 mistake" if len(found) == 1 else f"{len(found) or 'No'} mistakes"
    return Answer("\n".join([*map(str, found), f"{many}; {looked}."]), int(bool(found)))


def _mistakes(kb: Knowledge) -> Iterator[Mistake]:
    from bot import check, docs
    from bot.knowledge.strict import located

    yield from located(KNOWLEDGE, check.mistakes(kb))
    # An installed Amorce comes without its pages.
    if (ROOT / "pyproject.toml").exists():
        yield from docs.mistakes(ROOT, kb)


def seed(args: Namespace) -> Answer:
    """The made-up world, stored."""
    if not 1 <= args.teams <= MOST_TEAMS:
        raise InputError(f"--teams is {args.teams}; give a number from 1 to {MOST_TEAMS}.")
    known = settings()
    from bot import seed

    try:
        world = seed.sow(known.database_path, args.teams, args.into)
    except seed.NotEmptyError as error:
        if not args.once:
            raise
        return as_json({}) if args.json else Answer(f"Nothing sown. {error}")
    return as_json(world) if args.json else Answer(seed.told(world))


def docs(args: Namespace) -> Answer:
    """Writes the generated pages, or tells whether they are up to date."""
    from bot import docs

    kb = knowledge()
    if not args.check:
        return Answer("\n".join(f"wrote {path.relative_to(ROOT)}" for path in docs.write(ROOT, kb)))
    stale = docs.mistakes(ROOT, kb)
    return Answer("\n".join(map(str, stale)) or "docs/ is up to date.", int(bool(stale)))
