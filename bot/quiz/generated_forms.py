"""Questions about the four forms of cooperation: which one is described, what marks each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.model import Definition
from bot.knowledge.quizzes import LONGEST_TEXT, Feature
from bot.quiz.item import Item, Kind, Texts
from bot.quiz.likeness import gives_away
from bot.quiz.mould import OPTIONS, Mould, Option, cast, chosen, fits

FORMS = ("type.network", "type.round_table", "type.msi", "type.msp")


def items(mould: Mould) -> Iterator[Item | None]:
    """Every question about a form."""
    maker = _Maker(mould, {name: mould.kb.definition[name] for name in FORMS})
    for form in FORMS:
        yield maker.form_of_text(form)
    for name, feature in mould.templates.features.items():
        yield maker.form_of_feature(name, feature)
        yield from (maker.feature_of_form(name, form) for form in maker.having(feature))


@dataclass(frozen=True, slots=True)
class _Maker:
    mould: Mould
    forms: Mapping[str, Definition]

    def having(self, feature: Feature) -> tuple[str, ...]:
        """The forms a feature belongs to, by the statements of the source."""
        return tuple(dict.fromkeys(self.mould.kb.points[name].of for name in feature.points))

    def form_of_text(self, form: str) -> Item | None:
        """The form is described in the words of its own entry, its name left out."""
        told = self._described(form)
        if told is None:
            return None
        text = self.mould.said("form_of_text", text=told)
        wrong = [self._form(each) for each in FORMS if each != form]
        name = f"form_of_text.{form.split('.')[1]}"
        return self._item(name, "single", text, [self._form(form)], wrong, (form,), None)

    def form_of_feature(self, name: str, feature: Feature) -> Item | None:
        """The feature is told, the form or forms are asked."""
        having = self.having(feature)
        pattern = "form_of_feature" if len(having) == 1 else "forms_of_feature"
        text = self.mould.said(pattern, feature=feature.name)
        right = [self._form(each) for each in having]
        wrong = [self._form(each) for each in FORMS if each not in having]
        kind: Kind = "single" if len(having) == 1 else "several"
        return self._item(f"{pattern}.{name}", kind, text, right, wrong, having, feature)

    def feature_of_form(self, name: str, form: str) -> Item | None:
        """The form is told, its feature is asked; the other features are those of other forms."""
        features = self.mould.templates.features
        if gives_away(self.mould.kb, self.forms[form].title, features[name].name):
            return None
        others = [
            Option(other, feature.name)
            for other, feature in features.items()
            if form not in self.having(feature)
        ]
        place = f"feature_of_form.{form.split('.')[1]}_{name}"
        wrong = chosen(place, others, OPTIONS - 1)
        text = self.mould.said("feature_of_form", form=self.forms[form].title)
        right = [Option(name, features[name].name)]
        return self._item(place, "single", text, right, wrong, (form,), features[name])

    def _described(self, form: str) -> Texts | None:
        """The sentences of an entry that name no form, as many as fit."""
        entry = self.forms[form]
        rows = {lang: _sentences(entry.text[lang]) for lang in self.mould.languages}
        count = min(map(len, rows.values()))
        told: Texts | None = None
        for place in range(count):
            sentence = {lang: rows[lang][place] for lang in rows}
            if any(gives_away(self.mould.kb, each.title, sentence) for each in self.forms.values()):
                continue
            both = self.mould.joined(told, sentence) if told else sentence
            told = both if fits(both, LONGEST_TEXT - 60) else told
        return told

    def _form(self, form: str) -> Option:
        return Option(form, self.forms[form].title)

    def _why(self, forms: tuple[str, ...], feature: Feature | None) -> Texts:
        """What the source says of it, in our words; for a described form, as much as fits."""
        points = self.mould.kb.points
        if feature is not None:
            rows = [points[name].text for name in feature.points if points[name].of in forms]
        else:
            # What sets a form apart comes last in the source.
            rows = [point.text for point in points.values() if point.of in forms][::-1]
        return self.mould.joined(*rows)

    def _item(
        self,
        name: str,
        kind: Kind,
        text: Texts,
        right: list[Option],
        wrong: list[Option],
        about: tuple[str, ...],
        feature: Feature | None,
    ) -> Item | None:
        sources = feature.points if feature else self.forms[about[0]].sources
        return cast(
            f"quiz.spectrum.{name}",
            kind,
            text,
            right,
            wrong,
            self._why(about, feature),
            topic="spectrum",
            difficulty=2,
            about=about,
            sources=sources,
            editorial=feature is not None,
        )


def _sentences(text: str) -> list[str]:
    parts = text.rstrip(".").split(". ")
    return [f"{part}." for part in parts]
