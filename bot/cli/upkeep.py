"""Commands that run and tend Amorce: run, chat, check, seed, docs."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
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

MOST_TEAMS = 10_000
MOST_EVENTS = 10_000


def run(_args: Namespace) -> Answer:
    """The service, until it is stopped."""
    known = settings()
    from bot import app

    asyncio.run(app.run(known))
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
    if args.events is not None and not 0 <= args.events <= MOST_EVENTS:
        raise InputError(f"--events is {args.events}; give a number from 0 to {MOST_EVENTS}.")
    known = settings()
    from bot import seed

    day = datetime.now(UTC).replace(microsecond=0) if args.today else seed.LAST_DAY
    plan = seed.Plan(args.teams, args.events, args.into, day)
    try:
        world = seed.sow(known.database_path, knowledge(), plan, _counting(args.teams))
    except seed.NotEmptyError as error:
        if not args.once:
            raise
        return as_json({}) if args.json else Answer(f"Nothing sown. {error}")
    return as_json(world) if args.json else Answer(seed.told(world))


def _counting(teams: int) -> Callable[[int], None]:
    """Tells a person at a terminal how far it has come; says nothing into a file."""

    def tell(done: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == teams else ""
            sys.stderr.write(f"\r{done} of {teams} teams{end}")
            sys.stderr.flush()

    return tell


def docs(args: Namespace) -> Answer:
    """Writes the generated pages, or tells whether they are up to date."""
    from bot import docs

    kb = knowledge()
    if not args.check:
        return Answer("\n".join(f"wrote {path.relative_to(ROOT)}" for path in docs.write(ROOT, kb)))
    stale = docs.mistakes(ROOT, kb)
    return Answer("\n".join(map(str, stale)) or "docs/ is up to date.", int(bool(stale)))
