"""What a corrected workbook would change of what people have read, item by item.

People answer what they have read. Another spelling, place, presenter or date of a sitting leaves that as it was; other
words, sums and options do not.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.languages import Text
from bot.domain.line_pairs import paired_lines
from bot.domain.programme import TYIYN
from bot.domain.questions import DEFAULT_COINS, About, AboutKind, QuestionKind
from bot.domain.values import dataclass
from bot.domain.wording import added_languages, changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.hearings import Dossier
    from bot.domain.programme import Action, BudgetLine, Service
    from bot.domain.questions import Question


class Aspect(StrEnum):
    """What about an item is another than before."""

    TITLE = "title"
    PROBLEM = "problem"
    GOAL = "goal"
    INDICATOR = "indicator"
    BASELINE = "baseline"
    TARGET = "target"
    TARGET_DATE = "target date"
    ACTION = "action"
    START = "start of an action"
    END = "end of an action"
    RESPONSIBLE = "who is responsible"
    AMOUNT = "amount"
    SOURCE = "source"
    LAST_YEAR = "last year"
    GROUP = "group"
    NOTE = "note"
    TOTAL = "declared total"
    FISCAL_YEAR = "fiscal year"
    KIND = "kind"
    SUBJECT = "what it is about"
    TEXT = "text"
    OPTIONS = "options"
    LIMIT = "limit"
    UNIT = "unit of a real sum"
    TRANSLATION = "translation added"
    """No change of meaning by itself, but nobody has compared it."""
    ADDED = "added"
    REMOVED = "taken out"


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A change of one item; ``old`` and ``new`` are its words, empty where there are none.

    The item is ``question``, or where that is 0 the thing ``about``. ``questions`` are the numbers of the questions
    whose answers were given to it.
    """

    about: About
    aspect: Aspect
    old: str
    new: str
    question: int = 0
    questions: frozenset[int] = frozenset()


_SERVICE_TEXTS: Final = {
    Aspect.TITLE: "title",
    Aspect.PROBLEM: "problem",
    Aspect.GOAL: "goal",
    Aspect.INDICATOR: "indicator",
    Aspect.BASELINE: "baseline",
    Aspect.TARGET: "target",
    Aspect.TARGET_DATE: "target_date",
}
_WHOLE: Final = {AboutKind.SERVICE: AboutKind.STRATEGY, AboutKind.LINE: AboutKind.BUDGET}
"""Who answered about the whole has read each part."""

Difference = tuple[Aspect, str, str]


def meaning_changes(old: Dossier, new: Dossier) -> tuple[MeaningChange, ...]:
    """Every change of meaning from ``old`` to ``new``, in the order of the dossier; empty where it means the same."""
    things = (*_hearing(old, new), *_services(old, new), *_budget(old, new), *_agenda(old, new))
    concerned = (_change(about, difference, _questions_about(old, about)) for about, difference in things)
    return (*concerned, *_questions(old, new))


def _change(about: About, difference: Difference, questions: frozenset[int], question: int = 0) -> MeaningChange:
    """The change; a translation leaves every answer as it was given."""
    counted = frozenset[int]() if difference[0] is Aspect.TRANSLATION else questions
    return MeaningChange(about, *difference, question, counted)


def line_moves(old: Dossier, new: Dossier) -> Mapping[int, int]:
    """Lines of the budget that have another number in the new dossier: the new number by the old one."""
    pairs = paired_lines(old.budget, new.budget)
    return {line.no: other.no for line, other in pairs if other is not None and other.no != line.no}


def missing_subjects(old: Dossier, new: Dossier) -> frozenset[About]:
    """Services, lines and agenda items of ``old`` that ``new`` does not have any more."""
    kept = {service.no for service in new.services}
    items = {item.no for item in new.agenda}
    gone = {About(AboutKind.SERVICE, service.no) for service in old.services if service.no not in kept}
    gone |= {About(AboutKind.AGENDA, item.no) for item in old.agenda if item.no not in items}
    pairs = paired_lines(old.budget, new.budget)
    return frozenset(gone | {About(AboutKind.LINE, line.no) for line, other in pairs if other is None})


def _questions_about(dossier: Dossier, about: About) -> frozenset[int]:
    """The questions about a thing, and about the whole that it is a part of.

    A question about the hearing that has words of its own asks about these.
    """
    found = (about, About(_WHOLE[about.kind])) if about.kind in _WHOLE else (about,)
    asked = (each for each in dossier.questions if each.about in found)
    return frozenset(each.no for each in asked if not (each.about.kind is AboutKind.HEARING and each.text))


def _hearing(old: Dossier, new: Dossier) -> Iterator[tuple[About, Difference]]:
    for difference in _texts(Aspect.TITLE, old.title, new.title):
        yield About(), difference
    if old.kind is not new.kind:
        yield About(), (Aspect.KIND, old.kind.value, new.kind.value)
    if old.fiscal_year != new.fiscal_year:
        difference = Aspect.FISCAL_YEAR, str(old.fiscal_year or ""), str(new.fiscal_year or "")
        yield from ((About(kind), difference) for kind in (AboutKind.HEARING, AboutKind.STRATEGY, AboutKind.BUDGET))


def _services(old: Dossier, new: Dossier) -> Iterator[tuple[About, Difference]]:
    before, after = ({service.no: service for service in dossier.services} for dossier in (old, new))
    for number in sorted(before.keys() | after.keys()):
        about = About(AboutKind.SERVICE, number)
        for difference in _service(before.get(number), after.get(number)):
            yield about, difference


