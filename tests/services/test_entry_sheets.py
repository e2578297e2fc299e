"""Entry sheets: applied once and whole, with what has changed since said and left."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.comment_lists import CommentFilter
from bot.domain.comments import Channel, Decision, Outcome
from bot.domain.counted_votes import BallotBox
from bot.domain.entry_drafts import EntryField
from bot.domain.entry_sheet import EntrySheet, SheetCount, SheetPaper
from bot.domain.errors import AllEntered, BadCount, Forbidden, NotFound
from bot.domain.journal import Act
from bot.domain.people import Role
from bot.domain.sheet_comparison import LineState
from tests.clocks import VirtualClock
from tests.entry_sheet.filling import PAPERS, VOTES, edited, paper, present, returned, rows, stored, taken, votes
from tests.municipality import Municipality
from tests.scale import rounds
from tests.services.entering import counted, entered, typed
from tests.services.rights import allowed
from tests.services.test_hand_counts import voters

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from storage import Store

COMMISSION = {"member", "secretary", "administrator"}
NEW, CHANGED, SAME, TWIN = LineState.NEW, LineState.CHANGED, LineState.SAME, LineState.TWIN
MEANWHILE, REMOVED, DECIDED = LineState.MEANWHILE, LineState.REMOVED, LineState.DECIDED


@pytest.fixture
async def town(sqlite_store: Store) -> Municipality:
    """On SQLite: what a sheet would do is found out without the database."""
    return await Municipality.over(sqlite_store, VirtualClock())


@pytest.fixture
async def either(store: Store) -> Municipality:
    """On both databases."""
    return await Municipality.over(store, VirtualClock())


async def comments(town: Municipality, hearing: Hearing) -> tuple[Comment, ...]:
    """All comments of a hearing."""
    async with town.services.store.reading() as repositories:
        return await repositories.comments.page(hearing.id, after=0, limit=99)


async def states(town: Municipality, staff: Actor, content: bytes) -> list[LineState]:
    """What a file would do, row by row."""
    read = await returned(town, content)
    assert read.errors == ()
    found = await town.services.entry_sheets.compare(staff, read.sheet)
    return [line.state for line in found.comparison.lines]


async def applied(town: Municipality, hearing: Hearing) -> list[dict[str, object]]:
    """What the journal says of sheets: figures alone."""
    async with town.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{hearing.id}")
    return [dict(each.data) for each in reversed(entries) if each.act is Act.SHEET_APPLIED]


async def found(town: Municipality, hearing: Hearing, words: str) -> tuple[Comment, ...]:
    """The comments of a hearing that a search on the desk finds."""
    async with town.services.store.reading() as repositories:
        return await repositories.comment_lists.list_narrowed(
            hearing.id, CommentFilter(words=(words,)), offset=0, limit=9
        )


async def noted(town: Municipality, comment: Comment) -> list[dict[str, object]]:
    """What the journal says of an entry."""
    async with town.services.store.reading() as repositories:
        return [dict(each.data) for each in await repositories.journal.list_about(f"comment:{comment.id}")]


async def test_a_sheet_is_stored_once_with_its_numbers_and_the_same_file_changes_nothing(either: Municipality) -> None:
    town = either
    hearing, staff = await town.hearing(), await town.staff(1)
    more = {"Village": "Багыш", "How_many_support_it": 12, "Name,_for_the_minutes_alone": "Асанова Г."}
    papers = (paper(2, "7", "Көчөгө жарык керек", **more), paper(3, "8", "Казино жок!", Channel="By phone"))
    file = edited(await taken(town, hearing), *papers, votes(2, 10, 2, 0), present(2, 30, 10, 12))
    done = await stored(town, staff, file)
    assert (done.applied, done.numbers) == (True, (("7", 1), ("8", 2)))
    one, two = await comments(town, hearing)
    assert (one.support, one.demographics.village_id, one.author_id) == (12, town.places["bagysh-1"], None)
    assert (two.channel, two.support, two.in_turn) == (Channel.PHONE, 0, False)
    assert await found(town, hearing, "жарык") == (one,)
    assert len(await noted(town, one)) == len(await noted(town, two)) == 1
    assert (await town.services.entries.get(staff, one.id)).name == "Асанова Г."
    assert await voters(town, hearing) == {(1, Channel.PAPER): 12}
    again = await stored(town, staff, file)
    assert not again.applied
    assert {line.state for line in again.comparison.lines} == {SAME}
    assert len(await comments(town, hearing)) == 2
    kept = rows(await taken(town, hearing), PAPERS)
    assert [(row["Your number"], row["No"], row["Name, for the minutes alone"]) for row in kept] == [
        ("7", 1, None),
        ("8", 2, None),
    ]


async def test_a_changed_row_is_a_change_and_a_row_cut_out_changes_nothing(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    named = {"Name,_for_the_minutes_alone": "Асанова Г."}
    first = edited(
        await taken(town, hearing), paper(2, 1, "Суу жок", **named), paper(3, 2, "Жол начар"), votes(2, 5, 1, 0)
    )
    await stored(town, staff, first)
    again = edited(
        await taken(town, hearing),
        paper(2, 1, "Таза суу жок", How_many_support_it=3),
        lambda book: book.worksheets[PAPERS].delete_rows(3),
        votes(2, 6, 1, 0),
    )
    assert await states(town, staff, again) == [CHANGED, CHANGED]
    await stored(town, staff, again)
    one, two = await comments(town, hearing)
    assert [(each.text, each.support) for each in (one, two)] == [("Таза суу жок", 3), ("Жол начар", 0)]
    assert (await town.services.entries.get(staff, one.id)).name == "Асанова Г."
    assert await voters(town, hearing) == {(1, Channel.PAPER): 7}
    without = edited(await taken(town, hearing), paper(2, 1, "Таза суу жок", **{"Name,_for_the_minutes_alone": "-"}))
    await stored(town, staff, without)
    assert (await town.services.entries.get(staff, one.id)).name == ""
    figures = ("papers", "boxes", "sittings", "conflicts")
    assert [tuple(line[name] for name in figures) for line in await applied(town, hearing)] == [
        (2, 1, 0, 0),
        (1, 1, 0, 0),
        (1, 0, 0, 0),
    ]


async def test_a_sheet_shows_the_newest_papers_and_knows_the_others(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reports.entry_rows.PAPERS_SHOWN", 1)
    hearing, staff = await town.hearing(), await town.staff(1)
    await stored(town, staff, edited(await taken(town, hearing), paper(2, 1, "Суу жок"), paper(3, 2, "Жол начар")))
    sheet = await taken(town, hearing)
    assert [row["Your number"] for row in rows(sheet, PAPERS)] == ["2"]
    assert await states(town, staff, edited(sheet, paper(3, 1, "Суу жок"))) == [SAME, SAME]


async def test_who_sends_a_second_copy_sees_what_a_colleague_has_entered_since(town: Municipality) -> None:
    hearing, one, two = await town.hearing(), await town.staff(1), await town.staff(2, Role.MEMBER)
    await stored(town, one, edited(await taken(town, hearing), paper(2, 1, "Суу жок"), paper(3, 2, "Жол начар")))
    copy = await taken(town, hearing)
    await stored(town, one, edited(copy, paper(2, 1, "Таза суу жок"), paper(4, 3, "Чырак"), votes(2, 5, 1, 0)))
    mine = edited(
        copy, paper(2, 1, "Суу такыр жок"), paper(3, 2, "Жолду оңдоо"), paper(4, 3, "Мектеп"), votes(2, 9, 9, 0)
    )
    assert await states(town, two, mine) == [MEANWHILE, CHANGED, MEANWHILE, MEANWHILE]
    await stored(town, two, mine)
    assert [each.text for each in await comments(town, hearing)] == ["Таза суу жок", "Жолду оңдоо", "Чырак"]
    assert await voters(town, hearing) == {(1, Channel.PAPER): 6}


async def test_two_who_send_at_once_never_overwrite_each_other(either: Municipality) -> None:
    town = either
    hearing, one, two = await town.hearing(), await town.staff(1), await town.staff(2)
    copy = await taken(town, hearing)
    files = [edited(copy, paper(2, 1, text), votes(2, number, 0, 0)) for text, number in (("Суу", 5), ("Жол", 7))]
    views = await asyncio.gather(*(stored(town, who, file) for who, file in zip((one, two), files, strict=True)))
    assert sorted(view.applied for view in views) == [False, True]
    (comment,) = await comments(town, hearing)
    assert (comment.text, (await voters(town, hearing))[1, Channel.PAPER]) in [("Суу", 5), ("Жол", 7)]


async def test_a_paper_that_says_what_another_entry_says_is_stored_only_by_who_is_sure(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    await entered(town, staff, hearing, "Көчөгө жарык керек")
    file = edited(
        await taken(town, hearing), paper(2, 1, "көчөгө  жарык керек"), paper(3, 2, "Суу"), paper(4, 3, "суу")
    )
    found = await stored(town, staff, file)
    assert [(line.state, line.number, line.twin) for line in found.comparison.papers] == [
        (TWIN, 1, ""),
        (NEW, 0, ""),
        (TWIN, 0, "2"),
    ]
    assert [each.text for each in await comments(town, hearing)] == ["Көчөгө жарык керек", "Суу"]
    await stored(town, staff, file, twins=True)
    assert len(await comments(town, hearing)) == 4
    assert set(await states(town, staff, file)) == {SAME}


async def test_what_was_removed_decided_or_changed_in_the_chat_stays_as_it_is(town: Municipality) -> None:
    hearing, staff, colleague = await town.hearing(), await town.staff(1), await town.staff(2)
    texts = ("Суу", "Жол", "Чырак", "Мектеп")
    file = edited(await taken(town, hearing), *(paper(at + 2, at + 1, text) for at, text in enumerate(texts)))
    await stored(town, staff, file)
    copy = await taken(town, hearing)
    removed, decided, changed, _ = await comments(town, hearing)
    await town.services.entries.remove(staff, removed.id)
    async with town.services.store.writing() as repositories:
        await repositories.comments.decide(decided.id, Decision(Outcome.NOTED, ""))
    await town.services.entries.change(colleague, changed.id)
    draft = (await town.services.entries.change_draft(colleague, hearing.id, waits_for=EntryField.VOICES)).draft
    await town.services.entries.receive(colleague, draft, typed(town, "9"))
    await town.services.entries.save(colleague, hearing.id)
    assert await states(town, staff, edited(copy, *(paper(at, at - 1, "Башка") for at in (2, 3, 4)))) == [
        *(REMOVED, DECIDED, MEANWHILE),
        SAME,
    ]
    assert [row["Your number"] for row in rows(await taken(town, hearing), PAPERS)] == ["2", "3", "4"]


async def test_a_preview_that_is_not_true_any_more_stores_nothing(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    sheet = (await returned(town, edited(await taken(town, hearing), paper(2, 1, "Суу жок"), votes(2, 1, 0, 0)))).sheet
    sheets = town.services.entry_sheets
    shown = await sheets.compare(staff, sheet)
    await entered(town, staff, hearing, "Суу жок")
    late = await sheets.apply(staff, sheet, check=shown.comparison.check, twins=False)
    assert (late.applied, len(await comments(town, hearing)), await voters(town, hearing)) == (False, 1, {})
    done = await sheets.apply(staff, sheet, check=late.comparison.check, twins=False)
    assert (done.applied, len(await comments(town, hearing))) == (True, 1)


async def test_a_forged_sheet_is_refused_whole(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    box = BallotBox(Channel.PAPER, town.places["bagysh-1"])
    forged = (
        (EntrySheet(hearing.id, (SheetPaper("1", "Суу", village_id=town.places["suzak"]),)), NotFound),
        (EntrySheet(hearing.id, (SheetPaper("1", "Суу", channel=Channel.TELEGRAM),)), NotFound),
        (EntrySheet(hearing.id, (SheetPaper("1", "Суу", sitting=9),)), NotFound),
        (EntrySheet(hearing.id, (), (SheetCount(box, 1, (1, 2)),)), BadCount),
        (EntrySheet(hearing.id, (), (SheetCount(replace(box, number=0), 1, (1, 2, 3)),)), NotFound),
        (EntrySheet(99), NotFound),
    )
    for sheet, error in forged:
        with pytest.raises(error):
            await town.services.entry_sheets.apply(staff, sheet, check=0, twins=True)
    assert await comments(town, hearing) == ()


async def test_only_the_commission_of_the_municipality_enters_by_a_sheet(town: Municipality) -> None:
    hearing = await town.hearing()
    sheet = (await returned(town, edited(await taken(town, hearing), paper(2, 1, "Суу жок")))).sheet
    sheets = town.services.entry_sheets
    assert await allowed(town, lambda actor: sheets.compare(actor, sheet)) == COMMISSION
    assert await allowed(town, lambda actor: sheets.apply(actor, sheet, check=0, twins=False)) >= COMMISSION - {
        "administrator"
    }
    assert await sheets.municipalities(await town.resident(50)) == frozenset()
    neighbour = await town.staff(60, place="kok-art")
    assert await sheets.municipalities(neighbour) == {town.places["kok-art"]}
    with pytest.raises(Forbidden):
        await sheets.compare(neighbour, sheet)


async def test_when_all_is_entered_a_sheet_comes_too_late(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    sheet = (await returned(town, edited(await taken(town, hearing), paper(2, 1, "Суу жок")))).sheet
    assert isinstance(town.services.clock, VirtualClock)
    town.services.clock.forward(days=4)
    await town.services.timetable.tick()
    await town.services.entry_desk.close(staff, hearing.id)
    with pytest.raises(AllEntered):
        await town.services.entry_sheets.compare(staff, sheet)


async def test_after_any_sheets_the_rollup_is_what_a_recount_gives(either: Municipality) -> None:
    town = either
    hearing, staff = await town.hearing(), (await town.staff(1), await town.staff(2))
    dice = random.Random(11)
    copies = [await taken(town, hearing)] * 2
    for _ in range(rounds(20, 3)):
        at = dice.randrange(2)
        of = [(row["Village"], row["Question"][0], row["Channel"]) for row in rows(copies[at], VOTES)]
        row = {(village, question): no for no, (village, question, how) in enumerate(of, start=2) if how == "On paper"}
        wanted = [row[village, question] for village in ("Bagysh", "Safarovka") for question in "124"]
        changes = [votes(each, *(dice.randint(1, 9) for _ in range(3))) for each in wanted]
        several = votes(row["Bagysh", "5"], 2, 2, 2, papers=dice.randint(3, 6))
        file = edited(copies[at], *dice.sample(changes, 3), several)
        await stored(town, staff[at], file)
        if dice.random() < 0.5:
            await counted(town, staff[at], hearing, BallotBox(Channel.HALL), 1, f"{dice.randint(1, 9)} 1 1")
        if dice.random() < 0.5:
            copies[at] = await taken(town, hearing)
        await voters(town, hearing)
