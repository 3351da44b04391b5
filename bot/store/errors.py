"""What can go wrong with the store, each as one clear line."""

from __future__ import annotations

from bot.errors import BotError


class StoreError(BotError):
    """The database cannot be used just now (full disk, I/O error); nothing was changed."""


class NewerDatabaseError(BotError):
    """The database was written by a newer Amorce."""


class BrokenDatabaseError(BotError):
    """The file is no database, or a damaged one; waiting would not mend it."""


class AlreadyRunningError(BotError):
    """Another process holds the database."""
