"""Settings: read once from the environment, `.env` and secret files, checked, then frozen."""

import difflib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import BotError

PREFIX = "AMORCE_"
# These may also come from a file named by AMORCE_..._FILE, as container secrets do.
FROM_FILES = ("telegram_token", "webhook_secret", "secret", "database_url")
SHORTEST_SECRET = 16
SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<path>[^?]+)")


class ConfigError(BotError):
    """A setting that cannot be used; the text names it and says what to do, never its value."""


def _like(pattern: str, otherwise: str) -> AfterValidator:
    """Refuses a secret that does not match `pattern` as a whole, saying `otherwise`."""
    whole = re.compile(pattern)

    def check(secret: SecretStr) -> SecretStr:
        if not whole.fullmatch(secret.get_secret_value()):
            raise ValueError(otherwise)
        return secret

    return AfterValidator(check)


def _address(url: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", url):
        raise ValueError("is not a web address; it begins with https:// or http://")
    return url.rstrip("/")


def _database(url: str) -> str:
    if url.startswith("postgres"):
        raise ValueError(
            "names a PostgreSQL database: PostgreSQL is not supported yet, "
            "use sqlite+aiosqlite:///data/amorce.db"
        )
    found = SQLITE.fullmatch(url)
    # An in-memory database would lose every talk at the next start.
    if not found or found["path"].startswith(":memory:"):
        raise ValueError("is not the address of an SQLite file, like sqlite+aiosqlite:///FILE")
    return f"sqlite+aiosqlite:///{found['path']}"


def _mode(mode: str) -> str:
    if mode == "webhook":
        raise ValueError("is webhook: that is not supported yet, use polling")
    return mode


def _ids(text: object) -> object:
    return text.replace(",", " ").split() if isinstance(text, str) else text


def _upper(text: object) -> object:
    return text.upper() if isinstance(text, str) else text


Token = Annotated[
    SecretStr,
    _like(
        r"[0-9]{6,}:[A-Za-z0-9_-]{30,}",
        "is not a bot token (digits, a colon, 30 or more letters, digits, - or _); "
        "copy it again from @BotFather",
    ),
]
WebhookSecret = Annotated[
    SecretStr,
    _like(r"[A-Za-z0-9_-]{1,256}", "may hold letters, digits, - and _ only, 256 at most"),
]
Secret = Annotated[
    SecretStr, _like(rf".{{{SHORTEST_SECRET},}}", f"is shorter than {SHORTEST_SECRET} characters")
]
Address = Annotated[str, AfterValidator(_address)]
PersonId = Annotated[int, Field(gt=0)]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class Settings(BaseSettings):
    """Everything an operator can set; `description` completes "AMORCE_X must be ..."."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, hide_input_in_errors=True, validate_default=False
    )

    telegram_token: Token | None = Field(None, description="a bot token from @BotFather")
    telegram_api_url: Address = Field("https://api.telegram.org", description="a web address")
    telegram_mode: Annotated[Literal["polling"], BeforeValidator(_mode)] = Field(
        "polling", description="polling"
    )
    webhook_secret: WebhookSecret | None = Field(None, description="a word without spaces")
    public_url: Address | None = Field(None, description="a web address")
    data_dir: Path = Field(Path("data"), description="a folder")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default_factory=lambda known: f"sqlite+aiosqlite:///{known['data_dir']}/amorce.db",
        description="the address of an SQLite file",
    )
    host: str = Field("127.0.0.1", description="a host name or address")
    port: int = Field(8080, ge=0, le=65535, description="a number from 0 (any free port) to 65535")
    # Empty only until `load` has found or made the one kept in `data_dir`.
    secret: Secret = Field(SecretStr(""), description="a long random text")
    admin_ids: Annotated[tuple[PersonId, ...], NoDecode, BeforeValidator(_ids)] = Field(
        (), description="Telegram ids (numbers) with commas between them"
    )
    log_level: Annotated[Level, BeforeValidator(_upper)] = Field(
        "INFO", description="DEBUG, INFO, WARNING, ERROR or CRITICAL"
    )

    @property
    def database_path(self) -> Path:
        """The SQLite file that `database_url` names."""
        return Path(self.database_url.partition(":///")[2])

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  (the library's signature)
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """`load` alone says where values come from; nothing slips in from the process."""
        return (init_settings,)


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
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = _read(path, _name("secret"))
        if len(kept) < SHORTEST_SECRET:
            raise ConfigError(
                f"{_name('secret')}: {path} is empty or too short; delete it to get a new one."
            ) from None
        return SecretStr(kept)
    with os.fdopen(made, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(32))
    return SecretStr(_read(path, _name("secret")))
