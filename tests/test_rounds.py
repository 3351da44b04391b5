"""Golden transcripts of whole rounds, several voices in each; `pytest --update` rewrites them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conversation import plain, spaced
from tests.rounds.hall import GROUP, Hall, Heard, Phone

FOLDER = Path(__file__).parent / "rounds"
STORIES = sorted(FOLDER.glob("*.txt"))
SPOKEN = ("people:", "wait:", "#")
RESTART = "# the process stops and starts again"
# "Ana: [B]", "Ana in the group: [B]", "Ana replies in the group: B"
SPAN = timedelta(seconds=20)
LINE = re.compile(r"(\w+)( in the group| replies in the group)?: (.*)")


class Stage:
    """The people of one story, and the names that stand for what is drawn by lot."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall

    async def people(self, line: str) -> None:
        """`people: Tess de trainer, Ana fr`: first name, language, perhaps a right."""
        for each in line.removeprefix("people:").split(","):
            name, language, *right = each.split()
            phone = self.hall.phone(name, language)
            if right:
                await self.hall.right(phone)

    async def do(self, line: str) -> list[Heard]:
        """One line of the script, done."""
        if line == RESTART:
            await self.hall.close()
            await self.hall.open()
            return []
        if line.startswith("wait:"):
            number, unit = line.removeprefix("wait:").split()
            return await self.hall.wait(**{unit: int(number)})
        found = LINE.fullmatch(line)
        assert found is not None, line
        phone, chat = self.hall.phones[found[1]], GROUP if found[2] else ""
        text = await self.typed(found[3])
        if text.startswith("[") and text.endswith("]"):
            return await phone.taps(text[1:-1], chat)
        return await phone.says(text, chat, self.asked() if "replies" in (found[2] or "") else "")

    def asked(self) -> str:
        """What the newest question of the group is about."""
        return self.hall.button(GROUP, "A").action

    async def names(self) -> dict[str, str]:
        """What was drawn by lot -> the name it has in a story."""
        names: dict[str, str] = {}
        for n, live in enumerate(await self.hall.rounds()):
            number = str(n + 1) if n else ""
            names |= {live.code: f"CODE{number}", live.screen: "SCREEN", live.id: "ROUND"}
        seats = await self.hall.rows("SELECT seat, person, id FROM player ORDER BY id")
        who = {phone.person: phone.name.upper() for phone in self.hall.phones.values()}
        known = {seat: f"SEAT_{who[person]}" for seat, person, _ in seats if person}
        self.seats = {**known, **getattr(self, "seats", {})}
        return names | self.seats

    async def typed(self, text: str) -> str:
        # The longest first: CODE2 begins with CODE.
        names = sorted((await self.names()).items(), key=lambda pair: -len(pair[1]))
        for drawn, name in names:
            text = text.replace(name, drawn)
        return text

    async def shown(self, heard: Heard, actor: Phone | None) -> list[str]:
        """One message as lines: whom to, words, buttons."""
        known = {phone.number: phone.name for phone in self.hall.phones.values()}
        to = known.get(heard.chat, "the group") if heard.chat else f"{actor and actor.name} (toast)"
        message = heard.message
        if message.poll is not None:
            right = ", ".join(message.poll.options[n] for n in message.poll.right)
            lines = [message.poll.question, f"({right}) {message.poll.explanation}"]
            return [f"bot to {to} (poll): {lines[0]}", f"     {lines[1]}"]
        head, *rest = plain(message).split("\n")
        lines = [f"bot to {to}: {head}".rstrip(), *(f"     {line}".rstrip() for line in rest)]
        if message.buttons:
            lines.append("     " + " ".join(f"[{spaced(b.label)}]" for b in message.buttons))
        text = "\n".join(lines)
        for drawn, name in (await self.names()).items():
            text = text.replace(drawn, name)
        return text.split("\n")


async def played(script: list[str], hall: Hall) -> str:
    """The transcript that the script's own lines lead to."""
    stage, lines = Stage(hall), list[str]()
    for line in script:
        if line.startswith("people:"):
            await stage.people(line)
            lines.append(line)
        elif line.startswith("#") and line != RESTART:
            lines += ["", line]
        else:
            lines += ["", line]
            actor = hall.phones.get(line.split(":")[0].split()[0])
            for heard in await stage.do(line):
                lines += await stage.shown(heard, actor)
            hall.now += SPAN
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.stem)
async def test_the_round_goes_as_written(story: Path, tmp_path: Path, update: bool) -> None:
    written = story.read_text(encoding="utf-8")  # noqa: ASYNC240  (a small file, no server)
    hall = Hall(tmp_path / "amorce.db")
    await hall.open()
    try:
        names = re.findall(r"(\w+) [a-z]{2}\b", written.split("\n", 1)[0])
        voices = (*SPOKEN, *(f"{name}{more}" for name in names for more in (":", " in", " rep")))
        script = [line for line in written.splitlines() if line.startswith(voices)]
        told = await played(script, hall)
    finally:
        await hall.close()
    if update:
        story.write_text(told, encoding="utf-8")  # noqa: ASYNC240
    else:
        assert told == written, f"{story.name} differs; --update rewrites, git diff shows how"


def test_there_is_a_round_alone_and_one_in_a_group() -> None:
    assert {"private", "group"} <= {story.stem for story in STORIES}
