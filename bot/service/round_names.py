"""Names in a round: as wished, as far as they are free; open pages follow by themselves."""

from __future__ import annotations

from bot.quiz import names
from bot.store import players
from bot.store.batch import Batch
from bot.store.players import Player
from bot.store.rounds import Live


def free_name(batch: Batch, live: Live, name: str) -> str:
    """The name as wished, as far as it is free; a number in a round without names."""
    wished = names.seen(name) if live.round.settings.names else ""
    number = players.count(batch.db, live.id) + 1
    return names.free(wished, players.names(batch.db, live.id), number)


def rename(batch: Batch, live: Live, player: Player, name: str) -> str:
    """The player under another name, as free as it could be made."""
    wished = names.seen(name)
    if wished.casefold() != player.name.casefold():
        wished = free_name(batch, live, wished)
    players.rename(batch.db, player.id, wished)
    batch.posted.add(("round", live.id))
    return wished


def unname(batch: Batch, live: Live, player: int) -> None:
    """A number for a name that should not stand on the wall. LookupError where nobody has it."""
    order = [each.id for each in players.everybody(batch.db, live.id)]
    if player not in order:
        raise LookupError
    taken = players.names(batch.db, live.id)
    players.rename(batch.db, player, names.free("", taken, order.index(player) + 1))
    batch.posted.add(("round", live.id))
