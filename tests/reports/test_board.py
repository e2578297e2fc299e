"""The page for the notice board: one page, what everybody may know, every number of it, and nothing of who asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from bot.domain.comments import Channel, CommentKind, Visibility
from bot.domain.duplicates import JoinedComments
from bot.domain.entries import Presence
from bot.domain.hearings import Phase, Results
from bot.domain.languages import LANGUAGES, Text
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.suppression import tally_of
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues
from bot.reports import board, public_numbers
from bot.reports.digest import SealMaker
from bot.reports.public_numbers import PublicNumbers
from bot.reports.seal import read_seal
from handlers.presses import OpenHearing, ReadAnswers
from handlers.presses.links import deep_link, paper_link
from tests.reports import qr, samples
from tests.reports.page import Page
from tests.reports.papers import bare, is_tagged, keywords, loose_fonts, said
from tests.reports.samples import COMMENTS, HEARING, HOSTILE, KEPT, NOW, RESOLUTION, comment
from tests.reports.test_forms import ensure_clean, largest
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.reports.record import Record

CATALOGUES: Final = Catalogues.load()
LINK: Final = deep_link("bagysh_hearing_bot", OpenHearing(3))
PROPOSALS: Final = tuple(
    comment(20 + no, f"Сунуш {no}: мектептин чатырын оңдойлу", support=support)
    for no, support in enumerate((3, 41, 5, 17, 9, 2, 0))
)


def record(hearing: object = HEARING, **changes: object) -> Record:
    """The sample record with people present."""
    made = samples.record(hearing, comments=COMMENTS)  # type: ignore[arg-type]
    return replace(made, present=(Presence(1, 1, 85, 50, 34, NOW),), **changes)  # type: ignore[arg-type]


def told(made: Record) -> PublicNumbers:
    """What everybody may know of a hearing that is over."""
    questions = made.hearing.dossier.questions
    return public_numbers.final(made, {each.no: tally_of(made.tallies, each.no, tuple(Channel)) for each in questions})


def page(made: Record, language: str = "en", *, link: str = LINK, comments: object = PROPOSALS) -> bytes:
    """The page in a language."""
    proposals = board.best(comments, made)  # type: ignore[arg-type]
    return board.pdf(made, told(made), proposals, CATALOGUES[language], link=link)


def test_of_comments_it_counts_only_those_that_everybody_can_read() -> None:
    made = record()
    counts = replace(made.comments, by_kind={CommentKind.PROPOSAL: 907}, published=611, hidden=296)
    (words,) = said(page(replace(made, comments=counts)))
    assert "611" in words
    assert "907" not in words
    assert "296" not in words


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
def test_every_number_stands_on_one_page_in_every_language(language: str) -> None:
    t, made = CATALOGUES[language], record()
    pdf = page(made, language)
    (words,) = map(bare, said(pdf))
    assert Page(pdf).width < Page(pdf).height
    due = t.in_words(HEARING.dossier.answers_due(made.zone), now=made.as_of.date())
    numbers = ["58", "85", "50", "34", "7", "137", "124", "91", "41", "25", "61", "75", "56", "32", "65", "35"]
    assert not [number for number in numbers if number not in words]
    for sentence in (
        t.text(HEARING.dossier.title).words,
        t.text(made.municipality.name).words,
        t("What people answered"),
        t("The commission answers every comment by {date}.", date=due),
        t.n("{n} person has answered", "{n} people have answered", 137),
        t("In the hall") + " 85",
        t("As of {moment}", moment=t.moment(NOW, made.zone)),
    ):
        assert bare(sentence) in words


def test_it_is_tagged_small_of_our_fonts_and_always_the_same() -> None:
    pdf = page(record())
    assert is_tagged(pdf)
    assert loose_fonts(pdf) == set()
    assert len(pdf) < 100_000
    assert pdf == page(record())
    assert b"CreationDate" not in pdf


def test_the_code_leads_to_the_hearing_and_is_left_out_where_nobody_knows_the_bot() -> None:
    *_, dark = Page(page(record())).code()
    assert qr.read(dark) == LINK
    without = page(record(), link="")
    assert "camera" in said(page(record()))[0]
    assert "camera" not in said(without)[0]


def test_a_paper_leads_to_the_answers_once_those_of_people_are_closed() -> None:
    for phase, press in (
        (Phase.OPEN, OpenHearing(1)),
        (Phase.CLOSED, ReadAnswers(1)),
        (Phase.ANSWERED, ReadAnswers(1)),
    ):
        assert paper_link("a_bot", replace(HEARING, phase=phase)) == deep_link("a_bot", press)


def test_the_five_proposals_with_most_support_stand_in_that_order() -> None:
    found = board.best(PROPOSALS, record())
    assert [each.support for each in found] == [41, 17, 9, 5, 3]
    hidden = replace(PROPOSALS[1], visibility=Visibility.HIDDEN)
    others = (replace(PROPOSALS[3], withdrawn_at=NOW), replace(PROPOSALS[4], kind=CommentKind.QUESTION))
    joined = record(joined={each.id: JoinedComments(22, (20,), 0) for each in (PROPOSALS[0], PROPOSALS[2])})
    assert [each.number for each in board.best((*PROPOSALS, hidden, *others)[-3:], joined)] == []
    assert [each.number for each in board.best(PROPOSALS[:3], joined)] == [21, 22]


def test_what_was_decided_stands_with_a_proposal_and_the_council_at_the_end() -> None:
    over = record(replace(HEARING, phase=Phase.ANSWERED), resolution=RESOLUTION)
    decided = replace(PROPOSALS[1], decision=KEPT)
    (words,) = said(page(over, comments=(decided,)))
    assert "Accepted: 2027-жылы курулат" in words
    assert "The commission has answered every comment." in words
    assert "№ 12/3" in words
    assert RESOLUTION.adopted in words


def test_the_longest_texts_stay_on_one_page_and_end_in_an_ellipsis() -> None:
    dossier = largest()
    tally = Tally(50, {option: Count(10, 30) for option in range(1, 13)})
    made = record(
        replace(HEARING, dossier=replace(dossier, closes_at=HEARING.closes_at, opens_at=HEARING.dossier.opens_at)),
        tallies={(each.no, Channel.TELEGRAM): tally for each in dossier.questions},
    )
    wordy = tuple(replace(each, parts=(replace(each.parts[0], text="узун сөз " * 450),)) for each in PROPOSALS)
    for language in ("ky", "uz")[: rounds(2, few=1)]:
        pdf = page(made, language, comments=wordy)
        (words,) = said(pdf)
        assert "…" in words
        ensure_clean(Page(pdf))
        t = CATALOGUES[language]
        left_out = [
            t.n("{n} more question does not fit on this page.", "{n} more questions do not fit on this page.", count)
            for count in range(1, len(dossier.questions))
        ]
        asked = [each for each in dossier.questions if f" {each.no}. " in words]
        assert len(asked) == len(dossier.questions) or any(sentence in words for sentence in left_out)


def test_seven_questions_of_the_usual_length_stand_there_all() -> None:
    about = [
        replace(each, title=Text({"ky": f"Алыскы айылдарда ичүүчү суу менен камсыздоону уюштуруу {each.no}"}))
        for each in HEARING.dossier.services
    ]
    kinds = (*(QuestionKind.STANCE,) * 3, QuestionKind.SEVERAL, QuestionKind.RANK, QuestionKind.COINS, QuestionKind.ONE)
    options = tuple(Text({"ky": f"Суу эсептегичтерди орнотуу жана тариф {no}"}) for no in range(4))
    asked = tuple(
        Question(
            no,
            About(AboutKind.SERVICE, 1),
            kind,
            Text({"ky": "Бул кызматта алгач эмне жасалсын? Көп дегенде экөөнү тандаңыз."}),
            () if kind is QuestionKind.STANCE else options,
        )
        for no, kind in enumerate(kinds, start=1)
    )
    tally = Tally(163, {option: Count(41, 41) for option in range(1, 4)})
    made = record(
        replace(HEARING, dossier=replace(HEARING.dossier, services=tuple(about), questions=asked)),
        tallies={(each.no, Channel.TELEGRAM): tally for each in asked},
    )
    decided = tuple(replace(each, decision=KEPT) for each in PROPOSALS)
    (words,) = said(page(made, "uz_Cyrl", comments=decided))
    assert [no for no in range(1, 8) if f" {no}. " in words] == [*range(1, 8)]


def test_words_of_strangers_are_words_and_signs_we_do_not_have_are_seen() -> None:
    wild = '#eval("1") #read("/etc/passwd") $x$ *b* <c> {{ 7*7 }} \\ [d] \u202eгнидоп 😀😀道路'
    pdf = page(record(), comments=(comment(30, wild, support=5), *(comment(31, each, support=4) for each in HOSTILE)))
    (words,) = said(pdf)
    assert bare('#eval("1") #read("/etc/passwd") $x$ *b* <c> {{ 7*7 }} \\ [d] гнидоп �') in bare(words)


def test_a_title_of_nothing_that_can_be_seen_is_the_kind_of_hearing() -> None:
    unseen = replace(HEARING.dossier, title=Text({"ky": "\u200b\u202e"}))
    assert said(page(record(replace(HEARING, dossier=unseen))))[0].count("Public hearing") == 1


def test_while_answers_are_taken_the_page_tells_no_result_that_is_kept_back() -> None:
    kept = replace(HEARING.dossier, results=Results.AFTER_CLOSING, closes_at=NOW.replace(day=20))
    made = record(replace(HEARING, phase=Phase.OPEN, dossier=kept))
    words = said(board.pdf(made, PublicNumbers(), (), CATALOGUES["en"], link=LINK))[0]
    assert "these numbers will change" in words
    assert "The results are shown once answers are closed." in words
    assert "You can answer until" in words
    assert "through the bot" not in words
    assert "137" not in words


def test_a_question_with_few_answers_says_that_its_answers_are_not_shown() -> None:
    few = {(1, Channel.TELEGRAM): Tally(4, {1: Count(4, 4)})}
    made = replace(record(tallies=few), participation=replace(record().participation, groups={}))
    words = said(page(made))[0]
    assert "Fewer than 5 people answered: their answers are not shown." in words
    assert "<5 People who took part through the bot" in words


def test_the_seal_of_the_record_is_among_the_keywords_and_its_beginning_on_the_page() -> None:
    maker = SealMaker(record(), "salt")
    maker.add(COMMENTS)
    made = record(seal=maker.seal())
    pdf = page(made, "ky")
    assert made.seal is not None
    read = read_seal(keywords(pdf))
    assert read is not None
    assert read == read_seal(pdf.decode("latin-1"))  # so it is found where nothing reads PDF
    assert (read.digest, read.form, read.languages) == (made.seal.digest, "pdf", ("ky",))
    assert f"SHA-256 {made.seal.digest[:12]}…" in said(pdf)[0]


def test_while_answers_are_taken_two_pages_of_one_day_say_the_same_and_not_when_somebody_answered() -> None:
    taking = replace(HEARING, phase=Phase.OPEN, dossier=replace(HEARING.dossier, closes_at=NOW + timedelta(days=9)))
    pages = []
    for minute, votes in ((7, 41), (49, 42)):
        at = NOW.replace(minute=minute, second=13)
        seen = record(taking, as_of=at, tallies={(1, Channel.TELEGRAM): Tally(votes, {1: Count(votes, votes)})})
        sealed = replace(seen, seal=SealMaker(seen, "salt").seal())
        pages.append(board.pdf(sealed, PublicNumbers(), (), CATALOGUES["en"], link=LINK))
        seal = read_seal(keywords(pages[-1]))
        assert seal is not None
        assert seal.as_of == at.astimezone(seen.zone).replace(hour=0, minute=0, second=0)
    assert said(pages[0]) == said(pages[1])
