"""Telegram: python-telegram-bot as a wire, and nothing of its machinery."""

import os

# Asked for by the library: times in its errors as timedelta, without a warning each time.
os.environ.setdefault("PTB_TIMEDELTA", "1")
