"""A small made-up world, the same each time: for trying out, for tests, for teaching."""

from bot.seed.sow import NotEmptyError, SeedError, sow, told

__all__ = ["NotEmptyError", "SeedError", "sow", "told"]
