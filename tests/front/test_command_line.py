"""The commands that read and write files, typed as an operator types them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sqlite3
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click
import pytest
from docx import Document
from openpyxl import load_workbook

from bot.app import wire
from bot.cli import COMMAND_LINE, main
from bot.config import Settings
from bot.domain.hearings import Phase
from bot.domain.people import Caller, Role
from bot.domain.questions import Choose
from storage import open_store
from tests.clocks import SystemClock
from tests.front.shell import HOUSE, PASSWORD, PLACES, TOKEN, Shell, settled, shell, silent_port
from tests.spreadsheets.crafting import Rows, xlsx
from tests.workbook.crafting import ACTIONS, BUDGET, HEARING, SERVICES

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from tests.living import Town

__all__ = ["settled", "shell"]

BROKEN = {
    "BOT_TOKEN": PASSWORD,
    "ADMIN_IDS": "me",
    "DATABASE_URL": f"postgresql://u:{PASSWORD}@host:port/db",
    "TELEGRAM_API_URL": "telegram",
    "WEBHOOK_URL": "https://[half",
    "WEBHOOK_SECRET": "with a space",
    "LISTEN": "8080",
    "TIMEZONE": "Mars/Base",
    "DEFAULT_LANGUAGE": "fr",
    "LOG_LEVEL": "loud",
    "LOG_FORMAT": "xml",
    "BACKUP_KEEP": "0",
    "ANSWERS_PER_SECOND": "0",
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run",),
    "check": ("check",),
    "places load": ("places", "load", "given"),
    "load": ("load", "given", "--municipality", "bagysh"),
    "invite": ("invite", "--municipality", "bagysh", "--role", "secretary"),
    "people": ("people",),
    "report": ("report", "bagysh-2026-1", "--format", "json", "-o", "out"),
    "compare": ("compare", "-o", "out"),
    "backup": ("backup", "out"),
    "migrate": ("migrate",),
}
"""Every command that reads settings."""
AWAY = [
    ("sqlite:///no/such/folder/h.db", "cannot be opened"),
    ("sqlite:///folder", "cannot be opened"),
    ("sqlite:///prose", "is no database"),
    ("postgresql://u:PASSWORD@127.0.0.1:PORT/db", "does not answer"),
]


def located(address: str) -> str:
    """The address with a password that must not be shown, and a port nobody listens on."""
    return address.replace("PASSWORD", PASSWORD).replace("PORT", str(silent_port()))


def sheets(**tables: Rows) -> bytes:
    """A workbook with a sitting in ten days."""
    day = (SystemClock().now() + timedelta(days=10)).strftime("%d.%m.%Y")
    rows = [["date", day, None, None] if row[0] == "date" else row for row in HEARING]
    return xlsx({"Hearing": rows, "Services": SERVICES, "Actions": ACTIONS, **tables})


def find(folder: Path, code: str) -> Hearing | None:
    """The hearing with this code, as stored."""

    async def look() -> Hearing | None:
        store = await open_store(f"sqlite:///{folder / 'hearings.db'}")
        try:
            async with store.reading() as repositories:
                return await repositories.hearings.find_code(code)
        finally:
            await store.close()

    return asyncio.run(look())


@pytest.mark.parametrize("command", COMMANDS)
def test_all_mistakes_in_the_settings_come_in_one_message(shell: Shell, command: str) -> None:
    shell.write("given", "")
    outcome = shell(*COMMANDS[command], **BROKEN)
    assert (outcome.code, outcome.stdout) == (2, "")
    lines = outcome.stderr.splitlines()
    assert lines[0] == "The settings cannot be used:"
    assert {line.split(":")[0] for line in lines[1:]} == set(BROKEN)
    assert not (shell.folder / "hearings.db").exists()


def test_a_webhook_without_its_secret_is_named_with_the_other_mistakes(shell: Shell) -> None:
    outcome = shell("run", WEBHOOK_URL="https://example.kg/hook", TIMEZONE="Mars/Base")
    assert [line.split(":")[0] for line in outcome.stderr.splitlines()[1:]] == ["WEBHOOK_SECRET", "TIMEZONE"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_of_settings_is_read_whichever_editor_wrote_it(shell: Shell, mark: bytes) -> None:
    shell.write(".env", mark + b"DATABASE_URL=sqlite:///elsewhere.db\r\nTIMEZONE=\r\n")
    assert shell("migrate").code == 0
    assert (shell.folder / "elsewhere.db").exists()


def test_a_file_of_settings_in_another_encoding_is_one_sentence(shell: Shell) -> None:
    shell.write(".env", "BOT_TOKEN=".encode("utf-16"))
    outcome = shell("migrate")
    assert outcome.code == 2
    assert ".env: is not text in UTF-8" in outcome.stderr


@pytest.mark.parametrize("command", ["places load", "load", "report", "migrate"])
@pytest.mark.parametrize(("address", "words"), AWAY)
def test_a_database_that_cannot_be_used_is_one_sentence(shell: Shell, command: str, address: str, words: str) -> None:
    shell.write("given", "")
    shell.write("prose", "Багыш айыл аймагы. " * 500)
    (shell.folder / "folder").mkdir()
    outcome = shell(*COMMANDS[command], DATABASE_URL=located(address))
    assert (outcome.code, outcome.stdout) == (1, "")
    assert words in outcome.complaint
    assert not (shell.folder / "out").exists()


@pytest.mark.parametrize("address", [address for address, _ in AWAY])
def test_no_copy_is_left_of_a_database_that_cannot_be_used(shell: Shell, address: str) -> None:
    shell.write("prose", "Багыш айыл аймагы. " * 500)
    (shell.folder / "folder").mkdir()
    outcome = shell("backup", "copy", DATABASE_URL=located(address))
    assert (outcome.code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("No copy was made: ")
    assert {path.name for path in shell.folder.iterdir()} == {"prose", "folder"}


def test_places_are_loaded_and_loading_again_updates_them_by_code(shell: Shell) -> None:
    first = shell("places", "load", shell.write("places.csv", PLACES))
    assert (first.code, first.stdout, first.stderr) == (0, "4 places read, 4 changed.\n", "")
    shell.write("places.csv", PLACES.replace("Сафаровка", "Беш-Бала", 1))
    assert shell("places", "load", "places.csv").stdout == "4 places read, 1 changed.\n"
    assert shell("places", "load", "places.csv").stdout == "4 places read, 0 changed.\n"


def test_a_town_has_villages_and_may_get_municipalities_later(shell: Shell) -> None:
    shell.write("places.csv", PLACES + "town,district,region,Кызыл-Кыя,\n")
    assert shell("places", "load", "places.csv").code == 0
    shell.write("more.csv", "code,type,parent,name_ky\nv,village,town,Ак-Булак\nm,municipality,town,Карабан\n")
    assert shell("places", "load", "more.csv").stdout == "2 places read, 2 changed.\n"
    shell.write("wrong.csv", "code,type,parent,name_ky\nw,village,region,Айыл\n")
    assert "Line 2, parent:" in shell("places", "load", "wrong.csv").stderr


def test_mistakes_in_a_list_of_places_come_all_at_once_and_nothing_is_stored(shell: Shell) -> None:
    shell.write("places.csv", PLACES + "x,castle,bagysh,Сепил,\ny,village,nowhere,Айыл,\n")
    outcome = shell("places", "load", "places.csv")
    assert (outcome.code, outcome.stdout) == (2, "")
    head, *mistakes = outcome.stderr.splitlines()
    assert head == "places.csv: nothing was stored. Please correct:"
    assert len(mistakes) == 2
    shell.write("places.csv", PLACES)
    assert shell("places", "load", "places.csv").stdout == "4 places read, 4 changed.\n"


def test_many_mistakes_of_a_kind_are_gathered_and_warnings_are_said(shell: Shell) -> None:
    shell.write("places.csv", PLACES + "".join(f"x{n},village,nowhere,Айыл,\n" for n in range(40)))
    lines = shell("places", "load", "places.csv").stderr.splitlines()
    assert len(lines) == 14
    assert lines[-1].startswith("… and 28 more like this, the last one: Line 45, parent: ")
    shell.write("places.csv", PLACES.replace("Сафаровка", "Са?аровка", 1))
    outcome = shell("places", "load", "places.csv", "--language", "ru")
    assert outcome.code == 0
    assert outcome.complaint.startswith("Warning: Строка 5, name_ky: В «Са?аровка»")


def test_the_places_that_are_stored_are_listed_and_loaded_again_as_they_are(shell: Shell) -> None:
    assert shell("places", "list").complaint == "No places are stored yet: `hearing-bot places load FILE`."
    shell("places", "load", shell.write("places.csv", PLACES))
    shown = shell("places", "list").stdout.splitlines()
    assert shown[0].split() == ["code", "type", "parent", "name_ky", "name_ru", "population", "valid_to", "successor"]
    assert shown[4].split() == ["bagysh-1", "village", "bagysh", "Сафаровка", "Сафаровка"]
    for name in ("again.csv", "again.xlsx"):
        assert shell("places", "list", "-o", name, "--language", "ky").complaint == f"{name}: 4 places."
        assert shell("places", "load", name).stdout == "4 places read, 0 changed.\n"
    assert shell("places", "list", "-o", "again.pdf").code == 2


def test_an_empty_list_of_places_is_a_workbook_to_fill_in(shell: Shell) -> None:
    assert shell("places", "template", "-o", "places.xlsx", "--language", "ru").code == 0
    assert shell("places", "load", "places.xlsx").stdout == "0 places read, 0 changed.\n"


def test_who_follows_a_merged_municipality_is_told_and_its_code_leads_on(shell: Shell) -> None:
    shell.settle()
    rows = ("suzak-a,municipality,suzak,Сузак,", "bagysh,municipality,suzak,Багыш,suzak-a")
    merged = "\n".join(("code,type,parent,name_ky,successor", *rows))
    assert shell("places", "load", shell.write("merged.csv", merged)).stdout == "2 places read, 2 changed.\n"
    outcome = shell("invite", "--municipality", "bagysh", "--role", "secretary", BOT_TOKEN=TOKEN)
    assert outcome.complaint == "bagysh was merged into suzak-a. Use that code."


@pytest.mark.parametrize("language", ["ky", "ru", "uz", "en"])
def test_a_template_says_where_to_write_and_is_a_hearing_once_that_is_done(shell: Shell, language: str) -> None:
    shell.settle()
    assert shell("template", "-o", "hearing.xlsx", "--language", language).code == 0
    empty = shell("load", "hearing.xlsx", "--municipality", "bagysh")
    assert (empty.code, empty.stdout) == (2, "")
    assert empty.stderr.startswith("Nothing was stored. Mistakes: 4. Correct them in the workbook and load it again:")
    in_english = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--language", "en")
    wanted = re.findall(r"^(.+)!([A-Z]+\d+): “(\w+)” is empty", in_english.stderr, re.MULTILINE)
    assert [field for *_, field in wanted] == ["title", "date", "time", "place"]
    assert (empty.stderr == in_english.stderr) is (language == "en")  # else in the language of the sheets
    assert all(f"{sheet}!{cell}: " in empty.stderr for sheet, cell, _ in wanted)
    day = (SystemClock().now() + timedelta(days=10)).strftime("%d.%m.%Y")
    book = load_workbook("hearing.xlsx")
    for (sheet, cell, _), value in zip(wanted, ("Угуу", day, "14:00", "Маданият үйү"), strict=True):
        book[sheet][cell] = value
    book.save("hearing.xlsx")
    full = shell("load", "hearing.xlsx", "--municipality", "bagysh")
    assert full.code == 0, full.stderr
    if language != "ky":  # the one warning: there is no Kyrgyz
        assert "Warnings: 1. Look at them before people read the hearing." in full.stderr
    hearing = find(shell.folder, full.stdout.split()[-1])
    assert hearing is not None
    assert hearing.phase is Phase.DRAFT
    again = shell("load", "hearing.xlsx", "--municipality", "bagysh")
    said = again.stderr.splitlines()[-1]  # without Kyrgyz there is a warning before it
    assert (again.code, said) == (2, f"This workbook is loaded already: {hearing.code}. Nothing was stored.")


def test_a_workbook_with_mistakes_is_refused_by_sheet_and_cell_and_nothing_is_stored(shell: Shell) -> None:
    shell.settle()
    shell.write("hearing.xlsx", sheets(Budget=[*BUDGET, ["revenue", "own", "1", "Салык", "Налог", "көп", None]]))
    outcome = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--publish")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "\nBudget!F4: “көп” is not a number." in outcome.stderr
    assert find(shell.folder, f"bagysh-{SystemClock().now().year}-1") is None


def test_sums_that_do_not_add_up_are_a_warning_beside_the_code(shell: Shell) -> None:
    shell.settle()
    shell.write("hearing.xlsx", sheets(Budget=[*BUDGET, ["revenue", "TOTAL", None, None, None, 1300, None]]))
    outcome = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--publish")
    assert outcome.code == 0
    plain = outcome.stderr.replace("\N{NO-BREAK SPACE}", " ")
    assert "Warning: Budget!F4: The declared total is 1 300" in plain
    assert "the lines add up to 1 200" in plain
    hearing = find(shell.folder, outcome.stdout.split()[-1])
    assert hearing is not None
    assert hearing.phase is Phase.ANNOUNCED


def test_a_corrected_workbook_takes_the_place_of_the_first(shell: Shell) -> None:
    shell.settle()
    shell.write("hearing.xlsx", sheets())
    code = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--publish").stdout.split()[-1]
    shell.write("hearing.xlsx", sheets(Agenda=[["no", "item"], [1, "Ачылышы"]]))
    outcome = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--replace", code)
    assert (outcome.code, outcome.stdout) == (0, f"Replaced: {code}\n"), outcome.stderr
    hearing = find(shell.folder, code)
    assert hearing is not None
    assert (hearing.version, hearing.phase, len(hearing.dossier.agenda)) == (2, Phase.ANNOUNCED, 1)


MONUMENT: Rows = [["no", "title [ky]", "title [ru]"], [1, "Мэрге эстелик", "Памятник мэру"], [2, "Суу", "Вода"]]


def answered(shell: Shell, code: str, *people: int) -> None:
    """These people support the first service."""

    async def vote() -> None:
        store = await open_store(f"sqlite:///{shell.folder / 'hearings.db'}")
        try:
            services = wire(Settings(), store, SystemClock())
            await services.timetable.tick()
            hearing = await services.hearings.by_code(code)
            for number in people:
                await services.people.agree(Caller(number, "ky"))
                await services.voting.cast(Caller(number, "ky"), hearing.id, 1, Choose(1), order=number)
        finally:
            await store.close()

    asyncio.run(vote())


def published(shell: Shell) -> str:
    """The code of a hearing that takes answers now."""
    shell.settle()
    shell.write("hearing.xlsx", sheets())
    return shell("load", "hearing.xlsx", "--municipality", "bagysh", "--publish").stdout.split()[-1]


def test_an_answered_service_is_exchanged_only_as_a_new_version_and_every_change_is_printed(shell: Shell) -> None:
    code = published(shell)
    answered(shell, code, 1, 2)
    shell.write("hearing.xlsx", sheets(Services=MONUMENT))
    replace = ("load", "hearing.xlsx", "--municipality", "bagysh", "--replace", code)
    refused = shell(*replace)
    assert (refused.code, refused.stdout) == (3, "")
    assert "Nothing was stored." in refused.stderr
    assert "Service 1, title: “Жол” → “Мэрге эстелик” (question 1: answered by 2)" in refused.stderr
    assert "--as-new-version" in refused.stderr
    hearing = find(shell.folder, code)
    assert hearing is not None
    assert hearing.version == 1
    taken = shell(*replace, "--as-new-version")
    assert (taken.code, taken.stdout) == (0, f"Replaced: {code}\n"), taken.stderr
    assert "Changed: Service 1, title: “Жол” → “Мэрге эстелик”" in taken.stderr
    hearing = find(shell.folder, code)
    assert hearing is not None
    assert (hearing.version, str(hearing.dossier.services[0].title)) == (2, "Мэрге эстелик")


def test_what_nobody_has_answered_is_replaced_with_a_remark(shell: Shell) -> None:
    code = published(shell)
    shell.write("hearing.xlsx", sheets(Services=MONUMENT))
    outcome = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--replace", code)
    assert (outcome.code, outcome.stdout) == (0, f"Replaced: {code}\n")
    assert "Changed: Service 1, title: “Жол” → “Мэрге эстелик” (nobody has answered)" in outcome.stderr


def test_replacing_needs_a_hearing_that_there_is(shell: Shell) -> None:
    published(shell)
    unknown = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--replace", "bagysh-1999-1")
    assert (unknown.code, "No hearing has the code" in unknown.stderr) == (2, True)
    alone = shell("load", "hearing.xlsx", "--municipality", "bagysh", "--as-new-version")
    assert (alone.code, alone.complaint) == (2, "--as-new-version goes with --replace.")


def test_a_role_and_an_invitation_are_listed_and_taken_back_by_their_ids(shell: Shell) -> None:
    shell.settle()

    async def staff() -> None:
        store = await open_store(f"sqlite:///{shell.folder / 'hearings.db'}")
        try:
            services = wire(Settings(), store, SystemClock())
            place = (await services.directory.tree()).municipalities[0].id
            token = await services.people.invite(COMMAND_LINE, place, Role.MEMBER)
            await services.people.join(Caller(77, "ky"), token)
            await services.people.invite(COMMAND_LINE, place, Role.SECRETARY, telegram_id=78)
        finally:
            await store.close()

    asyncio.run(staff())
    member, used, bound = (line.split("\t") for line in shell("people").stdout.splitlines())
    assert member[:4] == ["1-bagysh-member", "bagysh", "member", "Telegram 77"]
    assert used[4].startswith("used ")
    assert bound[4].endswith(" UTC, for one person")
    for name in (member[0], bound[0]):
        outcome = shell("people", "--revoke", name)
        assert (outcome.code, outcome.stdout) == (0, f"Taken back: {name}\n")
    assert [line.split("\t")[4][:10] for line in shell("people").stdout.splitlines()] == ["taken back", "taken back"]
    again = shell("people", "--revoke", member[0])
    assert (again.code, again.complaint.startswith("There is no role and no invitation")) == (2, True)
    nowhere = shell("people", "--municipality", "nowhere")
    assert (nowhere.code, nowhere.stdout) == (2, "")


def test_a_municipality_nobody_knows_is_told_with_those_that_are_known(shell: Shell) -> None:
    shell.write("hearing.xlsx", sheets())
    nowhere = ("load", "hearing.xlsx", "--municipality", "nowhere")
    before = shell(*nowhere)
    assert (before.code, before.complaint.endswith("load some with `places load`.")) == (2, True)
    shell("places", "load", shell.write("places.csv", PLACES))
    after = shell(*nowhere)
    assert (after.code, after.complaint) == (2, "No municipality has the code 'nowhere'. Known: bagysh.")
    assert shell("load", "hearing.xlsx", "--municipality", "bagysh-1").code == 2


@pytest.mark.parametrize(
    ("form", "label"),
    [("xlsx", "⬇️ Excel record"), ("docx", "⬇️ Minutes"), ("pdf", "⬇️ Board page"), ("csv-bundle", "⬇️ All tables")],
)
async def test_the_record_from_the_command_line_is_the_record_from_the_desk(
    town: Town, shell: Shell, monkeypatch: pytest.MonkeyPatch, form: str, label: str
) -> None:
    """At the same moment both are the same bytes: a record says when it was made, so the clock is the town's."""
    hearing = await town.hearing()
    resident, secretary = await town.resident(), await town.secretary(role=Role.SECRETARY)
    await town.press(resident, "🗳", "👍")
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "📄 Minutes and files", label)
    monkeypatch.setattr("bot.app.SystemClock", lambda: town.clock)
    words = ("report", hearing.code, "--format", form, "--language", "en", "-o", "record")
    outcome = await shell.beside(*words)
    assert (outcome.code, outcome.stdout) == (0, "")
    assert (shell.folder / "record").read_bytes() == secretary.messages[-1].document
    assert [path.name for path in shell.folder.glob(".report*")] == []


