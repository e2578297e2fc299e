"""What the hall of a sitting looks like at this moment: for everybody, and for who chairs it."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Visibility
from bot.domain.errors import NotFound
from bot.domain.floor import in_turn
from bot.domain.hall import DAY_LASTS, Hall, HallPhase, HallPresence, StoredHall, next_item, next_question
from bot.domain.hearings import Phase, Results
from bot.domain.masking import masked
from bot.domain.permissions import Permission, may
from bot.domain.questions import OPTION_KINDS
from bot.domain.values import dataclass
from bot.services.disclosing import shown_tallies

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment
    from bot.domain.floor import FloorRequest
    from bot.domain.hearings import AgendaItem, Hearing
    from bot.domain.journal import Act
    from bot.domain.people import Actor
    from bot.domain.questions import Question
    from bot.domain.sittings import Sitting
    from bot.domain.tallies import Tally
    from bot.ports import Repositories

QUESTIONS_SHOWN: Final = 10
"""Questions to the presenters that are listed; the others come up when those above are answered."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """The question that was asked in the hall last, and what everybody may know of the answers now.

    ``answered`` is how many people have answered it by whatever way. ``tally`` is None while the result is ``hidden``,
    and where ``too_few`` have answered to tell anything. ``hands`` are the numbers counted by raised hands, in the
    order of the options; they were counted aloud, so they are told whatever else is hidden.
    """

    question: Question
    is_open: bool
    answered: int
    tally: Tally | None = None
    hidden: bool = False
    too_few: bool = False
    hands: tuple[int, ...] = ()

    @property
    def takes_hands(self) -> bool:
        """True where it can be answered by raising a hand: an answer is one option."""
        return self.question.kind not in OPTION_KINDS


@dataclass(frozen=True, slots=True)
class HallQuestion:
    """A question to the presenters: ``words`` as everybody may read them, without personal numbers."""

    comment: Comment
    words: str
    support: int


@dataclass(frozen=True, slots=True)
class HallState:
    """What everybody may know of the hall. Two are equal where nothing has changed: ``now`` is not compared.

    ``code`` is the code of the day, 0 without one. ``waiting`` people have asked for the floor.
    """

    hearing: Hearing
    zone: ZoneInfo
    hall: Hall
    present: HallPresence
    now: datetime = field(compare=False)
    sitting: Sitting | None = None
    asked: AskedQuestion | None = None
    questions: tuple[HallQuestion, ...] = ()
    waiting: int = 0
    speaker: FloorRequest | None = None
    code: int = 0

    @property
    def phase(self) -> HallPhase:
        """Not begun, running or ended."""
        return self.hall.phase

    @property
    def item(self) -> AgendaItem | None:
        """The agenda item that is dealt with."""
        return next((item for item in self.hearing.dossier.agenda if item.no == self.hall.item), None)


@dataclass(frozen=True, slots=True)
class ChairState:
    """The hall as its chair sees it: the queue in turn, what waits to be published, what comes next."""

    state: HallState
    queue: tuple[FloorRequest, ...] = ()
    to_publish: tuple[HallQuestion, ...] = ()
    undoable: Act | None = None
    """The act that ``undo`` takes back; None where there is nothing to undo."""
    keys: int = 0
    """Keys of the day that open a page now."""
    may_enter: bool = False
    """True where the chair may enter what somebody says, now."""

    @property
    def next_item(self) -> AgendaItem | None:
        """The agenda item after the present one."""
        return next_item(self.state.hall, self.state.hearing.dossier.agenda)

    @property
    def next_question(self) -> Question | None:
        """The question after the one that was asked last."""
        return next_question(self.state.hall, self.state.hearing.dossier.questions)


async def hall_of(repositories: Repositories, hearing: Hearing, sitting: int) -> StoredHall:
    """The hall of a sitting, a new one where nothing was made of it yet.

    Raises NotFound for a sitting that there is not, and for a hearing that is no public one or was cancelled. A
    hearing without sittings has one hall, number 1.
    """
    hearing.ensure_public()
    if hearing.phase is Phase.CANCELLED:
        raise NotFound("hall", hearing.id)
    if sitting != 1 or hearing.dossier.sittings:
        hearing.dossier.sitting(sitting)
    found = await repositories.halls.find(hearing.id, sitting)
    return found or StoredHall(Hall(hearing.id, sitting))


async def gather_state(
    repositories: Repositories, hearing: Hearing, stored: StoredHall, *, now: datetime, zone: ZoneInfo
) -> HallState:
    """What everybody may know of a hall at this moment."""
    hall = stored.hall
    requests = await repositories.floor.list_of(hearing.id, hall.sitting)
    questions = await repositories.halls.list_questions(hearing.id, Visibility.PUBLISHED, limit=QUESTIONS_SHOWN)
    return HallState(
        hearing,
        zone,
        hall,
        await repositories.hall_people.presence(hearing.id, hall.sitting),
        now,
        sitting=next((each for each in hearing.dossier.sittings if each.no == hall.sitting), None),
        asked=await asked_question(repositories, hearing, hall, now),
        questions=tuple(map(_question, questions)),
        waiting=len(in_turn(requests)),
        speaker=next((each for each in requests if each.number == hall.speaker), None),
        code=stored.code_at_moment(now),
    )


async def gather_chair(
    repositories: Repositories, hearing: Hearing, stored: StoredHall, actor: Actor, *, now: datetime, zone: ZoneInfo
) -> ChairState:
    """The hall as ``actor``, who chairs it, sees it."""
    hall, since = stored.hall, now - DAY_LASTS
    waiting = await repositories.halls.list_questions(hearing.id, Visibility.WAITING, limit=QUESTIONS_SHOWN)
    return ChairState(
        await gather_state(repositories, hearing, stored, now=now, zone=zone),
        in_turn(await repositories.floor.list_of(hearing.id, hall.sitting)),
        tuple(map(_question, waiting)),
        hall.last if stored.before is not None else None,
        await repositories.halls.count_keys(hearing.id, hall.sitting, since),
        may_enter=may(actor, Permission.ENTER, hearing.municipality_id) and hearing.may_enter(now),
    )


async def asked_question(
    repositories: Repositories, hearing: Hearing, hall: Hall, now: datetime
) -> AskedQuestion | None:
    """The question that was asked in a hall last, as everybody may know it; None before the first."""
    question = next((each for each in hearing.dossier.questions if each.no == hall.question), None)
    if question is None:
        return None
    standing = (await repositories.disclosures.of_questions(hearing.id, (question.no,))).get(question.no)
    shown = standing.tally if standing else None
    if not hearing.takes_answers(now):
        shown = (await shown_tallies(repositories, hearing, now, questions=(question.no,))).get(question.no)
    hidden = not _may_be_seen(hearing, hall, now)
    return AskedQuestion(
        question,
        hall.is_asking,
        standing.voters if standing else 0,
        None if hidden else shown,
        hidden=hidden,
        too_few=not hidden and shown is None,
        hands=hall.hands,
    )


def _may_be_seen(hearing: Hearing, hall: Hall, now: datetime) -> bool:
    """Whether the hall may see how people answer: live, once the chair shows it, or not before answers close."""
    match hearing.dossier.results:
        case Results.ALWAYS:
            return True
        case Results.AFTER_VOTING:
            return hall.result_shown
        case Results.AFTER_CLOSING:
            return hall.result_shown and not hearing.takes_answers(now)


def _question(comment: Comment) -> HallQuestion:
    return HallQuestion(comment, masked(comment.text), comment.support)
