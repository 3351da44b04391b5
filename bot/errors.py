"""The one root of every error Amorce raises on purpose."""


class BotError(Exception):
    """Something a person can put right; its text is one clear sentence."""
