"""Questions about tips: which step one belongs to, and in which order they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.model import PHASES, Tip
from bot.quiz.item import Item, Kind, Texts
from bot.quiz.likeness import gives_away, neighbours
from bot.quiz.mould import OPTIONS, Mould, Option, cast, chosen, draw

# Most tips belong to the last step; asked for all of them, whoever always says "4" would do well.
MOST_OF_A_STEP = 6
ORDERS = 4
# The topic of these is their answer: asked for one topic alone, they have nothing to ask.
TELLING = "step_of_tip"


def items(mould: Mould) -> Iterator[Item | None]:
    """Every question about a tip and its step."""
    maker = _Maker(mould)
    for phase in PHASES:
        tips = maker.of_step(phase)
        for tip in tips[:MOST_OF_A_STEP]:
            yield maker.step_of_tip(tip)
        for tip in tips[-MOST_OF_A_STEP:]:
            yield maker.tip_of_step(tip)
        yield from (maker.tips_of_step(*pair) for pair in zip(tips[::2], tips[1::2], strict=False))
        yield from (maker.step_claimed(tip) for tip in tips[:MOST_OF_A_STEP])
    yield from (maker.tips_in_order(number) for number in range(ORDERS))


@dataclass(frozen=True, slots=True)
class _Maker:
    mould: Mould

    @property
    def tips(self) -> list[Tip]:
        """The tips whose step can be asked."""
        everywhere = self.mould.templates.everywhere
        return [tip for tip in self.mould.kb.tips.values() if tip.id not in everywhere]

    def of_step(self, phase: str) -> list[Tip]:
        """The tips of a step that do not repeat its name, by lot."""
        step, kb = self._step(phase), self.mould.kb
        tips = [t for t in self.tips if t.phase == phase and not gives_away(kb, step, t.title)]
        return sorted(tips, key=lambda tip: draw("tip", tip.id))

    def step_of_tip(self, tip: Tip) -> Item | None:
        """The tip is told, the step is asked."""
        phases = self.mould.kb.phases
        right = [Option(tip.phase, phases[tip.phase].title)]
        wrong = [Option(each.id, each.title) for each in phases.values() if each.id != tip.phase]
        text = self.mould.said("step_of_tip", tip=tip.title)
        return self._item(_id(tip, TELLING), "single", text, right, wrong, self._why(tip), (tip,))

    def tip_of_step(self, tip: Tip) -> Item | None:
        """The step is told, the tip is asked."""
        name = _id(tip, "tip_of_step")
        wrong = chosen(name, self._elsewhere(tip), OPTIONS - 1)
        text = self.mould.said("tip_of_step", step=self._step(tip.phase))
        why = self._named_why(tip)
        return self._item(name, "single", text, [_option(tip)], wrong, why, (tip,))

    def tips_of_step(self, one: Tip, other: Tip) -> Item | None:
        """The step is told, two of its tips stand among the options."""
        name = _id(one, "tips_of_step")
        shut = {option.entry for option in self._elsewhere(other)}
        apart = [option for option in self._elsewhere(one) if option.entry in shut]
        wrong = chosen(name, apart, OPTIONS - 2)
        text = self.mould.said("tips_of_step", step=self._step(one.phase))
        right = [_option(one), _option(other)]
        # The reason of one of them would read as the reason of both.
        why = self._which_step(one)
        return self._item(name, "several", text, right, wrong, why, (one, other))

    def step_claimed(self, tip: Tip) -> Item | None:
        """Tip and step are told: is it so? A wrong step has no tip near to this one."""
        name = _id(tip, "step_claimed")
        near = neighbours(self.mould.kb).get(tip.id, frozenset())
        taken = {
            tip.phase,
            *(each.phase for each in self.mould.kb.tips.values() if each.id in near),
        }
        other = [phase for phase in PHASES if phase not in taken]
        true = not other or draw(name, "true") % 2 == 0
        claimed = tip.phase if true else other[draw(name) % len(other)]
        text = self.mould.said("step_claimed", tip=tip.title, step=self._step(claimed))
        options = (self.mould.said("true"), self.mould.said("false"))
        return Item(
            name, "true_false", text, options, (0 if true else 1,), self._why(tip), tip.phase,
            about=(tip.id,), sources=(tip.id, tip.phase), editorial=bool(tip.editorial),
        )  # fmt: skip

    def tips_in_order(self, number: int) -> Item | None:
        """One tip of each step, to be put in the order of the steps."""
        name = f"quiz.{PHASES[number % len(PHASES)]}.tips_in_order"
        rows: list[Tip] = []
        for phase in PHASES:
            near = frozenset[str]().union(
                *(neighbours(self.mould.kb).get(tip.id, frozenset()) for tip in rows)
            )
            free = [tip for tip in self.of_step(phase) if tip.id not in near]
            rows += sorted(free, key=lambda tip: draw(name, tip.id))[:1]
        titles = {phase: self._step(phase) for phase in PHASES}
        text, why = self.mould.said("tips_in_order"), self.mould.said("why_order", **titles)
        return self._item(name, "order", text, [_option(tip) for tip in rows], [], why, tuple(rows))

    def _elsewhere(self, tip: Tip) -> list[Option]:
        """Tips of other steps, none near to this one."""
        near = neighbours(self.mould.kb).get(tip.id, frozenset())
        return [_option(o) for o in self.tips if o.phase != tip.phase and o.id not in near]

    def _step(self, phase: str) -> Texts:
        return self.mould.kb.phases[phase].title

    def _which_step(self, tip: Tip) -> Texts:
        return self.mould.said("why_step", number=tip.phase[1], step=self._step(tip.phase))

    def _why(self, tip: Tip) -> Texts:
        return self.mould.joined(self._which_step(tip), tip.why_now)

    def _named_why(self, tip: Tip) -> Texts:
        step = self._step(tip.phase)
        named = self.mould.said("why_tip", tip=tip.title, number=tip.phase[1], step=step)
        return self.mould.joined(named, tip.why_now)

    def _item(
        self,
        name: str,
        kind: Kind,
        text: Texts,
        right: list[Option],
        wrong: list[Option],
        why: Texts,
        about: tuple[Tip, ...],
    ) -> Item | None:
        if len(right) + len(wrong) < OPTIONS:
            return None
        return cast(
            name,
            kind,
            text,
            right,
            wrong,
            why,
            topic=name.split(".")[1],
            difficulty=3 if kind == "order" else 2,
            about=tuple(tip.id for tip in about),
            sources=tuple(dict.fromkeys([name for tip in about for name in (tip.id, tip.phase)])),
            editorial=any(tip.editorial for tip in about),
        )


def _id(tip: Tip, what: str) -> str:
    """The id of an item about a tip: "quiz.p1.step_of_tip.goal_early"."""
    return f"quiz.{tip.phase}.{what}.{tip.id.split('.', 1)[1].replace('.', '_')}"


def _option(tip: Tip) -> Option:
    return Option(tip.id, tip.title)
