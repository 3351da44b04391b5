"""The knowledge base: data in, frozen objects out."""

from bot.knowledge.base import Knowledge, pick
from bot.knowledge.load import load
from bot.knowledge.mistake import KnowledgeError, Mistake
from bot.knowledge.review import mistakes

__all__ = ["Knowledge", "KnowledgeError", "Mistake", "load", "mistakes", "pick"]
