"""What a press and the desk ask stays answered from indexes, however many people and hearings there are."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from bot.domain.comments import Decision, Order, Outcome, Visibility
from bot.domain.hearings import Phase
from bot.domain.inbox import WaitingUpdate
from bot.domain.journal import Act, about_comment, about_hearing
from bot.domain.notice_rules import NOTICE_RULES
from bot.domain.notices import BroadcastStatus, Completion, NoticeKind, NoticeStatus
from bot.domain.owed_replies import OwedReply, ReplyKind
from bot.domain.parts import Part
from bot.domain.promises import AnswerFilter
from bot.domain.questions import About, AboutKind
from bot.domain.rooms import GroupPost
from storage.database import Transaction
from tests.storage.outbox import begin, claim, fan_out, recipients, room
from tests.storage.town import NOON, cast, move_in, settle, vote, write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

    from bot.ports import Repositories
    from storage import Store
    from storage.prepared import PreparedQuery
    from tests.storage.town import Town

    Asking = Callable[[Repositories, Town, int, int], Awaitable[object]]

OPEN_INDEX = "ix_broadcasts_open"


async def _press(now: Repositories, town: Town, resident_id: int, _comment_id: int) -> None:
    (resident,) = (await now.people.find_many([1000])).values()
    await now.people.find(1000)
    await now.people.find_with_grants(1000)
    await now.hearings.get_many([town.hearing.id])
    await cast(now, town, [vote(town, replace(resident, id=resident_id), 1, {2: 1})])
    await now.participants.note([replace(resident, id=resident_id).as_participant(town.hearing.id, NOON)])
    await now.votes.delete([(town.hearing.id, resident_id, 1)])
    await now.votes.of_person(town.hearing.id, resident_id)
    await now.votes.tallies(town.hearing.id, questions=[1])
    await now.disclosures.of_questions(town.hearing.id, [1])
    await now.disclosures.drop(town.hearing.id, [1])
    await now.pending_inputs.find(resident_id, NOON)


async def _comment(now: Repositories, town: Town, resident_id: int, comment_id: int) -> None:
    resident = await now.people.get(resident_id)
    await write(now, town, resident, "Дагы", about=About(AboutKind.SERVICE, 1))
    await now.comments.save(replace(await now.comments.get(comment_id), parts=(Part("Эми"), Part("жана", None, 1))))
    await now.comments.count_since(resident_id, "digest", town.hearing.id, NOON)
    await now.comments.has_forgotten(town.hearing.id, "digest")
    await now.participants.come_back("digest", resident_id)
    await now.comments.list_of(resident_id)
    await now.comments.set_support(comment_id, resident_id, on=True, at=NOON)
    await now.comments.supported(resident_id, [comment_id])
    await now.comments.drop_support(resident_id)
    for order in Order:
        await now.comments.list_published(town.hearing.id, order=order, offset=10, limit=5)
    await now.comments.list_published(town.hearing.id, order=Order.SUPPORT, offset=0, limit=5, about=About())
    await now.comments.count_published(town.hearing.id)
    await now.comments.count_published(town.hearing.id, About())


async def _desk(now: Repositories, town: Town, resident_id: int, comment_id: int) -> None:
    here = town.hearing.id
    await now.comments.decide_each({comment_id: Decision(Outcome.NOTED, "")})
    await now.comments.states([comment_id])
    await now.journal.add_each(
        [about_comment(comment_id, Act.DECIDED, at=NOON), about_hearing(here, Act.OPENED, at=NOON)]
    )
    await now.votes.tallies(here)
    await now.participants.participation(here)
    await now.participants.hearings_of(resident_id)
    await now.disclosures.newest_participants(here, 5)
    await now.comments.counts(here)
    await now.comments.list_waiting(here, offset=0, limit=5)
    await now.comments.page(here, after=0, limit=500)
    await now.people.count_followers(town.municipality_id)
    await now.people.list_grants(resident_id)
    await now.hearings.list_of(town.municipality_id, [Phase.OPEN])
    await now.hearings.list_some(town.municipality_id, [Phase.OPEN], most=3)
    await now.hearings.list_some(town.municipality_id, [Phase.OPEN], most=3, latest=True)
    await now.hearings.list_newest(town.municipality_id, [Phase.OPEN], most=3)
    await now.hearings.find_last_announced(town.municipality_id)
    await now.hearings.list_alike(town.municipality_id, town.hearing.dossier)
    await now.hearings.has_code("M-26")
    await now.hearings.count_of(town.municipality_id, [Phase.OPEN])
    await now.hearings.page_of([town.municipality_id], offset=0, most=3)
    await now.hearings.running_marks(NOON)
    await now.hearings.find_code("M-26")
    await now.hearings.list_running(NOON)
    await now.journal.list_about("hearing:1")
    await now.journal.page(town.municipality_id, offset=0, limit=5)
    await now.journal.count(town.municipality_id)
    await now.journal.first_year()
    await now.notices.progress(here)
    await now.notices.room_progress(here)
    await now.notices.shortfalls(1)
    await now.notices.ahead()
    await now.broadcasts.list_of(here)
    await now.broadcasts.has_reminded(town.village_ids[0], 5)
    await now.notices.reach(recipients(town))
    await now.rooms.list_linked(town.municipality_id)
    await now.rooms.list_offered(resident_id)
    await now.arrivals.by_village(here)
    await now.arrivals.of_person(resident_id)


async def _outbox(now: Repositories, town: Town, resident_id: int, _comment_id: int) -> None:
    there = await now.rooms.add(room(municipality_id=town.municipality_id))
    broadcasts = {kind: await begin(now, town, kind) for kind in NOTICE_RULES}
    for kind, broadcast_id in broadcasts.items():
        to = recipients(town, kind, first=town.village_ids[:1], only=town.village_ids, questions=5)
        await fan_out(now, broadcast_id, to, limit=1)
    claimed = await claim(now, broadcasts[NoticeKind.ANNOUNCED])
    await now.people.get_many([resident_id])
    await now.rooms.get(there.id)
    await now.rooms.find_post(there.id, town.hearing.id)
    await now.rooms.keep_post(GroupPost(there.id, town.hearing.id, 5))
    await now.notices.complete([Completion(claimed[0].id, NoticeStatus.DELIVERED)], by="us", at=NOON)
    await now.notices.renew([claimed[0].id], by="us", sending=True)
    await now.owed_replies.claim_files({"file": "record"}, by="us", at=NOON, limit=9)
    await now.notices.release(await now.notices.list_claims())
    await now.notices.expire(broadcasts[NoticeKind.ANNOUNCED], reason="cancelled", at=NOON, limit=9)
    await now.broadcasts.complete(broadcasts[NoticeKind.ANNOUNCED])
    await now.broadcasts.put_off(broadcasts[NoticeKind.ANNOUNCED], NOON)
    await now.broadcasts.set_status(broadcasts[NoticeKind.ANNOUNCED], BroadcastStatus.PAUSED)
    await now.broadcasts.list_open()
    await now.inbox.renew("us")
    await now.inbox.add([WaitingUpdate(number, 1000, "{}") for number in range(5, 9)], owner="us", at=NOON)
    await now.owed_replies.add(OwedReply(resident_id, ReplyKind.SENTENCE, "a key", {"words": "Too long."}), at=NOON)
    await now.owed_replies.add(OwedReply(resident_id, ReplyKind.SENTENCE, "another", {"words": "Too many."}), at=NOON)
    await now.owed_replies.due(NOON)
    await now.owed_replies.claim(by="us", at=NOON, limit=9)
    await now.inbox.waiting(1000)
    await now.inbox.remove(range(5, 9))
    await now.inbox.drop(1000)


async def _timetable(now: Repositories, town: Town, resident_id: int, _comment_id: int) -> None:
    await now.hearings.list_running(NOON)
    await now.hearings.list_publishing(NOON)
    await now.broadcasts.editions(town.hearing.id)
    await now.broadcasts.get(await begin(now, town))
    await now.hearings.set_phase(town.hearing.id, Phase.CLOSED, at=NOON)
    await now.hearings.revise(town.hearing.id, town.hearing.dossier, at=NOON)
    await now.votes.recount(town.hearing.id)
    await now.arrivals.note(resident_id, town.hearing.id, 0, NOON)
    await now.arrivals.drop(resident_id)
    await now.people.mark_blocked(1000, NOON)


def _ask(now: Transaction, prepared: PreparedQuery, given: Mapping[str, Any]) -> Awaitable[Sequence[Any]]:
    """As PostgreSQL is asked: what goes to the driver alone would not be heard of."""
    return now.rows(prepared.statement, given)


@pytest.mark.parametrize("asking", [_press, _comment, _desk, _outbox, _timetable])
async def test_no_table_is_read_from_end_to_end(
    sqlite_store: Store, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Transaction, "_ask", _ask)
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        (resident,) = await move_in(now, town, 1)
        comment = await write(now, town, resident, "Суу")
    async with sqlite_store.writing() as now:
        with listening(sqlite_store) as asked:
            await asking(now, town, resident.id, comment.id)
    plans = {statement: await _plan(sqlite_store, statement, given) for statement, given in asked if " " in statement}
    assert len(plans) > 8
    assert {statement: steps for statement, steps in plans.items() if _slow(steps)} == {}


@contextmanager
def listening(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """What the writing connection is asked within the block, with the parameters, of many the first."""
    asked: list[tuple[str, Any]] = []
    engine = store._database._writer.sync_engine

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", listen)


async def _plan(store: Store, statement: str, given: tuple[Any, ...] = ()) -> list[str]:
    async with store._database._writer.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return [str(row.detail) for row in rows]


def _slow(steps: list[str]) -> list[str]:
    """Whole tables read, and sorting of what an index could have sorted.

    Not: what came as a parameter, what the statement has found itself, and the index of what is open.
    """
    found = {step.split()[-1] for step in steps if step.startswith(("CO-ROUTINE", "MATERIALIZE"))}
    quick = {"SCAN CONSTANT ROW", *(f"SCAN {name}" for name in found)}
    return [
        step
        for step in steps
        if (step.startswith("SCAN") and "VIRTUAL TABLE" not in step and OPEN_INDEX not in step and step not in quick)
        or "AUTOMATIC" in step
        or "TEMP B-TREE" in step
    ]


async def _mine(now: Repositories, here: int) -> object:
    return await now.comments.list_of(1, hearing_id=here)


async def _rejected(now: Repositories, here: int) -> object:
    return await now.answers.list_public(here, AnswerFilter.REJECTED, today=NOON.date(), offset=0, limit=5)


async def _outcomes(now: Repositories, here: int) -> object:
    return await now.answers.counts_public(here)


async def _promised(now: Repositories, here: int) -> object:
    return await now.answers.promises(here, NOON.date())


async def _changing(now: Repositories, here: int) -> object:
    return await now.answers.has_changing(here)


async def _reasons(now: Repositories, here: int) -> object:
    return await now.comments.list_latest_decided(here, limit=5)


async def _languages(now: Repositories, here: int) -> object:
    return await now.comment_lists.languages(here)


async def _questions(now: Repositories, hearing: int) -> None:
    await now.halls.list_questions(hearing, Visibility.PUBLISHED, limit=10)


async def _undecided(now: Repositories, here: int) -> object:
    return await now.comments.list_undecided(here, offset=0, limit=5)


async def _waiting_appeals(now: Repositories, _here: int) -> object:
    return await now.appeals.count_waiting(1)


async def _promised_to_all(now: Repositories, here: int) -> object:
    return await now.answers.promises_public(here, NOON.date())


@pytest.mark.parametrize(
    ("asking", "index"),
    [
        (_mine, "INDEX ix_comments_written (author_id=? AND hearing_id=?)"),
        (_rejected, "INDEX ix_comments_answers (hearing_id=? AND outcome=?)"),
        (_outcomes, "INDEX ix_comments_joined (hearing_id=?)"),
        (_promised, "INDEX ix_comments_due (hearing_id=? AND due<?)"),
        (_promised_to_all, "INDEX ix_comments_joined (hearing_id=?)"),
        (_changing, "INDEX ix_comments_changing (hearing_id=?)"),
        (_reasons, "INDEX ix_comments_reasons (hearing_id=?)"),
        (_languages, "INDEX ix_comments_languages (hearing_id=?)"),
        (_questions, "INDEX ix_comments_questions (hearing_id=? AND visibility=?)"),
        (_undecided, "INDEX ix_comments_undecided (hearing_id=?)"),
        (_waiting_appeals, "ix_appeals_"),
    ],
)
async def test_answers_and_own_comments_are_found_without_those_of_others(
    sqlite_store: Store,
    asking: Callable[[Repositories, int], Awaitable[object]],
    index: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Transaction, "_ask", _ask)
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        with listening(sqlite_store) as asked:
            await asking(now, town.hearing.id)
    (statement, given), *_ = [each for each in asked if "FROM comments" in each[0]]
    plan = await _plan(sqlite_store, statement, given)
    assert any(index in step for step in plan), plan
    assert not [step for step in plan if "ix_comments_page" in step or step == "SCAN comments"]


async def test_a_halls_questions_are_listed_as_they_lie_in_their_index(sqlite_store: Store) -> None:
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        with listening(sqlite_store) as asked:
            await _questions(now, town.hearing.id)
    ((statement, given),) = [each for each in asked if "FROM comments" in each[0]]
    assert not _slow(await _plan(sqlite_store, statement, given))


async def test_a_scan_would_be_noticed(sqlite_store: Store) -> None:
    async with sqlite_store.reading():
        plan = await _plan(
            sqlite_store, "SELECT * FROM residents WHERE language = 'ky' ORDER BY language, added_at", ()
        )
    assert len(_slow(plan)) == 2


async def test_how_many_an_announcement_reaches_is_said_without_reading_them(sqlite_store: Store) -> None:
    town = await settle(sqlite_store)
    async with sqlite_store.writing() as now:
        with listening(sqlite_store) as asked:
            await now.notices.reach(recipients(town, NoticeKind.ANNOUNCED))
            await now.people.count_followers(town.municipality_id)
    assert not [statement for statement, _ in asked if "residents" in statement]
