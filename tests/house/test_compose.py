"""The container files: valid, and of one mind with the settings."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import FROM_FILES, Settings

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
NAMES = {f"AMORCE_{field.upper()}" for field in Settings.model_fields}
FILES = {f"AMORCE_{field.upper()}_FILE" for field in FROM_FILES}


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_compose_file_follows_its_specification() -> None:
    command = [sys.executable, "-m", "check_jsonschema"]
    command += ["--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_name_in_the_container_files_is_a_setting(dockerfile: str) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    used = set(re.findall(r"\bAMORCE_[A-Z_]+", text + dockerfile))
    assert used
    assert used <= NAMES | FILES


def test_every_variable_of_the_compose_file_is_a_setting() -> None:
    variables = set(re.findall(r"\$\{?(\w+)", COMPOSE.read_text(encoding="utf-8")))
    assert variables
    assert variables <= NAMES


def test_no_secret_stands_in_the_environment_of_the_service(compose: Any) -> None:
    environment = compose["services"]["bot"]["environment"]
    assert not {f"AMORCE_{field.upper()}" for field in FROM_FILES} & set(environment)


def test_a_secret_file_is_one_that_is_handed_in(compose: Any) -> None:
    bot = compose["services"]["bot"]
    mounted = {f"/run/secrets/{name}" for name in bot["secrets"]}
    used = {value for name, value in bot["environment"].items() if name.endswith("_FILE")}
    assert used == mounted
    assert set(bot["secrets"]) == set(compose["secrets"])


def test_the_service_has_no_more_rights_than_it_needs(compose: Any) -> None:
    bot = compose["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["tmpfs"] == ["/tmp"]  # noqa: S108
    assert bot["mem_limit"]
    assert bot["stop_grace_period"] == "15s"


def test_the_data_lie_on_the_named_volume(compose: Any) -> None:
    bot = compose["services"]["bot"]
    assert bot["volumes"] == [f"data:{bot['environment']['AMORCE_DATA_DIR']}"]
    assert "data" in compose["volumes"]


def test_the_image_installs_by_hash_and_runs_without_root(dockerfile: str) -> None:
    assert "--require-hashes --only-binary :all:" in dockerfile
    assert re.findall(r"^USER (.+)$", dockerfile, re.MULTILINE) == ["10001:10001"]


def test_what_the_image_copies_is_let_through(dockerfile: str) -> None:
    let_through = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = re.findall(r"^COPY (?!--from)(\S+) ", dockerfile, re.MULTILINE)
    assert copied
    for path in copied:
        assert (ROOT / path).exists(), path
        assert f"!{path}" in let_through, path
