"""Golden transcripts: whole conversations as trainers read them; `pytest --update` rewrites."""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path

import pytest

from bot.core.message import Message
from bot.core.turn import Edited
from bot.dialogs import register
from tests.conversation import KNOWLEDGE, Conversation, plain, spaced

FOLDER = Path(__file__).parent / "transcripts"
STORIES = sorted(FOLDER.glob("*/*.txt"))
SPOKEN = ("founder:", "again:", "wait:", "edit:", "sends:", "language:", "#")


class StoppedError(AssertionError):
    """The script asks for a button that is not there; its text is the talk up to that point."""


def shown(message: Message) -> list[str]:
    """One message as lines: words, then its buttons."""
    head, *rest = plain(message).split("\n")
    lines = [f"bot: {head}".rstrip(), *(f"     {line}".rstrip() for line in rest)]
    if message.toast:
        lines[0] = lines[0].replace("bot:", "bot (toast):")
    if message.buttons:
        lines.append("     " + " ".join(f"[{spaced(b.label)}]" for b in message.buttons))
    return lines


def act(talk: Conversation, line: str) -> list[Message]:
    """One line of the script, done."""
    verb, _, what = line.partition(":")
    what = what.strip().replace("\\n", "\n")
    if verb == "wait":
        number, unit = what.split()
        talk.wait(timedelta(**{unit: int(number)}))
        return []
    if verb == "again":
        return talk.again(what[1:-1])
    if verb == "sends":
        return talk.send(what)
    if verb == "edit":
        message, _, text = what.partition(" ")
        return talk.hear(Edited(text), message)
    if what.startswith("/"):
        return talk.command(what[1:])
    if what.startswith("[") and what.endswith("]"):
        return talk.tap(what[1:-1])
    return talk.say(what)


def relabelled(talk: Conversation, line: str) -> str:
    """The line with the label its button has by now, where the words have changed a little."""
    label = line.removeprefix("founder: [").removesuffix("]")
    if not line.startswith("founder: [") or label in talk.buttons():
        return line
    near = get_close_matches(label, talk.buttons(), n=1, cutoff=0.55)
    return f"founder: [{near[0]}]" if near else line


def played(script: list[str], relabel: bool = False) -> str:
    """The transcript that the script's own lines lead to."""
    talk = Conversation()
    lines: list[str] = []
    for written in script:
        line = written
        if line.startswith("language:"):
            talk.language = line.split()[1]
        if line.startswith("#"):
            lines.append(line)
            continue
        if not line.startswith(("founder:", "again:", "edit:", "sends:", "wait:")):
            lines += [line] if line.startswith("language:") else []
            continue
        if relabel:
            line = relabelled(talk, line)
        lines += ["", line]
        try:
            heard = act(talk, line)
        except AssertionError as problem:
            raise StoppedError("\n".join([*lines, f"# STOPPED: {problem}"])) from problem
        for message in heard:
            lines += shown(message)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("story", STORIES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_the_story_is_told_as_written(story: Path, request: pytest.FixtureRequest) -> None:
    written = story.read_text(encoding="utf-8")
    update = bool(request.config.getoption("--update"))
    script = [line for line in written.splitlines() if line.startswith(SPOKEN)]
    told = played(script, relabel=update)
    if update:
        story.write_text(told, encoding="utf-8")
    else:
        assert told == written, f"{story.name} differs; ./dev update rewrites, git diff shows how"


def test_there_are_at_least_ten_whole_founder_stories() -> None:
    assert len(list((FOLDER / "founders").glob("*.txt"))) >= 10


@pytest.mark.parametrize("dialog", sorted(register()))
def test_every_dialog_has_its_words_and_a_transcript(dialog: str) -> None:
    assert list((FOLDER / dialog).glob("*.txt")), f"add tests/transcripts/{dialog}/<language>_*.txt"
    assert (KNOWLEDGE / "dialogs" / f"{dialog}.yaml").is_file(), f"add its words: {dialog}.yaml"