async def test_the_record_is_also_there_for_programs(town: Town, shell: Shell) -> None:
    hearing = await town.hearing()
    assert (await shell.beside("report", hearing.code, "--format", "json", "-o", "record")).code == 0
    record = json.loads((shell.folder / "record").read_text("utf-8"))
    assert record["hearing"]["code"] == hearing.code
    told = await shell.beside("schema")
    assert set(json.loads(told.stdout)["required"]) == set(record)


async def test_municipalities_are_compared_in_a_table(town: Town, shell: Shell) -> None:
    await town.hearing()
    assert (await shell.beside("compare", "-o", "all.xlsx", "--language", "en")).code == 0
    town.clock.forward(days=60)
    await town.tick()
    outcome = await shell.beside("compare", "-o", "all.xlsx", "--language", "en", "--since", "2020-01-01")
    assert outcome.complaint == "all.xlsx is written: municipalities 1."
    sheet = load_workbook(shell.folder / "all.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["Municipality", "Hearing", "Closed on"]
    assert sheet.max_row == 2


async def test_the_protocol_stands_in_two_languages_side_by_side(town: Town, shell: Shell) -> None:
    hearing = await town.hearing()
    asked = ("report", hearing.code, "--format", "docx", "-o", "record", "--language")
    assert (await shell.beside(*asked, "ky,ru")).code == 0
    kyrgyz, russian = Document(str(shell.folder / "record")).tables[0].rows[0].cells
    assert (kyrgyz.text.splitlines()[0], russian.text.splitlines()[0]) == (
        "Коомдук угуунун протоколу",
        "Протокол общественных слушаний",
    )
    refused = await shell.beside(*asked, "ky,ru,en")
    assert (refused.code, refused.complaint) == (
        2,
        "--language: docx takes one or two languages, such as ky,ru; the other files take one.",
    )


def test_a_record_of_no_hearing_or_into_no_folder_is_one_sentence(shell: Shell) -> None:
    none = shell("report", "nowhere-1", "--format", "csv", "-o", "record")
    assert (none.code, none.complaint) == (2, "There is no hearing nowhere-1.")
    outside = shell("report", "nowhere-1", "--format", "csv", "-o", "folder/record")
    assert (outside.code, outside.complaint) == (2, "There is no folder folder.")
    assert shell("template", "-o", "folder/t.xlsx").complaint == "There is no folder folder."


async def test_a_copy_made_while_the_bot_runs_holds_the_votes_so_far(town: Town, shell: Shell) -> None:
    hearing = await town.hearing()
    resident = await town.resident()
    await town.press(resident, "🗳", "👍")
    shell.write("copy.db", "an older copy")
    assert (await shell.beside("backup", "copy.db")).code == 0
    with contextlib.closing(sqlite3.connect("copy.db")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM votes WHERE hearing_id = ?", (hearing.id,)).fetchone() == (1,)
    onto_itself = await shell.beside("backup", "hearings.db")
    assert (onto_itself.code, onto_itself.complaint) == (1, "No copy was made: hearings.db is the database itself.")
    assert (await shell.beside("backup", "folder/copy.db")).complaint == "There is no folder folder."
    assert not list(shell.folder.glob(".*.partial"))
    (shell.folder / "media").mkdir()
    (shell.folder / "media" / ("ab" * 32)).write_bytes(b"voice")
    whole = await shell.beside("backup", "copy.db", MEDIA_FOLDER="media")
    assert "copy.db.media has the 1 files of MEDIA_FOLDER." in whole.stderr
    assert (shell.folder / "copy.db.media" / ("ab" * 32)).read_bytes() == b"voice"


def test_the_schema_is_brought_up_to_date_and_again_changes_nothing(shell: Shell) -> None:
    assert shell("migrate").complaint == "The database is up to date; it was empty."
    before = (shell.folder / "hearings.db").read_bytes()
    assert shell("migrate").complaint == "The database is up to date; it was already."
    assert (shell.folder / "hearings.db").read_bytes() == before


@pytest.mark.parametrize("command", ["places load", "load", "report", "migrate"])
def test_a_database_of_a_newer_program_is_not_touched(shell: Shell, command: str) -> None:
    shell.write("given", PLACES)
    shell("migrate")
    with contextlib.closing(sqlite3.connect("hearings.db")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    before = (shell.folder / "hearings.db").read_bytes()
    outcome = shell(*COMMANDS[command])
    assert outcome.code == 1
    assert "has schema 9999" in outcome.complaint
    assert (shell.folder / "hearings.db").read_bytes() == before


def commands() -> dict[str, click.Command]:
    """Every command by the words that are typed."""
    found: dict[str, click.Command] = {}
    for name, command in main.commands.items():
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": command.commands[inner] for inner in command.commands}
    return found


@pytest.mark.parametrize("name", commands())
def test_help_says_what_a_command_does_and_what_each_option_is(shell: Shell, name: str) -> None:
    command = commands()[name]
    outcome = shell(*name.split(), "--help")
    assert (outcome.code, outcome.stderr) == (0, "")
    assert not command.get_short_help_str(limit=45).endswith("..."), "the list of commands would cut it short"
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, option.name


def test_help_waits_for_no_library() -> None:
    words = "import sys; from bot.cli import main; main(['load', '--help'], standalone_mode=False); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", words], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert not {"telegram", "sqlalchemy", "openpyxl", "aiohttp", "typst"} & set(found.stdout.split())
