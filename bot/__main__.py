"""The command line: parses the words after `amorce`, calls the command, ends with a clear line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from bot.cli import looking, quiz, upkeep
from bot.cli.common import Answer, Command, InputError
from bot.cli.diagnose import diagnose
from bot.errors import BotError

Commands = Any
CASE_KEYS = """A case is a JSON object; every key may be missing. problem, goal: texts.
trigger: crisis, study, business, cross_sector, other. existing: list of names. existing_fit: same,
partial, different. actors: list of {"name", "sector": public, private, civil_society, academia or
own_group, "status": idea, contacted, in_talks, committed}. shared_goal, roles, red_lines,
communication_rules, decisions, secretariat: not_yet, begun, agreed. funding: none, single, several.
equal_footing, long_term, common_good, three_sectors_wanted: yes, no. ambition: exchange, advise,
act, transform. affected_represented: agreed, begun, not_yet, risky. mood: fine, tired, conflict."""
BAD_INPUT, FAILED, INTERRUPTED, PIPE_CLOSED = 2, 1, 130, 141


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"amorce: {message}; {self.prog} --help tells more.\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 well, 1 failed, 2 bad input, 130 interrupted."""
    try:
        return _run(argv)
    except BrokenPipeError:
        _be_quiet()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except InputError as error:
        return _fail(str(error), BAD_INPUT)
    except BotError as error:
        return _fail(str(error), FAILED)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _fail(f"{place}{error.strerror or error}.", FAILED)


def _run(argv: Sequence[str] | None) -> int:
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a letter gets a question mark, not a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    args = parser().parse_args(argv)
    if getattr(args, "json", False) and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    answer: Answer = args.call(args)
    if answer.text:
        print(answer.text)
    # Here and not at exit, so that a closed pipe is met where it can be handled.
    print(end="", flush=True)
    return answer.code


def _fail(what: str, code: int) -> int:
    print(f"amorce: {' '.join(what.split())}", file=sys.stderr)
    return code


def _be_quiet() -> None:
    """Python would write what is left at exit and complain about the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """All commands with their options and help."""
    whole = Parser(prog="amorce", description="A chat adviser for people who found a partnership.")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _talking(commands)
    _looking(commands)
    _quizzing(commands)
    _tending(commands)
    return whole


def _talking(commands: Commands) -> None:
    what = "Start Amorce: the chat page, the desk, and Telegram where there is a token."
    run = _add(commands, "run", upkeep.run, what)
    run.epilog = "Settings come from the environment or .env; .env.example explains them."
    chat = _add(commands, "chat", upkeep.chat, "Talk with Amorce in this terminal.")
    _language(chat, "begin in this language, such as fr; it can be changed while talking")


def _looking(commands: Commands) -> None:
    what = "See what the knowledge base holds."
    within = commands.add_parser("knowledge", help=what, description=what)
    parts = within.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _json(_add(parts, "list", looking.knowledge_list, "List every entry with its source."))

    what = "Show a card or a question as Telegram, terminal and web page show it."
    shown = _json(_add(commands, "preview", looking.preview, what))
    _language(shown, "the language shown, such as de (default: en)")
    shown.add_argument("id", metavar="ID", help="such as p3.red_lines, tool.12 or intake.goal")

    ask = _json(_add(commands, "ask", looking.ask, "Ask a question; the best cards come first."))
    _language(ask, "the language of question and answers, such as fr (default: en)")
    ask.add_argument("question", nargs="+", metavar="QUESTION", help="the question, in any words")

    what = "Guess the sector of an organisation from its name."
    sector = _json(_add(commands, "sector", looking.sector, what))
    sector.add_argument("name", nargs="+", metavar="NAME", help="the organisation's name")

    what = "Read a team's case: where it stands, which form may fit, why, and what may come next."
    reading = _json(_add(commands, "diagnose", diagnose, what))
    _language(reading, "the language of the reasons (default: the case's own, else en)")
    reading.add_argument("case", metavar="CASE.json", help="the case; - reads it from stdin")
    reading.epilog = CASE_KEYS


def _quizzing(commands: Commands) -> None:
    what = "Write the questions of the quiz into a file, or look through a file of questions."
    within = commands.add_parser("quiz", help=what, description=what)
    parts = within.add_subparsers(title="commands", metavar="COMMAND", required=True)

    what = "Write the question bank as a file that Moodle and spreadsheets take."
    export = _add(parts, "export", quiz.export, what)
    _language(export, "the language of the questions, such as fr (default: en)")
    forms, topic = ("gift", "aiken", "csv"), "only this topic, such as p1 or tools"
    export.add_argument("--format", choices=forms, default="gift", help="default: gift")
    export.add_argument("--topic", metavar="TOPIC", help=topic)
    where = "the file to write (default: -, which is stdout)"
    export.add_argument("-o", "--output", metavar="FILE", default="-", help=where)

    what = "Look through a file of questions (GIFT, Aiken, CSV, XLSX) and name every mistake."
    check = _json(_add(parts, "import", quiz.check, what))
    _language(check, "the language of the questions and of the mistakes (default: en)")
    only = "only look, which is all that is done here; trainers import at the desk"
    check.add_argument("--check", action="store_true", required=True, help=only)
    check.add_argument("file", metavar="FILE", help="the file; - reads it from stdin")


def _tending(commands: Commands) -> None:
    what = "Check that knowledge base, dialogs and translations are complete and consistent."
    _json(_add(commands, "check", upkeep.check, what))

    what = "Fill an empty database with a made-up programme, the same each time."
    seed = _json(_add(commands, "seed", upkeep.seed, what))
    how_many = "how many (default: 2); twelve have stories of their own, the others are like them"
    seed.add_argument("--teams", type=int, default=2, metavar="N", help=how_many)
    of_each = "so many events a team at least (default: what it told; 100 beyond 100 teams)"
    seed.add_argument("--events", type=int, metavar="N", help=of_each)
    seed.add_argument("--today", action="store_true", help="let it end today, not on one fixed day")
    seed.add_argument("--once", action="store_true", help="do nothing where teams are stored")
    seed.add_argument("--into", action="store_true", help="even where teams are stored already")

    what = "Write the pages under docs/ that are made from the code."
    which = _add(commands, "docs", upkeep.docs, what).add_mutually_exclusive_group()
    which.add_argument("--write", action="store_true", help="write them (the default)")
    which.add_argument("--check", action="store_true", help="only tell whether they are up to date")


def _add(commands: Commands, name: str, call: Command, what: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
    command.set_defaults(call=call)
    return command


def _json(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--json", action="store_true", help="print one JSON document")
    return command


def _language(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--lang", metavar="LANG", help=what)


if __name__ == "__main__":
    sys.exit(main())
