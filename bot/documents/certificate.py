"""The certificate of participation: that somebody was there, and nothing about how they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.documents.pdf import Data, Saying, pdf


@dataclass(frozen=True, slots=True)
class Certificate:
    """`name` as the person typed it; `trainer` may be empty."""

    name: str
    title: str
    day: date
    questions: int
    trainer: str = ""


def certificate_pdf(it: Certificate, language: str, say: Saying) -> bytes:
    """One page, A4 landscape."""
    trainer: Data = {"label": say("certificate.trainer"), "name": it.trainer}
    data: dict[str, Data] = {
        "lang": language,
        "title": say("certificate.title"),
        "name": it.name,
        "took_part": say("certificate.took_part"),
        "round": it.title,
        "when": say("certificate.when", day=it.day, n=it.questions),
        "signed": [trainer] if it.trainer.strip() else [],
    }
    return pdf("certificate", data, it.day)
