"""What programs read of the public pages (``/api/v1``): every document with the types of its fields.

Texts are by their languages (ky, ru, uz_Cyrl, uz, en), moments ISO 8601 with the municipality's offset, money whole
tyiyn (1/100 som). ``null`` is what is not known, or not told. ``openapi`` describes the documents from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.comments import CommentKind, Outcome
from bot.domain.hearings import HearingKind, Phase, Results
from bot.domain.programme import Side
from bot.domain.questions import QuestionKind
from bot.reports.course_document import Moment, RecordedAbout
from bot.reports.record_document import RecordedCouncil, RecordedPlace, RecordedPresence, Words


@dataclass(frozen=True, slots=True)
class ApiError:
    """Why there is no document."""

    error: str


@dataclass(frozen=True, slots=True)
class ListedHearing:
    """A hearing in a list; ``document`` is the address of all that is known of it."""

    code: str
    title: Words
    kind: HearingKind
    phase: Phase
    opens_at: Moment
    closes_at: Moment
    first_sitting: Moment | None
    document: str


@dataclass(frozen=True, slots=True)
class MunicipalityDocument:
    """A municipality with its public hearings, the newest first; ``above`` is what it lies in, the nearest first."""

    code: str
    name: Words
    above: tuple[RecordedPlace, ...]
    hearings: tuple[ListedHearing, ...]


@dataclass(frozen=True, slots=True)
class MunicipalitiesDocument:
    """The municipalities that have a public hearing."""

    municipalities: tuple[MunicipalityDocument, ...]


@dataclass(frozen=True, slots=True)
class PublicSitting:
    """A meeting; ``village`` is for whom it is, null for everybody. ``was`` is when it was to begin before."""

    no: int
    starts_at: Moment
    ends_at: Moment
    place: Words
    address: Words
    village: RecordedPlace | None
    latitude: float | None
    longitude: float | None
    online_link: str | None
    was: Moment | None


@dataclass(frozen=True, slots=True)
class PublicAgendaItem:
    """An item of the agenda; its time as it was written."""

    no: int
    time: str
    item: Words
    presenter: Words


@dataclass(frozen=True, slots=True)
class PublicAction:
    """What will be done for a service."""

    title: Words
    start: str
    end: str
    responsible: Words
    cost: int | None
    source: Words


@dataclass(frozen=True, slots=True)
class PublicService:
    """A service of the draft strategy; ``link`` opens it in Telegram."""

    no: int
    title: Words
    problem: Words
    goal: Words
    indicator: Words
    baseline: Words
    target: Words
    target_date: Words
    cost: int | None
    actions: tuple[PublicAction, ...]
    link: str | None


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of the draft budget."""

    no: int
    side: Side
    group: str
    code: str
    title: Words
    amount: int
    last_year: int | None


@dataclass(frozen=True, slots=True)
class PublicOption:
    """An option of a question; ``voters`` and ``points`` are null while they are not told."""

    option: int
    text: Words
    voters: int | None
    points: int | None


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question with its answers as everybody may know them: none of fewer than five, renewed with every fifth."""

    no: int
    about: RecordedAbout
    kind: QuestionKind
    text: Words
    voters: int | None
    options: tuple[PublicOption, ...]
    link: str | None


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A document of the hearing; null where its bytes are not kept."""

    title: str
    address: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class PublicContact:
    """Whom residents ask."""

    name: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class HearingDocument:
    """A hearing as everybody may know it; ``people`` took part through the bot, null while that is not told.

    ``comments`` are the published ones, in ``comment_pages`` documents. ``pages`` are for people, by language.
    """

    code: str
    municipality: RecordedPlace
    title: Words
    kind: HearingKind
    phase: Phase
    opens_at: Moment
    closes_at: Moment
    answers_promised_by: date
    results: Results
    sittings: tuple[PublicSitting, ...]
    agenda: tuple[PublicAgendaItem, ...]
    services: tuple[PublicService, ...]
    fiscal_year: int | None
    budget: tuple[PublicLine, ...]
    questions: tuple[PublicQuestion, ...]
    people: int | None
    present: tuple[RecordedPresence, ...]
    comments: int
    comment_pages: int
    council: RecordedCouncil | None
    documents: tuple[PublicDocument, ...]
    contact: PublicContact
    pages: dict[str, str]
    link: str | None


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """The commission's answer; ``changes`` is what in the drafts it changes: line L3, service S2, action S2.1."""

    outcome: Outcome
    reason: str
    responsible: str
    due: date | None
    changes: str | None
    done_on: date | None
    done_photo: str | None


@dataclass(frozen=True, slots=True)
class PublishedComment:
    """A published comment without personal numbers; ``joined`` are the numbers of those that say the same."""

    number: int
    kind: CommentKind
    about: RecordedAbout
    text: str
    language: str | None
    support: int
    changed_on: date | None
    joined: tuple[int, ...]
    transcript: str | None
    photos: tuple[str, ...]
    recordings: tuple[str, ...]
    decision: PublicDecision | None
    link: str | None


@dataclass(frozen=True, slots=True)
class CommentsDocument:
    """A page of the published comments, the newest first."""

    hearing: str
    page: int
    pages: int
    published: int
    comments: tuple[PublishedComment, ...]
