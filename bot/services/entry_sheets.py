"""Entry sheets that come back: held against what is stored, shown, and applied in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Submission
from bot.domain.counted_votes import CountedVotes, from_numbers, to_numbers
from bot.domain.entries import HandEntry, NewEntry
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.entry_sheet import NO_NAME, bare
from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_hearing
from bot.domain.parts import Part
from bot.domain.permissions import Permission, ensure_known
from bot.domain.sheet_comparison import (
    APPLIED,
    LineState,
    SheetComparison,
    StoredEntries,
    StoredPaper,
    compare,
)
from bot.domain.values import dataclass
from bot.services.entry_drafts import enterable
from bot.services.entry_writer import EntryWriter, ensure_known_to
from bot.services.hand_counter import Counter
from bot.services.hand_counts import ensure_box, ensure_sitting

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.domain.entry_sheet import EntrySheet, SheetPaper
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.places import PlaceTree
    from bot.domain.sheet_comparison import PaperLine
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory


HEARINGS_OFFERED: Final = 8
"""Of which a sheet without a stamp may be."""
MUNICIPALITIES_LOOKED_AT: Final = 8
HEARINGS_LOOKED_AT: Final = 40
"""Of each municipality, the newest."""
ENTERED_PHASES: Final = (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED)
"""In the others nothing is entered."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """What a sheet would do to what is stored now, or has done; ``numbers`` are receipts by the codes of new papers."""

    hearing: Hearing
    comparison: SheetComparison
    applied: bool = False
    numbers: tuple[tuple[str, int], ...] = ()


class EntrySheets:
    """What the commission does with a sheet that it has filled in. Raises Forbidden for everybody else."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def municipalities(self, actor: Actor) -> frozenset[int]:
        """The municipalities whose sheets the actor may return; empty for whoever enters nowhere."""
        return await self._directory.where(actor, Permission.ENTER)

    async def hearings(self, actor: Actor) -> tuple[Hearing, ...]:
        """The hearings for which the actor may enter now, the newest first, as many as are offered."""
        places = await self.municipalities(actor)
        now, found = self._clock.now(), []
        async with self._store.reading() as repositories:
            for place in sorted(places)[:MUNICIPALITIES_LOOKED_AT]:
                listed = await repositories.hearings.list_newest(place, ENTERED_PHASES, most=HEARINGS_LOOKED_AT)
                found += [hearing for hearing in listed if hearing.may_enter(now)]
        return tuple(sorted(found, key=lambda hearing: -hearing.id)[:HEARINGS_OFFERED])

    async def compare(self, actor: Actor, sheet: EntrySheet) -> SheetView:
        """What a sheet would do. Raises as ``Hearing.ensure_enterable``, and NotFound for what there is not."""
        async with self._store.reading() as repositories:
            hearing = await enterable(repositories, actor, sheet.hearing_id, self._clock.now())
            await self._ensure_known(hearing, sheet)
            stored = await _stored(repositories, hearing, sheet)
        return SheetView(hearing, compare(sheet, stored, actor.resident_id))

    async def apply(self, actor: Actor, sheet: EntrySheet, *, check: int, twins: bool) -> SheetView:
        """Store what a sheet says, all of it or nothing, but for the conflicts; ``twins``: what says the same too.

        Nothing is stored (``applied`` is false) where it would do something else than was shown, whose
        ``SheetComparison.check`` is given. Raises as ``compare``.
        """
        staff, now = ensure_known(actor), self._clock.now()
        places = await self._directory.tree()
        async with self._store.writing() as repositories:
            hearing = await enterable(repositories, actor, sheet.hearing_id, now)
            await self._ensure_known(hearing, sheet)
            await repositories.counted_votes.lock(hearing.id)
            found = compare(sheet, await _stored(repositories, hearing, sheet), staff.id)
            if found.check != check or not found.changes(twins=twins):
                return SheetView(hearing, found)
            today = now.astimezone(places.zone(hearing.municipality_id)).date()
            writer = EntryWriter(repositories, hearing, now, staff.id, actor.language)
            numbers = await _write_papers(writer, found, today, twins=twins)
            await _store_counts(Counter(repositories, hearing, now, staff.id), found)
            await _note(repositories, hearing, found, len(numbers), at=now, by=staff.id)
        return SheetView(hearing, found, applied=True, numbers=numbers)

    async def _ensure_known(self, hearing: Hearing, sheet: EntrySheet) -> None:
        """Raise NotFound for what the hearing does not have, BadCount for what cannot have been counted."""
        places: PlaceTree = await self._directory.tree()
        for paper in sheet.papers:
            draft = EntryDraft(hearing.id, channel=paper.channel, sitting=paper.sitting, about=paper.about)
            ensure_known_to(hearing, draft)
            if paper.village_id and places.find_village(paper.village_id, hearing.municipality_id) is None:
                raise NotFound("village", paper.village_id)
        for count in sheet.counts:
            ensure_box(places, hearing, count.box)
            from_numbers(hearing.dossier.question(count.question_no), count.numbers)
        for each in sheet.present:
            ensure_sitting(hearing, each.sitting)


