"""The quiz: live rounds, own sets, and what people practise."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Frozen text, as in 0001.
STATEMENTS = (
    """
CREATE TABLE round (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    screen TEXT NOT NULL,
    host TEXT NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    snapshot TEXT NOT NULL,
    made_at TEXT NOT NULL,
    acted_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT pk_round PRIMARY KEY (id)
)
""",
    "CREATE UNIQUE INDEX ix_round_code ON round (code) WHERE ended_at IS NULL",
    "CREATE INDEX ix_round_host ON round (host)",
    "CREATE UNIQUE INDEX ix_round_screen ON round (screen)",
    """
CREATE TABLE round_item (
    round TEXT NOT NULL,
    place INTEGER NOT NULL,
    item TEXT NOT NULL,
    item_id TEXT NOT NULL,
    CONSTRAINT pk_round_item PRIMARY KEY (round, place),
    CONSTRAINT fk_round_item_round_round FOREIGN KEY(round) REFERENCES round (id)
)
""",
    "CREATE INDEX ix_round_item_item_id ON round_item (item_id)",
    """
CREATE TABLE player (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round TEXT NOT NULL,
    person TEXT,
    name TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    channel TEXT DEFAULT '' NOT NULL,
    chat TEXT DEFAULT '' NOT NULL,
    seat TEXT NOT NULL,
    since INTEGER DEFAULT '0' NOT NULL,
    named INTEGER DEFAULT '0' NOT NULL,
    joined_at TEXT NOT NULL,
    CONSTRAINT uq_player_round_person UNIQUE (round, person),
    CONSTRAINT uq_player_round_seat UNIQUE (round, seat),
    CONSTRAINT fk_player_round_round FOREIGN KEY(round) REFERENCES round (id)
)
""",
    "CREATE INDEX ix_player_person ON player (person)",
    """
CREATE TABLE reply (
    round TEXT NOT NULL,
    place INTEGER NOT NULL,
    player INTEGER NOT NULL,
    choice TEXT NOT NULL,
    is_right INTEGER DEFAULT '0' NOT NULL,
    points INTEGER DEFAULT '0' NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_reply PRIMARY KEY (round, place, player),
    CONSTRAINT fk_reply_round_round FOREIGN KEY(round) REFERENCES round (id),
    CONSTRAINT fk_reply_player_player FOREIGN KEY(player) REFERENCES player (id)
)
 WITHOUT ROWID
""",
    "CREATE INDEX ix_reply_player ON reply (player)",
    """
CREATE TABLE delivered (
    round TEXT NOT NULL,
    place INTEGER NOT NULL,
    player INTEGER NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT pk_delivered PRIMARY KEY (round, place, player),
    CONSTRAINT fk_delivered_round_round FOREIGN KEY(round) REFERENCES round (id),
    CONSTRAINT fk_delivered_player_player FOREIGN KEY(player) REFERENCES player (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE room (
    round TEXT NOT NULL,
    channel TEXT NOT NULL,
    chat TEXT NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_room PRIMARY KEY (round, channel, chat),
    CONSTRAINT fk_room_round_round FOREIGN KEY(round) REFERENCES round (id)
)
""",
    "CREATE INDEX ix_room_channel_chat ON room (channel, chat)",
    """
CREATE TABLE own_set (
    id INTEGER NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    made_at TEXT NOT NULL,
    CONSTRAINT pk_own_set PRIMARY KEY (id)
)
""",
    "CREATE INDEX ix_own_set_owner ON own_set (owner)",
    """
CREATE TABLE own_item (
    own_set INTEGER NOT NULL,
    place INTEGER NOT NULL,
    item TEXT NOT NULL,
    CONSTRAINT pk_own_item PRIMARY KEY (own_set, place),
    CONSTRAINT fk_own_item_own_set_own_set FOREIGN KEY(own_set) REFERENCES own_set (id)
)
""",
    """
CREATE TABLE learning (
    person TEXT NOT NULL,
    cards TEXT DEFAULT '{}' NOT NULL,
    every INTEGER DEFAULT '0' NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT pk_learning PRIMARY KEY (person)
)
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
