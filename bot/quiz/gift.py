"""GIFT, the text format of Moodle: what writes it and what reads it."""

from bot.quiz.gift_read import found
from bot.quiz.gift_write import write

__all__ = ["found", "write"]
