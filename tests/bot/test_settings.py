"""Settings: their defaults, what is wrong with one, and secrets that stay secret."""

from __future__ import annotations

import dataclasses
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot import settings
from bot.errors import SettingsError
from bot.settings import ROOT, Secret, load
from tests.conftest import SECRET, make_settings

KEY = {"ALO_SECRET_KEY": SECRET}
PROCESSES = 6

# Waits for the others, so that all look for the key at the same moment.
_LOAD_KEY = """
import sys, time
from pathlib import Path
from bot.settings import load
var = Path(sys.argv[1])
(var / f"ready-{sys.argv[2]}").touch()
while not (var / "go").exists():
    pass
print(load({"ALO_VAR": str(var / "var")}).secret_key.reveal())
"""


def _plain(environment: dict[str, str]) -> dict[str, object]:
    """What `load` makes of it, the secret readable."""
    loaded = load(environment)
    shown = {name: getattr(loaded, name).reveal() for name in ("secret_key", "metrics_token")}
    return {**dataclasses.asdict(loaded), **shown}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("host", "127.0.0.1"),
        ("port", 8000),
        ("public_url", ""),
        ("workers", 1),
        ("phone_page", True),
        ("keep_hours", 48),
        ("lease_seconds", 20.0),
        ("models", ROOT / "models"),
        ("knowledge", ROOT / "knowledge"),
        ("var", ROOT / "var"),
        ("database_url", f"sqlite:///{ROOT / 'var' / 'alo.db'}"),
        ("channel", {}),
        ("second_factor", False),
        ("session_hours", 12),
        ("proxies", "127.0.0.1"),
        ("address", "http://127.0.0.1:8000"),
    ],
)
def test_without_any_setting_there_are_defaults(name: str, expected: object) -> None:
    assert getattr(load(KEY), name) == expected


@pytest.mark.parametrize(
    ("name", "value", "field", "expected"),
    [
        ("ALO_DATABASE_URL", "postgresql://db/alo", "database_url", "postgresql://db/alo"),
        ("ALO_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("ALO_PORT", "80", "port", 80),
        ("ALO_PORT", " 0 ", "port", 0),
        ("ALO_PUBLIC_URL", "https://alo.example", "public_url", "https://alo.example"),
        ("ALO_WORKERS", "64", "workers", 64),
        ("ALO_PHONE_PAGE", "off", "phone_page", False),
        ("ALO_KEEP_HOURS", "1", "keep_hours", 1),
        ("ALO_KEEP_OPERATOR_DAYS", "365", "keep_operator_days", 365),
        ("ALO_KEEP_AUDIT_DAYS", "30", "keep_audit_days", 30),
        ("ALO_SESSION_HOURS", "8", "session_hours", 8),
        ("ALO_PROXIES", "10.0.0.1,10.0.0.2", "proxies", "10.0.0.1,10.0.0.2"),
        ("ALO_LEASE_SECONDS", "5", "lease_seconds", 5.0),
        ("ALO_MODELS", "/m", "models", Path("/m")),
        ("ALO_KNOWLEDGE", "/k", "knowledge", Path("/k")),
        ("ALO_VAR", "/v", "database_url", "sqlite:////v/alo.db"),
        ("ALO_HOST", "::1", "address", "http://[::1]:8000"),
    ],
)
def test_a_setting_takes_the_place_of_the_default(
    name: str, value: str, field: str, expected: object
) -> None:
    assert getattr(load({**KEY, name: value}), field) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("ALO_DATABASE_URL", "ALO_HOST", "ALO_PORT", "ALO_PUBLIC_URL", "ALO_WORKERS"),
        *("ALO_PHONE_PAGE", "ALO_KEEP_HOURS", "ALO_LEASE_SECONDS"),
        *("ALO_SECOND_FACTOR", "ALO_SESSION_HOURS", "ALO_PROXIES"),
        *("ALO_VAR", "ALO_MODELS", "ALO_KNOWLEDGE"),
    ],
)
def test_an_empty_setting_is_the_default(name: str) -> None:
    assert _plain({**KEY, name: ""}) == _plain(KEY)


