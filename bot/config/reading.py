"""Reads the settings: environment, `.env` and secret files, each mistake in one line."""

import difflib
import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.config.settings import FROM_FILES, PREFIX, SHORTEST_SECRET, Settings
from bot.errors import BotError


class ConfigError(BotError):
    """A setting that cannot be used; the text names it and says what to do, never its value."""


def load(environ: Mapping[str, str], env_file: Path = Path(".env")) -> Settings:
    """The settings of `environ`, and of `env_file` where `environ` is silent.

    Makes the data folder and, where none is given, the secret kept in it.
    Raises ConfigError with one line that names the setting and the remedy.
    """
    given = {**_resolved(_dotenv(env_file)), **_resolved(environ)}
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in given.items()}
    try:
        settings = Settings.model_validate(source())
    except ValidationError as error:
        # `from None`: a traceback would show the input that the message hides.
        raise ConfigError(_line(error)) from None
    _make_writable(settings.data_dir, "data_dir")
    _make_writable(settings.database_path.parent, "database_url")
    if settings.secret.get_secret_value():
        return settings
    return settings.model_copy(update={"secret": _kept_secret(settings.data_dir / "secret")})


def _name(field: str) -> str:
    return PREFIX + field.upper()


def _read(path: Path, setting: str) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigError(f"{setting}: cannot read {path} ({reason}).") from None


def _dotenv(path: Path) -> Mapping[str, str]:
    if not path.is_file():
        return {}
    _read(path, ".env")
    source = DotEnvSettingsSource(Settings, env_file=path, case_sensitive=True)
    return {name: value for name, value in source.env_vars.items() if value is not None}


def _resolved(given: Mapping[str, str]) -> dict[str, str]:
    """What belongs to Amorce and is not empty, with secret files read."""
    ours = {
        name: value.strip()
        for name, value in given.items()
        if name.upper().startswith(PREFIX) and value.strip()
    }
    _refuse_unknown(ours)
    for field in FROM_FILES:
        name = _name(field)
        path = ours.pop(f"{name}_FILE", None)
        if path and name in ours:
            raise ConfigError(f"Both {name} and {name}_FILE are set; keep one of them.")
        if path:
            ours[name] = _read(Path(path), f"{name}_FILE")
    return ours


def _refuse_unknown(names: Mapping[str, str]) -> None:
    """A misspelt name would else be passed over without a word."""
    known = [_name(field) for field in Settings.model_fields]
    known += [f"{_name(field)}_FILE" for field in FROM_FILES]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"did you mean {near[0]}?" if near else "see .env.example for all settings."
            raise ConfigError(f"{name} is not a setting of Amorce; {hint}")


def _line(error: ValidationError) -> str:
    """The first mistake only: what is put right first may settle the next."""
    first: Any = error.errors(include_url=False, include_input=False)[0]
    field = str(first["loc"][0])
    said = first.get("ctx", {}).get("error")
    if said is None:
        said = f"must be {Settings.model_fields[field].description}"
    return f"{_name(field)} {said}."


def _make_writable(folder: Path, field: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ConfigError(
            f"{_name(field)}: cannot write in the folder {folder} ({error.strerror}); "
            "make it writable or name another."
        ) from None


def _kept_secret(path: Path) -> SecretStr:
    """The secret in `path`, made at the first start and readable by its owner alone."""
    if not path.exists():
        # Whole or not at all: half a secret, left by a full disk, would stop every later start.
        new = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(32))
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    kept = _read(path, _name("secret"))
    if len(kept) < SHORTEST_SECRET:
        raise ConfigError(
            f"{_name('secret')}: {path} is empty or too short; delete it to get a new one."
        )
    return SecretStr(kept)
