"""Questions about tools: which tool serves an aim, what a tool is for, what it is cited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import Purpose, Tool
from bot.knowledge.quizzes import LONGEST_OPTION
from bot.quiz.item import Item, Texts
from bot.quiz.likeness import gives_away, neighbours
from bot.quiz.mould import OPTIONS, Mould, Option, cast, chosen, fits

AIM, PURPOSE = 2, 3


def items(mould: Mould) -> Iterator[Item | None]:
    """Every question about a tool that gives nothing away."""
    maker = _Maker(mould)
    for tool in mould.kb.tools.values():
        if not gives_away(mould.kb, tool.name, tool.aim):
            yield maker.tool_of_aim(tool)
            yield maker.aim_of_tool(tool)
    for purpose in mould.kb.purposes.values():
        yield maker.tools_of_purpose(purpose)
        yield from (maker.purpose_of_tool(tool, purpose) for tool in maker.cited(purpose))


@dataclass(frozen=True, slots=True)
class _Maker:
    mould: Mould

    def tool_of_aim(self, tool: Tool) -> Item | None:
        """The aim is told, the tool is asked."""
        name = f"quiz.tools.tool_of_aim.{tool.number}"
        wrong = self._other_tools(name, tool, tool.aim)
        text = self.mould.said("tool_of_aim", aim=tool.aim)
        return self._item(name, text, [_named(tool)], wrong, self._when(tool), (tool,))

    def aim_of_tool(self, tool: Tool) -> Item | None:
        """The tool is told, the aim is asked; only where the aims are short enough for buttons."""
        name = f"quiz.tools.aim_of_tool.{tool.number}"
        near = neighbours(self.mould.kb).get(tool.id, frozenset())
        others = [
            Option(other.id, other.aim)
            for other in self.mould.kb.tools.values()
            if other.id != tool.id and other.id not in near and fits(other.aim, LONGEST_OPTION)
            if not gives_away(self.mould.kb, tool.name, other.aim)
        ]
        wrong = chosen(name, others, OPTIONS - 1)
        text = self.mould.said("aim_of_tool", tool=tool.name)
        right = [Option(tool.id, tool.aim)]
        return self._item(name, text, right, wrong, self._when(tool), (tool,))

    def tools_of_purpose(self, purpose: Purpose) -> Item | None:
        """The purpose is told; of the tools cited for it one or two stand among the options."""
        name = f"quiz.tools.tool_of_purpose.{purpose.id.replace('.tool.', '_')}"
        cited = self.cited(purpose)[:2]
        if not cited:
            return None
        wrong = self._other_tools(name, cited[0], purpose.title, purpose)
        pattern = "tools_of_purpose" if len(cited) > 1 else "tool_of_purpose"
        text = self.mould.said(pattern, purpose=purpose.title)
        why = self._aim(cited[0]) if len(cited) == 1 else self._where(purpose)
        right = [_named(tool) for tool in cited]
        return self._item(name, text, right, wrong, why, (purpose, *cited), PURPOSE)

    def purpose_of_tool(self, tool: Tool, purpose: Purpose) -> Item | None:
        """The tool is told, the purpose is asked; the other purposes fit none of its tips."""
        name = f"quiz.tools.purpose_of_tool.{tool.number}_{purpose.phase}"
        near = neighbours(self.mould.kb).get(purpose.id, frozenset())
        served = self._served(tool)
        others = [
            Option(other.id, other.title)
            for other in self.mould.kb.purposes.values()
            if other.id not in served | near | {purpose.id}
            if not gives_away(self.mould.kb, tool.name, other.title)
        ]
        wrong = chosen(name, others, OPTIONS - 1)
        text = self.mould.said("purpose_of_tool", tool=tool.name)
        right = [Option(purpose.id, purpose.title)]
        why = self.mould.joined(self._where(purpose), tool.aim)
        return self._item(name, text, right, wrong, why, (purpose, tool), PURPOSE)

    def cited(self, purpose: Purpose) -> list[Tool]:
        """The tools cited for a purpose whose names do not repeat it."""
        kb = self.mould.kb
        tools = [kb.tools[f"tool.{number}"] for number in purpose.cited]
        return [tool for tool in tools if not gives_away(kb, tool.name, purpose.title)]

    def _served(self, tool: Tool) -> frozenset[str]:
        """Purposes a tool may well serve: cited for, or grounds of a tip that names it."""
        tips = [tip for tip in self.mould.kb.tips.values() if tool.number in tip.tools]
        return frozenset([*tool.cited_for, *(name for tip in tips for name in tip.sources)])

    def _other_tools(
        self, name: str, tool: Tool, told: Texts, purpose: Purpose | None = None
    ) -> list[Option]:
        """Tools of the same group first, then others; none that may serve as well."""
        near = neighbours(self.mould.kb)
        cited = {f"tool.{n}" for n in purpose.cited} if purpose else set()
        shut = {tool.id, *cited}.union(*(near.get(each, ()) for each in {tool.id, *cited}))
        open_to = [
            other
            for other in self.mould.kb.tools.values()
            if other.id not in shut and not gives_away(self.mould.kb, other.name, told)
            if purpose is None or purpose.id not in self._served(other)
        ]
        kin = [_named(other) for other in open_to if other.group == tool.group]
        rest = [_named(other) for other in open_to if other.group != tool.group]
        wanted = OPTIONS - 1
        found = chosen(name, kin, wanted - 1)
        return [*found, *chosen(name, rest, wanted - len(found))]

    def _when(self, tool: Tool) -> Texts:
        both = self.mould.said("why_tool", tool=tool.name, when=tool.when)
        return self.mould.first_fitting(both, self._aim(tool))

    def _aim(self, tool: Tool) -> Texts:
        return self.mould.first_fitting(
            self.mould.said("why_aim", tool=tool.name, aim=tool.aim), tool.aim
        )

    def _where(self, purpose: Purpose) -> Texts:
        phase = self.mould.kb.phases[purpose.phase]
        return self.mould.said("why_cited", number=phase.id[1], step=phase.title)

    def _item(
        self,
        name: str,
        text: Texts,
        right: list[Option],
        wrong: list[Option],
        why: Texts,
        about: tuple[Tool | Purpose, ...],
        difficulty: int = AIM,
    ) -> Item | None:
        if len(wrong) < OPTIONS - 1:
            return None
        sources = dict.fromkeys(source for entry in about for source in entry.sources)
        return cast(
            name,
            "single" if len(right) == 1 else "several",
            text,
            right,
            wrong,
            why,
            topic="tools",
            difficulty=difficulty,
            about=tuple(entry.id for entry in about),
            sources=tuple(sources),
            editorial=any(entry.editorial for entry in about),
        )


def _named(tool: Tool) -> Option:
    return Option(tool.id, tool.name)
