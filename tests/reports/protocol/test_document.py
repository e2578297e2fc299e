"""The protocol as a Word document, read back by python-docx."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from bot.domain.comments import Channel, Decision, Outcome
from bot.domain.duplicates import JoinedComments
from bot.domain.entries import Presence
from bot.domain.languages import Text
from bot.domain.meaning import Aspect, MeaningChange
from bot.domain.notices import NoticeKind
from bot.domain.questions import About, AboutKind
from bot.domain.transcripts import Transcript
from bot.i18n import Catalogues
from bot.i18n.answers import short_about
from bot.reports.course import DraftVersion, SentNotice
from bot.reports.inert import plain
from bot.reports.protocol import gathering
from bot.reports.protocol.document import ProtocolDocument
from bot.reports.record import Minutes
from tests.reports import samples
from tests.reports.samples import COMMENTS, HOSTILE, KEPT, NOW, comment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from docx.document import Document as DocumentObject

    from bot.domain.comments import Comment
    from bot.reports.record import Record

MINUTES = Minutes({2: "Асан Үсөнов"}, ("Стратегиянын долбоору",))


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


def written(
    folder: Path, catalogues: Catalogues, record: Record, comments: Sequence[Comment], *languages: str
) -> DocumentObject:
    path = folder / "protocol.docx"
    writer = ProtocolDocument(record, MINUTES, [catalogues[language] for language in languages], path)
    for each in comments:
        writer.add([each])
    writer.close()
    return Document(str(path))


def rows(document: DocumentObject, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_it_says_what_the_record_knows(tmp_path: Path, catalogues: Catalogues) -> None:
    decided = Decision(Outcome.ACCEPTED, "Бюджетке кошулду", "Айыл өкмөтү", date(2027, 5, 1))
    hall = comment(2, "Суу", decision=decided, channel=Channel.HALL, support=12)
    record = replace(samples.record(comments=COMMENTS), present=(Presence(1, 1, 85, 50, 35, NOW),))
    document = written(tmp_path, catalogues, record, [comment(1, "Жарык"), hall], "en")
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[:3] == ["Minutes of the public hearing", "№ BAG-27", samples.HEARING.dossier.title.by_language["en"]]
    assert "People present: 85 (Women 50, Men 35)" in said
    assert "People who took part through the bot: 58" in said
    assert "All who answered: 137 (Telegram 52, In the hall 85)" in said
    assert rows(document, 0)[1] == ["In favour", "Telegram 44, In the hall 80", "124", "91%"]
    *_, proposals = range(len(document.tables))
    about = "Service 1: " + samples.SERVICES[0].title.by_language["ky"] + " (Kyrgyz)"
    assert rows(document, proposals)[1:] == [
        ["1", f"Proposal\nЖарык\n{about}\nTelegram", "", "\n", "\n"],
        [
            *("2", f"Proposal\nСуу\n{about}\nIn the hall: Асан Үсөнов", "12"),
            *("Accepted\nБюджетке кошулду", "Айыл өкмөтү\n01.05.2027"),
        ],
    ]
    assert "1. Стратегиянын долбоору" in said


@pytest.mark.parametrize("languages", [("ky",), ("ky", "ru")])
def test_no_heading_is_left_alone_at_the_end_of_a_page(
    tmp_path: Path, catalogues: Catalogues, languages: tuple[str, ...]
) -> None:
    document = written(tmp_path, catalogues, samples.record(comments=COMMENTS), COMMENTS, *languages)
    columns = [cell.paragraphs for row in document.tables[0].rows for cell in row.cells] if len(languages) > 1 else []
    paragraphs = [*document.paragraphs, *(each for column in columns for each in column)]
    headings = [each for each in paragraphs if each.text and all(run.bold for run in each.runs if run.text)]
    assert len(headings) > 6
    assert all(each.paragraph_format.keep_with_next for each in headings)


def test_what_a_service_is_about_stands_in_lines_of_its_own(tmp_path: Path, catalogues: Catalogues) -> None:
    service = replace(samples.SERVICES[0], problem=Text({"ru": "Нет воды."}), goal=Text({"ru": "Вода есть!"}))
    held = samples.record()
    hearing = replace(held.hearing, dossier=replace(samples.DOSSIER, services=(service,)))
    document = written(tmp_path, catalogues, replace(held, hearing=hearing), [], "ru")
    said = [paragraph.text for paragraph in document.paragraphs]
    at = said.index("Проблема: Нет воды.")
    assert said[at - 1].startswith("1. ")
    assert said[at + 1] == "Цель: Вода есть!"
    assert not any(".." in line for line in said)


def test_the_course_the_council_and_what_belongs_together_stand_there(tmp_path: Path, catalogues: Catalogues) -> None:
    dossier = samples.DOSSIER
    road = About(AboutKind.SERVICE, 1)
    added = MeaningChange(About(AboutKind.SERVICE, 2), Aspect.ADDED, "", "Суу")
    course: dict[str, Any] = {
        "versions": (
            DraftVersion(1, NOW - timedelta(days=9), dossier),
            DraftVersion(
                *(2, NOW - timedelta(days=7), dossier, (MeaningChange(road, Aspect.TITLE, "Жол", "Жолдор"), added)),
                rescheduled=True,
            ),
        ),
        "notices": (SentNotice(NoticeKind.ANNOUNCED, NOW - timedelta(days=8), 412, 2),),
    }
    joined = {1: JoinedComments(1, (2,), 17), 2: JoinedComments(1, (2,), 17)}
    made = replace(samples.record(), resolution=samples.RESOLUTION, joined=joined, **course)
    spoken = replace(comment(1, "Жарык", decision=KEPT), transcript=Transcript("чырак керек", machine=True))
    document = written(tmp_path, catalogues, made, [spoken, comment(2, "Чырак")], "en")
    said = [paragraph.text for paragraph in document.paragraphs]
    at = said.index("Course of the hearing")
    assert [line.split(": ", 1)[1] for line in said[at + 1 : at + 4]] == [
        "The draft was published.",
        "Notice “Announcement”: people: 412, groups and channels: 2.",
        (
            f"Version 2: Other dates or places. {short_about(catalogues['en'], dossier, road)}: “Жол” → “Жолдор”. "
            f"{short_about(catalogues['en'], dossier, added.about)}: Added: Суу."
        ),
    ]
    assert "The council’s resolution: № 12/3, 06.12.2026: Бюджет кабыл алынды" in said
    *_, proposals = range(len(document.tables))
    first, second = rows(document, proposals)[1:]
    assert "Жарык [Transcript by a program, not checked yet: чырак керек]" in first[1]
    assert first[1].endswith("Telegram. Joined with № 2 · people behind it: 15 or more")
    assert "Joined with № 1" in second[1]
    assert "(What it changes: " in first[3]


def test_two_languages_stand_side_by_side(tmp_path: Path, catalogues: Catalogues) -> None:
    document = written(tmp_path, catalogues, samples.record(), [comment(1, "Жарык")], "ky", "ru")
    kyrgyz, russian = rows(document, 0)[0]
    assert kyrgyz.splitlines()[0] == "Коомдук угуунун протоколу"
    assert russian.splitlines()[0] == "Протокол общественных слушаний"
    assert rows(document, 1)[1][0] == "Макул\nЗа"
    assert rows(document, 1)[1][3] == "91%"  # said once: only a blank is another


def test_what_strangers_wrote_is_all_there_and_does_nothing(tmp_path: Path, catalogues: Catalogues) -> None:
    nasty = [*HOSTILE, "{{ 7*7 }}", "{% for x in y %}", "{_{ 7 }_}", "</w:t></w:r>", "a & b", "&lt;", "x" * 4096]
    comments = [comment(number, words) for number, words in enumerate(nasty, start=1)]
    document = written(tmp_path, catalogues, samples.record(), comments, "ky")
    shown = [row[1].split("\n", 1)[1].rsplit("\n", 2)[0] for row in rows(document, len(document.tables) - 1)[1:]]
    assert shown == [plain(words) for words in nasty]
    with zipfile.ZipFile(tmp_path / "protocol.docx") as package:
        assert b"HYPERLINK" not in b"".join(package.read(name) for name in package.namelist() if name.endswith(".rels"))


def test_nothing_stands_there_that_is_not_for_every_hand(tmp_path: Path, catalogues: Catalogues) -> None:
    document = written(tmp_path, catalogues, samples.record(), COMMENTS, "en")
    said = "\n".join("\n".join(row) for row in rows(document, len(document.tables) - 1))
    assert "Кайтарып алынган текст" not in said  # withdrawn
    assert "0555" not in said  # hidden
    assert "personal data" in said
    assert [row[0] for row in rows(document, len(document.tables) - 1)[1:]] == [
        str(each.number) for each in COMMENTS if not each.withdrawn_at
    ]


def test_the_same_record_is_the_same_bytes_and_has_no_clock(tmp_path: Path, catalogues: Catalogues) -> None:
    made = []
    for _ in range(2):
        written(tmp_path, catalogues, samples.record(), COMMENTS, "ky", "ru")
        made.append((tmp_path / "protocol.docx").read_bytes())
    assert made[0] == made[1]
    document = Document(str(tmp_path / "protocol.docx"))
    assert document.core_properties.author == "Багыш айыл аймагы"
    assert document.core_properties.created == document.core_properties.modified == NOW


def test_more_comments_than_a_paper_holds_are_counted(
    tmp_path: Path, catalogues: Catalogues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "PROPOSALS_IN_A_PROTOCOL", 2)
    comments = [comment(number, f"Сунуш {number}") for number in range(1, 6)]
    document = written(tmp_path, catalogues, samples.record(), comments, "en")
    assert len(rows(document, len(document.tables) - 1)) == 3
    assert "Comments that stand in the Excel record alone: 3" in [each.text for each in document.paragraphs]
