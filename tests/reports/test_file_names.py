"""Names of files: in the reader's words and letters, and nothing that a system takes for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.languages import LANGUAGES, Text
from bot.i18n import Catalogues
from bot.reports.file_names import (
    DECISIONS_FILE,
    TEMPLATE_FILE,
    WORDS,
    file_name,
    hearing_file_name,
    marked_copy_name,
    municipality_file_name,
)
from bot.reports.report import ReportFormat
from tests.reports.samples import record


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return Catalogues.load()


@pytest.mark.parametrize(
    ("languages", "name"),
    [
        (("ky",), "Багыш 2026-12-06 протокол ky.docx"),
        (("ru",), "Багышский 2026-12-06 протокол ru.docx"),
        (("ky", "ru"), "Багыш 2026-12-06 протокол ky+ru.docx"),
        (("uz_Cyrl",), "Боғиш 2026-12-06 баённома uz_Cyrl.docx"),
        (("uz",), "Bogʻish 2026-12-06 bayonnoma uz.docx"),
        (("en",), "Bagysh 2026-12-06 minutes en.docx"),
    ],
)
def test_a_name_says_where_when_and_what_in_the_readers_letters(
    catalogues: Catalogues, languages: tuple[str, ...], name: str
) -> None:
    translators = [catalogues[each] for each in languages]
    assert file_name(record(), "docx", translators, extension="docx") == name


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ({"ky": "Бешик-Жон айыл аймагы"}, "Бешик-Жон"),
        ({"ru": "Бешик-Жонский айылный аймак"}, "Бешик-Жонский"),
        ({"ky": "Жаңы-Айыл айыл өкмөтү"}, "Жаңы-Айыл"),
        ({"ru": "город Кара-Суу"}, "Кара-Суу"),
    ],
)
def test_the_kind_of_a_place_is_left_out_of_a_name_with_a_hyphen_too(
    catalogues: Catalogues, place: dict[str, str], named: str
) -> None:
    held = replace(record(), municipality=replace(record().municipality, name=Text(place)))
    (language,) = place
    name = file_name(held, "xlsx", [catalogues[language]], extension="xlsx")
    assert name.partition(" 2026")[0] == named


@pytest.mark.parametrize(
    "hostile", ["../../etc/passwd", "C:\\x|y?*<>", "\u202egnp.exe", "a\nb\0c", " . ", "", "Ы" * 300]
)
def test_whatever_a_place_is_called_the_name_is_safe_everywhere(catalogues: Catalogues, hostile: str) -> None:
    place = replace(record().municipality, name=Text({"ky": hostile}))
    for language in LANGUAGES:
        name = file_name(replace(record(), municipality=place), "xlsx", [catalogues[language]], extension="xlsx")
        assert not set(name) & set('<>:"/\\|?*\n\0\u202e')
        assert len(name.encode()) < 240
        assert name == name.strip(" .")
        assert not name.startswith("-")


def test_every_form_has_a_word(catalogues: Catalogues) -> None:
    assert {form.value for form in ReportFormat} <= set(WORDS)
    for form in ReportFormat:
        assert file_name(record(), form, [catalogues["ky"]], extension=form.extension).endswith(f" ky.{form.extension}")


def test_what_a_secretary_fills_in_is_named_like_the_record(catalogues: Catalogues) -> None:
    held, ky, uz = record(), catalogues["ky"], catalogues["uz"]
    place = held.municipality
    of_hearing = hearing_file_name(held.hearing, place.name, [DECISIONS_FILE], [ky], zone=held.zone, extension="xlsx")
    assert of_hearing == "Багыш 2026-12-06 чечимдер ky.xlsx"
    assert municipality_file_name(place, [TEMPLATE_FILE], [uz], extension="xlsx") == "Bogʻish shablon uz.xlsx"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Багыш 2026 бюджет.xlsx", "Багыш 2026 бюджет исправить.xlsx"),
        ("../..\\etc|passwd.xlsx", "etc passwd исправить.xlsx"),
        ("", "исправить.xlsx"),
    ],
)
def test_a_copy_with_its_faults_marked_keeps_the_name_that_people_gave(
    catalogues: Catalogues, sent: str, name: str
) -> None:
    assert marked_copy_name(sent, catalogues["ru"]) == name
