"""What everybody may know of a hearing, in words: for the page on the notice board, and for the public pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.hearings import Phase
from bot.domain.people import Gender
from bot.domain.questions import QuestionKind
from bot.i18n import names
from bot.reports import answer_bars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.reports.public_numbers import PublicNumbers
    from bot.reports.record import Record


def remark(record: Record, t: Translator) -> str:
    """What a reader of the numbers must know; empty for final ones."""
    if record.hearing.phase is Phase.CANCELLED:
        return t("The hearing is cancelled.")
    if record.hearing.takes_answers(record.as_of):
        return t("Answers are still being taken: these numbers will change.")
    if record.hearing.is_preliminary(record.as_of):
        return t("Preliminary: what is still to be entered is missing.")
    return ""


def numbers(record: Record, told: PublicNumbers, t: Translator) -> Iterator[tuple[str, str]]:
    """How many took part, by how, and how many comments everybody can read: each number with its words."""
    yield from people(record, told, t)
    yield t.number(record.comments.published), t("Published comments, proposals and questions")


def people(record: Record, told: PublicNumbers, t: Translator) -> Iterator[tuple[str, str]]:
    """How many took part through the bot, and were present: each number with its words."""
    if told.people is not None:
        yield t.number(told.people), t("People who took part through the bot")
    elif not record.hearing.takes_answers(record.as_of):
        yield f"<{LEAST_ANSWERS}", t("People who took part through the bot")
    if record.present:
        women, men = (sum(getattr(each, who) for each in record.present) for who in ("women", "men"))
        parts = ((Gender.FEMALE, women), (Gender.MALE, men))
        apart = ", ".join(f"{t(names.GENDER_NAMES[who]).lower()}: {t.number(count)}" for who, count in parts)
        words = t("People present at the hearing")
        present = t.number(sum(each.people for each in record.present))
        yield present, f"{words} ({apart})" if women or men else words


def question(record: Record, told: PublicNumbers, asked: Question, t: Translator) -> dict[str, Any]:
    """A question with its bars or why there are none: what it is about, its words, its people and their unit."""
    about, words = answer_bars.asked(t, record.hearing, asked)
    tally = told.tallies.get(asked.no)
    found = {"about": f"{asked.no}. {about}".strip(), "words": words, "stance": asked.kind is QuestionKind.STANCE}
    if tally is None:
        return {**found, "bars": [], "people": _untold(record, t), "unit": ""}
    people = t.n("{n} person has answered", "{n} people have answered", tally.voters)
    channels = told.channels.get(asked.no, ())
    apart = ", ".join(f"{names.channels(t, block)} {t.number(voters)}" for block, voters in channels)
    return {
        **found,
        "bars": [bar.data for bar in answer_bars.bars(t, record.hearing, asked, tally)],
        "people": f"{people}: {apart}." if apart else f"{people}.",
        "unit": answer_bars.unit(t, asked),
    }


def _untold(record: Record, t: Translator) -> str:
    """Why nothing is said about a question."""
    if not record.hearing.shows_results(record.as_of, answered=False):
        return t("The results are shown once answers are closed.")
    return t("Fewer than {n} people answered: their answers are not shown.", n=t.number(LEAST_ANSWERS))


def steps(record: Record, t: Translator) -> Iterator[str]:
    """What happens next, a sentence each."""
    hearing, zone = record.hearing, record.zone
    match hearing.phase:
        case Phase.CANCELLED:
            yield t("The hearing is cancelled.")
            return
        case Phase.ANSWERED:
            yield t("The commission has answered every comment.")
        case _ if record.as_of < hearing.dossier.closes_at:
            until = t.moment_in_words(hearing.dossier.closes_at, zone, now=record.as_of)
            yield t("You can answer until {moment}", moment=until) + "."
    if hearing.phase is not Phase.ANSWERED:
        day = t.in_words(hearing.dossier.answers_due(zone), now=record.as_of.astimezone(zone).date())
        yield t("The commission answers every comment by {date}.", date=day)
    if record.resolution is None:
        yield t("Then the council decides.")
    else:
        council = record.resolution
        said = t("The council’s resolution № {number} of {date}:", number=council.number, date=t.date(council.day))
        yield f"{said} {' '.join(council.adopted.split())}"
