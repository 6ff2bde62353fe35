"""`alo doctor`: what is configured, what is missing, whether the providers know us."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx

from bot import registry, training
from bot.desk.chatwoot import Chatwoot
from bot.errors import AloError, ChannelError
from bot.settings import HELP_DESK, Settings
from bot.store import Store
from bot.wire import Finding

CREDENTIALS = ("_SID", "_TOKEN")
PATIENCE = 10.0  # seconds for the way out to the public address and back


def run(config: Settings, *, fix: bool = False) -> list[Finding]:
    """All findings. With `fix` the webhooks are pointed here first, where a program may do so."""
    found = [_database(config), _model(config), _secret(config), _address(config)]
    found += asyncio.run(_channels(config, fix=fix))
    return [*found, *asyncio.run(_help_desk(config))]


def reached(config: Settings) -> list[Finding]:
    """Whether who calls the public address gets to this program; nothing where there is none."""
    if not config.public_url:
        return []
    if _answers(f"{config.public_url}/readyz"):
        return [Finding(True, "the public address leads to this program")]
    todo = "start the program and the tunnel, and compare ALO_PUBLIC_URL with the tunnel's address"
    return [Finding(False, "the public address does not lead to this program", todo)]


def _answers(address: str) -> bool:
    """Whether the edge speaks at this address, and its database with it."""
    try:
        answer = httpx.get(address, timeout=PATIENCE)
        return bool(answer.json() == {"status": "ok"})
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return False


def lines(findings: list[Finding]) -> Iterator[str]:
    """The findings as they are read; what is to be done stands under each."""
    for finding in findings:
        yield f"{'ok  ' if finding.good else 'TODO'} {finding.what}"
        if finding.todo:
            yield f"     -> {finding.todo}"


def _database(config: Settings) -> Finding:
    store = Store(config)
    try:
        store.upgrade()
    except AloError as error:
        return Finding(False, str(error), "set ALO_DATABASE_URL, or start the database")
    finally:
        store.close()
    return Finding(True, f"the database answers ({store.engine.dialect.name})")


def _model(config: Settings) -> Finding:
    if training.model(config).is_file():
        return Finding(True, "there is a model for the present content")
    return Finding(True, "there is no model for the present content", "`alo run` trains it")


def _secret(config: Settings) -> Finding:
    own = config.var / "secret.key"
    if own.is_file():
        todo = f"keep a copy of {own}: who loses it loses every open conversation"
        return Finding(True, "the secret was made on this machine", todo)
    return Finding(True, "the secret is ALO_SECRET_KEY")


def _address(config: Settings) -> Finding:
    if not config.public_url:
        todo = "set ALO_PUBLIC_URL for WhatsApp and SMS; Telegram works without"
        return Finding(True, "no public address", todo)
    if config.public_url.startswith("https://"):
        return Finding(True, f"the public address is {config.public_url}")
    return Finding(False, "the public address has no TLS", "set ALO_PUBLIC_URL to an https:// one")


async def _channels(config: Settings, *, fix: bool) -> list[Finding]:
    connected = registry.connected(config)
    found: list[Finding] = []
    for name, kind in sorted(registry.sending().items()):
        if not kind.needs:
            continue  # the phone page needs nothing
        if name not in connected:
            found.append(_off(config, name, kind))
            continue
        found += [_named(name, x) for x in await _examined(connected[name], fix=fix)]
        await connected[name].close()
    return found


def _off(config: Settings, name: str, kind: Any) -> Finding:
    """A channel without any setting of its own is off on purpose."""
    missing = kind.missing(config)
    own = [key for key in kind.needs if name.upper() in key]
    begun = bool(own) and not set(own) & set(missing)
    return Finding(not begun, f"{name}: off", f"to switch it on set {', '.join(missing)}")


async def _examined(channel: Any, *, fix: bool) -> list[Finding]:
    try:
        if fix:
            await channel.repair()
        found: list[Finding] = await channel.check()
    except ChannelError as error:
        return [_refused(channel, error)]
    return found or [Finding(True, "on")]


def _refused(channel: Any, error: ChannelError) -> Finding:
    """Whether it is the credentials or the way to the provider."""
    code = error.code.partition(":")[0]
    own = [name for name in channel.needs if name.endswith(CREDENTIALS)]
    if channel.reason(error.code) == "credentials":
        todo = f"copy {' and '.join(own)} into .env once more, without spaces"
        return Finding(False, f"the provider does not accept us ({code})", todo)
    todo = "check that this machine is on the internet, and try again in some minutes"
    return Finding(False, f"the provider gave no useful answer ({code})", todo)


async def _help_desk(config: Settings) -> list[Finding]:
    """Another help desk: off on purpose where none of its settings is there."""
    missing = [name for name in HELP_DESK if name not in config.channel]
    if missing:
        begun = len(missing) < len(HELP_DESK)
        todo = f"to switch it on set {', '.join(missing)}; see docs/chatwoot.md"
        return [Finding(not begun, "chatwoot: off", todo)]
    there = Chatwoot(config)
    try:
        return [_named("chatwoot", x) for x in await there.check()]
    except ChannelError as error:
        todo = "check CHATWOOT_URL, CHATWOOT_ACCOUNT and CHATWOOT_TOKEN in .env"
        return [Finding(False, f"chatwoot: does not accept us: {error.code}", todo)]
    finally:
        await there.close()


def _named(name: str, finding: Finding) -> Finding:
    return Finding(finding.good, f"{name}: {finding.what}", finding.todo)
