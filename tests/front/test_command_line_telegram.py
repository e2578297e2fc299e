"""The commands that speak to Telegram: run, check, invite; and the demo, which brings its own."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sqlite3
from typing import TYPE_CHECKING

import aiohttp
import psutil
import pytest

from bot.simulator.people import Person
from tests.front.shell import PLACES, TOKEN, Shell, settled, shell, silent_port, telegram_at_hand
from tests.front.test_command_line import located, sheets
from tests.scale import rounds

if TYPE_CHECKING:
    from asyncio.subprocess import Process


__all__ = ["settled", "shell"]

CHECK = [
    *("✓ settings", "✓ database", "✓ places", "✓ administrators", "○ secretaries", "○ backups", "✓ disk", "✓ media"),
    *("✓ time zones", "✓ catalogues", "✓ telegram", "✓ updates", "✓ alarms", "✓ limits of Telegram"),
]


def settings(api: str, **others: str) -> str:
    """A file of settings."""
    given = {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": api, "LISTEN": "127.0.0.1:0"} | others
    return "".join(f"{name}={value}\n" for name, value in given.items())


async def heard(process: Process, words: str) -> str:
    """Read stderr until a line with these words has come; all of it."""
    assert process.stderr is not None
    lines: list[str] = []
    while not lines or words not in lines[-1]:
        line = await asyncio.wait_for(process.stderr.readline(), 60)
        assert line, "".join(lines)
        lines.append(line.decode())
    return "".join(lines)


async def sees(person: Person, words: str) -> None:
    """Return when the newest screen holds these words."""
    await person.until(lambda: bool(person.messages) and words in person.screen.text, within=60)


async def test_from_an_empty_folder_to_a_secretary_at_the_desk(shell: Shell) -> None:
    """Settings from a file, the log at its most talkative, Telegram with bad days: no secret in any line of it."""
    async with telegram_at_hand() as (telegram, api):
        administrator = Person(telegram, "Эркин", language="en")
        administrator.start()
        odd = {"ADMIN_IDS": str(administrator.id), "BACKUP_FOLDER": "nowhere", "DEFAULT_LANGUAGE": "en"}
        log = {"LOG_LEVEL": "debug", "LOG_FORMAT": "json", "DATABASE_URL": "sqlite:///town.db"}
        shell.write(".env", settings(api, **log, **odd))
        await shell.beside("places", "load", shell.write("places.csv", PLACES))
        shell.write("hearing.xlsx", sheets())
        await shell.beside("load", "hearing.xlsx", "--municipality", "bagysh", "--publish")
        invited = await shell.beside("invite", "--municipality", "bagysh", "--role", "secretary")
        assert invited.code == 0
        assert invited.stdout.startswith(f"https://t.me/{telegram.username}?start=")
        telegram.faults.next(method="getUpdates", status=502, times=2)
        telegram.faults.next(method="sendMessage", broken="reset")
        bot = await shell.start("run")
        secretary = Person(telegram, "Бакыт", language="en")
        secretary.follow(invited.stdout.strip())
        await sees(secretary, "Choose a language")
        secretary.press("English")
        await sees(secretary, "What is stored")
        secretary.press("✅")
        await sees(secretary, "Welcome! You are now: Secretary")
        wrong = "Tonight's copy of the database was not made."
        await administrator.until(lambda: wrong in administrator.messages[-1].words, within=60)
        bot.send_signal(signal.SIGTERM)
        outcome = await shell.end(bot)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert "polling failed" in outcome.stderr
    assert secretary.name not in outcome.stderr


async def test_everything_is_fine_and_check_says_so(shell: Shell) -> None:
    async with telegram_at_hand() as (telegram, api):
        administrator = Person(telegram, "Эркин")
        administrator.start()
        shell.write(".env", settings(api, ADMIN_IDS=str(administrator.id)))
        (shell.folder / ".env").chmod(0o600)
        await asyncio.to_thread(shell.settle)
        outcome = await shell.beside("check")
        await telegram.call("setWebhook", {"url": "https://elsewhere.example/secret", "secret_token": "s"})
        elsewhere = await shell.beside("check", ADMIN_IDS="12")
        hook = {"WEBHOOK_URL": "https://elsewhere.example/secret", "WEBHOOK_SECRET": "s"}
        fails = await shell.beside("check", **hook)
    assert (outcome.code, outcome.stderr) == (0, "")
    lines = outcome.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == CHECK
    assert lines[-4].endswith(f"the bot is @{telegram.username}")
    assert lines[-3] == "✓ updates: are polled for, 1 wait"
    assert (
        f"○ alarms: 12 of ADMIN_IDS cannot be told what is wrong: press Start in @{telegram.username}"
        in elsewhere.stdout
    )
    assert "✗ updates: Telegram cannot bring them to WEBHOOK_URL (" in fails.stdout
    assert "does the proxy lead to LISTEN?" in fails.stdout
    assert "○ updates: go to a webhook at elsewhere.example, " in elsewhere.stdout
    assert "/secret" not in elsewhere.stdout


async def test_check_names_everything_that_is_wrong_and_what_to_do(shell: Shell) -> None:
    token, address = "4242:of_another_bot", "sqlite:////no/folder/h.db"
    async with telegram_at_hand() as (_, api):
        refused = await shell.beside("check", BOT_TOKEN=token, TELEGRAM_API_URL=api, DATABASE_URL=address)
    assert (refused.code, token in refused.stdout) == (1, False)
    assert "✗ telegram: refuses BOT_TOKEN: ask BotFather for it (/mybots)" in refused.stdout
    assert "✗ database: /no/folder/h.db: the database file cannot be opened" in refused.stdout
    assert "Look at DATABASE_URL" in refused.stdout


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "✗ telegram: BOT_TOKEN is missing: ask BotFather for one (/newbot)"),
        (
            {"BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:PORT"},
            "(connection refused). Look at TELEGRAM_API_URL, HTTPS_PROXY and the network",
        ),
        ({"DATABASE_URL": "postgresql://u:PASSWORD@127.0.0.1:PORT/db"}, "✗ database: PostgreSQL at 127.0.0.1:"),
    ],
)
def test_check_says_what_is_missing(shell: Shell, environment: dict[str, str], words: str) -> None:
    outcome = shell("check", **{name: located(value) for name, value in environment.items()})
    assert outcome.code == 1
    assert words in outcome.stdout


def test_check_says_what_becomes_of_documents_and_voices(shell: Shell) -> None:
    shell("migrate")
    assert "✓ media: MEDIA_FOLDER is empty: Telegram alone has documents, photos and voices" in shell("check").stdout
    nowhere = shell("check", MEDIA_FOLDER="media").stdout
    assert "✗ media: there is no folder: media. Look at MEDIA_FOLDER" in nowhere
    (shell.folder / "media").mkdir()
    (shell.folder / "media" / ("ab" * 32)).write_bytes(b"0" * 1_500_000)
    command = shell("check", MEDIA_FOLDER="media", TRANSCRIBE_COMMAND="no-such-program {file}").stdout
    assert "✓ media: 1 files kept, 1.5 MB, " in command
    assert "✗ transcripts: there is no such program. Look at TRANSCRIBE_COMMAND" in command


def test_check_says_what_to_do_about_a_database_of_a_newer_program(shell: Shell) -> None:
    shell("migrate")
    with contextlib.closing(sqlite3.connect("hearings.db")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    outcome = shell("check")
    assert outcome.code == 1
    assert ": its schema is newer: install the newer hearing-bot" in outcome.stdout


@pytest.mark.parametrize("command", [("run",), ("invite", "--municipality", "bagysh", "--role", "member")])
def test_without_a_token_nothing_begins(shell: Shell, command: tuple[str, ...]) -> None:
    outcome = shell(*command)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert outcome.complaint.startswith("BOT_TOKEN: is missing. Get one from BotFather")
    assert list(shell.folder.iterdir()) == []


async def test_an_invitation_needs_telegram_and_says_so(shell: Shell) -> None:
    await asyncio.to_thread(shell.settle)
    invite = ("invite", "--municipality", "bagysh", "--role", "secretary")
    away = await shell.beside(*invite, BOT_TOKEN=TOKEN, TELEGRAM_API_URL=f"http://127.0.0.1:{silent_port()}")
    assert (away.code, away.stdout) == (1, "")
    assert away.complaint.startswith("Telegram cannot be reached")
    async with telegram_at_hand() as (_, api):
        refused = await shell.beside(*invite, BOT_TOKEN="1:of_another", TELEGRAM_API_URL=api)
        nowhere = await shell.beside(
            *("invite", "--municipality", "nowhere", "--role", "secretary"), BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api
        )
    assert (refused.code, refused.complaint.startswith("Telegram refuses the token.")) == (1, True)
    assert (nowhere.code, nowhere.complaint) == (2, "No municipality has the code 'nowhere'. Known: bagysh.")
    with contextlib.closing(sqlite3.connect("hearings.db")) as file:
        assert file.execute("SELECT count(*) FROM invitations").fetchone() == (0,)


async def test_a_bot_that_cannot_begin_says_why(shell: Shell) -> None:
    async with telegram_at_hand() as (_telegram, api):
        with socket.create_server(("127.0.0.1", 0)) as door:
            taken = f"127.0.0.1:{door.getsockname()[1]}"
            here = {"TELEGRAM_API_URL": api, "LOG_LEVEL": "ERROR"}
            runs = (
                shell.process("run", BOT_TOKEN=TOKEN, LISTEN=taken, **here),
                shell.process("run", BOT_TOKEN="1:of_another", LISTEN="127.0.0.1:0", **here),
            )
            listening, refused = await asyncio.gather(*runs)
    assert (listening.code, refused.code) == (1, 1)
    assert (
        listening.complaint == f"LISTEN: {taken} cannot be used (Address already in use). Is the bot running already?"
    )
    assert refused.complaint.startswith("Telegram refuses the token.")


def test_a_bot_without_a_database_says_so(shell: Shell) -> None:
    homeless = shell("run", BOT_TOKEN=TOKEN, DATABASE_URL="sqlite:///no/folder/h.db")
    assert homeless.code == 1
    assert homeless.complaint.startswith("The database cannot be used: the database file cannot be opened")


def test_a_demo_whose_port_is_taken_says_so(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1])
        playing = shell("demo", "--no-browser", "--port", port)
    assert playing.code == 1
    assert playing.complaint.startswith(f"Port {port} cannot be used")


async def test_a_bot_answers_from_the_first_second_waits_for_telegram_and_leaves_when_told_to(shell: Shell) -> None:
    shell.write(".env", settings(f"http://127.0.0.1:{silent_port()}"))
    await shell.beside("migrate")
    port, pages = silent_port(), f"127.0.0.1:{silent_port()}"
    with contextlib.closing(sqlite3.connect(shell.folder / "hearings.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        more_settings = {"PAGES_LISTEN": pages, "PAGES_URL": "https://hearings.example.org"}
        bot = await shell.start("run", LISTEN=f"127.0.0.1:{port}", **more_settings)
        async with asyncio.timeout(30):
            while (asked := await shell.beside("health", LISTEN=f"127.0.0.1:{port}")).code:
                await asyncio.sleep(0.05)
        assert asked.stdout == "✗ database: it is being opened and looked through\n"
    said = await heard(bot, "Telegram cannot be reached")
    async with aiohttp.ClientSession() as session:
        async with session.get(f"http://{pages}/ru/") as page:
            assert (page.status, "Общественные слушания" in await page.text()) == (200, True)
        async with session.get(f"http://127.0.0.1:{port}/healthz") as alive:
            assert alive.status == 200
        async with session.get(f"http://127.0.0.1:{port}/readyz") as ready:
            assert ready.status == 503
            assert "does not answer (connection refused)" in (await ready.json())["reasons"]["telegram"]
    loaded = [each.path for each in psutil.Process(bot.pid).memory_maps()]
    assert any("/uvloop/" in path for path in loaded)  # its loop
    for more, code in (((), 0), (("--ready",), 1)):
        asked = await shell.beside("health", *more, LISTEN=f"127.0.0.1:{port}")
        assert (asked.code, asked.stdout.startswith("✗ telegram: cannot be reached")) == (code, True)
    bot.send_signal(signal.SIGTERM)
    outcome = await shell.end(bot, read=said)
    assert (outcome.code, "[error" in outcome.stderr) == (0, False), outcome.stderr
    assert "Error" not in said
    gone = await shell.beside("health", LISTEN=f"127.0.0.1:{port}")
    assert (gone.code, "does not answer on LISTEN" in gone.complaint) == (1, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT][: rounds(2, few=1)])
async def test_a_demo_that_is_still_being_built_leaves_when_told_to(shell: Shell, number: signal.Signals) -> None:
    shell.write(".env", b"\xff")
    demo = await shell.start("demo", "--no-browser", "--port", "0")
    said = await heard(demo, "Building the sample town")
    demo.send_signal(number)
    outcome = await shell.end(demo, read=said)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert list(shell.temporary.iterdir()) == []
