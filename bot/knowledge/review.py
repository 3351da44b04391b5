"""Checks of the knowledge base as a whole: nothing contradicts, nothing lies unused."""

from collections.abc import Iterator, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.lexicon import ELSEWHERE
from bot.knowledge.mistake import Mistake
from bot.knowledge.text import plain

# Partnerships are found by their names and topics.
ASKED_FOR = frozenset(
    {"tip", "card", "challenge", "question", "fact", "definition", "term", "tool"}
)


def mistakes(kb: Knowledge) -> list[Mistake]:
    """Faults that only the sound, complete base can show, sorted."""
    found = [*_citations(kb), *_questions(kb), *_topics(kb), *_rules(kb)]
    return sorted([*found, *_orphans(kb), *_asked(kb)])


def _citations(kb: Knowledge) -> Iterator[Mistake]:
    for tool in kb.tools.values():
        for purpose in kb.purposes.values():
            if (purpose.id in tool.cited_for) != (tool.number in purpose.cited):
                what = f"tools.yaml and purposes.yaml disagree on {purpose.id}"
                yield Mistake("tools.yaml", f"{tool.id}.cited_for", what, "Make both agree")
    cited = {phase: set[int]() for phase in kb.phases}
    for purpose in kb.purposes.values():
        cited[purpose.phase].update(purpose.cited)
    for tip in kb.tips.values():
        for number in sorted(set(tip.cited) - cited[tip.phase]):
            what = f"the source does not cite tool {number} for this step"
            yield Mistake(kb.file(tip.id), f"{tip.id}.tools", what, "Move it to suggested")


def _questions(kb: Knowledge) -> Iterator[Mistake]:
    for challenge in kb.challenges.values():
        for name in challenge.questions:
            if name not in kb.questions:
                what = f"{name} is no question"
                remedy = "Name questions only"
                yield Mistake("challenges.yaml", f"{challenge.id}.questions", what, remedy)
    for question in kb.questions.values():
        home = kb.challenges.get(question.home) or kb.tips.get(question.home)
        if home is not None and question.id not in home.questions:
            what = f"{home.id} does not list {question.id}"
            yield Mistake("questions.yaml", f"{question.id}.from", what, "Make both agree")


def _topics(kb: Knowledge) -> Iterator[Mistake]:
    for topic in kb.topics.values():
        for lang in kb.languages.complete:
            if not topic.cues.get(lang):
                what = f"no cue in {lang} suggests it"
                yield Mistake("topics.yaml", f"{topic.id}.cues", what, "Add word beginnings")


def _rules(kb: Knowledge) -> Iterator[Mistake]:
    for rule, sources in kb.rules.source_ids().items():
        for source in sorted(set(sources) - set(kb.source)):
            what = f"{source!r} is not in source.yaml"
            yield Mistake("rules/", f"{rule}.sources", what, "Correct the source id")
    named: dict[str, tuple[str, ...]] = {rule: (rule,) for rule in kb.rules.tips}
    named |= {situation.id: situation.tips for situation in kb.rules.situations}
    named |= {f"order.{phase}": tips for phase, tips in kb.rules.order.items()}
    for rule, tips in named.items():
        for tip in sorted(set(tips) - set(kb.tips)):
            yield Mistake("rules/", rule, f"there is no tip {tip!r}", "Correct the id")
    for name, body in kb.tips.items():
        if body.stance != "heading" and name not in kb.rules.tips:
            yield Mistake("rules/", "tips", f"{name} is missing", "Say how it behaves in advice")


def _asked(kb: Knowledge) -> Iterator[Mistake]:
    """Examples of questions: each belongs to one entry, and no entry to be found lacks them."""
    for lang, by_entry in kb.asked.items():
        file = f"asked/{lang}.yaml"
        for name in by_entry:
            if name not in kb and name != ELSEWHERE:
                yield Mistake(file, name, "there is no such entry", "Correct the id")
        for name, phrase, other in _doubles(by_entry):
            what = f"{phrase!r} stands under {other} too"
            yield Mistake(file, name, what, "Keep it where it fits best")
    wanted = [entry.id for entry in kb.entries() if entry.kind in ASKED_FOR] if kb.asked else []
    for lang in kb.languages.complete:
        for name in wanted:
            if not kb.asked.get(lang, {}).get(name):
                what = "no example shows how founders ask for it"
                yield Mistake(f"asked/{lang}.yaml", name, what, "Add a few")


def _doubles(by_entry: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Phrases that two entries claim: the second one, the phrase, the first one."""
    homes: dict[str, str] = {}
    for name, phrases in by_entry.items():
        for phrase in phrases:
            other = homes.setdefault(plain(phrase), name)
            if other != name:
                yield name, phrase, other


def _orphans(kb: Knowledge) -> Iterator[Mistake]:
    """What nothing leads to: pages no entry names, challenges and questions without a card."""
    seen = {name for entry in kb.entries() for name in getattr(entry, "seen", ())}
    answered = {name for tip in kb.tips.values() for name in tip.challenges}
    grouped = {number for purpose in kb.purposes.values() for number in purpose.cited}
    used = {number for entry in kb.entries() if entry.kind != "tool" for number in entry.tools}
    asked = {name for challenge in kb.challenges.values() for name in challenge.questions}
    asked |= {question.id for question in kb.questions.values() if question.home in kb.phases}
    asked |= {name for tip in kb.tips.values() for name in tip.questions}
    rows = (
        ("references.yaml", kb.references, seen, "no entry was seen there"),
        ("challenges.yaml", kb.challenges, answered, "no tip answers it"),
        ("questions.yaml", kb.questions, asked, "no tip, challenge or step asks it"),
    )
    for file, names, reached, what in rows:
        for name in names:
            if name not in reached:
                yield Mistake(file, name, f"an orphan: {what}", "Link to it, or remove it")
    for number in sorted(grouped - used):
        yield Mistake(
            "tools.yaml", f"tool.{number}", "an orphan: no card leads to it", "Link to it"
        )
