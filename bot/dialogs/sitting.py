"""Sitting: questions of the quiz one by one, each with its answer, why, and what to read."""

from __future__ import annotations

from bot.case.plain import made, plain
from bot.core import grounds
from bot.core.dialog import Dialog, Row, ways
from bot.core.say import Choice, Lines, Spoken, Words
from bot.core.summary import is_remark
from bot.quiz.bank import bank
from bot.quiz.item import LETTERS, Item, letters
from bot.quiz.practising import basis, places, plan
from bot.quiz.progress import Places, Progress
from bot.quiz.spacing import review

ANY = ("question", "answer", "why")


class Sitting(Dialog):
    """`data["sitting"]`: where it stands. `refresher`: one small question that came by itself."""

    name = "sitting"
    typed_is_answer = False
    states = ANY
    rows = (
        Row("pick", "question", None, do="pick"),
        Row("text", "question", None, do="typed"),
        Row("yes", "question", None, do="say_yes"),
        Row("no", "question", None, do="say_no"),
        Row("done", "question", None, do="judge"),
        Row("over", "question", None, do="start_over"),
        Row("unknown", "question", None, do="give_up"),
        Row("skip", ANY, None, do="go_on"),
        Row("next", ANY, None, do="go_on"),
        Row("why", "answer", "why"),
        Row("read", ("answer", "why"), None, do="read"),
        Row("more", ANY, None, do="more"),
        Row("never", ANY, None, do="never"),
        Row("enough", ANY, None, do="finish"),
        *ways("question", "answer"),
    )

    def start(self) -> None:
        if "refresher" in self.data:
            self._choose()
        self.ask()

    def _choose(self) -> None:
        """One small question, and not the one before, whatever became of that."""
        talk, tiers = self.talk, (bank(self.talk.library.kb).of(),)
        learning, seed = talk.learning, talk.session.asked
        self._put(Progress(plan(tiers, learning.items, talk.now, seed, 1, (learning.last,))))
        talk.learn(last=self.progress.item)

    def ask(self) -> None:
        """A question that a newer bank no longer has ends the sitting."""
        if self._there():
            super().ask()
        else:
            self.finish()

    def resume(self) -> None:
        if self.is_over():
            self.talk.close()
        else:
            super().resume()

    def is_over(self) -> bool:
        """A small question is, once none are to come any more; its buttons still take an answer."""
        unwanted = "refresher" in self.data and not self.talk.learning.every
        return unwanted and self.state == "question"

    def back(self) -> None:
        """An answered question is not opened again: back leads to the choice of questions."""
        if self.state == "why":
            self.state = "answer"
            self.ask()
        elif "refresher" in self.data:
            self.talk.close(back=True)
        else:
            self.talk.replace("practice", told=True)

    @property
    def progress(self) -> Progress:
        progress: Progress = made(Progress, self.data.get("sitting", {}))
        return progress

    def _put(self, progress: Progress) -> None:
        self.data["sitting"] = plain(progress)

    def _there(self) -> bool:
        return self.progress.item in bank(self.talk.library.kb).items

    @property
    def item(self) -> Item:
        return bank(self.talk.library.kb).items[self.progress.item]

    def ask_question(self) -> None:
        item, given = self.item, self.progress.given
        kind = "one" if item.has_one_answer else item.kind
        options = Lines(tuple(_option(item, n) for n in range(len(item.options))))
        words = Words(f"sitting.{kind}", {"text": Spoken(item.text), "options": options})
        if given and kind == "order":
            words = Words("sitting.ordering", {**words.values, "given": letters(given)})
        self.talk.ask(words, [*_letters(item, given), *self._ways_out()], self._head())

    def _head(self) -> Words:
        if "refresher" in self.data:
            return Words("sitting.small")
        here = self.progress
        return Words("sitting.head", {"n": str(here.at + 1), "of": str(len(here.items))})

    def _ways_out(self) -> list[Choice]:
        if "refresher" in self.data:
            return [_button("enough", "not_now"), _button("never")]
        return [Choice("skip", Words("choice.skip")), _button("enough")]

    def pick(self) -> None:
        self._give((int(self.arg),))

    def typed(self) -> None:
        """A letter, an option's words, or a question of one's own."""
        found = places(self.arg, self.item)
        if found is not None:
            self._give(found)
        elif "?" in self.arg or self.is_over():
            self.talk.open("ask", question=self.arg)
        else:
            self.talk.keep(self.arg, self.name)
            kept = bool(self.talk.consent) and is_remark(self.arg)
            self._unclear("engine.remark_kept" if kept else "sitting.letters")

    def say_yes(self) -> None:
        self._true_or_false(0)

    def say_no(self) -> None:
        self._true_or_false(1)

    def _true_or_false(self, place: int) -> None:
        if self.item.kind == "true_false":
            self._give((place,))
        else:
            self._unclear()

    def _unclear(self, key: str = "sitting.letters") -> None:
        if self.is_over():
            self.talk.close()
        else:
            self.talk.say(key)
            self.ask()

    def _give(self, tapped: Places) -> None:
        self._put(self.progress.gives(self.item, tapped))
        if self.progress.is_whole(self.item, tapped):
            self.judge()
        else:
            self.ask()

    def start_over(self) -> None:
        self._put(self.progress.anew())
        self.ask()

    def give_up(self) -> None:
        """Whoever does not know is told."""
        self._put(self.progress.anew())
        self.judge()

    def judge(self) -> None:
        """Counts the answer, and says when the question is worth asking again."""
        talk, item, right = self.talk, self.item, self.item.is_right(self.progress.given)
        self._put(self.progress.judged(item))
        known = talk.learning.items
        sits = review(known.get(item.id), right, talk.now)
        talk.learn(items={**known, item.id: sits}, unanswered=0)
        self.go("answer")

    def ask_answer(self) -> None:
        item, given = self.item, self.progress.given
        key = "right" if item.is_right(given) else "not_quite" if given else "revealed"
        answer = Lines(tuple(_option(item, n) for n in item.right))
        words = Words(f"sitting.{key}", {"answer": answer, "why": Spoken(item.explanation)})
        self.talk.ask(words, self._onward("why"), self._head())

    def ask_why(self) -> None:
        """What the item rests on; one that names nothing rests on what its card rests on."""
        kb, item = self.talk.library.kb, self.item
        entry = basis(kb, item)
        if item.sources:
            words = grounds.rests_on(kb, item.sources, item.editorial)
        else:
            words = grounds.words(kb, entry) if entry else Words("card.source_ours")
        self.talk.ask(words, self._onward())

    def _onward(self, *also: str) -> list[Choice]:
        read = ("read",) if basis(self.talk.library.kb, self.item) else ()
        if "refresher" in self.data:
            return [_button(action) for action in (*also, *read, "more", "enough")]
        if self.progress.is_last:
            return [_button("next", "finish"), *map(_button, (*also, *read))]
        return [_button(action) for action in ("next", *also, *read, "enough")]

    def read(self) -> None:
        if entry := basis(self.talk.library.kb, self.item):
            self.talk.open("card", entry=entry.id)

    def go_on(self) -> None:
        self._put(self.progress.next())
        if self._there():
            self.go("question")
        else:
            self.finish()

    def more(self) -> None:
        self.talk.replace("practice", about="mixed")

    def never(self) -> None:
        self.talk.replace("practice", every="never")

    def finish(self) -> None:
        """Back to practice for the sum-up, where there is something to sum up."""
        self.talk.learn(unanswered=0)
        if self.progress.answered and "refresher" not in self.data:
            self.talk.replace("practice", sitting=plain(self.progress), told=True)
        else:
            self.talk.close()


def _button(action: str, label: str = "") -> Choice:
    return Choice(action, Words(f"sitting.{label or action}"))


def _option(item: Item, place: int) -> Words:
    return Words("sitting.option", {"letter": LETTERS[place], "text": Spoken(item.options[place])})


def _letters(item: Item, given: Places) -> list[Choice]:
    """A button an option, ticked where several are given; an order shows those that are left."""
    places = range(len(item.options))
    if item.kind == "order":
        over = [_button("over")] if given else []
        return [Choice(f"pick:{n}", LETTERS[n]) for n in places if n not in given] + over
    ticked = [Words("sitting.ticked", {"letter": letter}) for letter in LETTERS]
    boxes = [Choice(f"pick:{n}", ticked[n] if n in given else LETTERS[n]) for n in places]
    return [*boxes, *([_button("done")] if item.kind == "several" and given else [])]
