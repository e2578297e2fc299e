"""Forms on paper: sheets of A4 in one or two languages, nothing cut, nothing over anything else, and a code."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

import pytest

from bot.domain.files import FormKind
from bot.domain.languages import LANGUAGES, Text
from bot.domain.questions import SUPPORT, About, AboutKind, Question, QuestionKind
from bot.i18n import Catalogues, names
from bot.reports.forms import FormText, pdf
from handlers.presses import FormLanguages, OpenHearing
from handlers.presses.links import deep_link
from tests import samples
from tests.reports import qr
from tests.reports.page import pages
from tests.reports.samples import HEARING, MUNICIPALITY, ZONE

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier
    from tests.reports.page import Page, Run

CATALOGUES: Final = Catalogues.load()
MILLIMETRE: Final = 72 / 25.4
TOUCHING: Final = 0.1
"""Points that two lines may share: one begins where the other ends."""
LINK: Final = deep_link("bagysh_hearing_bot", OpenHearing(3))
LONGEST: Final = {"title": 200, "question": 500, "option": 100, "place": 150}
"""The longest texts that a workbook takes."""


def long(words: str, length: int) -> Text:
    """A text of that length; each begins with its language."""
    return Text({language: (f"{language} {words} " * length)[:length].strip() for language in LANGUAGES})


def largest() -> Dossier:
    """Everything as long as a workbook lets it be: twelve options, three sittings."""
    dossier = samples.dossier()
    options = tuple(long("Мектептин чатырын оңдоо", LONGEST["option"]) for _ in range(12))
    middling = tuple(long("Мектеп жана", 38) for _ in range(12))
    hearing = About(AboutKind.HEARING)
    asked = long("кыргызстандыктардын суроосу", LONGEST["question"])
    more = (
        Question(8, hearing, QuestionKind.SEVERAL, asked, options, limit=3),
        Question(9, hearing, QuestionKind.COINS, asked, middling, limit=100),
        Question(10, hearing, QuestionKind.ONE, asked, middling),
    )
    sitting = replace(dossier.sittings[0], place=long("Маданият үйү", LONGEST["place"]))
    return replace(
        dossier,
        title=long("стратегиянын темасы", LONGEST["title"]),
        questions=(*dossier.questions, *more),
        sittings=tuple(replace(sitting, no=no) for no in (1, 2, 3)),
    )


def printed(kind: FormKind, languages: FormLanguages, dossier: Dossier | None = None) -> tuple[Page, ...]:
    """The form as it is printed."""
    about = FormText(replace(HEARING, dossier=dossier or samples.dossier()), MUNICIPALITY, LINK, ZONE)
    return pages(pdf(kind, about, tuple(CATALOGUES[each] for each in languages.languages)))


def bare(words: str) -> str:
    """The words without the room between them."""
    return "".join(words.replace("\u200b", "").split())


def said(sheets: tuple[Page, ...]) -> str:
    """Everything on them."""
    return bare(" ".join(sheet.words for sheet in sheets))


def overlap(one: Run, other: Run) -> bool:
    """True where the letters of two lines touch."""
    beside = one.right <= other.left + TOUCHING or other.right <= one.left + TOUCHING
    lower, upper = (one, other) if one.bottom < other.bottom else (other, one)
    return not beside and upper.bottom - lower.bottom < 0.72 * lower.size


def ensure_clean(sheet: Page) -> None:
    """Raise AssertionError for words that leave the paper, cannot be read or lie over one another."""
    runs = [run for run in sheet.runs if run.words.strip()]
    for run in runs:
        assert run.size >= 6.9, run
        assert 14 * MILLIMETRE < run.left < run.right < sheet.width - 14 * MILLIMETRE, run
        assert 8 * MILLIMETRE < run.bottom < sheet.height - 6 * MILLIMETRE, run
    assert not [pair for pair in combinations(runs, 2) if overlap(*pair)]


@pytest.mark.parametrize("languages", [FormLanguages.KY_RU, FormLanguages.UZ])
@pytest.mark.parametrize("kind", FormKind)
def test_a_form_is_a4_with_everything_on_it_in_its_languages(kind: FormKind, languages: FormLanguages) -> None:
    sheets = printed(kind, languages)
    dossier = samples.dossier()
    (sheet,) = sheets
    assert (round(sheet.width / MILLIMETRE), round(sheet.height / MILLIMETRE)) == (210, 297)
    ensure_clean(sheet)
    for language in languages.languages:
        t = CATALOGUES[language]
        expected = {
            FormKind.CARDS: [t("Comment"), t("Proposal"), t("What do you want to say about it?")],
            FormKind.BALLOT: [
                t("Your answers"),
                t("Number them: 1 is what matters most to you."),
                names.own_stance(t, SUPPORT),
            ],
            FormKind.ATTENDANCE: [t("Attendance list"), t("Women"), t.text(dossier.sittings[0].place).words],
        }
        for words in (t.text(dossier.title).words, HEARING.code, "t.me/bagysh_hearing_bot", *expected[kind]):
            assert bare(words) in said(sheets), words


def test_the_code_leads_to_the_hearing() -> None:
    for kind in (FormKind.BALLOT, FormKind.ATTENDANCE):
        (sheet,) = printed(kind, FormLanguages.KY_RU)
        *_, size, dark = sheet.code()
        assert qr.read(dark) == LINK
        assert size * (max(x for x, _ in dark) - 3) > 15 * MILLIMETRE


def test_two_cards_are_on_a_sheet() -> None:
    (sheet,) = printed(FormKind.CARDS, FormLanguages.KY_RU)
    halves = [[run.words for run in sheet.runs if (run.bottom < sheet.height / 2) is upper] for upper in (True, False)]
    assert halves[0] == halves[1] != []


@pytest.mark.parametrize("languages", [FormLanguages.KY_RU, FormLanguages.UZ])
@pytest.mark.parametrize("kind", FormKind)
def test_the_longest_texts_are_neither_cut_nor_over_one_another(kind: FormKind, languages: FormLanguages) -> None:
    dossier = largest()
    sheets = printed(kind, languages, dossier)
    assert len(sheets) == {FormKind.CARDS: 1, FormKind.BALLOT: len(sheets), FormKind.ATTENDANCE: 3}[kind]
    for sheet in sheets:
        ensure_clean(sheet)
    for language in languages.languages:
        t = CATALOGUES[language]
        assert bare(t.text(dossier.title).words) in said(sheets)
        if kind is FormKind.BALLOT:
            for question in dossier.questions[7:]:
                assert bare(t.text(question.text).words) in said(sheets)
            option = bare(t.text(dossier.question(8).options[0]).words)
            assert said(sheets).count(option) == 12


def test_a_hearing_without_sittings_has_one_list_with_a_line_for_the_day() -> None:
    (sheet,) = printed(FormKind.ATTENDANCE, FormLanguages.RU, replace(samples.dossier(), sittings=()))
    assert "Когда и где" in sheet.words


def test_words_are_never_read_as_markup() -> None:
    wild = "#panic() *a* $x$ <b> \\ [c] `d`"
    dossier = replace(samples.dossier(), title=Text({"ky": wild}))
    assert bare(wild) in said(printed(FormKind.CARDS, FormLanguages.KY, dossier))
