"""Gathers the record of a hearing, in one consistent view of the database, and reads its comments."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from bot.domain.comments import Channel
from bot.domain.consent import RETENTION_SETTING, RETENTION_YEARS
from bot.domain.languages import LANGUAGES
from bot.domain.numbers import Residence, by_residence
from bot.domain.places import PlaceTree
from bot.domain.shown_groups import ShownGroups
from bot.domain.suppression import GroupSizes, bounds, newest, sizes_within, told_blocks, without
from bot.domain.towns import with_towns
from bot.i18n.consent import consent_words
from bot.reports.course import gather_course
from bot.reports.digest import SealMaker
from bot.reports.record import FormerQuestion, Minutes, Record

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.numbers import Participation
    from bot.domain.places import Place
    from bot.domain.suppression import GroupSize
    from bot.domain.tallies import FormerTally
    from bot.ports import Repositories
    from bot.reports.course import Course

RECORD_SALT: Final = "record salt"
"""The setting with a random number of each database, which its digests are salted with."""
COMMENTS_READ_AT_ONCE: Final = 250
"""Few enough that turning them into comments never holds up the event loop."""


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
    """The record as it stands, without its seal; ``now`` only says whether answers are open or closed.

    ``timezone`` counts where no place on the way up has one. Raises NotFound.
    """
    hearing = await repositories.hearings.get(hearing_id)
    places = {place.id: place for place in await repositories.places.list_all()}
    participation = await repositories.participants.participation(hearing_id)
    villages = _villages(places, hearing.municipality_id)
    sizes = await _sizes(repositories, hearing, participation, villages, now)
    course = await gather_course(repositories, hearing, villages)
    outage = await repositories.housekeeping.find_outage(hearing.dossier.opens_at, before=hearing.closes_at)
    years = int(await repositories.housekeeping.find_setting(RETENTION_SETTING) or RETENTION_YEARS)
    return Record(
        hearing=hearing,
        municipality=places[hearing.municipality_id],
        villages=villages,
        zone=_zone(places, hearing.municipality_id, timezone),
        as_of=await _as_of(repositories, hearing, course, outage, now),
        participation=participation,
        comments=await repositories.comments.counts(hearing_id),
        tallies=await repositories.votes.tallies_by_channel(hearing_id),
        outage=outage,
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
        versions=course.versions,
        notices=course.notices,
        arrivals=course.arrivals,
        languages=await _languages(repositories, hearing_id, participation),
        changed=await _changed(repositories, hearing, now),
        hidden=await repositories.records.hidden_by_rule(hearing_id),
        journal=course.journal,
        steps=course.steps,
        consent=consent_words(years),
        kept_years=years,
    )


async def sealed(repositories: Repositories, record: Record) -> Record:
    """The record with its seal, for which every comment is read."""
    salt = await repositories.housekeeping.find_setting(RECORD_SALT) or ""
    maker = await asyncio.to_thread(SealMaker, record, salt)
    async with aclosing(comments(repositories, record.hearing.id)) as pages:
        async for page in pages:
            await asyncio.to_thread(maker.add, page)
    return replace(record, seal=maker.seal())


async def of_one_sitting(repositories: Repositories, record: Record, sitting: int) -> Record:
    """The record for a file that tells of that sitting alone; of the whole hearing where it is 0."""
    if not sitting:
        return record
    return replace(record, sitting=sitting, heard=await repositories.entries.heard_at(record.hearing.id, sitting))


async def told_comments(repositories: Repositories, record: Record) -> AsyncGenerator[tuple[Comment, ...]]:
    """Those of its comments that a file tells, as ``comments``; of one sitting those that were given there."""
    async with aclosing(comments(repositories, record.hearing.id)) as pages:
        async for page in pages:
            if told := tuple(each for each in page if not record.sitting or each.id in record.heard):
                yield told


async def _as_of(
    repositories: Repositories,
    hearing: Hearing,
    course: Course,
    outage: tuple[datetime, datetime] | None,
    now: datetime,
) -> datetime:
    """The newest moment of all that a record holds."""
    turns = (hearing.dossier.opens_at, hearing.closes_at) if hearing.is_public else ()
    found = [at for at in turns if at <= now]
    found += [at for at in (hearing.announced_at, hearing.scheduled_at, hearing.all_entered_at) if at]
    found += [entry.at for entry in course.journal[-1:]] + [notice.at for notice in course.notices]
    found += outage[1:] if outage else ()
    last = await repositories.records.last_change(hearing.id)
    return max([*found, *([last] if last else ())], default=hearing.dossier.opens_at)


async def _changed(repositories: Repositories, hearing: Hearing, now: datetime) -> dict[int, GroupSize]:
    """By question those who changed their mind, told where neither they nor the others are a small group."""
    changed = await repositories.records.changed_minds(hearing.id)
    found: dict[int, GroupSize] = {}
    for number, by_municipality in (await repositories.participants.voters_by_municipality(hearing.id)).items():
        people, everybody = changed.get(number, 0), sum(by_municipality.values())
        parts = {True: people, False: everybody - people}
        found[number] = sizes_within(parts, parts, taken=hearing.takes_answers(now))[True]
    return found


async def _languages(repositories: Repositories, hearing_id: int, people: Participation) -> dict[str, GroupSize]:
    """By the language that they read now: bounds also after closing, since whoever changes it would change two."""
    found = await repositories.participants.by_language(hearing_id, newest=newest(people))
    return dict(bounds({each: found.get(each, 0) for each in (*LANGUAGES, "")}))


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
