"""What is decided, as staff read it, and what became of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.errors import AlreadyWithdrawn, CommentChanged, OnlyQuestions
from bot.i18n import names
from handlers.views.decided import POINT_LETTERS, changed_point
from handlers.views.pages import beginning
from handlers.views.screen import Html, b, e, fold, i, short, stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.domain.comments import Comment, Decision
    from bot.domain.errors import Refusal
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.deciding import DecidedComments

WHO_LETTERS: Final = 120
SAID_REASON_UNITS: Final = 600
BRIEF_REASON_UNITS: Final = 140
BRIEF_LETTERS: Final = 40
"""Of a name, and of what is changed, on a page of five."""
NUMBERS_SAID: Final = 12
"""Numbers of comments in one line."""


def decision_lines(
    t: Translator, hearing: Hearing, decision: Decision, *, brief: bool = False
) -> tuple[Html | None, ...]:
    """Everything that a decision says, as staff read it; each thing cut short where it is ``brief``."""
    reason = beginning(decision.reason, BRIEF_REASON_UNITS if brief else SAID_REASON_UNITS)
    who = short(decision.responsible, BRIEF_LETTERS if brief else WHO_LETTERS)
    return (
        b(t(names.OUTCOME_NAMES[decision.outcome])),
        fold(e(reason)) if reason else None,
        e(t("Responsible: {who}", who=who)) if who else None,
        e(t("To be done by: {day}", day=t.date(decision.due))) if decision.due else None,
        changed_point(t, hearing, decision, letters=BRIEF_LETTERS if brief else POINT_LETTERS),
    )


def numbers_of(t: Translator, comments: Iterable[Comment]) -> str:
    """The numbers of comments, the first ones of many."""
    return _listed(t, [comment.number for comment in comments])


def _listed(t: Translator, numbers: Sequence[int]) -> str:
    said = [t("№ {number}", number=number) for number in numbers[:NUMBERS_SAID]]
    return ", ".join([*said, f"… ({t.number(len(numbers))})"] if len(numbers) > NUMBERS_SAID else said)


def stored(t: Translator, done: DecidedComments) -> Html:
    """What was stored or proposed, and what was not, and why."""
    return stacked(*_stored(t, done), e(""))


def _stored(t: Translator, done: DecidedComments) -> Iterator[Html]:
    comments = (*done.stored, *done.same)
    if len(comments) == 1 and not done.proposed and comments[0].decision is not None:
        outcome = t(names.OUTCOME_NAMES[comments[0].decision.outcome])
        yield e(t("✅ № {number}: {outcome}. Its author is told.", number=comments[0].number, outcome=outcome))
    elif comments and done.proposed:
        yield e(t("✅ Proposed: {numbers}. The secretary confirms.", numbers=numbers_of(t, comments)))
    elif comments:
        yield e(t("✅ Decided: {numbers}. Their authors are told.", numbers=numbers_of(t, comments)))
    reasons = {number: _why(t, refusal) for number, refusal in done.refused.items()}
    for why in dict.fromkeys(reasons.values()):
        yield e(f"⚠️ {_listed(t, [number for number in reasons if reasons[number] == why])}: {why}")
    if done.refused:
        yield i(t("These stay as they are. Open them to decide again."))


def _why(t: Translator, refusal: Refusal) -> str:
    match refusal:
        case AlreadyWithdrawn():
            return t("taken back by its author")
        case CommentChanged():
            return t("its author has changed the words")
        case OnlyQuestions():
            return t("it is no question")
    return t("a colleague has decided on it meanwhile")
