"""What one person on a server types: first settings, what is missing, what goes on, a copy put back."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from bot.checks.machine import rooms
from bot.cli import main
from bot.domain.errors import LastSecretary
from bot.shell import CommandFailed, go
from tests.front.shell import TOKEN, Shell, settled, shell, silent_port
from tests.front.test_command_line import sheets

if TYPE_CHECKING:
    from tests.living import Town

__all__ = ["settled", "shell"]


class DiskUsage(NamedTuple):
    """What ``shutil.disk_usage`` returns."""

    total: int
    used: int
    free: int


SETTINGS = {"BOT_TOKEN": TOKEN, "ADMIN_IDS": "12"}


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def flip(file: Path, table: str) -> None:
    """Turn over 256 bytes of the first page of a table."""
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        turned = bytes(byte ^ 0xFF for byte in raw.read(256))
        raw.seek((page - 1) * size)
        raw.write(turned)


def test_check_makes_nothing_and_says_what_is_missing_in_its_order(shell: Shell) -> None:
    outcome = shell("check")
    assert list(shell.folder.iterdir()) == []
    lines = outcome.stdout.splitlines()
    assert f"○ database: {shell.folder}/hearings.db: there is none yet" in outcome.stdout
    assert [line.split(":")[0] for line in lines if line[0] == "○"] == [
        *("○ database", "○ places", "○ administrators", "○ secretaries", "○ backups"),
    ]
    assert "✓ disk: " in outcome.stdout
    shell.settle()
    later = shell("check", **SETTINGS, TELEGRAM_API_URL=f"http://127.0.0.1:{silent_port()}")
    assert "✓ places: 1 municipality" in later.stdout
    assert "✓ administrators: 1 in ADMIN_IDS" in later.stdout
    assert "✗ telegram: cannot be reached: 127.0.0.1:" in later.stdout
    assert "does not answer (connection refused). Look at TELEGRAM_API_URL" in later.stdout
    nowhere = shell("check", **SETTINGS, TELEGRAM_API_URL="http://no-such-name.invalid")
    assert "the name no-such-name.invalid is not found" in nowhere.stdout
    assert "Error" not in later.stdout + nowhere.stdout


def test_check_names_slips_in_the_file_of_settings_and_who_may_read_it(shell: Shell) -> None:
    shell.write(".env", "DATABSE_URL=sqlite:///h.db\nPOSTGRES_PASSWORD=1\nLOG_LEVEL=INFO\n")
    (shell.folder / ".env").chmod(0o644)
    outcome = shell("check")
    assert outcome.code == 1
    assert "✗ .env: DATABSE_URL is no setting of the bot's. Is DATABASE_URL meant?" in outcome.stdout
    assert "○ .env: POSTGRES_PASSWORD is no setting of the bot's" in outcome.stdout
    assert "LOG_LEVEL" not in outcome.stdout
    assert f"run `chmod 600 {shell.folder}/.env`" in outcome.stdout


def test_copies_and_room_are_looked_at(shell: Shell) -> None:
    assert "✗ backups: there is no folder" in shell("check", BACKUP_FOLDER="copies").stdout
    (shell.folder / "copies").mkdir()
    assert "○ backups: none yet" in shell("check", BACKUP_FOLDER="copies").stdout
    copy = shell.folder / shell.write("copies/hearings-2026-11-28.db", b"")
    assert "✓ backups: hearings-2026-11-28.db in" in shell("check", BACKUP_FOLDER="copies").stdout
    os.utime(copy, (0, 0))
    assert "hours old. Does the bot run by night?" in shell("check", BACKUP_FOLDER="copies").stdout


def test_a_disk_that_is_nearly_full_is_wrong_wherever_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scarce = tmp_path / "copies"
    scarce.mkdir()
    usage = {True: (1_000_000_000, 0, 40_000_000), False: (1_000_000_000, 0, 500_000_000)}
    monkeypatch.setattr("shutil.disk_usage", lambda path: DiskUsage(*usage[path == scarce]))
    fine, wrong = rooms([tmp_path, scarce, tmp_path])
    assert (fine.sign, fine.words) == ("✓", f"500 MB free at {tmp_path}, 50% of the disk")
    assert (wrong.sign, wrong.words) == (
        *("✗", f"40 MB free at {scarce}, 4% of the disk. Make room: on a full disk nothing is stored"),
    )


def test_a_refusal_is_a_sentence_on_the_command_line_too(shell: Shell) -> None:
    async def refuses() -> None:
        raise LastSecretary

    with pytest.raises(CommandFailed, match=r"This is the only secretary\. Hand the role over"):
        go(refuses())


def test_the_first_settings_are_asked_for_and_nobody_else_reads_them(shell: Shell) -> None:
    answers = f"a token\n{TOKEN}\n12, 34\nMars/Base\nAsia/Bishkek\nru\n\n"
    asked = CliRunner().invoke(main, ["init"], input=answers)
    assert asked.exit_code == 0, asked.output
    assert "write it as BotFather gave it" in asked.output
    assert "write an IANA name" in asked.output
    file = shell.folder / ".env"
    assert file.read_text("utf-8").splitlines() == [
        *(f"BOT_TOKEN={TOKEN}", "ADMIN_IDS=12, 34", "TIMEZONE=Asia/Bishkek", "DEFAULT_LANGUAGE=ru"),
    ]
    assert mode(file) == 0o600
    assert "✓ administrators: 2 in ADMIN_IDS" in shell("check", TELEGRAM_API_URL="http://127.0.0.1:1").stdout
    again = shell("init")
    assert (again.code, "is there already; it was not changed" in again.complaint) == (2, True)


def test_what_goes_on_is_said_of_a_database_that_is_there(shell: Shell) -> None:
    for command in ("status", "hearings"):
        empty = shell(command)
        assert (empty.code, "There is no database yet" in empty.complaint) == (1, True)
    assert list(shell.folder.iterdir()) == []
    shell.settle()
    assert "  none yet\n" in shell("status").stdout
    assert shell("hearings").stdout == "There are no hearings yet.\n"
    shell.write("hearing.xlsx", sheets())
    shell("load", "hearing.xlsx", "--municipality", "bagysh", "--publish")
    said = shell("status").stdout
    assert f"Database: {shell.folder}/hearings.db\n" in said
    assert "  bagysh-2026-1  announced, answers until " in said
    assert ": 0 followers, 0 took part, 0 comments (0 to moderate, 0 undecided)" in said
    assert "Queue: 0 notices, 0 replies and files; 0 updates stored to be handled\n" in said
    assert "  announced of bagysh-2026-1, going: due " in said
    listed = shell("hearings", "--municipality", "bagysh").stdout.splitlines()
    assert [line.split("\t")[:3] for line in listed] == [["bagysh-2026-1", "announced", "bagysh"]]
    assert shell("hearings", "--municipality", "nowhere").code == 2


async def test_what_was_given_up_is_said_with_its_reason(town: Town, shell: Shell) -> None:
    aigul, bermet = await town.resident(), await town.resident("Бермет")
    bermet.delete_account()
    town.telegram.faults.next(method="sendMessage", chat_id=aigul.id, status=400, description="Bad Request", times=9)
    with capture_logs() as lines:
        await town.hearing()
    town.telegram.faults.clear()
    assert [(line["what"], line["reason"]) for line in lines if line["event"] == "given up"] == [
        ("announced", "refused")
    ]
    with contextlib.closing(sqlite3.connect("hearings.db")) as database:  # the town's clock is behind
        database.execute("UPDATE notices SET settled_at = settled_at + ? ", (10**15,))
        database.commit()
    said = (await shell.beside("status")).stdout
    assert "Given up in 7 days:\n  announced: 1, deactivated\n  announced: 1, refused\n" in said


def test_databases_copies_and_records_are_for_their_owner_alone(shell: Shell) -> None:
    shell.settle()
    shell.write("hearing.xlsx", sheets())
    shell("load", "hearing.xlsx", "--municipality", "bagysh")
    shell("backup", "copy.db")
    shell("report", "bagysh-2026-1", "--format", "json", "-o", "record.json")
    for name in ("hearings.db", "copy.db", "record.json"):
        assert mode(shell.folder / name) == 0o600, name
    assert "permissions" not in shell("check").stdout
    (shell.folder / "hearings.db").chmod(0o640)  # as an older program made it
    assert f"run `chmod 600 {shell.folder}/hearings.db`" in shell("check").stdout


async def test_a_copy_is_put_back_and_what_was_there_is_kept(town: Town, shell: Shell) -> None:
    hearing, resident = await town.hearing(), await town.resident()
    await shell.beside("backup", "before.db")
    await town.press(resident, "🗳", "👍")
    refused = await shell.beside("restore", "before.db")
    assert (refused.code, refused.complaint) == (1, "Nothing was restored: the bot runs: stop it first.")
    await town.stop()
    await town.store.close()
    shutil.copy("hearings.db", "in-use.db")
    shell.write("hearings.db-wal", b"the log of another file")
    (shell.folder / "media").mkdir()
    (shell.folder / "before.db.media").mkdir()
    (shell.folder / "before.db.media" / ("ab" * 32)).write_bytes(b"voice")
    done = await shell.beside("restore", "before.db", MEDIA_FOLDER="media")
    assert done.code == 0, done.stderr
    assert "1 files of before.db.media were missing, and are in MEDIA_FOLDER again." in done.stderr
    (kept,) = shell.folder.glob("hearings.db.before-restore-*[0-9]")
    assert str(kept) in done.stderr
    assert [path.name for path in shell.folder.glob("hearings.db-*")] == []
    assert (kept.with_name(f"{kept.name}-wal")).read_bytes() == b"the log of another file"
    votes = "SELECT count(*) FROM votes WHERE hearing_id = ?"
    for file, count in (("hearings.db", 0), ("in-use.db", 1)):
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute(votes, (hearing.id,)).fetchone() == (count,)
    assert "can be written, schema is current" in (await shell.beside("check")).stdout


def test_what_is_no_whole_copy_is_not_put_back(shell: Shell) -> None:
    shell("migrate")
    shell("backup", "damaged.db")
    flip(shell.folder / "damaged.db", "votes")
    with contextlib.closing(sqlite3.connect("another.db")) as file:
        file.execute("CREATE TABLE hearings (id)")
    with contextlib.closing(sqlite3.connect("newer.db")) as file:
        file.executescript("CREATE TABLE hearings (id); CREATE TABLE alembic_version (version_num);")
        file.execute("INSERT INTO alembic_version VALUES ('9999')")
        file.commit()
    shell.write("prose", "no database")
    before = (shell.folder / "hearings.db").read_bytes()
    for name, words in {
        "damaged.db": "damaged.db is damaged (",
        "another.db": "another.db is no copy of a hearing-bot's database",
        "newer.db": "the copy has schema 9999",
        "prose": "the file is no database",
        "hearings.db": "hearings.db is the database itself",
    }.items():
        refused = shell("restore", name)
        assert refused.code == 1
        assert words in refused.complaint
    assert (shell.folder / "hearings.db").read_bytes() == before
    elsewhere = shell("restore", "another.db", DATABASE_URL="postgresql://u@127.0.0.1/db")
    assert "is brought back by pg_restore" in elsewhere.complaint


async def test_a_damaged_database_is_refused_by_check_and_after_a_stop_that_was_not_clean(shell: Shell) -> None:
    await shell.beside("migrate")
    file = shell.folder / "hearings.db"
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("INSERT INTO settings VALUES ('stop', 'running')")
        database.commit()
    flip(file, "votes")
    checked = await shell.beside("check")
    assert checked.code == 1
    assert f"✗ database: {file}: it is damaged (" in checked.stdout
    assert "run `hearing-bot restore COPY`" in checked.stdout
    begun = await shell.process("run", **SETTINGS, LISTEN="127.0.0.1:0")
    assert begun.code == 1
    assert "the database file is damaged (" in begun.stderr
    assert "`hearing-bot restore COPY` brings a copy back" in begun.stderr


def test_a_copy_can_be_made_where_the_folder_may_only_be_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell("migrate")
    who = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name, "mounted"), Path(name, "out")
        for path, allowed in ((folder, 0o755), (out, 0o777), (Path(name), 0o755)):
            path.mkdir(exist_ok=True)
            path.chmod(allowed)
        shutil.move("hearings.db", folder / "hearings.db")
        (folder / "hearings.db").chmod(0o644)
        folder.chmod(0o555)
        monkeypatch.chdir(folder)
        try:
            if who == 0:
                os.seteuid(65534)  # whom a folder keeps from writing, as it does not keep root
            done = shell("backup", str(out / "copy.db"), DATABASE_URL=f"sqlite:///{folder}/hearings.db")
        finally:
            os.seteuid(who)
            folder.chmod(0o755)
            monkeypatch.chdir(shell.folder)
        assert done.code == 0, done.stderr
        with contextlib.closing(sqlite3.connect(out / "copy.db")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_windows_event_loop_ends_by_signals_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows' event loop, imitated: it knows no signals, and says so as Proactor does."""
    import signal

    from bot.cli.running import until_signalled

    def refuses(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.SelectorEventLoop, "add_signal_handler", refuses)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    async def work(stop: asyncio.Event) -> None:
        signal.raise_signal(signal.SIGTERM)
        await stop.wait()

    try:
        asyncio.run(until_signalled(work))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_everything_is_moved_into_an_empty_database_and_compared(shell: Shell) -> None:
    shell.settle()
    assert "--to: write sqlite:///file.db" in shell("move", "--to", "mysql://here").stderr
    before = (shell.folder / "hearings.db").read_bytes()
    moved = shell("move", "--to", "sqlite:///new.db")
    assert moved.code == 0, moved.stderr
    assert "places: 4 of 4" in moved.stderr
    assert f"are in {shell.folder}/new.db; each is the same in both." in moved.stderr
    assert "Set DATABASE_URL to the new address and start the bot." in moved.stderr
    assert (shell.folder / "hearings.db").read_bytes() == before
    assert mode(shell.folder / "new.db") == 0o600
    again = shell("move", "--to", "sqlite:///new.db")
    assert again.code == 1
    assert again.complaint.startswith(f"Nothing was moved: {shell.folder}/new.db is not empty")
    listed = shell("places", "list", DATABASE_URL="sqlite:///new.db")
    assert listed.stdout == shell("places", "list").stdout
