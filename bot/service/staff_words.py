"""What staff reads in the chat: lists of teams, what holds them up, one team at a glance."""

from __future__ import annotations

from datetime import date

from bot.core.quote import short
from bot.core.say import Choice, Lines, Say, Words
from bot.store.listing import Row

NAME, STEP = 60, 160
# What buttons of staff messages do; they stand outside the dialogs and need no question.
PREFIX = "desk."


def listed(rows: list[Row], n: int, word: str, own: bool) -> Say:
    """`n` teams, the first of them as buttons; `own`: with the way to the person's own teams."""
    word = short(word, NAME)
    if word:
        found = Words("staff_chat.found", {"n": n, "word": word})
        words = found if n else Words("staff_chat.found_none", {"word": word})
    else:
        words = Words("staff_chat.teams", {"n": n}) if n else Words("staff_chat.teams_none")
    choices = tuple(map(_button, rows))
    mine = (Choice(f"{PREFIX}own", Words("staff_chat.own")),) if own else ()
    return Say(words, choices + mine)


def stuck(rows: list[Row], n: int) -> Say:
    """`n` teams that need somebody, the first of them with the reasons in words."""
    if not rows:
        return Say(Words("staff_chat.stuck_none"))
    teams = Lines(
        tuple(
            Words("staff_chat.stuck_team", {"name": name_of(row), "reasons": _reasons(row)})
            for row in rows
        )
    )
    return Say(Words("staff_chat.stuck", {"n": n, "teams": teams}), tuple(map(_button, rows)))


def summary(row: Row, web: str) -> Say:
    """One team; `web`: the address of the pages, where there are any."""
    link = f"{web}/desk/teams/{row.case_id}"
    told = [*_phase(row), *_step(row), Words("staff_chat.last", {"day": _day(row.last_at)})]
    words = Words(
        "staff_chat.team",
        {
            "name": name_of(row),
            "reasons": _reasons(row),
            "told": Lines(tuple(told)),
            "link": Words("staff_chat.link", {"link": link}) if web else "",
        },
    )
    return Say(words, (_button(row, Words("staff_chat.look_again")),))


def name_of(row: Row) -> Words | str:
    """The team's name, as far as a line of a chat has room for it."""
    return short(row.name, NAME) or Words("desk.unnamed")


def _phase(row: Row) -> list[Words]:
    if not row.phase:
        return []
    title = Words(f"{row.phase}#title")
    return [Words("staff_chat.phase", {"n": row.phase[1:], "title": title})]


def _step(row: Row) -> list[Words]:
    if not row.step:
        return [Words("staff_chat.no_step")]
    step = short(row.step, STEP)
    told = Words("staff_chat.step", {"step": step})
    if row.step_due:
        told = Words("staff_chat.step_due", {"step": step, "day": _day(row.step_due)})
    return [told, *([Words("staff_chat.slipped", {"n": row.slipped})] if row.slipped else [])]


def _reasons(row: Row) -> Lines:
    return Lines(
        tuple(
            Words("staff_chat.reason", {"reason": Words(f"stuck.{reason}"), "day": _day(since)})
            for reason, since in row.stuck
        )
    )


def _button(row: Row, label: Words | None = None) -> Choice:
    return Choice(f"{PREFIX}team:{row.case_id}", label or name_of(row))


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])
