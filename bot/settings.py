"""The only reader of the environment and of `.env`. A wrong setting is an error that names it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from bot.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_TOKEN = 20  # characters
FLOOR = 5  # no smaller count is shown
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
RATES = {
    "ALO_RATE_WHATSAPP": "whatsapp",
    "ALO_RATE_SMS": "sms",
    "ALO_RATE_TELEGRAM": "telegram",
    "ALO_RATE_PERSON": "person",
}


# What another help desk needs. All or none: see docs/chatwoot.md.
HELP_DESK = (
    "CHATWOOT_URL",
    "CHATWOOT_ACCOUNT",
    "CHATWOOT_INBOX",
    "CHATWOOT_TOKEN",
    "CHATWOOT_WEBHOOK_SECRET",
)


class Secret:
    """A value that prints as stars. `reveal()` is the one way to read it."""

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself. Never log it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret('**********')" if self._value else "Secret('')"

    __str__ = __repr__


NO_SECRET = Secret("")


@dataclass(frozen=True)
class Settings:
    """Everything that can be set from outside. `.env.example` explains each."""

    database_url: str = field(repr=False)  # it may hold a password
    secret_key: Secret
    old_secret_keys: tuple[Secret, ...] = ()
    pseudonym_key: Secret | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    workers: int = 1
    phone_page: bool = True
    keep_hours: int = 48
    keep_operator_days: int = 30
    keep_audit_days: int = 365
    lease_seconds: float = 20.0
    models: Path = ROOT / "models"
    knowledge: Path = ROOT / "knowledge"
    var: Path = ROOT / "var"
    channel: dict[str, Secret] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)  # messages a second, where set
    metrics_token: Secret = NO_SECRET
    timezone: str = "America/Port-au-Prince"
    count_floor: int = FLOOR
    second_factor: bool = False  # nobody gets in without one
    session_hours: int = 12
    proxies: str = "127.0.0.1"  # who may say for whom they ask

    @property
    def address(self) -> str:
        """Where the pages are on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def help_desk(self) -> bool:
        """Whether conversations go to another help desk as well."""
        return all(name in self.channel for name in HELP_DESK)


def load(environment: dict[str, str] | None = None) -> Settings:
    """Settings from the environment, over `.env`, over the defaults.

    Raises SettingsError, naming the setting and what to do.
    """
    env = _environment() if environment is None else environment
    var = Path(env.get("ALO_VAR") or ROOT / "var")
    host = env.get("ALO_HOST") or "127.0.0.1"
    return Settings(
        database_url=env.get("ALO_DATABASE_URL") or f"sqlite:///{var / 'alo.db'}",
        secret_key=_secret_key(env, var),
        old_secret_keys=_old_keys(env),
        pseudonym_key=_pseudonym_key(env),
        host=host,
        port=_number(env, "ALO_PORT", 8000, 0, 65535),
        public_url=_public_url(env),
        workers=_number(env, "ALO_WORKERS", 1, 1, 64),
        phone_page=_switch(env, "ALO_PHONE_PAGE", host in LOOPBACK),
        keep_hours=_number(env, "ALO_KEEP_HOURS", 48, 1, 24 * 365),
        keep_operator_days=_number(env, "ALO_KEEP_OPERATOR_DAYS", 30, 1, 365),
        keep_audit_days=_number(env, "ALO_KEEP_AUDIT_DAYS", 365, 30, 10 * 365),
        lease_seconds=float(_number(env, "ALO_LEASE_SECONDS", 20, 1, 3600)),
        models=Path(env.get("ALO_MODELS") or ROOT / "models"),
        knowledge=Path(env.get("ALO_KNOWLEDGE") or ROOT / "knowledge"),
        var=var,
        channel=_of_channels(env),
        rates=_rates(env),
        metrics_token=_token(env, "ALO_METRICS_TOKEN"),
        timezone=_timezone(env),
        count_floor=_number(env, "ALO_COUNT_FLOOR", FLOOR, FLOOR, 1000),
        second_factor=_second_factor(env, host),
        session_hours=_number(env, "ALO_SESSION_HOURS", 12, 1, 24 * 7),
        proxies=env.get("ALO_PROXIES", "").strip() or "127.0.0.1",
    )


def _environment() -> dict[str, str]:
    from_file = {k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None}
    return {**from_file, **os.environ}


