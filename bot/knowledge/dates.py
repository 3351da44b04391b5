"""Days as founders type them: 12/03/2027, 15 mars, tomorrow, in three weeks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.knowledge.lexicon import Calendar
from bot.knowledge.text import plain

ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
FIGURES = re.compile(r"(?:^|\s)(\d{1,2})\s?[./-]\s?(\d{1,2})(?:\s?[./-]\s?(\d{2}|\d{4}))?$")
# "15 mars", "15th of March 2027", "March 15": a day before or after the month's name.
WORDS = re.compile(
    r"(?:(?P<before>\d{1,2})(?:er|st|nd|rd|th)? )?(?:(?:de|of) )?(?P<month>[a-z]+)"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?(?: (?:del? )?(?P<year>\d{4}))?$"
)
SPAN = re.compile(r"(\d{1,3}|[a-z]+) ([a-z]+)$")


def typed_date(calendar: Calendar, text: str, today: date) -> date | None:
    """The day a whole message means, in any language; None where it is not clear.

    Without a year it is the next such day to come.
    """
    text = text.strip().rstrip(".")
    try:
        return _in_figures(text, today) or _in_words(calendar, plain(text), today)
    except (ValueError, OverflowError):
        return None


def _in_figures(text: str, today: date) -> date | None:
    if found := ISO.match(text):
        return date(*(int(part) for part in found.groups()))
    if found := FIGURES.search(text):
        day, month, year = found.groups()
        return _next(int(day), int(month), int(year) if year else None, today)
    return None


def _in_words(calendar: Calendar, text: str, today: date) -> date | None:
    padded = f" {text} "
    if any(f" {plain(word)} " in padded for word in calendar.unclear):
        return None
    if weekday := _weekday(calendar, text):
        return today + timedelta(days=(weekday - 1 - today.weekday() - 1) % 7 + 1)
    for word, days in calendar.ahead.items():
        if plain(word) == text:
            return today + timedelta(days=days)
    if found := SPAN.search(text):
        count = calendar.numbers.get(found[1]) or (int(found[1]) if found[1].isdigit() else 0)
        span = next((d for word, d in calendar.spans.items() if plain(word) == found[2]), 0)
        if count and span:
            meant = today + timedelta(days=count * span)
            return meant if _fits(calendar, text, meant) else None
    return _named(calendar, text, today)


def _fits(calendar: Calendar, text: str, day: date) -> bool:
    """Whether a weekday that is named beside ("Friday in two weeks") is the one of `day`."""
    words = set(text.split())
    named = [
        number
        for names in calendar.weekdays.values()
        for number, name in enumerate(names, 1)
        if plain(name) in words
    ]
    return not named or day.isoweekday() in named


def _weekday(calendar: Calendar, text: str) -> int:
    """1 to 7 for Monday to Sunday, where nothing else that counts is said; else 0."""
    beside = {plain(word) for word in calendar.beside}
    words = [word for word in text.split() if word not in beside]
    days = [{plain(day): n for n, day in enumerate(each, 1)} for each in calendar.weekdays.values()]
    return next((names[words[0]] for names in days if len(words) == 1 and words[0] in names), 0)


def _named(calendar: Calendar, text: str, today: date) -> date | None:
    """ "15 mars 2027", "March 15", "le 1er avril"."""
    found = WORDS.search(text)
    day = found and (found["before"] or found["after"])
    if not found or not day:
        return None
    month = _month(calendar.months.values(), found["month"])
    if not month:
        return None
    return _next(int(day), month, int(found["year"]) if found["year"] else None, today)


def _month(languages: Iterable[tuple[str, ...]], word: str) -> int:
    """1 to 12 for the name of a month, or its first letters (three or more); else 0."""
    for names in languages:
        for number, name in enumerate(names, 1):
            if len(word) >= 3 and plain(name).startswith(word):
                return number
    return 0


def _next(day: int, month: int, year: int | None, today: date) -> date:
    if year is not None:
        return date(year + (2000 if year < 100 else 0), month, day)
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)