async def _stored(repositories: Repositories, hearing: Hearing, sheet: EntrySheet) -> StoredEntries:
    entries = await repositories.entries.papers(hearing.id)
    wanted = {paper.code: paper for paper in sheet.papers}
    numbers = {number: entry for number, entry in entries.items() if entry.paper in wanted}
    names = await repositories.entries.names_of(hearing.id)
    papers = {}
    for comment in await repositories.comments.list_numbers(hearing.id, numbers.keys()):
        entry = numbers[comment.number]
        papers[entry.paper] = StoredPaper(comment, entry, names.get(comment.id, ""))
    question = hearing.dossier.question
    counted = await repositories.counted_votes.list_of(hearing.id)
    presence = await repositories.counted_votes.presence(hearing.id)
    return StoredEntries(
        papers,
        await repositories.entries.words(hearing.id),
        {
            (each.box, each.question_no): (to_numbers(question(each.question_no), each.tally), each.entered_by)
            for each in counted
        },
        {each.sitting: ((each.people, each.women, each.men), each.entered_by) for each in presence},
    )


async def _write_papers(
    writer: EntryWriter, found: SheetComparison, today: date, *, twins: bool
) -> tuple[tuple[str, int], ...]:
    """Store the papers, the new ones at once; the code and the receipt of each."""
    states = (*APPLIED, LineState.TWIN) if twins else tuple(APPLIED)
    lines = found.papers_of(*states)
    new = [line.paper for line in lines if not line.comment_id]
    receipts = await writer.write_each([_new(writer, paper, today) for paper in new])
    numbers = dict(zip((paper.code for paper in new), receipts, strict=True))
    for line in lines:
        if line.comment_id:
            comment, _ = await writer.write(await _draft(writer, line), sure=True, paper=line.paper.code)
            numbers[line.paper.code] = comment.number
    return tuple((line.paper.code, numbers[line.paper.code]) for line in lines)


def _new(writer: EntryWriter, paper: SheetPaper, today: date) -> NewEntry:
    """What the row of a paper says that is not stored yet."""
    known = HandEntry(
        *(0, writer.hearing.id, paper.given_on or today, paper.sitting, paper.voices, paper.words, paper.code),
        entered_by=writer.staff_id,
    )
    said = Submission(paper.kind, paper.about, paper.text, writer.language, "", village_id=paper.village_id)
    return NewEntry(said, paper.channel, known, "" if paper.name in NO_NAME else paper.name, paper.folded)


async def _draft(writer: EntryWriter, line: PaperLine) -> EntryDraft:
    """What a row says of an earlier entry, as if it had been typed in the chat; what the row leaves open stays."""
    paper, repositories = line.paper, writer.repositories
    comment = await repositories.comments.get(line.comment_id)
    entry = await repositories.entries.get(line.comment_id)
    parts = comment.parts if bare(comment.text) == bare(paper.text) else (Part(paper.text),)
    day = paper.given_on or entry.given_on
    name = paper.name or await repositories.entries.name_of(comment.id)
    return EntryDraft(
        writer.hearing.id,
        waits_for=EntryField.NOTHING,
        channel=paper.channel,
        sitting=paper.sitting,
        kind=paper.kind,
        about=paper.about,
        parts=parts,
        voices=paper.voices,
        name="" if name in NO_NAME else name,
        given_on=day,
        comment_id=line.comment_id,
        village_id=paper.village_id,
    )


async def _store_counts(counter: Counter, found: SheetComparison) -> None:
    """Store the counts and the people present."""
    question = counter.hearing.dossier.question
    counts = [line.count for line in found.counts if line.state in APPLIED]
    await counter.put_votes_each(
        CountedVotes(
            *(counter.hearing.id, each.question_no, each.box),
            *(from_numbers(question(each.question_no), each.numbers), counter.now, counter.staff_id),
        )
        for each in counts
    )
    for each in found.present:
        if each.state in APPLIED:
            await counter.put_people(each.present.sitting, *each.present.numbers, seen=None)


async def _note(
    repositories: Repositories, hearing: Hearing, found: SheetComparison, papers: int, *, at: datetime, by: int
) -> None:
    """The journal's line of the sheet: figures alone; each entry has its own."""
    boxes = sum(line.state in APPLIED for line in found.counts)
    sittings = sum(line.state in APPLIED for line in found.present)
    data = {"papers": papers, "boxes": boxes, "sittings": sittings, "conflicts": len(found.conflicts)}
    await repositories.journal.add(about_hearing(hearing.id, Act.SHEET_APPLIED, at=at, by=by, data=data))
