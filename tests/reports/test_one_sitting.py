"""The files of one sitting: who was there, what was said and handed in there, and nothing of the others."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from docx import Document

from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel
from bot.domain.errors import NotFound
from bot.domain.files import FORMS_OF_A_SITTING, FileKind, FileRequest
from bot.domain.sittings import Sitting, numbered
from bot.i18n import Catalogues
from bot.reports.report import Report, ReportFormat, write
from bot.reports.verifying import find_seal, verify
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.reports.hostile import separated
from tests.services.entering import entered, typed
from tests.services.writing import filed

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from storage import Store

CATALOGUES: Final = Catalogues.load()
MORNING: Final = samples.NOW + timedelta(days=2)
SAID: Final = {1: ("Жолду оңдогула", "Көпүрө керек"), 2: ("Мектепке чатыр",), 0: ("Кайдан келгени белгисиз",)}
"""What was entered, by sitting."""


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
async def municipality(sqlite_store: Store, clock: VirtualClock) -> Municipality:
    return await Municipality.over(sqlite_store, clock)


@pytest.fixture
async def hearing(municipality: Municipality, clock: VirtualClock) -> Hearing:
    """Two sittings with people and entries of each, and a comment by Telegram; over."""
    sittings = numbered(
        Sitting(MORNING + timedelta(days=day), place=samples.words(place))
        for day, place in enumerate(("Клуб", "Мектеп"))
    )
    dossier = replace(samples.dossier(closes=sittings[-1].ends_at), sittings=sittings)
    found = await municipality.hearing(dossier)
    await filed(municipality, await municipality.resident(1), found, "Телеграмдан келген сунуш")
    clock.forward(days=4)
    staff = await municipality.staff(99)
    for sitting, words in SAID.items():
        for each in words:
            named: dict[str, Any] = {"name": "Асан уулу Үсөн"} if sitting == 2 else {}
            await entered(municipality, staff, found, each, channel=Channel.HALL, sitting=sitting, **named)
    for sitting, people in ((1, "22 18"), (2, "30 31")):
        draft = (await municipality.services.hand_counts.begin_people(staff, found.id, sitting)).draft
        await municipality.services.hand_counts.receive(staff, draft, typed(municipality, people))
        await municipality.services.hand_counts.save(staff, found.id)
    await municipality.services.entry_desk.close(COMMAND_LINE, found.id)
    return found


async def made(municipality: Municipality, hearing: Hearing, form: str, path: Path, sitting: int) -> Report:
    """A file in English."""
    services = municipality.services
    return await write(
        services.store,
        hearing.id,
        form=ReportFormat(form),
        t=CATALOGUES["en"],
        now=services.clock.now(),
        timezone="Asia/Bishkek",
        path=path,
        sitting=sitting,
    )


def words_of(content: bytes) -> str:
    """Everything that a Word document says."""
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


async def test_the_minutes_of_a_sitting_have_its_people_and_what_was_said_there_alone(
    municipality: Municipality, hearing: Hearing, tmp_path: Path
) -> None:
    report = await made(municipality, hearing, "docx", tmp_path / "minutes", 2)
    assert report.name == f"Bagysh {MORNING + timedelta(days=1):%Y-%m-%d} sitting 2 minutes en.docx"
    words = words_of(report.path.read_bytes())
    assert "People present: 61 (Women 30, Men 31)" in words
    assert "Comments, proposals and questions: 1" in words
    assert "Мектепке чатыр" in words
    assert "Асан уулу Үсөн" in words
    assert "These minutes are of sitting 2 alone." in words
    assert not [each for each in (*SAID[1], *SAID[0], "Телеграмдан", "People present: 40", "Results") if each in words]
    assert "through the bot" not in words

    report = await made(municipality, hearing, "csv", tmp_path / "comments", 1)
    rows = separated(report.path.read_bytes().decode("utf-8-sig"), ";")
    assert tuple(row[4] for row in rows[1:-1]) == SAID[1]


async def test_a_file_of_a_sitting_says_whether_it_holds_and_whether_other_words_belong_to_it_now(
    municipality: Municipality, hearing: Hearing, tmp_path: Path
) -> None:
    services = municipality.services
    told = {"catalogues": CATALOGUES, "now": services.clock.now(), "timezone": "Asia/Bishkek"}
    for form in FORMS_OF_A_SITTING:
        content = (await made(municipality, hearing, form, tmp_path / form, 1)).path.read_bytes()
        seal = find_seal(content)
        assert (seal.whole_form, seal.sitting) == (form, 1)
        verdict = await verify(services.store, content, **told)  # type: ignore[arg-type]
        assert verdict.matches
        assert verdict.unchanged
    async with services.store.writing() as repositories:
        (first, *_) = sorted(await repositories.entries.heard_at(hearing.id, 1))
        await repositories.entries.put(replace(await repositories.entries.get(first), sitting=2))
    verdict = await verify(services.store, content, **told)  # type: ignore[arg-type]
    assert verdict.differing == ("sitting",)


async def test_the_journal_says_of_which_sitting_a_file_was_taken_and_there_is_none_of_others(
    municipality: Municipality, hearing: Hearing, tmp_path: Path
) -> None:
    files, request = municipality.services.files, FileRequest(FileKind.RECORD, hearing.id, ("ky",), "docx", sitting=2)
    assert FileRequest.of(request.facts) == request
    await files.ask(COMMAND_LINE, request, source="1")
    async with municipality.services.store.reading() as repositories:
        (newest, *_) = await repositories.journal.list_about(f"hearing:{hearing.id}", limit=1)
    assert newest.data == {"form": "docx", "sitting": 2}

    for form, sitting in (("docx", 3), ("xlsx", 1), ("open-data", 2), ("csv", -1)):
        refused = FileRequest(FileKind.RECORD, hearing.id, ("ky",), form, sitting=sitting)
        with pytest.raises(NotFound):
            await files.ask(COMMAND_LINE, refused, source="2")
        with pytest.raises(NotFound):
            await made(municipality, hearing, form, tmp_path / "none", sitting)
