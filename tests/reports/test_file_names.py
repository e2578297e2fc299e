"""Names of files: in the reader's words and letters, and nothing that a system takes for something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.languages import LANGUAGES, Text
from bot.i18n import Catalogues
from bot.reports import ReportFormat
from bot.reports.file_names import WORDS, file_name
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
