"""A corrected workbook under answers: what passes, what is asked about, what becomes of the answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.errors import BadAnswer, MeaningChanged, SubjectGone
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.people import Caller, Gender
from bot.domain.programme import Budget, BudgetLine, Side
from bot.domain.questions import About, AboutKind, Choose, Give, Rank
from bot.i18n import Catalogues
from bot.reports.report import ReportFormat, write
from tests import samples
from tests.faults.stage import dump
from tests.services.test_announcements import owed, stored, written
from tests.services.writing import message

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from bot.domain.questions import Change
    from bot.services.announcements import Announcements
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

MONUMENT = samples.words("Мэрге эстелик", "Памятник мэру")


@pytest.fixture
def acts(municipality: Municipality) -> Announcements:
    return municipality.services.announcements


def monument(dossier: Dossier) -> Dossier:
    """The dossier with a monument in the place of the roads."""
    first, *others = dossier.services
    return replace(dossier, services=(replace(first, title=MONUMENT), *others))


async def answer(
    municipality: Municipality, hearing: Hearing, person: int, change: Change, *, question: int = 1, edition: int = 1
) -> None:
    await municipality.resident(person)
    caller = Caller(person, "ky")
    await municipality.services.voting.cast(caller, hearing.id, question, change, order=person, edition=edition)


async def voters(municipality: Municipality, hearing: Hearing) -> dict[int, int]:
    """People by question; the rollup is what a recount gives."""
    async with municipality.services.store.reading() as repositories:
        assert await repositories.votes.rollup(hearing.id) == await repositories.votes.recount(hearing.id)
        return {number: tally.voters for number, tally in (await repositories.votes.tallies(hearing.id)).items()}


async def test_an_answered_service_is_not_exchanged_and_nothing_is_stored(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1))
    with pytest.raises(MeaningChanged):
        await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier))
    assert await stored(municipality, hearing) == hearing
    assert await voters(municipality, hearing) == {1: 1}
    compared = await acts.compare(COMMAND_LINE, hearing.id, monument(hearing.dossier))
    (change,) = compared.answered
    assert (change.about, change.old, change.new) == (
        About(AboutKind.SERVICE, 1),
        "Ички жолдорду оңдоо",
        "Мэрге эстелик",
    )
    assert compared.unanswered == ()


async def test_spelling_places_presenters_and_dates_pass_under_answers(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1))
    dossier = hearing.dossier
    first, *others = dossier.services
    revised = await acts.revise(
        COMMAND_LINE,
        hearing.id,
        replace(
            dossier,
            services=(replace(first, title=samples.words("Ички жолдорду ондоо", "Ремонт дорог")), *others),
            presenters=samples.words("Бекова Б."),
            closes_at=dossier.closes_at + timedelta(days=1),
            sittings=(replace(dossier.sittings[0], place=samples.words("Мектеп")),),
        ),
    )
    assert (revised.version, await voters(municipality, hearing)) == (2, {1: 1})
    await answer(municipality, hearing, 2, Choose(2))
    assert await voters(municipality, hearing) == {1: 2}


async def test_what_nobody_has_answered_may_change(municipality: Municipality, acts: Announcements) -> None:
    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1), question=2)
    revised = await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier))
    assert [question.edition for question in revised.dossier.questions] == [2, 1, 1, 1, 1, 1, 1]
    assert await voters(municipality, hearing) == {2: 1}
    assert await owed(municipality, hearing) == [NoticeKind.ANNOUNCED, NoticeKind.POST]


async def test_an_answer_taken_back_is_none(municipality: Municipality, acts: Announcements) -> None:
    from bot.domain.questions import Withdraw

    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1))
    await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Withdraw(), order=2)
    assert (await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier))).version == 2


async def test_as_a_new_version_the_answers_are_put_aside_and_their_people_asked_again(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    for person in (1, 2, 3):
        await answer(municipality, hearing, person, Choose(1))
    await answer(municipality, hearing, 1, Rank(2, 1), question=6)
    revised = await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier), as_new_version=True)
    assert await voters(municipality, hearing) == {6: 1}
    async with municipality.services.store.reading() as repositories:
        (former,) = await repositories.votes.former_tallies(hearing.id)
        asked = [each for each in await repositories.broadcasts.list_of(hearing.id) if each.kind == "asked again"]
    tally = former.of(hearing.dossier.question(1))
    assert (former.version, former.question_no, tally.voters, tally.count(1).voters) == (1, 1, 3, 3)
    assert [(each.planned.edition, each.planned.facts) for each in asked] == [(2, {"questions": "1"})]
    await answer(municipality, hearing, 1, Choose(2), edition=2)
    with pytest.raises(BadAnswer):
        await answer(municipality, hearing, 2, Choose(2), edition=1)
    assert await voters(municipality, hearing) == {1: 1, 6: 1}
    assert (await written(municipality, revised))[-1] is Act.CHANGED


async def test_answers_are_put_aside_as_often_as_their_question_changes(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    content = hearing.dossier
    await answer(municipality, hearing, 1, Choose(1))
    await acts.revise(COMMAND_LINE, hearing.id, monument(content), as_new_version=True)
    await answer(municipality, hearing, 1, Choose(3), edition=2)
    last = await acts.revise(COMMAND_LINE, hearing.id, content, as_new_version=True)
    assert last.dossier.questions[0].edition == 3
    assert await voters(municipality, hearing) == {}
    async with municipality.services.store.reading() as repositories:
        former = await repositories.votes.former_tallies(hearing.id)
    assert [(each.version, each.answers) for each in former] == [(1, (({1: 1}, 1),)), (2, (({3: 1}, 1),))]


@pytest.mark.parametrize("left_out", ["question", "service"])
async def test_what_is_left_out_takes_its_answers_aside(
    municipality: Municipality, acts: Announcements, left_out: str
) -> None:
    hearing = await municipality.hearing()
    dossier = hearing.dossier
    await answer(municipality, hearing, 1, Choose(1))
    less = replace(dossier, questions=dossier.questions[1:])
    new = less if left_out == "question" else replace(less, services=dossier.services[1:])
    with pytest.raises(MeaningChanged):
        await acts.revise(COMMAND_LINE, hearing.id, new)
    await acts.revise(COMMAND_LINE, hearing.id, new, as_new_version=True)
    assert await voters(municipality, hearing) == {}


async def comment_on(municipality: Municipality, hearing: Hearing, about: About) -> Actor:
    author = await municipality.resident(9)
    await municipality.services.submissions.begin(author, hearing.id, CommentKind.COMMENT, about)
    await municipality.services.submissions.receive(author, message(municipality, f"Сөз {about}"))
    return author


async def test_what_comments_are_about_is_not_taken_away_nor_exchanged_in_silence(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    await comment_on(municipality, hearing, About(AboutKind.SERVICE, 1))
    less = replace(hearing.dossier, services=hearing.dossier.services[1:], questions=hearing.dossier.questions[1:])
    for as_new_version in (False, True):
        with pytest.raises(SubjectGone):
            await acts.revise(COMMAND_LINE, hearing.id, less, as_new_version=as_new_version)
    with pytest.raises(MeaningChanged):
        await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier))
    assert await stored(municipality, hearing) == hearing


async def test_a_comment_on_a_line_of_the_budget_goes_with_the_line(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    budget = hearing.dossier.budget
    assert budget is not None
    author = await comment_on(municipality, hearing, About(AboutKind.LINE, 3))
    first = BudgetLine(1, Side.REVENUE, "own", samples.words("Айып пул"), 5, "1140", 5)
    moved = Budget((first, *(replace(line, no=line.no + 1) for line in budget.lines)), budget.declared)
    await acts.revise(COMMAND_LINE, hearing.id, replace(hearing.dossier, budget=moved))
    (comment,) = (await municipality.services.privacy.stored(author)).comments
    assert comment.about == About(AboutKind.LINE, 4)


async def test_a_person_is_shown_what_of_theirs_was_put_aside(
    municipality: Municipality, acts: Announcements, clock: VirtualClock
) -> None:
    from bot.reports import personal_data

    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1))
    await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier), as_new_version=True)
    stored_of = await municipality.services.privacy.stored(await municipality.services.people.identify(Caller(1, "ky")))
    places = await municipality.services.directory.tree()
    page = personal_data.html_page(Catalogues.load()["en"], stored_of, places, clock.now()).decode()
    assert "Given to version 1: 1. Ички жолдорду оңдоо" in page
    assert "I support" in page


async def test_who_is_forgotten_while_answers_are_taken_leaves_no_answer_aside(
    municipality: Municipality, acts: Announcements
) -> None:
    hearing = await municipality.hearing()
    await answer(municipality, hearing, 1, Choose(1))
    await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier), as_new_version=True)
    actor = await municipality.services.people.identify(Caller(1, "ky"))
    await municipality.services.privacy.forget(actor, withdraw_comments=False)
    async with municipality.services.store.reading() as repositories:
        assert await repositories.votes.former_tallies(hearing.id) == ()


async def test_who_is_forgotten_after_closing_leaves_an_answer_aside_in_no_group(
    municipality: Municipality, acts: Announcements, clock: VirtualClock, sqlite_url: str
) -> None:
    hearing = await municipality.hearing()
    actor = await municipality.services.people.set_village(
        await municipality.resident(1), municipality.places["bagysh-1"]
    )
    await municipality.services.people.set_gender(actor, Gender.FEMALE)
    await answer(municipality, hearing, 1, Choose(1))
    await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier), as_new_version=True)
    clock.forward(days=4)
    await municipality.services.timetable.tick()
    village = str(municipality.places["bagysh-1"])
    assert [row.split("|")[5:7] for row in (await dump(sqlite_url))["former_votes"]] == [[village, "f"]]
    forgotten = await municipality.services.people.identify(Caller(1, "ky"))
    await municipality.services.privacy.forget(forgotten, withdraw_comments=False)
    assert [row.split("|")[5:7] for row in (await dump(sqlite_url))["former_votes"]] == [["0", "-"]]


async def made(municipality: Municipality, hearing: Hearing, form: str, path: Path) -> Path:
    """The record in a file."""
    services = municipality.services
    await write(
        services.store,
        hearing.id,
        form=ReportFormat(form),
        t=Catalogues.load()["en"],
        now=services.clock.now(),
        timezone="Asia/Bishkek",
        path=path,
    )
    return path


async def test_the_record_keeps_the_answers_as_given_to_the_earlier_version(
    municipality: Municipality, acts: Announcements, tmp_path: Path
) -> None:
    hearing = await municipality.hearing()
    for person, option in ((1, 1), (2, 1), (3, 2)):
        await answer(municipality, hearing, person, Choose(option))
    await answer(municipality, hearing, 1, Give(1, 30), question=7)
    await acts.revise(COMMAND_LINE, hearing.id, monument(hearing.dossier), as_new_version=True)
    book = load_workbook(await made(municipality, hearing, "xlsx", tmp_path / "record.xlsx"))
    rows: list[tuple[Any, ...]] = [tuple(cell.value for cell in row) for row in book["Votes"].iter_rows()]
    former = [row for row in rows if str(row[1]).startswith("Given to version 1: Service 1: Ички жолдорду оңдоо")]
    assert [(row[4], row[5]) for row in former] == [
        ("All who answered", 3),
        ("In favour", 2),
        ("Opposed", 1),
        ("Abstained", 0),
    ]
    body = json.loads((await made(municipality, hearing, "json", tmp_path / "record.json")).read_text("utf-8"))
    (question,) = body["former_questions"]
    assert (question["given_to_version"], question["no"]) == (1, 1)
    assert question["answers"]["telegram"]["voters"] == 3
    assert [each["answers"]["telegram"]["voters"] for each in body["questions"]] == [0, 0, 0, 0, 0, 0, 1]


async def test_the_record_says_when_a_comment_was_changed(
    municipality: Municipality, clock: VirtualClock, tmp_path: Path
) -> None:
    hearing = await municipality.hearing()
    author = await comment_on(municipality, hearing, About())
    clock.forward(days=1)
    await municipality.services.submissions.begin_amendment(author, 1)
    await municipality.services.submissions.receive(author, message(municipality, "Башка сөз"))
    text = (await made(municipality, hearing, "csv", tmp_path / "comments.csv")).read_text("utf-8-sig")
    assert "changed on 24.11.2026" in text
    body = json.loads((await made(municipality, hearing, "json", tmp_path / "record.json")).read_text("utf-8"))
    assert body["comments"][0]["changed_at"] == "2026-11-24T12:00:00+06:00"
