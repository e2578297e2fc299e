"""A public hearing: its dossier (what the secretary filled in) and its life."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NoReturn

from bot.domain.errors import (
    AllEntered,
    HearingCancelled,
    HearingClosed,
    HearingNotOpen,
    HearingOver,
    NotFound,
    Refusal,
)
from bot.domain.languages import Text
from bot.domain.programme import Budget, BudgetLine, DraftPoint, Service, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from bot.domain.setbacks import Setback
    from bot.domain.sittings import Sitting


class HearingKind(StrEnum):
    """The subject of a hearing; values are the workbook's."""

    STRATEGY = "strategy"
    BUDGET = "budget"
    BOTH = "strategy and budget"
    EXECUTION = "budget execution"
    OTHER = "other"


class Results(StrEnum):
    """When a resident sees how others answered; values are the workbook's."""

    ALWAYS = "always"
    AFTER_VOTING = "after voting"
    AFTER_CLOSING = "after closing"


class Phase(StrEnum):
    """The life of a hearing."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


PUBLIC_PHASES: Final = (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.ANSWERED, Phase.CANCELLED)
"""Phases a resident may see."""
CURRENT_PHASES: Final = (Phase.ANNOUNCED, Phase.OPEN)
"""Phases of a hearing that is to come or running."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of the agenda; ``time`` as written, local."""

    no: int
    item: Text
    time: str = ""
    presenter: Text = Text()


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many people of a group live there: against whom "who has not been heard" is measured."""

    group: str
    population: int


ANSWERS_WITHIN: Final = timedelta(days=14)
"""How long after closing the commission answers comments, where the workbook names no day."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the workbook says. Answers are taken in ``opens_at <= t < closes_at`` (aware UTC).

    ``answers_promised`` is the day until which the commission answers comments, where the workbook names one.
    """

    title: Text
    kind: HearingKind
    sittings: tuple[Sitting, ...]
    opens_at: datetime
    closes_at: datetime
    presenters: Text = Text()
    results: Results = Results.AFTER_VOTING
    fiscal_year: int | None = None
    unit: Unit = Unit.THOUSAND
    legal_basis: Text = Text()
    agenda: tuple[AgendaItem, ...] = ()
    services: tuple[Service, ...] = ()
    budget: Budget | None = None
    questions: tuple[Question, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    answers_promised: date | None = None

    def answers_due(self, zone: tzinfo) -> date:
        """The day in ``zone`` until which the commission answers comments; a promise from before closing is void."""
        closing = self.closes_at.astimezone(zone).date()
        promised = self.answers_promised
        return promised if promised is not None and promised >= closing else closing + ANSWERS_WITHIN

    def service(self, no: int) -> Service:
        """The service with that number, or NotFound."""
        return next((service for service in self.services if service.no == no), None) or _missing("service", no)

    def line(self, no: int) -> BudgetLine:
        """The budget line with that number, or NotFound."""
        lines = self.budget.lines if self.budget else ()
        return next((line for line in lines if line.no == no), None) or _missing("budget line", no)

    def sitting(self, no: int) -> Sitting:
        """The sitting with that number, or NotFound."""
        return next((sitting for sitting in self.sittings if sitting.no == no), None) or _missing("sitting", no)

    def item(self, no: int) -> AgendaItem:
        """The agenda item with that number, or NotFound."""
        return next((item for item in self.agenda if item.no == no), None) or _missing("agenda item", no)

    def question(self, no: int) -> Question:
        """The question with that number, or NotFound."""
        return next((question for question in self.questions if question.no == no), None) or _missing("question", no)

    def ensure_about(self, about: About) -> None:
        """Raise NotFound unless ``about`` names something in this dossier."""
        finders = {AboutKind.SERVICE: self.service, AboutKind.LINE: self.line, AboutKind.AGENDA: self.item}
        if (find := finders.get(about.kind)) is not None:
            find(about.no)

    def has(self, point: DraftPoint) -> bool:
        """True where the drafts have that point."""
        if point.line:
            return any(line.no == point.line for line in (self.budget.lines if self.budget else ()))
        found = next((service for service in self.services if service.no == point.service), None)
        return found is not None and point.action <= len(found.actions)

    @property
    def points(self) -> tuple[DraftPoint, ...]:
        """Everything in the drafts that a decision may change: services with their actions, then budget lines."""
        services = [
            DraftPoint(service=service.no, action=action)
            for service in self.services
            for action in range(len(service.actions) + 1)
        ]
        return (*services, *(DraftPoint(line.no) for line in (self.budget.lines if self.budget else ())))


def _missing(noun: str, no: int) -> NoReturn:
    raise NotFound(noun, no)


DEFAULT_REMINDERS: Final = (10_080, 1_440, 120)
"""Minutes before a sitting at which people are reminded unless staff choose others: 7 days, 1 day, 2 hours."""
DEFAULT_CLOSING_REMINDER: Final = 1_440
"""Minutes before answers close at which those who have not finished are told."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """A hearing as stored. ``code`` is what people type and print; ``version`` grows with the dossier.

    ``scheduled_at`` is when the present dates became public; ``publish_at`` when a draft publishes itself.
    ``closing_reminder`` is 0 for none.
    """

    id: int
    code: str
    municipality_id: int
    phase: Phase
    version: int
    dossier: Dossier
    announced_at: datetime | None = None
    scheduled_at: datetime | None = None
    publish_at: datetime | None = None
    reminders: tuple[int, ...] = DEFAULT_REMINDERS
    closing_reminder: int = DEFAULT_CLOSING_REMINDER
    setback: Setback | None = None
    all_entered_at: datetime | None = None
    """When staff said that all voices from the hall, on paper and by phone are entered; None before, and reopened."""

    @property
    def closes_at(self) -> datetime:
        """The moment from which an answer is late."""
        return self.dossier.closes_at

    @property
    def is_public(self) -> bool:
        """True once residents may see it."""
        return self.phase in PUBLIC_PHASES

    def ensure_public(self) -> None:
        """Raise NotFound unless it is public."""
        if not self.is_public:
            _missing("hearing", self.id)

    def next_sitting(self, now: datetime) -> Sitting | None:
        """The first sitting that has not ended, else the last one; None without sittings."""
        sittings = self.dossier.sittings
        ends = (sitting for sitting in sittings if sitting.ends_at >= now)
        return next(ends, sittings[-1] if sittings else None)

    def takes_answers(self, at: datetime) -> bool:
        """True while votes and comments count."""
        return self.phase in CURRENT_PHASES and self.dossier.opens_at <= at < self.dossier.closes_at

    def will_take_answers(self, at: datetime) -> bool:
        """True while votes and comments count or are still to come: it is public, not cancelled, and has not closed."""
        over = (Phase.DRAFT, Phase.CANCELLED, Phase.ANSWERED)
        return self.phase not in over and at < self.dossier.closes_at

    def is_preliminary(self, at: datetime) -> bool:
        """True once answers have closed, while voices from the hall, on paper and by phone may still be entered."""
        over = (Phase.DRAFT, Phase.CANCELLED, Phase.ANSWERED)
        return self.phase not in over and at >= self.dossier.closes_at and not self._all_entered

    def may_change(self, at: datetime) -> bool:
        """True while the answers to questions may still become other ones, by whatever way they come."""
        return self.takes_answers(at) or self.is_preliminary(at)

    @property
    def _all_entered(self) -> bool:
        """True where all was entered after the present closing: a postponed hearing is entered anew."""
        return self.all_entered_at is not None and self.all_entered_at >= self.dossier.closes_at

    def ensure_enterable(self, at: datetime) -> None:
        """Raise unless voices from the hall, on paper and by phone are entered now: from opening until it is answered.

        Raises HearingNotOpen, HearingCancelled, HearingOver for an answered one, AllEntered, NotFound for a draft.
        """
        self.ensure_public()
        if self.phase is Phase.CANCELLED:
            raise HearingCancelled
        if self.phase is Phase.ANSWERED:
            raise HearingOver
        if at < self.dossier.opens_at:
            raise HearingNotOpen(self.dossier.opens_at)
        if self._all_entered:
            raise AllEntered

    def may_enter(self, at: datetime) -> bool:
        """True where ``ensure_enterable`` does not raise."""
        try:
            self.ensure_enterable(at)
        except Refusal:
            return False
        return True

    def shows_results(self, at: datetime, *, answered: bool) -> bool:
        """True where a person who has ``answered`` the question, or not, may see how others did."""
        match self.dossier.results:
            case Results.ALWAYS:
                return True
            case Results.AFTER_VOTING:
                return answered or not self.takes_answers(at)
            case Results.AFTER_CLOSING:
                return not self.takes_answers(at)

    def ensure_open(self, at: datetime) -> None:
        """Raise HearingNotOpen, HearingClosed or HearingCancelled unless an answer given ``at`` counts.

        The clock decides, not the stored phase: a late tick neither opens nor closes a hearing, and what was sent
        before closing counts although it is handled after. Only an answered hearing takes nothing more.
        """
        if self.phase is Phase.CANCELLED:
            raise HearingCancelled
        if self.phase is Phase.DRAFT:
            raise NotFound("hearing", self.code)
        if self.phase is Phase.ANSWERED or at >= self.dossier.closes_at:
            raise HearingClosed(self.dossier.closes_at)
        if at < self.dossier.opens_at:
            raise HearingNotOpen(self.dossier.opens_at)


def due_phase(hearing: Hearing, now: datetime) -> Phase:
    """The phase by the clock: announced -> open -> closed, never back; every other stays as people set it."""
    if hearing.phase not in CURRENT_PHASES:
        return hearing.phase
    if now >= hearing.dossier.closes_at:
        return Phase.CLOSED
    return Phase.OPEN if now >= hearing.dossier.opens_at else hearing.phase


def default_questions(services: tuple[Service, ...], *, strategy: bool, budget: bool) -> tuple[Question, ...]:
    """A stance on each service, on the strategy and on the budget: what a workbook without questions asks."""
    abouts = [About(AboutKind.SERVICE, service.no) for service in services]
    abouts += [About(AboutKind.STRATEGY)] if strategy else []
    abouts += [About(AboutKind.BUDGET)] if budget else []
    return tuple(Question(no, about, QuestionKind.STANCE) for no, about in enumerate(abouts, start=1))
