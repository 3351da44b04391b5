"""Settings: what is accepted, and the one line that each mistake ends with."""

import re
import stat
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import ConfigError, Settings, load
from bot.errors import BotError

ROOT = Path(__file__).parents[2]
TOKEN = "1234567:" + "Ab-_" * 9


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(**given: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load({f"AMORCE_{name}": value for name, value in given.items()})
    text = str(caught.value)
    assert "\n" not in text
    assert isinstance(caught.value, BotError)
    return text


def test_nothing_set_is_enough_to_start() -> None:
    settings = load({})
    assert settings.telegram_token is None
    assert settings.telegram_mode == "polling"
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite+aiosqlite:///data/amorce.db"
    assert (settings.host, settings.port, settings.admin_ids) == ("127.0.0.1", 8080, ())


def test_every_setting_is_read_from_its_name(tmp_path: Path) -> None:
    settings = load(
        {
            "AMORCE_TELEGRAM_TOKEN": TOKEN,
            "AMORCE_TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "AMORCE_TELEGRAM_MODE": "polling",
            "AMORCE_WEBHOOK_SECRET": "a-word_1",
            "AMORCE_PUBLIC_URL": "https://amorce.example/",
            "AMORCE_DATA_DIR": str(tmp_path / "kept"),
            "AMORCE_DATABASE_URL": f"sqlite:///{tmp_path}/other/a.db",
            "AMORCE_HOST": "0.0.0.0",  # noqa: S104
            "AMORCE_PORT": "0",
            "AMORCE_SECRET": "long enough to sign with",
            "AMORCE_ADMIN_IDS": "12, 5000000000",
            "AMORCE_LOG_LEVEL": "debug",
        }
    )
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "a-word_1"
    assert settings.public_url == "https://amorce.example"
    assert settings.data_dir == tmp_path / "kept"
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/other/a.db"
    assert (settings.host, settings.port) == ("0.0.0.0", 0)  # noqa: S104
    assert settings.secret.get_secret_value() == "long enough to sign with"
    assert settings.admin_ids == (12, 5_000_000_000)
    assert settings.log_level == "DEBUG"


def test_the_database_follows_the_data_folder(tmp_path: Path) -> None:
    settings = load({"AMORCE_DATA_DIR": str(tmp_path / "elsewhere")})
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/elsewhere/amorce.db"


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load({}).port = 1  # type: ignore[misc]


def test_an_empty_value_counts_as_absent() -> None:
    assert load({"AMORCE_TELEGRAM_TOKEN": " ", "AMORCE_PORT": ""}) == load({})


def test_the_process_environment_is_read_only_where_it_is_handed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMORCE_PORT", "9999")
    assert load({}).port == 8080


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ours\nAMORCE_PORT=9001\nAMORCE_HOST=::1\nOTHER=1\n")
    settings = load({"AMORCE_PORT": "9002"})
    assert (settings.host, settings.port) == ("::1", 9002)


def test_a_misspelt_name_in_a_dotenv_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("AMORCE_PROT=9001\n")
    assert "did you mean AMORCE_PORT?" in refusal()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("AMORCE_TELEGRAM_TOKN", "AMORCE_TELEGRAM_TOKEN"),
        ("AMORCE_TELEGRAM_TOKEN_FIEL", "AMORCE_TELEGRAM_TOKEN_FILE"),
        ("amorce_data_dir", "AMORCE_DATA_DIR"),
    ],
)
def test_an_unknown_name_brings_the_nearest_one(name: str, near: str) -> None:
    with pytest.raises(ConfigError, match=f"^{name} is not .* did you mean {near}[?]$"):
        load({name: "x"})


def test_an_unknown_name_with_no_near_one_points_to_the_list() -> None:
    assert ".env.example" in refusal(ZZZZZZ="1")


@pytest.mark.parametrize(
    "token", ["hello", "123:" + "a" * 35, TOKEN[:20], TOKEN + " and more", "12345é7:" + "a" * 35]
)
def test_a_malformed_token_is_refused_and_never_repeated(token: str) -> None:
    text = refusal(TELEGRAM_TOKEN=token)
    assert text.startswith("AMORCE_TELEGRAM_TOKEN is not a bot token")
    assert "@BotFather" in text
    assert token not in text


def test_a_token_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    settings = load({"AMORCE_TELEGRAM_TOKEN_FILE": str(tmp_path / "token")})
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN


def test_a_missing_secret_file_is_named() -> None:
    text = refusal(TELEGRAM_TOKEN_FILE="nowhere/token")
    assert text.startswith("AMORCE_TELEGRAM_TOKEN_FILE: cannot read nowhere/token")


