from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.files import FileKind, FileRequest
from bot.domain.inbox import ANSWERS_HELD, MERGED_FROM, WaitingUpdate
from bot.domain.notices import Claim, Completion, NoticeStatus
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from tests.storage.outbox import enqueue, fan_out, recipients
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

LATER = NOON + timedelta(hours=1)


def receipt(recipient_id: int, number: int) -> OwedReply:
    return OwedReply(recipient_id, ReplyKind.RECEIPT, update_key(f"update {number}"), {"comment": number})


def wanted(recipient_id: int, form: str, *, press: int = 1) -> OwedReply:
    """A record that somebody has pressed for."""
    facts = FileRequest(FileKind.RECORD, 1, ("ky",), form=form).facts
    return OwedReply(recipient_id, ReplyKind.FILE, update_key(f"press {press} of {recipient_id}"), facts)


async def test_an_update_is_answered_once_and_the_same_sentence_does_not_wait_twice(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (aigul, bek) = [resident.id for resident in await move_in(now, town, 2)]
        assert await now.owed_replies.add(receipt(aigul, 1), at=NOON)
        assert not await now.owed_replies.add(receipt(aigul, 1), at=NOON)
        assert not await now.owed_replies.add(replace(receipt(aigul, 1), update_key=update_key("another")), at=NOON)
        assert await now.owed_replies.add(receipt(aigul, 2), at=NOON)
        assert await now.owed_replies.add(replace(receipt(bek, 1), update_key=update_key("bek's")), at=NOON)
        assert await now.owed_replies.ahead() == 3
        assert await now.owed_replies.answered(update_key("update 1"))
        assert await now.owed_replies.answered(update_key("another"))
        assert not await now.owed_replies.answered(update_key("a third"))


async def test_replies_are_claimed_completed_and_released_beside_the_notices_of_broadcasts(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = [resident.id for resident in await move_in(now, town, 3)]
        broadcast = await enqueue(now, town)
        await fan_out(now, broadcast, recipients(town))
        for number, recipient in enumerate(people):
            await now.owed_replies.add(receipt(recipient, number), at=NOON + timedelta(seconds=number))
        assert not await now.owed_replies.due(NOON - timedelta(seconds=1))
        assert await now.owed_replies.due(NOON)
        first, second = await now.owed_replies.claim(by="one", at=LATER, limit=2)
        assert [(each.recipient_id, each.reply, each.facts) for each in (first, second)] == [
            (people[0], ReplyKind.RECEIPT, {"comment": 0}),
            (people[1], ReplyKind.RECEIPT, {"comment": 1}),
        ]
        (third,) = await now.owed_replies.claim(by="two", at=LATER, limit=9)
        done = await now.notices.complete([Completion(first.id, NoticeStatus.DELIVERED)], by="one", at=LATER)
        assert done == {first.id}
        assert await now.notices.release([Claim(second.id, "one", 1)]) == 1
        (again,) = await now.owed_replies.claim(by="two", at=LATER, limit=9)
        assert (again.id, again.doubtful, again.claims) == (second.id, True, 2)
        assert third.broadcast_id is None
        assert await now.notices.ahead() == 3  # those of the broadcast alone


async def test_replies_that_were_sent_or_waited_for_two_days_are_deleted_and_those_on_their_way_are_not(
    store: Store,
) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (aigul,) = [resident.id for resident in await move_in(now, town, 1)]
        for number in range(4):
            await now.owed_replies.add(receipt(aigul, number), at=NOON + timedelta(seconds=number))
        sent, claimed = await now.owed_replies.claim(by="one", at=LATER, limit=2)
        await now.notices.complete([Completion(sent.id, NoticeStatus.DELIVERED)], by="one", at=LATER)
        assert await now.owed_replies.expire(NOON) == 0
        assert await now.owed_replies.expire(NOON + timedelta(days=2)) == 3
        assert [claim.notice_id for claim in await now.notices.list_claims()] == [claimed.id]
        await now.owed_replies.drop(aigul)
        assert await now.notices.list_claims() == ()


async def test_files_are_claimed_by_what_was_asked_for_renewed_and_only_doubtful_once_they_may_have_left(
    store: Store,
) -> None:
    town = await settle(store)
    async with store.writing() as now:
        aigul, bek, asel = [resident.id for resident in await move_in(now, town, 3)]
        for number, (recipient, form) in enumerate([(aigul, "xlsx"), (bek, "csv"), (asel, "xlsx")]):
            assert await now.owed_replies.add(wanted(recipient, form), at=NOON + timedelta(seconds=number))
        assert not await now.owed_replies.due(LATER)
        assert await now.owed_replies.claim(by="one", at=LATER, limit=9) == ()
        xlsx, csv = await now.owed_replies.list_due_files(LATER)
        assert await now.owed_replies.files_waiting() == {aigul: 1, bek: 1, asel: 1}
        first, third = await now.owed_replies.claim_files(xlsx, by="one", at=LATER, limit=9)
        (second,) = await now.owed_replies.claim_files(csv, by="one", at=LATER, limit=9)
        assert [notice.recipient_id for notice in (first, second, third)] == [aigul, bek, asel]
        assert (await now.owed_replies.list_due_files(LATER), await now.owed_replies.files_waiting()) == ((), {})
        assert not await now.owed_replies.add(wanted(aigul, "xlsx", press=2), at=LATER)  # it is being made
    async with store.writing() as now:
        claims = {claim.notice_id: claim for claim in await now.notices.list_claims()}
        assert {claim.owner for claim in claims.values()} == {"one"}
        assert await now.notices.renew([first.id, 99], by="one") == {first.id}
        assert await now.notices.renew([second.id], by="two") == frozenset()
        assert await now.notices.release([claims[first.id]]) == 0  # it was renewed
        assert await now.notices.renew([third.id], by="one", sending=True) == {third.id}
        again = await now.notices.list_claims()
        assert await now.notices.release([claim for claim in again if claim.notice_id != first.id]) == 2
        done = await now.notices.complete([Completion(first.id, NoticeStatus.DELIVERED)], by="one", at=LATER)
        assert done == {first.id}
        assert [notice.doubtful for notice in await now.owed_replies.claim_files(csv, by="a", at=LATER, limit=9)] == [
            False
        ]
        assert [notice.doubtful for notice in await now.owed_replies.claim_files(xlsx, by="a", at=LATER, limit=9)] == [
            True
        ]


async def test_a_notice_belongs_to_a_broadcast_or_answers_an_update(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (aigul,) = [resident.id for resident in await move_in(now, town, 1)]
    nowhere = replace(receipt(aigul, 1), kind=None)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match=r"ck_notices_origin|CHECK"):
        await _owe(store, nowhere)


async def _owe(store: Store, reply: OwedReply) -> None:
    async with store.writing() as now:
        await now.owed_replies.add(reply, at=NOON)


async def test_while_more_of_a_person_waits_one_reply_takes_the_place_of_the_others_and_is_held_a_while(
    store: Store,
) -> None:
    town = await settle(store)
    async with store.writing() as now:
        aigul, bek = await move_in(now, town, 2)
        assert aigul.telegram_id is not None
        await now.owed_replies.add(receipt(bek.id, 9), at=NOON)
        await now.inbox.renew("us")
        waiting = [WaitingUpdate(number, aigul.telegram_id, "{}") for number in range(MERGED_FROM)]
        await now.inbox.add(waiting, owner="us", at=NOON)
        for number in (1, 2, 3, 3):
            await now.owed_replies.add(receipt(aigul.id, number), at=NOON + timedelta(seconds=number))
        assert await now.owed_replies.ahead() == 2
        (his,) = await now.owed_replies.claim(by="us", at=NOON + timedelta(seconds=9), limit=9)
        assert his.recipient_id == bek.id
        assert not await now.owed_replies.due(NOON + ANSWERS_HELD)
        assert await now.owed_replies.due(NOON + ANSWERS_HELD + timedelta(seconds=1))
        await now.inbox.remove(range(MERGED_FROM - 1))
        await now.owed_replies.add(receipt(aigul.id, 4), at=NOON + timedelta(seconds=4))
        assert not await now.owed_replies.due(NOON + ANSWERS_HELD)
        await now.inbox.remove([MERGED_FROM - 1])
        (hers,) = await now.owed_replies.claim(by="us", at=NOON + timedelta(seconds=9), limit=9)
        assert dict(hers.facts) == {"comment": 4, "answers": 4, "receipts": "1 2 3"}


async def test_a_few_messages_that_wait_are_answered_each_by_itself(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (aigul,) = await move_in(now, town, 1)
        assert aigul.telegram_id is not None
        await now.inbox.add([WaitingUpdate(1, aigul.telegram_id, "{}")], owner="us", at=NOON)
        for number in (1, 2):
            assert await now.owed_replies.add(receipt(aigul.id, number), at=NOON)
        await now.inbox.remove([1])
        assert len(await now.owed_replies.claim(by="us", at=NOON, limit=9)) == 2
