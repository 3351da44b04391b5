"""What an operator can set: each setting with its default, its check and its remedy."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "AMORCE_"
# These may also come from a file named by AMORCE_..._FILE, as container secrets do.
FROM_FILES = ("telegram_token", "webhook_secret", "secret", "database_url")
SHORTEST_SECRET = 16
SQLITE = re.compile(r"sqlite(?:\+aiosqlite)?:///(?P<path>[^?]+)")


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