def _number(env: dict[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}")
    return int(text)


def _token(env: dict[str, str], name: str) -> Secret:
    """A password for programs, or none."""
    text = env.get(name, "").strip()
    if text and len(text) < SHORTEST_TOKEN:
        raise SettingsError(
            f"{name} must have at least {SHORTEST_TOKEN} characters; "
            "make one with: openssl rand -hex 24"
        )
    return Secret(text) if text else NO_SECRET


def _timezone(env: dict[str, str]) -> str:
    """The clock by which days are counted; Haiti's where none is set."""
    name = env.get("ALO_TIMEZONE", "").strip() or "America/Port-au-Prince"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError("ALO_TIMEZONE must be a place as America/Port-au-Prince") from None
    return name


def _public_url(env: dict[str, str]) -> str:
    """The address without a slash at its end."""
    address = env.get("ALO_PUBLIC_URL", "").strip().rstrip("/")
    if address and not address.startswith(("https://", "http://")):
        raise SettingsError(
            "ALO_PUBLIC_URL must begin with https:// as in https://alo.example.org"
        )
    return address


def _second_factor(env: dict[str, str], host: str) -> bool:
    """Whether it is required; unless said otherwise, wherever others can reach the pages."""
    text = env.get("ALO_SECOND_FACTOR", "").strip().lower()
    if text not in {"", "required", "optional"}:
        raise SettingsError("ALO_SECOND_FACTOR must be `required` or `optional`")
    open_to_others = host not in LOOPBACK or bool(_public_url(env))
    return text == "required" or (not text and open_to_others)


def _rates(env: dict[str, str]) -> dict[str, float]:
    """The rates that are set, by the name of the channel, or `person`."""
    found: dict[str, float] = {}
    for name, channel in RATES.items():
        text = env.get(name, "").strip()
        try:
            rate = float(text or 1)
        except ValueError:
            rate = 0.0
        if not 0 < rate <= 10_000:
            raise SettingsError(f"{name} must be a number of messages a second, as 1 or 0.5")
        if text:
            found[channel] = rate
    return found


def _of_channels(env: dict[str, str]) -> dict[str, Secret]:
    ours = ("TWILIO_", "TELEGRAM_", "CHATWOOT_")
    found = {k: Secret(v.strip()) for k, v in env.items() if k.startswith(ours) and v.strip()}
    _help_desk(found)
    return found


def _help_desk(found: dict[str, Secret]) -> None:
    """What could not work is said before a person waits for it."""
    url = found.get("CHATWOOT_URL")
    if url and not url.reveal().startswith(("https://", "http://")):
        raise SettingsError("CHATWOOT_URL must begin with https:// as in https://desk.example.org")
    account = found.get("CHATWOOT_ACCOUNT")
    if account and not (account.reveal().isascii() and account.reveal().isdigit()):
        raise SettingsError("CHATWOOT_ACCOUNT must be the number in Chatwoot's address, as 1")
    secret = found.get("CHATWOOT_WEBHOOK_SECRET")
    if secret and len(secret.reveal()) < SHORTEST_TOKEN:
        raise SettingsError(
            f"CHATWOOT_WEBHOOK_SECRET must have at least {SHORTEST_TOKEN} characters; "
            "Chatwoot shows it in the settings of the inbox"
        )


def _switch(env: dict[str, str], name: str, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    if text not in {"", "on", "off"}:
        raise SettingsError(f"{name} must be `on` or `off`")
    return default if not text else text == "on"


def _secret_key(env: dict[str, str], var: Path) -> Secret:
    """The key from the settings; on a machine without one, a key made once and kept in var/."""
    if env.get("ALO_SECRET_KEY"):
        return _long_enough(env["ALO_SECRET_KEY"], "ALO_SECRET_KEY")
    path = var / "secret.key"
    if not path.exists():
        _write_key(path)
    return _long_enough(path.read_text().strip(), str(path))


def _old_keys(env: dict[str, str]) -> tuple[Secret, ...]:
    name = "ALO_OLD_SECRET_KEYS"
    keys = env.get(name, "").split(",")
    return tuple(_long_enough(key.strip(), name) for key in keys if key.strip())


def _pseudonym_key(env: dict[str, str]) -> Secret | None:
    key = env.get("ALO_PSEUDONYM_KEY", "")
    return _long_enough(key, "ALO_PSEUDONYM_KEY") if key else None


def _write_key(path: Path) -> None:
    """Writes a new key, whole or not at all: several processes may start at the same time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingsError(f"ALO_VAR: the folder {path.parent} cannot be made") from None
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(48))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass  # another process was first: its key is the key
    finally:
        fresh.unlink()


def _long_enough(key: str, name: str) -> Secret:
    if len(key) < 32:
        raise SettingsError(
            f"{name} must have at least 32 characters; make one with: openssl rand -base64 48"
        )
    return Secret(key)