def test_the_example_file_holds_the_defaults() -> None:
    example = {name: value or "" for name, value in dotenv_values(ROOT / ".env.example").items()}

    assert _plain({**example, **KEY}) == _plain(KEY)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("ALO_PORT", "http", "a whole number from 0 to 65535"),
        ("ALO_PORT", "65536", "a whole number from 0 to 65535"),
        ("ALO_PORT", "-1", "a whole number from 0 to 65535"),
        ("ALO_PORT", "80.5", "a whole number from 0 to 65535"),
        ("ALO_PORT", "8²", "a whole number from 0 to 65535"),
        ("ALO_WORKERS", "0", "a whole number from 1 to 64"),
        ("ALO_KEEP_HOURS", "0", "a whole number from 1 to 8760"),
        ("ALO_KEEP_HOURS", "8761", "a whole number from 1 to 8760"),
        ("ALO_KEEP_OPERATOR_DAYS", "366", "a whole number from 1 to 365"),
        ("ALO_KEEP_AUDIT_DAYS", "29", "a whole number from 30 to 3650"),
        ("ALO_OLD_SECRET_KEYS", "x" * 40 + ", y", "at least 32 characters"),
        ("ALO_PSEUDONYM_KEY", "x" * 31, "at least 32 characters"),
        ("ALO_LEASE_SECONDS", "0", "a whole number from 1 to 3600"),
        ("ALO_PHONE_PAGE", "yes", "`on` or `off`"),
        ("ALO_SECOND_FACTOR", "off", "`required` or `optional`"),
        ("ALO_SESSION_HOURS", "0", "a whole number from 1 to 168"),
        ("ALO_SECRET_KEY", "x" * 31, "at least 32 characters"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_the_setting(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{name} must .*{allowed}"):
        load({**KEY, name: value})


def test_an_error_does_not_say_the_secret() -> None:
    with pytest.raises(SettingsError) as caught:
        load({"ALO_SECRET_KEY": "short-but-secret"})

    assert "short-but-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "phone_page", "expected"),
    [
        ("127.0.0.1", "", True),
        ("localhost", "", True),
        ("::1", "", True),
        ("0.0.0.0", "", False),
        ("::", "", False),
        ("192.168.1.7", "", False),
        ("alo.example", "", False),
        ("0.0.0.0", "on", True),
        ("127.0.0.1", "off", False),
        ("127.0.0.1", " OFF ", False),
    ],
)
def test_the_phone_page_is_on_only_where_this_machine_alone_sees_it(
    host: str, phone_page: str, expected: bool
) -> None:
    loaded = load({**KEY, "ALO_HOST": host, "ALO_PHONE_PAGE": phone_page})

    assert loaded.phone_page is expected


@pytest.mark.parametrize(
    ("host", "public_url", "given", "expected"),
    [
        ("127.0.0.1", "", "", False),
        ("127.0.0.1", "https://alo.example.org", "", True),
        ("0.0.0.0", "", "", True),
        ("0.0.0.0", "", "optional", False),
        ("127.0.0.1", "", " Required", True),
    ],
)
def test_a_second_factor_is_required_wherever_others_reach_the_pages(
    host: str, public_url: str, given: str, expected: bool
) -> None:
    env = {"ALO_HOST": host, "ALO_PUBLIC_URL": public_url, "ALO_SECOND_FACTOR": given}

    assert load({**KEY, **env}).second_factor is expected


@pytest.mark.parametrize("shown", [repr, str, "{}".format, "{!r}".format, "%s".__mod__])
def test_a_secret_prints_as_stars(shown) -> None:  # type: ignore[no-untyped-def]
    assert shown(Secret("geheim")) == "Secret('**********')"


def test_a_secret_that_is_empty_says_so() -> None:
    assert repr(Secret("")) == "Secret('')"


def test_a_secret_can_be_revealed() -> None:
    assert Secret("geheim").reveal() == "geheim"


@pytest.mark.parametrize(("value", "expected"), [("geheim", True), ("", False)])
def test_a_secret_is_true_where_there_is_one(value: str, expected: bool) -> None:
    assert bool(Secret(value)) is expected


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ALO_SECRET_KEY", id="our key"),
        pytest.param("TWILIO_AUTH_TOKEN", id="a token of Twilio"),
        pytest.param("TELEGRAM_BOT_TOKEN", id="a token of Telegram"),
    ],
)
def test_settings_do_not_print_a_secret(name: str) -> None:
    secret = "a secret of at least thirty-two letters"

    assert secret not in repr(load({**KEY, name: secret}))


