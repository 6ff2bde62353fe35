"""The `alo` command. Errors are one line and an exit code other than 0."""

from __future__ import annotations

import json
import os
import secrets
import sys
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot import (
    cli_content,
    cli_entry,
    cli_privacy,
    cli_report,
    cli_usage,
    cli_user,
    logs,
    processes,
    settings,
)
from bot.errors import AloError

if TYPE_CHECKING:
    from bot.terminal import Terminal

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="An information assistant for migrants. `alo run` starts everything on this machine.",
)
app.add_typer(cli_content.app, name="content")
app.add_typer(cli_entry.app, name="entry")
app.add_typer(cli_privacy.keys, name="keys")
app.command("purge")(cli_privacy.erase_old)
app.command()(cli_report.report)
app.add_typer(cli_usage.app, name="usage")
app.add_typer(cli_user.app, name="user")
console = Console(highlight=False, soft_wrap=True, markup=False)


class ChannelName(str, Enum):
    """The channels whose form a terminal can show."""

    web = "web"
    sms = "sms"
    whatsapp = "whatsapp"
    telegram = "telegram"


Channel = Annotated[ChannelName, typer.Option(help="Show what this channel would show.")]
Lang = Annotated[str, typer.Option(help="auto, or the code of a language.")]
Region = Annotated[str, typer.Option(help="Country of the caller's number, as HT.")]


def main() -> None:
    """Runs the command; every error of ours becomes one line, or one for each fault."""
    os.environ.update(processes.QUIET)
    try:
        app()
    except AloError as error:
        Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"alo: {error}")
        sys.exit(1)


@app.callback()
def _alo() -> None:
    """An information assistant for migrants. `alo run` starts everything on this machine."""


@app.command()
def run() -> None:
    """Starts everything on this machine and prints the addresses."""
    from bot.run import Supervisor

    logs.configure("alo")
    Supervisor(settings.load(), console).run()


@app.command()
def train() -> None:
    """Trains the model, if the content has changed since the last time."""
    from bot import training

    config = settings.load()
    known = training.model(config).is_file()
    path = training.train(config)
    console.print("The model is up to date." if known else f"Trained {path.name}.")


@app.command()
def check() -> None:
    """Lists every fault of the content at once."""
    from bot import checks

    today = datetime.now(timezone.utc).date()
    faults = checks.run(settings.load().knowledge, settings.ROOT / "nlu", today)
    for fault in faults:
        console.print(f"{fault.level}: {fault}")
    errors = sum(fault.level == "error" for fault in faults)
    console.print(f"{errors} errors, {len(faults) - errors} warnings")
    if errors:
        raise typer.Exit(1)


@app.command()
def doctor(
    fix: Annotated[bool, typer.Option("--fix", help="Point the webhooks here first.")] = False,
) -> None:
    """Says what is configured, what is missing, and whether the providers know us."""
    logs.configure("doctor")
    from bot import doctor as examination

    config = settings.load()
    findings = [*examination.run(config, fix=fix), *examination.reached(config)]
    for line in examination.lines(findings):
        console.print(line)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The message.")],
    channel: Channel = ChannelName.web,
    lang: Lang = "auto",
    conversation: Annotated[str, typer.Option(help="Any name; what was said is kept.")] = "",
    region: Region = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Asks one message and shows the reply."""
    talker = _terminal(lang)
    from bot import terminal

    asked = terminal.Asked(text, channel.value, lang, region)
    reply = talker.ask(asked, conversation)
    if as_json:
        typer.echo(json.dumps(terminal.as_json(reply, channel.value), ensure_ascii=False))
    else:
        typer.echo(terminal.as_text(reply, channel.value))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Cases, one a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Asks every message of a file and shows how many were understood."""
    engine = _terminal("auto").engine
    from bot import evaluate as examination

    results = examination.run(engine, examination.read(file))
    summary = examination.summary(results)
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False))
        return
    parts = {"all": summary["overall"], **summary["by_language"], **summary["by_group"]}
    for name, shares in parts.items():
        typer.echo(f"{name:12} " + "  ".join(f"{k} {v:.3g}" for k, v in shares.items()))
    for right, taken, count in examination.confusions(results):
        typer.echo(f"{count} x {right} taken for {taken}")


@app.command()
def explain(text: Annotated[str, typer.Argument(help="The message.")]) -> None:
    """Shows what is understood of a message, and why it is answered as it is."""
    import asyncio

    engine = _terminal("auto").engine
    from bot import explain as explanation
    from bot import knowledge
    from bot.engine import Heard

    parsed = asyncio.run(engine.parse(text))
    reply, _ = asyncio.run(engine.respond("explained", Heard(text), None))
    content = knowledge.load(settings.load().knowledge)
    typer.echo(explanation.as_text(explanation.explain(content, text, parsed, reply)))


@app.command()
def chat(channel: Channel = ChannelName.web, lang: Lang = "auto", region: Region = "") -> None:
    """Talks with it in the terminal. An empty line or Ctrl-D ends."""
    talker, conversation = _terminal(lang), secrets.token_hex(8)
    from bot import terminal

    while text := _line():
        reply = talker.ask(terminal.Asked(text, channel.value, lang, region), conversation)
        typer.echo(terminal.as_text(reply, channel.value) + "\n")


def _terminal(lang: str) -> Terminal:
    """The engine, with a model for the present content; trains it if there is none."""
    logs.configure("alo")
    from bot import knowledge, terminal, training

    config = settings.load()
    terminal.check_language(lang, list(knowledge.load(config.knowledge).languages))
    if not training.model(config).is_file():
        Console(stderr=True).print("Training on the content first (two minutes) ...")
    model = training.train(config)
    return terminal.Terminal(config, model)


def _line() -> str:
    try:
        return input("> ").strip()
    except EOFError:
        return ""
