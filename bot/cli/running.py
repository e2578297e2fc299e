"""Commands that run the bot: demo, run, check."""

from __future__ import annotations

import asyncio
import gc
import signal
from typing import TYPE_CHECKING, Final

import click

from bot import meanwhile
from bot.event_loop import new_event_loop
from bot.logs import set_up
from bot.shell import CommandFailed, ensure_token, go, reason, settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

STOPS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGBREAK") if hasattr(signal, name))
"""Signals that end the bot: those of a service and of Ctrl-C, and Windows' Ctrl-Break."""


@click.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Of the chat page; 0: any free one."
)
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def demo(*, port: int, no_browser: bool) -> None:
    """Try everything in the browser. No token, no network.

    The bot, a Telegram of its own, eight sample municipalities and a page that works like a phone.
    """
    from bot.demo.run import demo as play

    set_up(level="WARNING", form="console")
    try:
        go(until_signalled(lambda stop: play(port=port, open_browser=not no_browser, stop=stop)))
    except OSError as trouble:
        raise CommandFailed(f"Port {port} cannot be used ({reason(trouble)}). Try --port 0.") from trouble
    finally:
        meanwhile.end()


@click.command()
def run() -> None:
    """Run the bot against Telegram.

    By polling, or by a webhook where WEBHOOK_URL is set. Leaves within seconds of SIGTERM.
    """
    from bot.running import run as keep_running

    found = settings()
    ensure_token(found)
    spare_the_collector()
    try:
        go(until_signalled(lambda stop: keep_running(found, stop=stop)), loop_factory=new_event_loop)
    except OSError as trouble:
        named = {"LISTEN": found.listen, "METRICS_LISTEN": found.metrics_listen, "PAGES_LISTEN": found.pages_listen}
        where = " or ".join(f"{name}: {address}" for name, address in named.items() if address)
        raise CommandFailed(f"{where} cannot be used ({reason(trouble)}). Is the bot running already?") from None


def spare_the_collector() -> None:
    """Let Python collect garbage seldom: hundreds of presses at once are none, and that saves a quarter of the time.

    What was imported stays, and is never looked through: that took a quarter of the start (docs/decisions/0062-*).
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


async def until_signalled(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``work(stop)``; SIGTERM and Ctrl-C set ``stop``."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in STOPS:
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # the event loop of Windows knows no signals
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await work(stop)


@click.command()
def check() -> None:
    """Say what is wrong, and what to do.

    Looks at settings, database, what is missing in it, copies, disk, files, time zones, catalogues and Telegram, and
    makes nothing. ✓ is fine, ○ is still to be done, ✗ is wrong: exit 1.
    """
    from bot.checks import findings

    found = settings()
    wrong = 0
    for finding in go(findings(found)):
        wrong += finding.wrong
        click.echo(f"{finding.sign} {finding.what}: {finding.words}")
    if wrong:
        raise SystemExit(1)
