"""The steps of a sitting in words: for the minutes and the full report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.journal import Act
from bot.domain.questions import QuestionKind
from bot.i18n import answers, names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.domain.hall_course import SittingStep
    from bot.domain.hearings import Dossier
    from bot.i18n import Translator
    from bot.reports.record import Record


def lines(record: Record, t: Translator) -> list[tuple[datetime, str]]:
    """Each step with its moment; of a file that tells of one sitting, the steps of that alone."""
    dossier = record.hearing.dossier
    told = (step for step in record.steps if record.sitting in (0, step.sitting))
    return [(step.at, words) for step in told if (words := _words(step, dossier, t))]


def _words(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    """What was done; empty for a step that the minutes do not tell."""
    said = _SAID.get(step.act)
    return said(step, dossier, t) if said else ""


def _item(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    item = next((each for each in dossier.agenda if each.no == step.item), None)
    return t("Item {item}", item=f"{step.item}. {t.text(item.item).words}" if item else str(step.item))


def _closed(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    closed = t("The question was closed: {question}", question=_question(step, dossier, t))
    return f"{closed} {t.n('{n} person has answered', '{n} people have answered', step.answered)}."


def _raised(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    hands, question = _hands(step, dossier, t), _question(step, dossier, t)
    return t("Hands were raised: {numbers} ({question})", numbers=hands, question=question)


def _given(step: SittingStep, _dossier: Dossier, t: Translator) -> str:
    where = t("in the hall") if step.in_hall else t("from elsewhere")
    return t("№ {number} was given the floor ({where}).", number=step.speaker, where=where)


def _answered(step: SittingStep, _dossier: Dossier, t: Translator) -> str:
    return f"{t('Question № {number} was answered in the hall.', number=step.comment)} {step.note}".strip()


def _ended(step: SittingStep, _dossier: Dossier, t: Translator) -> str:
    told = t("Sitting № {no} ended.", no=step.sitting)
    if step.people:
        told += " " + t("👥 Checked in: {people}", people=t.number(step.people)).partition(" ")[2] + "."
    return told


def _question(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    question = next((each for each in dossier.questions if each.no == step.question), None)
    if question is None:
        return str(step.question)
    about = answers.short_about(t, dossier, question.about)
    text = answers.question_text(t, question)
    return f"{question.no}. {about} — {text}" if about else f"{question.no}. {text}"


def _hands(step: SittingStep, dossier: Dossier, t: Translator) -> str:
    question = next((each for each in dossier.questions if each.no == step.question), None)
    if question is None or len(question.option_numbers) != len(step.hands):
        return ", ".join(map(t.number, step.hands))
    stance = question.kind is QuestionKind.STANCE
    called = [
        t(names.STANCE_NAMES[no]) if stance else answers.option_name(t, question, no) for no in question.option_numbers
    ]
    return ", ".join(f"{name} {t.number(count)}" for name, count in zip(called, step.hands, strict=True))


_SAID: Final[Mapping[Act, Callable[[SittingStep, Dossier, Translator], str]]] = {
    Act.SITTING_STARTED: lambda step, _dossier, t: t("Sitting № {no} was begun.", no=step.sitting),
    Act.ITEM_BEGUN: _item,
    Act.QUESTION_ASKED: lambda step, dossier, t: t(
        "The hall was asked: {question}", question=_question(step, dossier, t)
    ),
    Act.ASKING_CLOSED: _closed,
    Act.HANDS_COUNTED: _raised,
    Act.FLOOR_GIVEN: _given,
    Act.FLOOR_ENDED: lambda step, _dossier, t: t("№ {number} finished speaking.", number=step.speaker),
    Act.ANSWERED_IN_HALL: _answered,
    Act.SITTING_ENDED: _ended,
}
