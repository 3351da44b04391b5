"""Folding, tokens and whole-message words: how typed text is made comparable."""

import re
import unicodedata
from functools import lru_cache

from bot.knowledge.lexicon import Intents

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Lower case without accents; any Unicode text in, comparable text out."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()


def tokens(text: str) -> list[str]:
    """The folded words and numbers of a text; an apostrophe or hyphen parts two words."""
    return _WORD.findall(fold(text))


def plain(text: str) -> str:
    """The folded words joined by one space: two texts that read alike become equal."""
    return " ".join(tokens(text))


def match(intents: Intents, text: str) -> str | None:
    """The intent a whole message stands for, in any language, else None.

    Only the whole message counts: "retour" goes back, "le retour des oiseaux" is an answer.
    """
    if len(text) > _longest(intents):
        return None
    return intents.words.get(plain(text)) or intents.signs.get(text.strip())


@lru_cache(maxsize=4)
def _longest(intents: Intents) -> int:
    """Longer messages are answers; the margin leaves room for punctuation."""
    return max((len(word) for word in intents.words), default=0) + 12


CLOSING = re.compile(r" (?=[?!:;»])")


def typeset(text: str, language: str) -> str:
    """French keeps ? ! : ; and quotation marks on the line of their word."""
    if language != "fr":
        return text
    return CLOSING.sub("\u00a0", text).replace("« ", "«\u00a0")
