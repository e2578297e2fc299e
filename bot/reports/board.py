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
from bot.i18n import names
from bot.reports import public_words
from bot.reports.papers import paper, stood
from bot.reports.poster import drawing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
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
        "remark": public_words.remark(record, t),
        "took-part": t("Who took part"),
        "numbers": [{"number": number, "words": words} for number, words in public_words.numbers(record, told, t)],
        "asked": t("What people answered"),
        "questions": [public_words.question(record, told, question, t) for question in dossier.questions],
        "left-out": [
            t.n("{n} more question does not fit on this page.", "{n} more questions do not fit on this page.", count)
            for count in range(1, len(dossier.questions) + 1)
        ],
        "other-answers": t("Other answers: {n}", n="{n}"),
        "proposals": [_proposal(comment, t) for comment in proposals],
        "proposed": t("Best supported proposals"),
        "supporters": t("The number says how many people support it."),
        "next": t("What happens next"),
        "steps": list(public_words.steps(record, t)),
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


def _proposal(comment: Comment, t: Translator) -> dict[str, str]:
    decision = comment.decision
    return {
        "no": t("№ {number}", number=comment.number),
        "words": " ".join(comment.text.split()),
        "support": t.number(comment.support),
        "decision": t(names.OUTCOME_NAMES[decision.outcome]) if decision else "",
        "reason": " ".join(decision.reason.split()) if decision else "",
    }
