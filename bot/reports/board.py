"""The page for the notice board: one A4 that says what was asked, what people answered, and what happens next.

It holds what residents may know and nothing more, since everybody reads it. Words go to the template as data, never as
markup. Where they are too long for one page they end in an ellipsis, and where there are too many questions the page
says how many it leaves out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.domain.comments import CommentKind, Visibility
from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.hearings import Phase
from bot.domain.people import Gender
from bot.domain.questions import QuestionKind
from bot.i18n import names
from bot.reports import answer_bars
from bot.reports.papers import paper, stood
from bot.reports.poster import drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Record

_BOARD_TEMPLATE: Final = "board.typ"
PROPOSALS_ON_THE_BOARD: Final = 5


class BoardFile:
    """The page on its way to ``path``: written once all comments are known."""

    def __init__(self, record: Record, told: PublicNumbers, t: Translator, path: Path, *, link: str) -> None:
        self._record = record
        self._told = told
        self._t = t
        self._link = link
        self._file = path.open("wb")
        self._best: list[Comment] = []

    def add(self, page: Iterable[Comment]) -> None:
        """Take one page of comments."""
        self._best = best((*self._best, *page), self._record)

    def close(self) -> None:
        """Write the file."""
        self._file.write(pdf(self._record, self._told, self._best, self._t, link=self._link))
        self._file.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()


def pdf(record: Record, told: PublicNumbers, proposals: Sequence[Comment], t: Translator, *, link: str) -> bytes:
    """One page of A4, tagged; ``link`` leads into the hearing (empty: no code). The same words, the same file."""
    return paper(_BOARD_TEMPLATE, _data(record, told, proposals, t, link), t, qr=drawing(link) if link else "")


def best(comments: Iterable[Comment], record: Record, most: int = PROPOSALS_ON_THE_BOARD) -> list[Comment]:
    """The published proposals that most people support, of joined ones the first alone."""
    listed = [comment for comment in comments if _may_stand(comment, record)]
    return sorted(listed, key=lambda comment: (-comment.support, comment.number))[:most]


def _may_stand(comment: Comment, record: Record) -> bool:
    joined = record.joined.get(comment.id)
    return (
        comment.kind is CommentKind.PROPOSAL
        and comment.visibility is Visibility.PUBLISHED
        and comment.withdrawn_at is None
        and comment.support > 0
        and bool(comment.text.strip())
        and (joined is None or joined.head == comment.number)
    )


def _data(
    record: Record, told: PublicNumbers, proposals: Sequence[Comment], t: Translator, link: str
) -> dict[str, Any]:
    dossier = record.hearing.dossier
    parts = urlsplit(link)
    return {
        "language": t.language.partition("_")[0],
        "municipality": t.place(record.municipality.name),
        "heading": t(names.HEARING_KIND_HEADLINES[dossier.kind]),
        "title": " ".join(t.text(dossier.title).words.split()),
        "days": [t.date(sitting.starts_at.astimezone(record.zone).date()) for sitting in dossier.sittings[:3]],
        "remark": _remark(record, t),
        "took-part": t("Who took part"),
        "numbers": [{"number": number, "words": words} for number, words in _numbers(record, told, t)],
        "asked": t("What people answered"),
        "questions": [_question(record, told, question, t) for question in dossier.questions],
        "left-out": [
            t.n("{n} more question does not fit on this page.", "{n} more questions do not fit on this page.", count)
            for count in range(1, len(dossier.questions) + 1)
        ],
        "other-answers": t("Other answers: {n}", n="{n}"),
        "proposals": [_proposal(comment, t) for comment in proposals],
        "proposed": t("Best supported proposals"),
        "supporters": t("The number says how many people support it."),
        "next": t("What happens next"),
        "steps": list(_steps(record, t)),
        "scan": t("Point your phone's camera at the square: everything is in Telegram."),
        "link": f"{parts.netloc}{parts.path}",
        "code": record.hearing.code,
        "stood": _stood(record, t),
        "seal": _told_seal(record).seal_line("pdf", (t.language,)),
    }


def _stood(record: Record, t: Translator) -> str:
    """The day of which the numbers are, while answers are taken: the minute would tell when somebody answered."""
    if not record.hearing.takes_answers(record.as_of):
        return stood(record, t)
    return t("As of {moment}", moment=t.date(record.as_of.astimezone(record.zone).date()))


def _told_seal(record: Record) -> Record:
    """The record with a seal of the day's beginning, while answers are taken."""
    if record.seal is None or not record.hearing.takes_answers(record.as_of):
        return record
    day = record.as_of.astimezone(record.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return replace(record, seal=replace(record.seal, as_of=day))


def _remark(record: Record, t: Translator) -> str:
    """What a reader of the numbers must know; empty for final ones."""
    if record.hearing.phase is Phase.CANCELLED:
        return t("The hearing is cancelled.")
    if record.hearing.takes_answers(record.as_of):
        return t("Answers are still being taken: these numbers will change.")
    if record.hearing.is_preliminary(record.as_of):
        return t("Preliminary: what is still to be entered is missing.")
    return ""


def _numbers(record: Record, told: PublicNumbers, t: Translator) -> Iterator[tuple[str, str]]:
    """How many took part, by how: each number with its words."""
    if told.people is not None:
        yield t.number(told.people), t("People who took part through the bot")
    elif not record.hearing.takes_answers(record.as_of):
        yield f"<{LEAST_ANSWERS}", t("People who took part through the bot")
    if record.present:
        women, men = (sum(getattr(each, who) for each in record.present) for who in ("women", "men"))
        parts = ((Gender.FEMALE, women), (Gender.MALE, men))
        apart = ", ".join(f"{t(names.GENDER_NAMES[who]).lower()}: {t.number(count)}" for who, count in parts)
        words = t("People present at the hearing")
        people = t.number(sum(each.people for each in record.present))
        yield people, f"{words} ({apart})" if women or men else words
    yield t.number(record.comments.total), t("Comments, proposals and questions")


def _question(record: Record, told: PublicNumbers, question: Question, t: Translator) -> dict[str, Any]:
    about, words = answer_bars.asked(t, record.hearing, question)
    tally = told.tallies.get(question.no)
    asked = {"about": f"{question.no}. {about}".strip(), "words": words, "stance": question.kind is QuestionKind.STANCE}
    if tally is None:
        return {**asked, "bars": [], "people": _untold(record, t), "unit": ""}
    people = t.n("{n} person has answered", "{n} people have answered", tally.voters)
    channels = told.channels.get(question.no, ())
    apart = ", ".join(f"{names.channels(t, block)} {t.number(voters)}" for block, voters in channels)
    return {
        **asked,
        "bars": [bar.data for bar in answer_bars.bars(t, record.hearing, question, tally)],
        "people": f"{people}: {apart}." if apart else f"{people}.",
        "unit": answer_bars.unit(t, question),
    }


def _untold(record: Record, t: Translator) -> str:
    """Why nothing is said about a question."""
    if not record.hearing.shows_results(record.as_of, answered=False):
        return t("The results are shown once answers are closed.")
    return t("Fewer than {n} people answered: their answers are not shown.", n=t.number(LEAST_ANSWERS))


def _proposal(comment: Comment, t: Translator) -> dict[str, str]:
    decision = comment.decision
    return {
        "no": t("№ {number}", number=comment.number),
        "words": " ".join(comment.text.split()),
        "support": t.number(comment.support),
        "decision": t(names.OUTCOME_NAMES[decision.outcome]) if decision else "",
        "reason": " ".join(decision.reason.split()) if decision else "",
    }


def _steps(record: Record, t: Translator) -> Iterator[str]:
    hearing, zone = record.hearing, record.zone
    match hearing.phase:
        case Phase.CANCELLED:
            yield t("The hearing is cancelled.")
            return
        case Phase.ANSWERED:
            yield t("The commission has answered every comment.")
        case _ if record.as_of < hearing.dossier.closes_at:
            yield t("You can answer until {moment}", moment=t.moment(hearing.dossier.closes_at, zone)) + "."
    if hearing.phase is not Phase.ANSWERED:
        day = t.date(hearing.dossier.answers_due(zone))
        yield t("The commission answers every comment by {date}.", date=day)
    if record.resolution is None:
        yield t("Then the council decides.")
    else:
        council = record.resolution
        said = t("The council’s resolution № {number} of {date}:", number=council.number, date=t.date(council.day))
        yield f"{said} {' '.join(council.adopted.split())}"
