"""What a hearing's dossier may become once it is public: other dates, and a corrected workbook."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.errors import MomentPassed, NotFound
from bot.domain.sittings import renumbered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from bot.domain.hearings import AgendaItem, Dossier

FARTHEST_AHEAD: Final = timedelta(days=366)
"""How far ahead a hearing may be postponed or a publication planned."""

_TIME_OF_DAY: Final = re.compile(r"(?<!\d)([01]?\d|2[0-3])([:.])([0-5]\d)(?!\d)")


def ensure_ahead(at: datetime, now: datetime) -> None:
    """Raise MomentPassed for a moment that is not to come, NotFound for one farther ahead than ``FARTHEST_AHEAD``."""
    if at <= now:
        raise MomentPassed(at)
    if at > now + FARTHEST_AHEAD:
        raise NotFound("moment", at.isoformat())


def shifted(dossier: Dossier, by: timedelta, now: datetime) -> Dossier:
    """The dossier with every date that is still to come moved by so much; answers do not close before ``now``.

    The times of the agenda move with a sitting that is still to come.
    """
    sittings = tuple(
        replace(sitting, starts_at=sitting.starts_at + by) if sitting.starts_at > now else sitting
        for sitting in dossier.sittings
    )
    opens_at = dossier.opens_at + by if dossier.opens_at > now else dossier.opens_at
    closes_at = max(dossier.closes_at + by, now) if dossier.closes_at > now else dossier.closes_at
    agenda = dossier.agenda if sittings == dossier.sittings else later_agenda(dossier.agenda, by)
    return replace(dossier, sittings=sittings, opens_at=opens_at, closes_at=closes_at, agenda=agenda)


def later_agenda(agenda: Iterable[AgendaItem], by: timedelta) -> tuple[AgendaItem, ...]:
    """The agenda of sittings that begin so much later: its times of day move, whole days change nothing.

    What is no time of day stays as it was written.
    """
    minutes = by // timedelta(minutes=1)

    def later(found: re.Match[str]) -> str:
        hour, minute = divmod((int(found[1]) * 60 + int(found[3]) + minutes) % (24 * 60), 60)
        return f"{hour:02}{found[2]}{minute:02}"

    return tuple(replace(item, time=_TIME_OF_DAY.sub(later, item.time)) for item in agenda)


def same_schedule(old: Dossier, new: Dossier) -> bool:
    """True where people need not be told: the sittings and the time in which answers are taken are the same."""
    return (old.sittings, old.opens_at, old.closes_at) == (new.sittings, new.opens_at, new.closes_at)


def succeeding(old: Dossier, new: Dossier) -> Dossier:
    """The dossier of a corrected workbook, whose sittings have the numbers of those that they stand for."""
    return replace(new, sittings=renumbered(old.sittings, new.sittings))


def renewed(old: Dossier, new: Dossier, changed: Collection[int], version: int) -> Dossier:
    """The new dossier; its questions that are ``changed`` or new are of the edition ``version``, others stay as old."""
    editions = {question.no: question.edition for question in old.questions if question.no not in changed}
    questions = tuple(replace(each, edition=editions.get(each.no, version)) for each in new.questions)
    return replace(new, questions=questions)
