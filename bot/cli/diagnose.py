"""The command that reads a team's case: strict with the file, then the reading in words."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli.common import DEFAULT_LANGUAGE, Answer, InputError, as_json, knowledge, language

if TYPE_CHECKING:
    from bot.case.model import Reading
    from bot.case.told import Words
    from bot.knowledge import Knowledge

LARGEST = 1_000_000


def diagnose(args: Namespace) -> Answer:
    """The reading of the case in a file; InputError where it breaks the contract."""
    from bot.case.contract import CaseError
    from bot.case.reading import read
    from bot.case.told import to_json
    from bot.render import Renderer

    case = read_case(args.case)
    kb = knowledge()
    spoken = language(kb, args.lang) if args.lang else _spoken(kb, case)
    try:
        reading = read(case, kb.rules)
    except CaseError as error:
        raise InputError(f"{args.case}: {error}") from None
    renderer = Renderer(kb)

    def words(key: str, values: Any) -> str:
        return renderer.pattern(key, values, spoken)

    if args.json:
        return as_json(to_json(reading, words, _similar(kb, case)))
    return Answer("\n".join(_told(kb, reading, words, spoken)))


def _spoken(kb: Knowledge, case: dict[str, Any]) -> str:
    """The case's own language, where it is complete."""
    return next((at for at in kb.languages.complete if at == case.get("lang")), DEFAULT_LANGUAGE)


def _similar(kb: Knowledge, case: dict[str, Any]) -> tuple[str, ...]:
    """Partnerships of the catalogue on the case's topic; its texts decide where none is named."""
    from bot.knowledge.topics import similar, suggest

    text = " ".join(str(case.get(key) or "") for key in ("topic", "problem", "goal"))
    named = (case.get("topic"), f"topic.{case.get('topic')}")
    topic = next((t for t in named if t in kb.topics), None)
    return similar(kb, text, topic or suggest(kb, text))


def _told(kb: Knowledge, reading: Reading, words: Words, spoken: str) -> Iterator[str]:
    """The reading for a terminal: the profile, the form, the reasons, the tips."""
    from bot.case.told import said

    for phase, state in reading.profile.items():
        mark = ">" if phase == reading.phase else " "
        title = kb.text(phase, "title", spoken)
        yield f"{mark} {phase[1]}. {title}: {words(f'state.{state}', {})}"
    form = words(f"form_name.{reading.form or 'none'}", {})
    status = f" ({words(f'form_status.{reading.form_status}', {})})" if reading.form else ""
    yield f"\n{form}{status}\n"
    for reason in (*reading.reasons, *reading.contradictions):
        yield f"- {said(reason.key, reason.values, words)}"
    yield ""
    for number, tip in enumerate(reading.next_tips, 1):
        yield f"{number}. {kb.text(tip, 'title', spoken)} ({tip})"


def read_case(name: str) -> dict[str, Any]:
    """The JSON object in the file `name` ("-" for stdin); InputError if there is none."""
    raw = _bytes(name)
    try:
        # A byte-order mark, as some editors write it, is no part of the text.
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise InputError(f"{name} is not UTF-8 text; save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{name} is not JSON ({place}: {error.msg}); correct this.") from None
    except (ValueError, RecursionError):
        raise InputError(f"{name} is no case; give one JSON object with texts and lists.") from None
    if not isinstance(found, dict):
        kind = "a list" if isinstance(found, list) else "a single value"
        raise InputError(f"{name} holds {kind}; put one JSON object there: {{…}}.")
    return found


def _bytes(name: str) -> bytes:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise InputError(f"{name} cannot be read ({reason}); name a JSON file.") from None
    if len(raw) > LARGEST:
        raise InputError(f"{name} is larger than {LARGEST:,} bytes; a case needs far less.")
    return raw


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are each given once: of two answers none is lost silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _ in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise InputError(f"the case has the key {twice[:60]!r} twice; keep one of them.")
    return found