def test_a_secret_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "token").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in refusal(SECRET_FILE=str(tmp_path / "token"))


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(TOKEN)
    text = refusal(TELEGRAM_TOKEN=TOKEN, TELEGRAM_TOKEN_FILE=str(tmp_path / "token"))
    assert text.startswith("Both AMORCE_TELEGRAM_TOKEN and AMORCE_TELEGRAM_TOKEN_FILE")


def test_secrets_do_not_show_in_print(tmp_path: Path) -> None:
    settings = load({"AMORCE_TELEGRAM_TOKEN": TOKEN, "AMORCE_WEBHOOK_SECRET": "hush-hush"})
    shown = f"{settings!r} {settings} {settings.model_dump_json()}"
    for hidden in (TOKEN, "hush-hush", settings.secret.get_secret_value()):
        assert hidden not in shown
    assert "***" in shown


@pytest.mark.parametrize(
    ("setting", "value", "remedy"),
    [
        ("PORT", "many", "must be a number from 0 (any free port) to 65535."),
        ("PORT", "65536", "must be a number from 0 (any free port) to 65535."),
        ("PORT", "-1", "must be a number from 0 (any free port) to 65535."),
        ("LOG_LEVEL", "loud", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL."),
        ("ADMIN_IDS", "12,me", "must be Telegram ids (numbers) with commas between them."),
        ("ADMIN_IDS", "-100123", "must be Telegram ids (numbers) with commas between them."),
        ("TELEGRAM_API_URL", "api.telegram.org", "is not a web address;"),
        ("PUBLIC_URL", "amorce", "is not a web address;"),
        ("WEBHOOK_SECRET", "two words", "may hold letters, digits, - and _ only, 256 at most."),
        ("SECRET", "short", "is shorter than 16 characters."),
        ("TELEGRAM_MODE", "webhook", "is webhook: that is not supported yet, use polling."),
        ("TELEGRAM_MODE", "pigeon", "must be polling."),
        ("DATABASE_URL", "postgresql+asyncpg://u:p@h/d", "PostgreSQL is not supported yet"),
        ("DATABASE_URL", "postgres://u:p@h/d", "PostgreSQL is not supported yet"),
        ("DATABASE_URL", "mysql://u:p@h/d", "is not the address of an SQLite file"),
        ("DATABASE_URL", "sqlite+aiosqlite:///:memory:", "is not the address of an SQLite file"),
        ("DATABASE_URL", "sqlite+aiosqlite:///", "is not the address of an SQLite file"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(setting: str, value: str, remedy: str) -> None:
    text = refusal(**{setting: value})
    assert text.startswith(f"AMORCE_{setting} ")
    assert remedy in text
    assert "u:p@h" not in text


# A file stands where the folder should be: this stops even root.
def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    text = refusal(DATA_DIR=str(tmp_path / "file" / "data"))
    assert text.startswith("AMORCE_DATA_DIR: cannot write in the folder")
    assert "name another" in text


def test_a_database_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    text = refusal(DATABASE_URL=f"sqlite:///{tmp_path}/file/a.db")
    assert text.startswith("AMORCE_DATABASE_URL: cannot write in the folder")


def test_a_wrong_value_leaves_no_folder_behind(tmp_path: Path) -> None:
    refusal(TELEGRAM_TOKEN="hello", DATA_DIR=str(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = load({}).secret.get_secret_value()
    assert len(first) >= 32
    assert load({}).secret.get_secret_value() == first
    assert stat.S_IMODE((tmp_path / "data/secret").stat().st_mode) == 0o600


def test_two_installations_have_two_secrets() -> None:
    assert load({"AMORCE_DATA_DIR": "a"}).secret != load({"AMORCE_DATA_DIR": "b"}).secret


def test_a_kept_secret_that_was_emptied_is_named(tmp_path: Path) -> None:
    load({})
    (tmp_path / "data/secret").write_text("")
    assert refusal().startswith("AMORCE_SECRET: data/secret is empty or too short; delete it")


def test_a_given_secret_is_not_written_down(tmp_path: Path) -> None:
    load({"AMORCE_SECRET": "long enough to sign with"})
    assert not (tmp_path / "data/secret").exists()


def test_the_example_file_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^# AMORCE_([A-Z_]+)=", text, re.MULTILINE))
    assert named == {field.upper() for field in Settings.model_fields}


def test_the_example_file_shows_the_true_defaults(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env").write_text(re.sub(r"^# (?=AMORCE_)", "", text, flags=re.MULTILINE))
    assert load({}) == load({}, tmp_path / "no such file")
