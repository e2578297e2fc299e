"""The record of a hearing: everything a report may say, gathered once; comments alone are read page by page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.appeals import AppealCounts
from bot.domain.comments import Channel
from bot.domain.numbers import Residence, by_residence
from bot.domain.places import PlaceTree
from bot.domain.shown_groups import ShownGroups
from bot.domain.suppression import GroupSizes, newest, sizes_within, told_blocks, without
from bot.domain.towns import with_towns

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from datetime import datetime

    from bot.domain.attachments import Attachment
    from bot.domain.comments import Comment
    from bot.domain.duplicates import JoinedComments
    from bot.domain.entries import Presence
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.numbers import CommentCounts, Participation
    from bot.domain.places import Place
    from bot.domain.questions import About, Question
    from bot.domain.resolutions import Resolution
    from bot.domain.suppression import Block, GroupSize
    from bot.domain.tallies import FormerTally, Tally
    from bot.ports import Repositories

COMMENTS_READ_AT_ONCE: Final = 250
"""Few enough that turning them into comments never holds up the event loop."""


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
    """A hearing and its numbers at ``made_at`` (aware UTC); ``zone`` is the municipality's.

    ``tallies`` are by question number and channel; ``outage`` is the newest time during which the bot was out of reach
    since answers opened; ``sizes`` is what may be told of groups, ``safe`` which of them may stand beside a comment.
    ``former`` are the questions whose answers were put aside, as something else is asked now. ``voters`` is what may be
    told of where those live who answered a question, by its number.
    """

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    zone: ZoneInfo
    made_at: datetime
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


@dataclass(frozen=True, slots=True)
class Minutes:
    """What stands in the protocol alone: names that speakers gave, by comment, and titles of the documents."""

    speakers: Mapping[int, str]
    attachments: tuple[str, ...]
    form: bytes = b""
    """The municipality's own form; empty for ours."""


async def gather_minutes(repositories: Repositories, hearing: Hearing) -> Minutes:
    """What the protocol says beside the record, and from which form it is made."""
    documents = await repositories.attachments.list_of(hearing.id)
    form = await repositories.protocol_forms.find(hearing.municipality_id)
    return Minutes(
        await repositories.entries.names_of(hearing.id),
        tuple(document.title for document in documents),
        form.content if form else b"",
    )


async def gather(repositories: Repositories, hearing_id: int, *, now: datetime, timezone: str) -> Record:
    """The record as it stands; ``timezone`` counts where no place on the way up has one. Raises NotFound."""
    hearing = await repositories.hearings.get(hearing_id)
    places = {place.id: place for place in await repositories.places.list_all()}
    participation = await repositories.participants.participation(hearing_id)
    villages = _villages(places, hearing.municipality_id)
    sizes = await _sizes(repositories, hearing, participation, villages, now)
    return Record(
        hearing=hearing,
        municipality=places[hearing.municipality_id],
        villages=villages,
        zone=_zone(places, hearing.municipality_id, timezone),
        made_at=now,
        participation=participation,
        comments=await repositories.comments.counts(hearing_id),
        tallies=await repositories.votes.tallies_by_channel(hearing_id),
        outage=await repositories.housekeeping.find_outage(hearing.dossier.opens_at),
        sizes=sizes,
        safe=ShownGroups.of(participation, sizes),
        former=await _former(repositories, hearing_id),
        voters=await _voters(repositories, hearing, participation, now),
        present=await repositories.counted_votes.presence(hearing_id),
        resolution=await repositories.resolutions.find(hearing_id),
        documents=await repositories.attachments.list_of(hearing_id),
        digests=await repositories.kept_files.digests_of(hearing_id),
        joined=await repositories.duplicates.of_hearing(hearing_id),
        appeals=await repositories.appeals.counts(hearing_id),
        subjects=await repositories.comments.subjects(hearing_id, standing=True),
    )


async def _sizes(
    repositories: Repositories,
    hearing: Hearing,
    people: Participation,
    villages: tuple[Place, ...],
    now: datetime,
) -> GroupSizes:
    taken = hearing.takes_answers(now)
    if taken:
        people = without(people, await repositories.disclosures.newest_participants(hearing.id, newest(people)))
    return GroupSizes.of(people, (village.id for village in villages), taken=taken, home=hearing.municipality_id)


async def _voters(
    repositories: Repositories, hearing: Hearing, people: Participation, now: datetime
) -> dict[int, dict[Residence, GroupSize]]:
    home, taken = hearing.municipality_id, hearing.takes_answers(now)
    whole = people.by_residence(home)
    return {
        number: sizes_within(
            {residence: by_residence(voters, home).get(residence, 0) for residence in Residence}, whole, taken=taken
        )
        for number, voters in (await repositories.participants.voters_by_municipality(hearing.id)).items()
    }


async def _former(repositories: Repositories, hearing_id: int) -> tuple[FormerQuestion, ...]:
    """The answers that were put aside, by version and question, in the order in which they were asked."""
    versions: dict[int, list[FormerTally]] = {}
    for tally in await repositories.votes.former_tallies(hearing_id):
        versions.setdefault(tally.version, []).append(tally)
    found = []
    for version, given in versions.items():
        dossier = await repositories.hearings.dossier_of(hearing_id, version)
        tallies = {(each.question_no, each.channel): each.of(dossier.question(each.question_no)) for each in given}
        told = told_blocks(tallies, (channel for channel in Channel if any(key[1] is channel for key in tallies)))
        for number in dict.fromkeys(each.question_no for each in given):
            answered = {channel: tally for (no, channel), tally in tallies.items() if no == number}
            found.append(FormerQuestion(version, dossier, dossier.question(number), answered, told))
    return tuple(found)


async def zone_of(repositories: Repositories, hearing: Hearing, timezone: str) -> ZoneInfo:
    """The zone of a hearing's municipality; ``timezone`` counts where no place on the way up has one."""
    places = {place.id: place for place in await repositories.places.list_all()}
    return _zone(places, hearing.municipality_id, timezone)


async def comments(repositories: Repositories, hearing_id: int) -> AsyncGenerator[tuple[Comment, ...]]:
    """Every comment of the hearing, withdrawn ones too, ``COMMENTS_READ_AT_ONCE`` a page, in the order they came."""
    after = 0
    while page := await repositories.comments.page(hearing_id, after=after, limit=COMMENTS_READ_AT_ONCE):
        yield page
        after = page[-1].id


def _villages(places: Mapping[int, Place], municipality_id: int) -> tuple[Place, ...]:
    return PlaceTree(with_towns(places.values()), "").villages(municipality_id)


def _zone(places: Mapping[int, Place], place_id: int, default: str) -> ZoneInfo:
    place = places.get(place_id)
    while place is not None and not place.timezone:
        place = places.get(place.parent_id or 0)
    return ZoneInfo(place.timezone if place else default)
