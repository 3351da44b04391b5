"""Log lines without secrets: one formatter that rewrites tokens and every known secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime

# No \b in front: in a URL the token follows the word "bot" directly.
TOKEN = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
HIDDEN = "***"
# These print whole URLs, parameters or objects below WARNING.
CHATTY = ("telegram", "httpx", "httpcore", "aiosqlite", "transitions", "aiohttp.access", "alembic")


class Redacting(logging.Formatter):
    """JSON lines: what a person typed could not forge a line even if it got into one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted((s for s in secrets if s), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "said": self.hide(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self.hide(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)

    def hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKEN.sub(HIDDEN, text)


def log_to(handler: logging.Handler, level: str, secrets: Iterable[str]) -> None:
    """One root handler for all; libraries that would tell too much are held at WARNING."""
    handler.setFormatter(Redacting(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
