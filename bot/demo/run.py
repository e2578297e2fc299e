"""The demo: a Telegram of its own, the bot as it always runs, sample municipalities, and a phone in the browser."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from bot import config, meanwhile
from bot.demo import chat, municipality
from bot.demo.clock import ClockControls, DemoClock
from bot.demo.hall import DemoHall
from bot.demo.loopback import LOOPBACK_ADDRESS, address_of, listen, serve
from bot.demo.neighbours import move_in
from bot.demo.people import demo_people
from bot.demo.roles import SecretaryRoles
from bot.demo.sample_data import load_sample_data
from bot.running import run
from bot.simulator import Limits, Telegram, server

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.runtime import App


SAMPLE_CONTACT: Final = ("Гүлнара Асанова", "+996 555 000 111", "9:00–17:00")
"""Made up, as all figures of the sample are."""


async def demo(*, port: int, open_browser: bool, stop: asyncio.Event) -> None:
    """Run until ``stop`` is set, and leave nothing behind. Raises OSError where the port is taken."""
    page_socket = listen(port)
    async with AsyncExitStack() as stack:
        stack.callback(page_socket.close)
        folder = stack.enter_context(TemporaryDirectory(prefix="hearing-bot-", ignore_cleanup_errors=True))
        clock = DemoClock()
        telegram = await stack.enter_async_context(Telegram(clock=clock, limits=Limits()))
        telegram_socket = listen(0)
        await serve(stack, server.application(telegram), telegram_socket)
        settings = _settings(telegram, Path(folder), address_of(telegram_socket))
        click.echo("Building the sample town ...", err=True)
        sample = await load_sample_data(settings, clock, stop)
        if stop.is_set():
            return
        people = demo_people(telegram, sample)
        move_in(telegram)
        roles = SecretaryRoles(telegram, sample, people[-1])
        controls = ClockControls(clock, sample, moved=roles.renew)
        hall = DemoHall(telegram, settings, sample, address_of(page_socket))
        stack.push_async_callback(hall.close)
        await serve(stack, chat.application(telegram, people, controls, hall), page_socket)
        meanwhile.end()
        click.echo(f"Open {address_of(page_socket)} in a browser. Ctrl-C ends the demo.")
        if open_browser and _has_display():
            await asyncio.to_thread(webbrowser.open, address_of(page_socket))

        def attach(app: App) -> None:
            controls.attach(app)
            roles.attach(app)
            hall.attach(app)

        await run(settings, stop=stop, clock=clock, built=attach)


def _has_display() -> bool:
    """False on a server: a browser for the terminal would take it over and keep the bot from starting."""
    return sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _settings(telegram: Telegram, folder: Path, telegram_url: str) -> Settings:
    """The demo's settings; none is read from the environment."""
    return config.load(
        env_file="",
        bot_token=telegram.token,
        admin_ids=(),
        database_url=f"sqlite:///{folder / 'demo.db'}",
        telegram_api_url=telegram_url,
        webhook_url="",
        webhook_secret="",
        listen=f"{LOOPBACK_ADDRESS}:0",
        timezone=municipality.TIMEZONE,
        default_language="ky",
        contact=SAMPLE_CONTACT,
        backup_folder="",
        log_level="WARNING",
        log_format="console",
    )
