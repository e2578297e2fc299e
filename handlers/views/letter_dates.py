"""What letters say of when and where a hearing takes place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase, due_phase
from bot.domain.notices import NoticeKind
from bot.domain.timetable import LONG_BEFORE
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.screen import Html, b, e, stacked
from handlers.views.setbacks import reason, sitting_happened, what_happened

if TYPE_CHECKING:
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.services.outbox.letters import Letter

Parts = Iterable["Html | None"]

SITTINGS_IN_A_REMINDER: Final = 3


def sitting_of(letter: Letter) -> Sitting | None:
    """The sitting that a reminder is about; of other letters, the recipient's next one."""
    number = int(letter.broadcast.planned.facts.get("sitting", -1)) + 1
    about = (each for each in letter.hearing.dossier.sittings if each.no == number)
    return next(about, None) or letter.venues.next_for(letter.village_id, letter.now)


def postponed(t: Translator, letter: Letter) -> Parts:
    """Why and from when to when, and the new dates; of one sitting alone also that the recipient's stays."""
    sitting = postponed_alone(letter)
    if sitting is None:
        what = what_happened(t, letter.hearing, letter.zone, now=letter.now)
        return (what, e(""), b(t("It takes place:")), *ahead(t, letter))
    own = letter.venues.next_for(letter.village_id, letter.now)
    stays = own is not None and sitting not in letter.venues.told(letter.village_id)
    return (
        sitting_happened(t, sitting, letter.zone, now=letter.now),
        e(""),
        b(t("It takes place:")),
        *ahead(t, letter),
        stacked(e(""), b(t("Your sitting stays as it was:"))) if stays else None,
        when_and_where(t, own, letter.zone, letter.villages, now=letter.now) if own and stays else None,
    )


def postponed_alone(letter: Letter) -> Sitting | None:
    """The sitting that was postponed alone; None where the whole hearing was."""
    return sitting_of(letter) if "sitting" in letter.broadcast.planned.facts else None


def changed(t: Translator, letter: Letter) -> Parts:
    """The dates and places as they are now."""
    return (b(t("This is how it stands now:")), *ahead(t, letter))


def ahead(t: Translator, letter: Letter) -> Parts:
    """When and where, and when one can answer."""
    sitting, dossier = sitting_of(letter), letter.hearing.dossier
    if sitting is not None and letter.broadcast.kind is NoticeKind.REMINDER:
        that_day = letter.venues.same_day(sitting, letter.village_id, letter.zone)[:SITTINGS_IN_A_REMINDER]
        return (
            *(when_and_where(t, each, letter.zone, letter.villages, now=letter.now) for each in that_day),
            more_sittings(t, dossier) if len(that_day) < len(dossier.sittings) else None,
            _answers_are_open(t, letter),
            time_to_answer(t, letter),
            answered_so_far(t, letter),
        )
    return (
        when_and_where(t, sitting, letter.zone, letter.villages, now=letter.now) if sitting else None,
        more_sittings(t, dossier),
        time_to_answer(t, letter),
        answered_so_far(t, letter) if letter.broadcast.kind is not NoticeKind.CLOSING else None,
    )


def _answers_are_open(t: Translator, letter: Letter) -> Html | None:
    """That answers are open, in an early reminder: mostly nobody has told so yet."""
    is_early = int(letter.broadcast.planned.facts.get("minutes", 0)) >= LONG_BEFORE
    is_open = due_phase(letter.hearing, letter.now) is Phase.OPEN
    return b(t("🗳 Answers are open")) if is_early and is_open and not has_answered_everything(letter) else None


def time_to_answer(t: Translator, letter: Letter) -> Html | None:
    """From when or until when one can answer; None afterwards."""
    dossier = letter.hearing.dossier
    moment = partial(t.day_and_time, zone=letter.zone, now=letter.now)
    match due_phase(letter.hearing, letter.now):
        case Phase.ANNOUNCED:
            return e(t("⏳ You can answer from {moment}.", moment=moment(dossier.opens_at)))
        case Phase.OPEN:
            return e(t("⏳ You can answer until {moment}.", moment=moment(dossier.closes_at)))
    return None


def has_answered_everything(letter: Letter) -> bool:
    """Whether nothing is left to answer, of a hearing that asks anything."""
    return 0 < len(letter.hearing.dossier.questions) <= letter.answered


def answered_so_far(t: Translator, letter: Letter) -> Html | None:
    """That everything is answered, or how much is left; None for who has not begun, and where no answers are taken."""
    if not letter.answered or due_phase(letter.hearing, letter.now) is not Phase.OPEN:
        return None
    if has_answered_everything(letter):
        return e(t("✅ You have answered every question. Thank you!"))
    total = len(letter.hearing.dossier.questions)
    left = total - letter.answered
    return b(t.n("{n} question of {total} is left", "{n} questions of {total} are left", left, total=t.number(total)))


def cancelled(t: Translator, letter: Letter) -> Parts:
    """Why, and when and where it was to be."""
    sitting, setback = sitting_of(letter), letter.hearing.setback
    return (
        reason(t, setback) if setback else None,
        e(""),
        e(t("It was to be:")) if sitting else None,
        when_and_where(t, sitting, letter.zone, letter.villages, now=letter.now) if sitting else None,
        e(t("What you have answered and written stays in the record. Thank you!")),
    )