def _service(old: Service | None, new: Service | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield from _there(old.title if old else None, new.title if new else None)
        return
    for aspect, name in _SERVICE_TEXTS.items():
        yield from _texts(aspect, getattr(old, name), getattr(new, name))
    for place in range(max(len(old.actions), len(new.actions))):
        yield from _action(*(each.actions[place] if place < len(each.actions) else None for each in (old, new)))


def _action(old: Action | None, new: Action | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield from _texts(Aspect.ACTION, old.title if old else Text(), new.title if new else Text())
        yield from _plain(Aspect.AMOUNT, _money(old.amount if old else None), _money(new.amount if new else None))
        return
    yield from _texts(Aspect.ACTION, old.title, new.title)
    yield from _plain(Aspect.START, old.start, new.start)
    yield from _plain(Aspect.END, old.end, new.end)
    yield from _texts(Aspect.RESPONSIBLE, old.responsible, new.responsible)
    yield from _plain(Aspect.AMOUNT, _money(old.amount), _money(new.amount))
    yield from _texts(Aspect.SOURCE, old.source, new.source)


def _budget(old: Dossier, new: Dossier) -> Iterator[tuple[About, Difference]]:
    pairs = paired_lines(old.budget, new.budget)
    for line, other in pairs:
        for difference in _line(line, other):
            yield About(AboutKind.LINE, line.no), difference
    found = {other.no for _, other in pairs if other is not None}
    for line in new.budget.lines if new.budget else ():
        if line.no not in found:
            yield About(AboutKind.BUDGET), (Aspect.ADDED, "", f"{line.title}, {_money(line.amount)}")
    before, after = (dict(dossier.budget.declared) if dossier.budget else {} for dossier in (old, new))
    for side in sorted(before.keys() | after.keys()):
        for difference in _plain(Aspect.TOTAL, _money(before.get(side)), _money(after.get(side))):
            yield About(AboutKind.BUDGET), difference


def _agenda(old: Dossier, new: Dossier) -> Iterator[tuple[About, Difference]]:
    """Items that say something else; another time, order or presenter is none of the meaning."""
    after = {item.no: item.item for item in new.agenda}
    for item in old.agenda:
        differences = _texts(Aspect.TEXT, item.item, after[item.no]) if item.no in after else _there(item.item, None)
        for difference in differences:
            yield About(AboutKind.AGENDA, item.no), difference


def _line(old: BudgetLine, new: BudgetLine | None) -> Iterator[Difference]:
    if new is None:
        yield from _there(old.title, None)
        return
    yield from _texts(Aspect.TITLE, old.title, new.title)
    yield from _plain(Aspect.GROUP, old.group, new.group)
    yield from _plain(Aspect.AMOUNT, _money(old.amount), _money(new.amount))
    yield from _plain(Aspect.LAST_YEAR, _money(old.last_year), _money(new.last_year))
    yield from _texts(Aspect.NOTE, old.note, new.note)


def _questions(old: Dossier, new: Dossier) -> Iterator[MeaningChange]:
    kept = {question.no: question for question in new.questions}
    moves = line_moves(old, new)
    for question in old.questions:
        if question.kind is QuestionKind.COINS and question.cap != DEFAULT_COINS and old.unit is not new.unit:
            yield _change(
                question.about, (Aspect.UNIT, old.unit.value, new.unit.value), frozenset({question.no}), question.no
            )
        for difference in _question(question, kept.get(question.no), moves):
            yield _change(question.about, difference, frozenset({question.no}), question.no)


def _question(old: Question, new: Question | None, moves: Mapping[int, int]) -> Iterator[Difference]:
    if new is None:
        yield Aspect.REMOVED, str(old.text), ""
        return
    about = old.about
    if about.kind is AboutKind.LINE:
        about = About(about.kind, moves.get(about.no, about.no))
    if about != new.about:
        yield Aspect.SUBJECT, _named(old.about), _named(new.about)
    yield from _plain(Aspect.KIND, old.kind.value, new.kind.value)
    yield from _texts(Aspect.TEXT, old.text, new.text)
    yield from _plain(Aspect.LIMIT, str(old.limit or ""), str(new.limit or ""))
    if len(old.options) != len(new.options):
        yield Aspect.OPTIONS, _listed(old.options), _listed(new.options)
        return
    for before, after in zip(old.options, new.options, strict=True):
        yield from _texts(Aspect.OPTIONS, before, after)


def _there(old: Text | None, new: Text | None) -> Iterator[Difference]:
    """The change of a thing that one of the dossiers does not have."""
    if old is None and new is not None:
        yield Aspect.ADDED, "", str(new)
    elif old is not None and new is None:
        yield Aspect.REMOVED, str(old), ""


def _texts(aspect: Aspect, old: Text, new: Text) -> Iterator[Difference]:
    if (words := changed(old, new)) is not None:
        yield aspect, *words
    elif old:
        yield from ((Aspect.TRANSLATION, str(old), new.by_language[code]) for code in added_languages(old, new))


def _plain(aspect: Aspect, old: str, new: str) -> Iterator[Difference]:
    if old.strip() != new.strip():
        yield aspect, old, new


def _money(tyiyn: int | None) -> str:
    """A sum in som."""
    if tyiyn is None:
        return ""
    som, rest = divmod(abs(tyiyn), TYIYN)
    sign = "-" if tyiyn < 0 else ""
    return f"{sign}{som:,}".replace(",", " ") + (f".{rest:02}" if rest else "")


def _named(about: About) -> str:
    return f"{about.kind.value} {about.no}" if about.no else about.kind.value


def _listed(options: tuple[Text, ...]) -> str:
    return "; ".join(map(str, options))
