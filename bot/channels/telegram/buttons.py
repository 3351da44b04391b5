"""What a button carries: `v1.<action>.<nonce>.<mac>`, at most 64 bytes, signed for one chat."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from hmac import compare_digest

from bot.core.turn import Tap

VERSION = "v1"
LIMIT = 64
MAC_BYTES = 8
LONGEST_NONCE = 13
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# What a tap means whose button is not ours, old or forged: no question has nonce 0.
STALE = Tap(action="", nonce=0)


class Buttons:
    """Signs and checks what buttons carry, with a key of its own made from the app's secret."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, b"telegram buttons", hashlib.sha256).digest()

    def carry(self, chat: str, action: str, nonce: int) -> str:
        """The callback data of a button. Raises ValueError where it would not fit."""
        data = f"{VERSION}.{action}.{base36(nonce)}.{self._mac(chat, action, nonce)}"
        if len(data.encode()) > LIMIT:
            raise ValueError(f"the action {action!r} is too long for a button")
        return data

    def read(self, chat: str, data: object) -> Tap:
        """The tap behind `data`; STALE for whatever we did not make for this very chat."""
        if not isinstance(data, str) or len(data) > LIMIT:
            return STALE
        version, _, rest = data.partition(".")
        rest, _, mac = rest.rpartition(".")
        action, _, number = rest.rpartition(".")
        nonce = from_base36(number)
        if version != VERSION or not action or nonce is None:
            return STALE
        # As bytes: with a str, compare_digest raises on what is not ASCII.
        given = mac.encode(errors="replace")
        if not compare_digest(self._mac(chat, action, nonce).encode(), given):
            return STALE
        return Tap(action, nonce)

    def _mac(self, chat: str, action: str, nonce: int) -> str:
        said = f"{VERSION}\n{chat}\n{nonce}\n{action}".encode(errors="replace")
        digest = hmac.new(self._key, said, hashlib.sha256).digest()[:MAC_BYTES]
        return urlsafe_b64encode(digest).decode().rstrip("=")


def base36(number: int) -> str:
    """A whole number from 0 up, in digits and small letters."""
    digits = ""
    while number > 0 or not digits:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits


def from_base36(text: str) -> int | None:
    """The inverse of `base36`; None for anything it would not have written."""
    if not 0 < len(text) <= LONGEST_NONCE or any(c not in DIGITS for c in text):
        return None
    number = int(text, 36)
    return number if base36(number) == text else None
