"""The first page of the record: what was heard, where and when, the numbers, and what to be careful about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bot.domain.hearings import Phase
from bot.domain.people import Gender
from bot.domain.values import dataclass
from bot.i18n import budget_words, names
from bot.reports import votes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.domain.comments import Channel, CommentKind
    from bot.domain.entries import Presence
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.reports.formulas import Formula
    from bot.reports.record import Record


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with facts under it: (name, value)."""

    title: str
    facts: tuple[tuple[str, str | int | Formula], ...]


class Counted(Protocol):
    """What counts the numbers of the page anew from the other sheets: each is given, and returned as a formula."""

    def questions(self, value: int) -> int | Formula:
        """How many questions there are."""
        ...

    def answers(self, channel: Channel | None, value: int) -> int | Formula:
        """The answers through a channel; None: through all of them."""
        ...

    def present(self, presence: Presence) -> tuple[int | Formula, int | Formula, int | Formula]:
        """People, women and men who were present at a sitting."""
        ...

    def comments(self, value: int) -> int | Formula:
        """The comments that were not taken back."""
        ...

    def kind(self, kind: CommentKind, value: int) -> int | Formula:
        """Those of a kind."""
        ...

    def channel(self, channel: Channel, value: int) -> int | Formula:
        """Those that came through a channel."""
        ...

    def waiting(self, value: int) -> int | Formula:
        """Those that wait to be published."""
        ...

    def hidden(self, value: int) -> int | Formula:
        """Those that are hidden."""
        ...

    def undecided(self, value: int) -> int | Formula:
        """Those without a decision."""
        ...

    def withdrawn(self, value: int) -> int | Formula:
        """Those that were taken back."""
        ...


class AsTheyAre:
    """Stands for the other sheets where there are none: numbers stay numbers."""

    def present(self, presence: Presence) -> tuple[int, int, int]:
        """People, women and men."""
        return presence.people, presence.women, presence.men

    def __getattr__(self, _name: str) -> Callable[..., int]:
        return lambda *given: given[-1]


def title(record: Record, t: Translator) -> str:
    """The hearing's title."""
    return t.marked(record.hearing.dossier.title)


def sections(record: Record, t: Translator, counted: Counted) -> tuple[Section, ...]:
    """The page from top to bottom; ``counted`` counts its numbers anew."""
    return (
        Section(t("Public hearing"), tuple(_hearing(record, t))),
        Section(t("Participation"), tuple(_numbers(record, t, counted))),
        Section(t("Comments"), tuple(_comments(record, t, counted))),
    )


def warnings(record: Record, t: Translator) -> Iterator[str]:
    """What a reader of the numbers must know."""
    dossier = record.hearing.dossier
    if record.hearing.phase in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN):
        yield t("Answers are still being taken: these numbers will change.")
    if record.hearing.is_preliminary(record.as_of):
        yield t("Preliminary: what is still to be entered is missing.")
    for gap in dossier.budget.discrepancies() if dossier.budget else ():
        yield budget_words.discrepancy(t, gap, dossier.unit)
    if record.outage and record.outage[0] < dossier.closes_at:
        yield t(
            "The bot was out of reach from {start} to {end}; buttons pressed then may not have been counted.",
            start=t.moment(record.outage[0], record.zone),
            end=t.moment(record.outage[1], record.zone),
        )


def _hearing(record: Record, t: Translator) -> Iterator[tuple[str, str]]:
    hearing = record.hearing
    dossier = hearing.dossier
    zone = t.zone_name(record.zone, record.as_of)
    yield t("Municipality"), t.place(record.municipality.name)
    yield t("Kind"), t(names.HEARING_KIND_NAMES[dossier.kind])
    yield t("Code"), hearing.code
    yield t("Status"), t(names.PHASE_NAMES[hearing.phase])
    for sitting in dossier.sittings:
        yield t("When"), f"{_moment(record, t, sitting)} ({zone})"
        if where := ", ".join(part for part in (t.marked(sitting.place), t.marked(sitting.address)) if part):
            yield t("Where"), where
        if sitting.online_link:
            yield t("Online"), sitting.online_link
        for village in record.villages:
            if village.id == sitting.village:
                yield t("For the village"), t.place(village.name)
    if presenters := t.marked(dossier.presenters):
        yield t("Presented by"), presenters
    yield t("Answers taken from"), t.moment(dossier.opens_at, record.zone)
    yield t("Answers taken until"), t.moment(dossier.closes_at, record.zone)
    yield t("The commission answers by"), t.date(dossier.answers_due(record.zone))
    if legal_basis := t.marked(dossier.legal_basis):
        yield t("Legal basis"), legal_basis
    if record.resolution is not None:
        council = record.resolution
        yield t("The council’s resolution"), f"№ {council.number}, {t.date(council.day)}: {council.adopted}"
    yield t("Last change in this record"), f"{t.moment(record.as_of, record.zone)} ({zone})"


def _moment(record: Record, t: Translator, sitting: Sitting) -> str:
    start = sitting.starts_at.astimezone(record.zone)
    return f"{t.day(start.date())}, {t.time(start)}"


def _numbers(record: Record, t: Translator, counted: Counted) -> Iterator[tuple[str, int | Formula]]:
    yield t("People who took part through the bot"), record.participation.people
    yield t("Questions"), counted.questions(len(record.hearing.dossier.questions))
    for channel in votes.channels(record):
        answers = sum(tally.voters for (_, by), tally in record.tallies.items() if by is channel)
        named = t("Answers to questions: {channel}", channel=t(names.CHANNEL_NAMES[channel]))
        yield named, counted.answers(channel, answers)
    everybody = sum(tally.voters for tally in record.tallies.values())
    together = t("Answers to questions: {channel}", channel=t("All channels together"))
    yield together, counted.answers(None, everybody)
    several = len(record.hearing.dossier.sittings) > 1
    for presence in record.present:
        people, women, men = counted.present(presence)
        about = next((each for each in record.hearing.dossier.sittings if each.no == presence.sitting), None)
        named = t("People present: {sitting}", sitting=_moment(record, t, about)) if several and about else ""
        yield named or t("People present"), people
        if presence.women or presence.men:
            yield f"– {t(names.GENDER_NAMES[Gender.FEMALE])}", women
            yield f"– {t(names.GENDER_NAMES[Gender.MALE])}", men


def _comments(record: Record, t: Translator, counted: Counted) -> Iterator[tuple[str, int | Formula]]:
    counts = record.comments
    yield t("Comments, proposals and questions"), counted.comments(counts.total)
    for kind, plural in names.COMMENT_KIND_PLURALS.items():
        yield f"– {t(plural)}", counted.kind(kind, counts.by_kind.get(kind, 0))
    for channel in votes.channels(record):
        named = t("Received: {channel}", channel=t(names.CHANNEL_NAMES[channel]))
        yield named, counted.channel(channel, counts.by_channel.get(channel, 0))
    yield t("Waiting to be published"), counted.waiting(counts.waiting)
    yield t("Hidden from other residents"), counted.hidden(counts.hidden)
    if record.appeals.made:
        yield t("Appeals against hiding"), record.appeals.made
        yield f"– {t('shown to others after it')}", record.appeals.lifted
        yield f"– {t('kept hidden after it')}", record.appeals.upheld
    yield t("Without a decision"), counted.undecided(counts.undecided)
    yield t("Withdrawn by their authors (not counted above)"), counted.withdrawn(counts.withdrawn)
