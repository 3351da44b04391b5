"""Settings: read once at the start, checked, then frozen."""

from bot.config.reading import ConfigError, load
from bot.config.settings import FROM_FILES, Settings

__all__ = ["FROM_FILES", "ConfigError", "Settings", "load"]
