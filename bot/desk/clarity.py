"""Entries whose quiz questions many got wrong: perhaps their text can be clearer."""

from __future__ import annotations

from bot.desk.house import House
from bot.quiz.bank import bank
from bot.store import replies
from bot.store.replies import Missed

# Below this many answers a share says little; above this share it was not the players.
FEWEST, SHARE = 20, 0.6


async def often_wrong(house: House) -> dict[str, Missed]:
    """Entry -> the question about it that went wrong most often. Own sets are left out: they ask
    about no entry.
    """
    kb, found = house.library.kb, dict[str, Missed]()
    rows = await house.read(lambda db: replies.often_wrong(db, FEWEST, SHARE))
    # Built at its first use, which takes a while.
    known = await house.aside(lambda: bank(kb))
    for missed in rows:
        item = known.item(missed.item)
        for name in item.about if item else ():
            found.setdefault(name, missed)
    return {name: missed for name, missed in found.items() if name in kb}
