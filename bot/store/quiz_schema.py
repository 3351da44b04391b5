"""The tables of the quiz: live rounds, trainers' own sets, and what people practise."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.columns import identity, maybe, metadata, number, refers, text


def numbered(name: str, to: str | None = None, key: bool = False) -> sa.Column[int]:
    """A whole number that names a row here or in `to`."""
    refer = [sa.ForeignKey(to)] if to else []
    return sa.Column(name, sa.Integer, *refer, nullable=False, primary_key=key, autoincrement=False)


# `screen` opens the projector page. `snapshot` is bot.quiz.round.Round as JSON.
round = sa.Table(
    "round",
    metadata,
    text("id", key=True),
    text("code"),
    text("screen"),
    text("host"),
    text("title", ""),
    text("snapshot"),
    text("made_at"),
    text("acted_at"),
    maybe("ended_at"),
    sa.Index("ix_round_code", "code", unique=True, sqlite_where=sa.text("ended_at IS NULL")),
    sa.Index(None, "screen", unique=True),
    sa.Index(None, "host"),
)

# The questions as they were when the round was made, so that a debrief stays what it was.
round_item = sa.Table(
    "round_item",
    metadata,
    refers("round", "round.id", key=True),
    numbered("place", key=True),
    text("item"),
    text("item_id"),
    sa.Index(None, "item_id"),
)

# Ids are never used twice (AUTOINCREMENT): letters on their way and open pages name them.
# `person` goes when the round is old. `since`: the first question they were there for.
# `seat` is the secret a lost phone comes back with; `named`: the trainer may see their results.
player = sa.Table(
    "player",
    metadata,
    identity(),
    refers("round", "round.id"),
    maybe("person"),
    text("name", ""),
    text("language", ""),
    text("channel", ""),
    text("chat", ""),
    text("seat"),
    number("since"),
    number("named"),
    text("joined_at"),
    sa.UniqueConstraint("round", "person"),
    sa.UniqueConstraint("round", "seat"),
    sa.Index(None, "person"),
    sqlite_autoincrement=True,
)

# `choice`: places as JSON. `is_right` and `points` as the question stood when it was tapped.
reply = sa.Table(
    "reply",
    metadata,
    refers("round", "round.id", key=True),
    numbered("place", key=True),
    numbered("player", "player.id", key=True),
    text("choice"),
    number("is_right"),
    number("points"),
    text("at"),
    sa.Index(None, "player"),
    sqlite_with_rowid=False,
)

# When a question reached a person; kept only where speed counts.
delivered = sa.Table(
    "delivered",
    metadata,
    refers("round", "round.id", key=True),
    numbered("place", key=True),
    numbered("player", "player.id", key=True),
    text("at"),
    sqlite_with_rowid=False,
)

# Group chats in which the questions of a round are asked as well.
room = sa.Table(
    "room",
    metadata,
    refers("round", "round.id", key=True),
    text("channel", key=True),
    text("chat", key=True),
    text("language", ""),
    sa.Index(None, "channel", "chat"),
)

own_set = sa.Table(
    "own_set",
    metadata,
    identity(),
    text("owner"),
    text("name"),
    text("language"),
    text("made_at"),
    sa.Index(None, "owner"),
)

own_item = sa.Table(
    "own_item",
    metadata,
    numbered("own_set", "own_set.id", key=True),
    numbered("place", key=True),
    text("item"),
)

# What a person practised, one row each. `cards`: item -> when it is due again, as JSON.
learning = sa.Table(
    "learning",
    metadata,
    text("person", key=True),
    text("cards", "{}"),
    number("every"),
    text("updated_at"),
)
