"""What a corrected workbook changes of what people have read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Dossier, HearingKind, Results
from bot.domain.meaning import Aspect, MeaningChange, line_moves, meaning_changes, missing_subjects
from bot.domain.programme import Budget, BudgetLine, Side, Unit
from bot.domain.questions import About, AboutKind, QuestionKind
from bot.domain.revisions import renewed
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    Revise = Callable[[Dossier], Dossier]

OLD = samples.dossier()
ROAD, LIGHT = OLD.services
FIRST = About(AboutKind.SERVICE, 1)


def service(**changes: object) -> Revise:
    """The dossier with another first service."""
    return lambda old: replace(old, services=(replace(ROAD, **changes), LIGHT))  # type: ignore[arg-type]


def question(number: int, **changes: object) -> Revise:
    """The dossier with one question changed."""
    return lambda old: replace(
        old,
        questions=tuple(replace(each, **changes) if each.no == number else each for each in old.questions),  # type: ignore[arg-type]
    )


def line(number: int, **changes: object) -> Revise:
    """The dossier with one line of the budget changed."""
    assert OLD.budget is not None
    lines = tuple(replace(each, **changes) if each.no == number else each for each in OLD.budget.lines)  # type: ignore[arg-type]
    return lambda old: replace(old, budget=Budget(lines, OLD.budget.declared if OLD.budget else ()))


SAME: dict[str, Revise] = {
    "nothing": lambda old: old,
    "spelling": service(title=samples.words("Ички жолдорду ондоо")),
    "place": lambda old: replace(old, sittings=(replace(old.sittings[0], place=samples.words("Мектеп")),)),
    "presenter": lambda old: replace(old, presenters=samples.words("Бекова Б.")),
    "dates": lambda old: replace(old, closes_at=old.closes_at + timedelta(days=1)),
    "results": lambda old: replace(old, results=Results.ALWAYS),
    "a time on the agenda": lambda old: replace(old, agenda=(replace(old.agenda[0], time="11:00"),)),
    "a new question": lambda old: replace(old, questions=(*old.questions, replace(old.questions[3], no=8))),
}
OTHER: dict[str, tuple[Revise, Aspect, set[int]]] = {
    "the title of a service": (service(title=samples.words("Мэрге эстелик")), Aspect.TITLE, {1}),
    "its goal": (service(goal=samples.words("Эстелик тургузуу")), Aspect.GOAL, {1}),
    "its target": (service(target=samples.words("13")), Aspect.TARGET, {1}),
    "its target date": (service(target_date=samples.words("2028-12-31")), Aspect.TARGET_DATE, {1}),
    "its sum": (service(actions=(replace(ROAD.actions[0], amount=1),)), Aspect.AMOUNT, {1}),
    "its source": (
        service(actions=(replace(ROAD.actions[0], source=samples.words("Насыя")),)),
        Aspect.SOURCE,
        {1},
    ),
    "an action less": (service(actions=()), Aspect.ACTION, {1}),
    "a service less": (lambda old: replace(old, services=(LIGHT,)), Aspect.REMOVED, {1}),
    "a sum of the budget": (line(1, amount=1), Aspect.AMOUNT, {3}),
    "last year's sum": (line(1, last_year=1), Aspect.LAST_YEAR, {3}),
    "the fiscal year": (lambda old: replace(old, fiscal_year=2028), Aspect.FISCAL_YEAR, {3}),
    "the text of a question": (question(4, text=samples.words("Эмне керек?", "Что нужно?")), Aspect.TEXT, {4}),
    "an option": (
        question(5, options=(samples.words("Эстелик"), *OLD.questions[4].options[1:])),
        Aspect.OPTIONS,
        {5},
    ),
    "an option less": (question(5, options=OLD.questions[4].options[1:]), Aspect.OPTIONS, {5}),
    "a limit": (question(7, limit=50), Aspect.LIMIT, {7}),
    "a kind": (question(6, kind=QuestionKind.SEVERAL), Aspect.KIND, {6}),
    "a subject": (question(2, about=FIRST), Aspect.SUBJECT, {2}),
    "an item of the agenda": (
        lambda old: replace(old, agenda=(replace(old.agenda[0], item=samples.words("Эстелик", "Памятник")),)),
        Aspect.TEXT,
        set(),
    ),
    "a question less": (lambda old: replace(old, questions=old.questions[:6]), Aspect.REMOVED, {7}),
}


@pytest.mark.parametrize("name", SAME)
def test_what_leaves_the_meaning_is_no_change(name: str) -> None:
    assert meaning_changes(OLD, SAME[name](OLD)) == ()


@pytest.mark.parametrize("name", OTHER)
def test_what_people_answered_is_another_thing_by(name: str) -> None:
    revise, aspect, questions = OTHER[name]
    found = meaning_changes(OLD, revise(OLD))
    assert aspect in {each.aspect for each in found}
    assert {number for each in found for number in each.questions} == questions


def test_a_change_names_the_old_words_and_the_new() -> None:
    (change,) = meaning_changes(OLD, service(title=samples.words("Мэрге эстелик"))(OLD))
    assert change == MeaningChange(
        FIRST, Aspect.TITLE, "Ички жолдорду оңдоо", "Мэрге эстелик", questions=frozenset({1})
    )


def test_a_translation_is_named_and_leaves_every_answer_as_it_was() -> None:
    (change,) = meaning_changes(OLD, service(title=samples.words("Ички жолдорду оңдоо", "Ремонт дорог"))(OLD))
    assert change == MeaningChange(FIRST, Aspect.TRANSLATION, "Ички жолдорду оңдоо", "Ремонт дорог")


def test_who_answered_about_the_whole_has_read_every_part() -> None:
    whole = replace(OLD.questions[0], no=8, about=About(AboutKind.STRATEGY))
    old = replace(OLD, questions=(*OLD.questions, whole))
    (change,) = meaning_changes(old, service(goal=samples.words("Эстелик"))(old))
    assert change.questions == {1, 8}
    (added,) = meaning_changes(old, replace(old, services=(*old.services, replace(ROAD, no=3))))
    assert (added.aspect, set(added.questions)) == (Aspect.ADDED, {8})


def test_another_title_concerns_the_questions_that_the_bot_words_about_the_hearing() -> None:
    whole = replace(OLD.questions[0], no=8, about=About())
    old = replace(OLD, questions=(*OLD.questions, whole))
    titled = meaning_changes(old, replace(old, title=samples.words("Эстелик", "Памятник", "Ҳайкал")))
    kind = meaning_changes(old, replace(old, kind=HearingKind.OTHER))
    assert [each.questions for each in (*titled, *kind)] == [{8}, {8}]


def test_lines_that_were_moved_by_another_are_the_same_lines() -> None:
    assert OLD.budget is not None
    first = BudgetLine(1, Side.REVENUE, "own", samples.words("Айып пул"), 5, "1140", 5)
    rest = tuple(replace(each, no=each.no + 1) for each in OLD.budget.lines)
    new = replace(OLD, budget=Budget((first, *rest), OLD.budget.declared))
    assert line_moves(OLD, new) == {1: 2, 2: 3, 3: 4, 4: 5}
    assert [each.aspect for each in meaning_changes(OLD, new)] == [Aspect.ADDED]
    assert missing_subjects(OLD, new) == frozenset()


def test_what_is_gone_is_named() -> None:
    new = replace(OLD, services=(LIGHT,), agenda=(), budget=None)
    gone = missing_subjects(OLD, new)
    assert {FIRST, About(AboutKind.AGENDA, 1), About(AboutKind.LINE, 4)} <= gone
    assert About(AboutKind.SERVICE, 2) not in gone


def test_a_changed_or_new_question_has_a_new_edition_and_others_keep_theirs() -> None:
    more = replace(OLD, questions=(*OLD.questions, replace(OLD.questions[3], no=8)))
    editions = {each.no: each.edition for each in renewed(OLD, more, {1, 4}, 2).questions}
    assert editions == {1: 2, 2: 1, 3: 1, 4: 2, 5: 1, 6: 1, 7: 1, 8: 2}


def test_real_sums_are_shared_in_the_unit_in_which_they_were_asked() -> None:
    sums = question(7, limit=5_000)(OLD)
    (change,) = meaning_changes(sums, replace(sums, unit=Unit.SOM))
    assert (change.aspect, set(change.questions)) == (Aspect.UNIT, {7})
    assert meaning_changes(OLD, replace(OLD, unit=Unit.SOM)) == ()