def test_settings_do_not_print_the_password_of_the_database() -> None:
    loaded = load({**KEY, "ALO_DATABASE_URL": "postgresql://alo:geheim@db/alo"})

    assert "geheim" not in repr(loaded)


def test_the_secrets_of_channels_are_kept_under_their_names() -> None:
    loaded = load({**KEY, "TWILIO_AUTH_TOKEN": "a", "TELEGRAM_BOT_TOKEN": "b", "PATH": "c"})

    kept = {name: secret.reveal() for name, secret in loaded.channel.items()}
    assert kept == {"TWILIO_AUTH_TOKEN": "a", "TELEGRAM_BOT_TOKEN": "b"}


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    loaded = make_settings(tmp_path)

    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.port = 1  # type: ignore[misc]


def test_settings_are_read_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"ALO_PORT=1234\nALO_SECRET_KEY={SECRET}\n")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.delenv("ALO_PORT", raising=False)

    assert load().port == 1234


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"ALO_PORT=1234\nALO_SECRET_KEY={SECRET}\n")
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setenv("ALO_PORT", "4321")

    assert load().port == 4321


def test_a_key_is_made_where_there_is_none(tmp_path: Path) -> None:
    key = load({"ALO_VAR": str(tmp_path / "var")}).secret_key.reveal()

    assert (tmp_path / "var" / "secret.key").read_text() == key


def test_the_key_is_made_once(tmp_path: Path) -> None:
    first = load({"ALO_VAR": str(tmp_path)}).secret_key.reveal()

    assert load({"ALO_VAR": str(tmp_path)}).secret_key.reveal() == first


def test_each_machine_makes_its_own_key(tmp_path: Path) -> None:
    first, second = (load({"ALO_VAR": str(tmp_path / name)}).secret_key for name in "ab")

    assert first.reveal() != second.reveal()


def test_nobody_else_may_read_the_key(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load({"ALO_VAR": str(tmp_path)})
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_making_a_key_leaves_nothing_else_behind(tmp_path: Path) -> None:
    load({"ALO_VAR": str(tmp_path)})

    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_no_key_is_made_where_one_is_set(tmp_path: Path) -> None:
    make_settings(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_key_in_the_file_that_is_too_short_is_an_error_that_names_the_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret.key").write_text("short")

    with pytest.raises(SettingsError, match=r"secret\.key must have at least 32 characters"):
        load({"ALO_VAR": str(tmp_path)})


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    started = [_start(tmp_path, number) for number in range(PROCESSES)]
    while len(list(tmp_path.glob("ready-*"))) < PROCESSES:
        time.sleep(0.01)
    (tmp_path / "go").touch()

    keys = [process.communicate(timeout=60)[0].strip() for process in started]

    assert keys == [(tmp_path / "var" / "secret.key").read_text()] * PROCESSES


def _start(folder: Path, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _LOAD_KEY, str(folder), str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_key_that_another_process_made_in_the_meantime_stays(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("the key of the process that was first")

    settings._write_key(tmp_path / "secret.key")

    assert (tmp_path / "secret.key").read_text() == "the key of the process that was first"


def test_a_token_for_the_metrics_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(SettingsError, match="ALO_METRICS_TOKEN must have at least 20"):
        settings.load({"ALO_SECRET_KEY": "x" * 40, "ALO_METRICS_TOKEN": "short"})
