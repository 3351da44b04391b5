"""One process a database: a lock file beside it, held as long as the process lives."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.store.errors import AlreadyRunningError


class Lock:
    """Taken at once or refused; the kernel lets go of it however the process ends."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        self._file: int | None = None

    def take(self) -> None:
        """Raises AlreadyRunningError when another process has it."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            raise AlreadyRunningError(
                f"Another Amorce is using the database (lock file {self._path}); stop it first."
            ) from None
        self._file = file

    def free(self) -> None:
        if self._file is not None:
            # The file stays: removing it would let two processes lock two files of one name.
            os.close(self._file)
            self._file = None
