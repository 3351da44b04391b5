"""Judges generated questions of the quiz by looking their words up in the knowledge base."""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge import Knowledge
from bot.knowledge.sectors import guess
from bot.knowledge.text import plain, tokens
from bot.quiz.item import Item

LANGUAGES = ("fr", "en", "de", "es")
Text = Mapping[str, str]


def key(text: Text) -> tuple[str, ...]:
    return tuple(text[lang] for lang in LANGUAGES)


def parts(item: Item) -> tuple[list[Text], list[Text]]:
    """The right options and the others."""
    right = [item.options[place] for place in item.right]
    return right, [option for n, option in enumerate(item.options) if n not in item.right]


class Oracle:
    """What is right, found by looking the words of an item up in the knowledge base.

    It knows the names of the templates and nothing of the code that fills them.
    """

    def __init__(self, kb: Knowledge) -> None:
        self.kb = kb
        self.tools = {key(tool.name): tool for tool in kb.tools.values()}
        self.aims = {key(tool.aim): tool for tool in kb.tools.values()}
        self.tips = {key(tip.title): tip for tip in kb.tips.values()}
        self.phases = {key(phase.title): name for name, phase in kb.phases.items()}
        self.purposes = {key(purpose.title): purpose for purpose in kb.purposes.values()}
        self.sectors = {key(label): name for name, label in kb.sectors.labels.items()}
        forms = [entry for name, entry in kb.definition.items() if name.startswith("type.")]
        self.forms = {key(entry.title): entry for entry in forms}

    def faults(self, item: Item) -> Iterator[str]:
        """Wrong options that are right, and right ones that are wrong."""
        template = item.id.split(".")[2]
        right, wrong = parts(item)
        if template in ("step_claimed", "tips_in_order"):
            yield from getattr(self, template)(item)
            return
        judge = getattr(self, template)
        for option in right:
            if not judge(item, option, strict=True):
                yield f"{item.id}: {option['en']} is not right"
        for option in wrong:
            if judge(item, option, strict=False):
                yield f"{item.id}: {option['en']} is right as well"

    def said_in(self, item: Item, known: Mapping[tuple[str, ...], object]) -> tuple[str, ...]:
        """The entry of `known` whose words stand in the question, the longest of several."""
        question = [plain(item.text[lang]) for lang in LANGUAGES]
        found = [row for row in known if all(map(contains, question, map(plain, row)))]
        assert found, item.id
        return max(found, key=lambda row: len(row[0]))

    def tool_of_aim(self, item: Item, option: Text, strict: bool) -> bool:
        wanted, tool = self.aims[self.said_in(item, self.aims)], self.tools[key(option)]
        return tool is wanted or (not strict and self.same_work(tool.number, wanted.number))

    def aim_of_tool(self, item: Item, option: Text, strict: bool) -> bool:
        wanted, tool = self.tools[self.said_in(item, self.tools)], self.aims[key(option)]
        return tool is wanted or (not strict and self.same_work(tool.number, wanted.number))

    def same_work(self, one: int, other: int) -> bool:
        """Both cited for one purpose, or cited or suggested for one tip, or aims much alike."""
        if any({one, other} <= set(purpose.cited) for purpose in self.kb.purposes.values()):
            return True
        if any({one, other} <= set(tip.tools) for tip in self.kb.tips.values()):
            return True
        aims = [self.kb.tools[f"tool.{number}"].aim for number in (one, other)]
        return any(overlap(aims[0][lang], aims[1][lang]) > 0.6 for lang in LANGUAGES)

    def tool_of_purpose(self, item: Item, option: Text, strict: bool) -> bool:
        purpose = self.purposes[self.said_in(item, self.purposes)]
        return self.serves(self.tools[key(option)].number, purpose.id, strict)

    def purpose_of_tool(self, item: Item, option: Text, strict: bool) -> bool:
        tool = self.tools[self.said_in(item, self.tools)]
        return self.serves(tool.number, self.purposes[key(option)].id, strict)

    def serves(self, number: int, purpose: str, strict: bool) -> bool:
        """Cited for the purpose; or, less strictly, named by a tip that rests on it."""
        if number in self.kb.purposes[purpose].cited:
            return True
        tips = [tip for tip in self.kb.tips.values() if purpose in tip.sources]
        return not strict and any(number in tip.tools for tip in tips)

    def step_of_tip(self, item: Item, option: Text, strict: bool) -> bool:
        return self.tips[self.said_in(item, self.tips)].phase == self.phases[key(option)]

    def tip_of_step(self, item: Item, option: Text, strict: bool) -> bool:
        return self.tips[key(option)].phase == self.phases[self.said_in(item, self.phases)]

    tips_of_step = tip_of_step

    def step_claimed(self, item: Item) -> Iterator[str]:
        # A step's name may be a part of a tip's: here the quoted one at the end is meant.
        tip = self.tips[self.said_in(item, self.tips)]
        ends = [
            name for row, name in self.phases.items() if item.text["de"].endswith(f"„{row[2]}“.")
        ]
        if (ends == [tip.phase]) != (item.right == (0,)):
            yield f"{item.id}: true and false are mixed up"

    def tips_in_order(self, item: Item) -> Iterator[str]:
        phases = [self.tips[key(item.options[place])].phase for place in item.right]
        if phases != sorted(set(phases)):
            yield f"{item.id}: the steps come as {phases}"

    def sector_of_actor(self, item: Item, option: Text, strict: bool) -> bool:
        return self.sector(told(item.text["de"])) == self.sectors[key(option)]

    def actor_of_sector(self, item: Item, option: Text, strict: bool) -> bool:
        sector = self.sectors[self.said_in(item, self.sectors)]
        found = [self.sector(words) for words in option.values()]
        return all(each == sector for each in found) if strict else sector in found

    actors_of_sector = actor_of_sector

    def sector_open(self, item: Item, option: Text, strict: bool) -> bool:
        row = item.text["de"].split(": ")[1].split(". ")[0].split(", ")
        assert len(row) == 3
        return self.sectors[key(option)] not in [self.sector(words) for words in row]

    def sector(self, words: str) -> str | None:
        found = guess(self.kb, words.partition(" ")[2])
        return None if found.ask else found.sector

    def form_of_text(self, item: Item, option: Text, strict: bool) -> bool:
        quoted = re.findall("„(.*)“", item.text["de"])[0]
        sentence = quoted.split(". ")[0].rstrip(".")
        return sentence in self.forms[key(option)].text["de"]

    def form_of_feature(self, item: Item, option: Text, strict: bool) -> bool:
        feature = self.feature(item)
        return self.forms[key(option)].id in {self.kb.points[name].of for name in feature}

    forms_of_feature = form_of_feature

    def feature_of_form(self, item: Item, option: Text, strict: bool) -> bool:
        form = self.forms[self.said_in(item, self.forms)].id
        return form in {self.kb.points[name].of for name in self.features()[key(option)]}

    def feature(self, item: Item) -> Sequence[str]:
        features = self.features()
        return features[self.said_in(item, features)]

    def features(self) -> Mapping[tuple[str, ...], Sequence[str]]:
        assert self.kb.quiz.templates
        return {key(each.name): each.points for each in self.kb.quiz.templates.features.values()}


def contains(text: str, words: str) -> bool:
    return words in text


def overlap(one: str, other: str) -> float:
    mine, yours = ({word for word in tokens(text) if len(word) > 3} for text in (one, other))
    return len(mine & yours) / max(1, min(len(mine), len(yours)))


def told(german: str) -> str:
    return german.split(": ")[1].rstrip("?")
