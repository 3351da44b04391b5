"""A second reader of GIFT, written from Moodle's description of the format and sharing nothing with
ours: one pass over the signs, in which a table says what each sign means in each place.
"""

from dataclasses import dataclass, field

ESCAPABLE = "~=#{}:\\"
FORMATS = ("[html]", "[markdown]", "[plain]", "[moodle]")


@dataclass
class Answer:
    sign: str
    text: str = ""
    feedback: str = ""

    @property
    def weight(self) -> float | None:
        """The percentage that an answer begins with, and its text without it."""
        return self._parts()[0]

    @property
    def words(self) -> str:
        return bare(self._parts()[1])

    def _parts(self) -> tuple[float | None, str]:
        body = self.text.lstrip()
        if self.sign == "~" and body.startswith("%") and "%" in body[1:]:
            number, _, rest = body[1:].partition("%")
            try:
                return float(number), rest
            except ValueError:
                pass
        return None, body


@dataclass
class Question:
    comment: str = ""
    title: str = ""
    text: str = ""
    after: str = ""
    lead: str = ""
    why: str = ""
    answers: list[Answer] = field(default_factory=list)
    has_answers: bool = False

    @property
    def kind(self) -> str:
        lead = self.lead.strip()
        signs = {answer.sign for answer in self.answers}
        if not self.has_answers:
            return "description"
        if lead.startswith("#"):
            return "numerical"
        if not self.answers:
            return "truth" if lead.split("#")[0].strip() in ("T", "TRUE", "F", "FALSE") else "other"
        if "~" in signs:
            return "choice"
        return "pairs" if all("->" in answer.text for answer in self.answers) else "short"

    @property
    def notes(self) -> dict[str, list[str]]:
        """`[id:…]` and `[tag:…]` of the comment; in them only ] is escaped (and our own \\)."""
        found: dict[str, list[str]] = {}
        rest = self.comment
        while "[" in rest:
            rest = rest[rest.index("[") + 1 :]
            inside = ""
            while rest and rest[0] != "]":
                step = 2 if rest[0] == "\\" and rest[1:2] in ("]", "\\") else 1
                inside += rest[step - 1]
                rest = rest[step:]
            name, _, value = inside.partition(":")
            found.setdefault(name, []).append(value)
        return found

    @property
    def pairs(self) -> list[tuple[str, str]]:
        cut = [answer.text.split("->", 1) for answer in self.answers]
        return [(bare(left), right.strip()) for left, right in cut]


def bare(text: str) -> str:
    """Without the mark of a format."""
    text = text.strip()
    for mark in FORMATS:
        if text.startswith(mark):
            return text[len(mark) :].strip()
    return text


def questions(file: str) -> list[Question]:
    """Every question of a file."""
    found, question, lines = [], Question(), []
    for line in [*file.replace("\r\n", "\n").split("\n"), ""]:
        if line.strip().startswith("//"):
            question.comment += line.strip() + "\n"
        elif line.strip():
            lines.append(line)
        else:
            if lines and not lines[0].startswith("$CATEGORY:"):
                read_into(question, "\n".join(lines))
                found.append(question)
            question, lines = Question(), []
    return found


# State, sign -> the next state. Longer signs come first; what is not listed is a sign of the text.
INSIDE = ("lead", "answer", "feedback")
TURNS = {
    **{(state, "####"): "why" for state in INSIDE},
    **{(state, sign): "answer" for state in INSIDE for sign in "=~"},
    **{(state, "}"): "after" for state in (*INSIDE, "why")},
    ("answer", "#"): "feedback",
    ("text", "{"): "lead",
    ("title", "::"): "text",
}


def read_into(question: Question, text: str) -> None:
    """A machine of few states, sign by sign."""
    state, at = "text", 0
    if text.lstrip().startswith("::"):
        state, at = "title", text.index("::") + 2
    while at < len(text):
        sign, width = next_sign(text, at, state)
        if width == len(sign) and (state, sign) in TURNS:
            state = TURNS[state, sign]
            question.has_answers = question.has_answers or sign == "{"
            if state == "answer":
                question.answers.append(Answer(sign))
        else:
            put(question, state, sign)
        at += width


def next_sign(text: str, at: int, state: str) -> tuple[str, int]:
    """The next sign, and how much of the file it takes: more than itself where it is escaped."""
    pair = text[at : at + 2]
    if pair == "\\n":
        return "\n", 2
    if pair[0] == "\\" and pair[1:] and pair[1] in ESCAPABLE:
        return pair[1], 2
    long = (sign for known, sign in TURNS if known == state and text.startswith(sign, at))
    sign = max(long, key=len, default=text[at])
    return sign, len(sign)


def put(question: Question, state: str, sign: str) -> None:
    if state in ("answer", "feedback"):
        answer = question.answers[-1]
        name = "text" if state == "answer" else "feedback"
        setattr(answer, name, getattr(answer, name) + sign)
    else:
        setattr(question, state, getattr(question, state) + sign)
