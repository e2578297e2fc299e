"""The record of a hearing: everything a report may say. ``records`` gathers it; comments are read page by page."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from bot.domain.appeals import AppealCounts
from bot.domain.consent import RETENTION_YEARS
from bot.domain.values import dataclass
from bot.i18n.consent import consent_words
from bot.reports.seal import heard_digest, of_sitting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.attachments import Attachment
    from bot.domain.comments import Channel, HidingRule
    from bot.domain.duplicates import JoinedComments
    from bot.domain.entries import Presence
    from bot.domain.hall_course import SittingStep
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.journal import JournalEntry
    from bot.domain.numbers import CommentCounts, Participation, Residence
    from bot.domain.places import Place
    from bot.domain.questions import About, Question
    from bot.domain.resolutions import Resolution
    from bot.domain.shown_groups import ShownGroups
    from bot.domain.suppression import Block, GroupSize, GroupSizes
    from bot.domain.tallies import Tally
    from bot.reports.course import DraftVersion, SentNotice
    from bot.reports.seal import Seal


@dataclass(frozen=True, slots=True)
class FormerQuestion:
    """A question as it was in an earlier ``version`` of the dossier, with the answers that were given to it then.

    ``told`` are its channels as others than staff may know them.
    """

    version: int
    dossier: Dossier
    question: Question
    tallies: Mapping[Channel, Tally]
    told: tuple[Block, ...]

    @property
    def by_channel(self) -> Mapping[tuple[int, Channel], Tally]:
        """The answers by question and channel."""
        return {(self.question.no, channel): tally for channel, tally in self.tallies.items()}


@dataclass(frozen=True, slots=True)
class Record:
    """A hearing and its numbers; ``zone`` is the municipality's.

    ``as_of`` (aware UTC) is the time of the last change that it holds, whenever it was gathered: that answers opened or
    closed is a change.

    ``tallies`` are by question number and channel; ``outage`` is the newest time during which the bot was out of reach
    since answers opened; ``sizes`` is what may be told of groups, ``safe`` which of them may stand beside a comment.
    ``former`` are the questions whose answers were put aside, as something else is asked now. ``voters`` is what may be
    told of where those live who answered a question, by its number.
    """

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    zone: ZoneInfo
    as_of: datetime
    participation: Participation
    comments: CommentCounts
    tallies: Mapping[tuple[int, Channel], Tally]
    outage: tuple[datetime, datetime] | None
    sizes: GroupSizes
    safe: ShownGroups
    former: tuple[FormerQuestion, ...] = ()
    voters: Mapping[int, Mapping[Residence, GroupSize]] = field(default_factory=dict)
    present: tuple[Presence, ...] = ()
    """People present at the sittings."""
    resolution: Resolution | None = None
    """What the council made of it."""
    documents: tuple[Attachment, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of the documents, photos and voices that are kept: the names of their files, by what Telegram knows them by."""
    joined: Mapping[int, JoinedComments] = field(default_factory=dict)
    """The comments that are joined with others, by their ids."""
    appeals: AppealCounts = field(default_factory=AppealCounts)
    subjects: Mapping[About, int] = field(default_factory=dict)
    """What the comments that were not taken back are about, and how many are."""
    versions: tuple[DraftVersion, ...] = ()
    """The drafts that people could read, the first one first, and what each changed."""
    notices: tuple[SentNotice, ...] = ()
    """What the public was told, in its order."""
    arrivals: Mapping[int, GroupSize] = field(default_factory=dict)
    """People by the village whose poster brought them (``WHOLE_MUNICIPALITY``: one for all): lower bounds."""
    languages: Mapping[str, GroupSize] = field(default_factory=dict)
    """People who took part by the language that they read; "" of forgotten ones: lower bounds."""
    changed: Mapping[int, GroupSize] = field(default_factory=dict)
    """By question, how many people have changed their mind: answered it, and then otherwise."""
    hidden: Mapping[HidingRule, int] = field(default_factory=dict)
    """Hidden comments by the rule."""
    journal: tuple[JournalEntry, ...] = ()
    """The acts on the hearing as a whole, oldest first; staff stand in it by their numbers alone."""
    steps: tuple[SittingStep, ...] = ()
    """What was done in the sittings, oldest first; what was undone is left out."""
    consent: tuple[str, ...] = consent_words(RETENTION_YEARS)
    """What residents agree to, in English."""
    kept_years: int = RETENTION_YEARS
    """The years that it names."""
    seal: Seal | None = None
    """The digests of it, once its comments were read (``sealed``)."""
    sitting: int = 0
    """The number of the only sitting of which a file tells; 0: of the whole hearing."""
    heard: frozenset[int] = frozenset()
    """The comments that were given at that sitting: their ids."""

    @property
    def people(self) -> int:
        """Everybody who took part through the bot."""
        return self.participation.people

    def seal_line(self, form: str, languages: Sequence[str], **more: str) -> str:
        """The line of its seal as ``Seal.line`` has it; empty without a seal."""
        if self.sitting:
            form, more = of_sitting(form, self.sitting), {**more, "sitting": heard_digest(self.heard)}
        return self.seal.line(form, languages, **more) if self.seal else ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What stands in the protocol alone: names that speakers gave, by comment, and titles of the documents."""

    speakers: Mapping[int, str]
    attachments: tuple[str, ...]
    form: bytes = b""
    """The municipality's own form; empty for ours."""
