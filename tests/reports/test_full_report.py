"""The full report: contents, every number, tagged, our fonts, small, and nothing that is said in the minutes alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from bot.domain.attachments import Attachment
from bot.domain.comments import Channel, HidingRule
from bot.domain.entries import Presence
from bot.domain.journal import Act, JournalEntry
from bot.domain.languages import LANGUAGES
from bot.domain.notices import NoticeKind
from bot.domain.programme import Side
from bot.domain.suppression import AtLeast
from bot.i18n import Catalogues, names, opinions
from bot.i18n.consent import CONSENT_SENTENCES
from bot.reports import participants, votes
from bot.reports.budget import amount
from bot.reports.course import DraftVersion, SentNotice
from bot.reports.full_report import pdf
from tests.reports import samples
from tests.reports.page import pages
from tests.reports.papers import bare, count, is_tagged, loose_fonts, said
from tests.reports.samples import BUDGET, COMMENTS, DOSSIER, KEPT, NOW, OPINION, RESOLUTION, comment
from tests.reports.test_forms import ensure_clean
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.reports.record import Record

CATALOGUES: Final = Catalogues.load()
DECIDED: Final = (replace(COMMENTS[0], decision=KEPT), *COMMENTS[1:])
LARGEST_REPORT: Final = 1_000_000
"""Bytes of up to 45 pages."""


@pytest.fixture(scope="module")
def record() -> Record:
    """The sample record with people present, a resolution and a document."""
    made = samples.record(comments=COMMENTS)
    titles = (Attachment(1, 1, "Стратегия, 12 бет", "с.pdf", "f", "u", photo=False, size=1, added_at=NOW),)
    return replace(
        made,
        present=(Presence(1, 1, 85, 50, 34, NOW),),
        resolution=RESOLUTION,
        documents=titles,
        notices=(SentNotice(NoticeKind.ANNOUNCED, NOW, 1234, 3), SentNotice(NoticeKind.RESULTS, NOW, None)),
        versions=(DraftVersion(1, NOW, DOSSIER), DraftVersion(2, NOW, DOSSIER, rescheduled=True)),
        changed={1: 17, 3: None},
        languages={"ky": AtLeast(40), "": AtLeast(0)},
        arrivals={0: AtLeast(20), 21: AtLeast(10)},
        hidden={HidingRule.INSULT: 2},
        journal=(JournalEntry(NOW, Act.OPENED, "hearing:1", 44), JournalEntry(NOW, Act.CLOSED, "hearing:1")),
    )


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
def test_every_number_and_every_comment_is_there_in_every_language(record: Record, language: str) -> None:
    t = CATALOGUES[language]
    sheets = said(pdf(record, OPINION, DECIDED, t))
    words = bare("".join(sheets))
    rows = [row for row in votes.rows(record, t) if row.channel == t("All channels together")]
    expected = [
        *(t.number(row.voters) for row in rows),
        *(t.percent(row.share) for row in rows if row.share is not None and row.points is None and not row.whole),
        *(f"{t(names.CHANNEL_NAMES[Channel.HALL])} 80", "85", "50", "34", "№ 12/3"),
        *(t.number(row.population) for row in participants.rows(record, t) if row.population),
        *(amount(t, line.amount, DOSSIER) for line in BUDGET.lines),
        *(amount(t, BUDGET.total(side), DOSSIER) for side in Side),
        *(t(names.OUTCOME_NAMES[KEPT.outcome]), KEPT.reason, KEPT.responsible, t.date(NOW.date())),
        *(each.text for each in DECIDED if each.text and not each.hiding_rule and not each.withdrawn_at),
        "Стратегия, 12 бет",
        *(t.number(1234), "17", "40+", "<5", t("another day or place"), t("Staff № {number}", number=44)),
        *opinions.sentences(t, OPINION.found, OPINION.comments),  # type: ignore[arg-type]
        *(t(names.HIDING_RULE_NAMES[HidingRule.INSULT]), t("not shown"), t(CONSENT_SENTENCES[3])),
    ]
    assert not [each for each in expected if bare(each) not in words]
    for hidden in ("0555", "Кайтарып алынган"):
        assert hidden not in words
    contents = bare(sheets[0])
    for heading in (t("Participation"), t("Results of the questions"), t("Draft budget"), t("Contents")):
        assert bare(heading) in contents


def test_it_is_tagged_of_our_fonts_clean_and_always_the_same(record: Record) -> None:
    made = pdf(record, OPINION, DECIDED, CATALOGUES["ky"])
    assert is_tagged(made)
    assert loose_fonts(made) == set()
    assert made == pdf(record, OPINION, DECIDED, CATALOGUES["ky"])
    for sheet in pages(made):
        ensure_clean(sheet)


def test_a_comment_of_many_pages_is_whole(record: Record) -> None:
    words = [f"сөз{number}" for number in range(1_500)]
    sheets = pages(pdf(record, OPINION, (comment(1, " ".join(words)), COMMENTS[1]), CATALOGUES["ky"]))
    found = {word for sheet in sheets for word in sheet.words.split()}
    assert not set(words) - found
    for sheet in sheets:
        ensure_clean(sheet)


def test_forty_pages_stay_under_a_megabyte(record: Record) -> None:
    comments = rounds(330, few=50)
    many = [comment(number, COMMENTS[0].text * 3, support=number % 9) for number in range(1, comments + 1)]
    made = pdf(record, OPINION, [replace(each, decision=KEPT) for each in many], CATALOGUES["ky"])
    sheets = count(made)
    assert sheets > comments // 9
    assert len(made) / sheets < LARGEST_REPORT / 45
