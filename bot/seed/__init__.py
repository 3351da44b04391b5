"""A small made-up world, the same each time: for trying out, for tests, for teaching."""

from bot.seed.sow import LAST_DAY, NotEmptyError, Plan, SeedError, sow, told

__all__ = ["LAST_DAY", "NotEmptyError", "Plan", "SeedError", "sow", "told"]
