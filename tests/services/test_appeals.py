"""Authors appeal against the hiding of their comments, and somebody else than who hid them decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.appeals import LONGEST_APPEAL, AppealCounts, words_mark
from bot.domain.comments import HidingRule, Visibility
from bot.domain.errors import (
    AlreadyAppealed,
    AlreadyWithdrawn,
    AppealSettled,
    NotFound,
    NotHidden,
    NothingExpected,
    OwnHiding,
    TextTooLong,
)
from bot.domain.journal import Act
from bot.domain.people import Role
from tests.services.rights import STAFF, allowed
from tests.services.test_moderation import acts
from tests.services.writing import filed, stored

if TYPE_CHECKING:
    from bot.domain.appeals import Appeal
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

WORDS = "Бул кемсинтүү эмес"


async def hidden(
    municipality: Municipality, author: Actor, hearing: Hearing, by: Actor = COMMAND_LINE, *, text: str = "Көпүрө керек"
) -> Comment:
    """A comment that was hidden as an insult."""
    comment = await filed(municipality, author, hearing, text)
    return (await municipality.services.moderation.hide(by, comment.id, HidingRule.INSULT)).comment


async def appeal(municipality: Municipality, author: Actor, comment: Comment, words: str = WORDS) -> Appeal:
    """The author's appeal, sent."""
    appeals = municipality.services.appeals
    await appeals.begin(author, comment.id)
    await appeals.keep(author, words)
    sent = (await appeals.send(author, comment.id, mark=words_mark(words))).appeal
    assert sent is not None
    return sent


async def owed(municipality: Municipality) -> int:
    """Messages that wait."""
    async with municipality.services.store.reading() as repositories:
        return await repositories.owed_replies.ahead()


async def test_words_are_an_appeal_once_their_author_sends_those_that_stand_on_the_screen(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    comment, appeals = await hidden(municipality, aigul, hearing), municipality.services.appeals
    with pytest.raises(NothingExpected):
        await appeals.keep(aigul, WORDS)
    await appeals.begin(aigul, comment.id)
    for words in ("Жаңылып жаздым", WORDS):
        assert (await appeals.keep(aigul, words)).words == words
    for mark in (words_mark("Жаңылып жаздым"), words_mark("")):
        with pytest.raises(NothingExpected):
            await appeals.send(aigul, comment.id, mark=mark)
    assert (await appeals.waiting(COMMAND_LINE, municipality.id)).items == ()
    await appeals.send(aigul, comment.id, mark=words_mark(WORDS))
    waiting = (await appeals.waiting(COMMAND_LINE, municipality.id)).items
    assert [(each.appeal.words, each.comment.id, each.hearing.id) for each in waiting] == [
        (WORDS, comment.id, hearing.id)
    ]
    assert WORDS not in str(await acts(municipality, comment.id))


async def test_typed_words_are_let_go_of_when_their_author_says_so_and_long_ones_are_not_taken(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    comment, appeals = await hidden(municipality, aigul, hearing), municipality.services.appeals
    await appeals.begin(aigul, comment.id)
    with pytest.raises(TextTooLong):
        await appeals.keep(aigul, "а" * (LONGEST_APPEAL + 1))
    await appeals.keep(aigul, WORDS)
    await appeals.cancel(aigul)
    with pytest.raises(NothingExpected):
        await appeals.send(aigul, comment.id, mark=words_mark(WORDS))


async def test_there_is_one_appeal_against_each_hiding_and_only_of_its_author(
    municipality: Municipality, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    moderation, appeals = municipality.services.moderation, municipality.services.appeals
    comment = await filed(municipality, aigul, hearing)
    with pytest.raises(NotHidden):
        await appeals.begin(aigul, comment.id)
    await moderation.hide(COMMAND_LINE, comment.id, HidingRule.INSULT)
    with pytest.raises(NotFound):
        await appeals.begin(await municipality.resident(2), comment.id)
    first = await appeal(municipality, aigul, comment)
    with pytest.raises(AlreadyAppealed):
        await appeals.begin(aigul, comment.id)
    clock.forward(minutes=1)
    await moderation.put_back(COMMAND_LINE, comment.id)
    with pytest.raises(AppealSettled):
        await appeals.judge(COMMAND_LINE, first.id, lift=True)
    await moderation.hide(COMMAND_LINE, comment.id, HidingRule.INSULT)
    assert (await appeal(municipality, aigul, comment)).id != first.id
    await municipality.services.comments.withdraw(aigul, comment.id)
    with pytest.raises(AlreadyWithdrawn):
        await appeals.begin(aigul, comment.id)
    async with municipality.services.store.reading() as repositories:
        assert await repositories.appeals.count_waiting(municipality.id) == 0
        assert await repositories.appeals.counts(hearing.id) == AppealCounts(made=2)


async def test_staff_decide_about_appeals_but_not_whoever_hid_the_comment_while_there_is_a_colleague(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    appeals, secretary = municipality.services.appeals, await municipality.staff(11)
    alone = await appeal(municipality, aigul, await hidden(municipality, aigul, hearing, secretary))
    opened = await appeals.opened(secretary, alone.id)
    assert (opened.may_judge, opened.alone, opened.by_reader) == (True, True, True)
    member = await municipality.staff(12, Role.MEMBER)
    opened = await appeals.opened(secretary, alone.id)
    assert (opened.may_judge, opened.alone) == (False, False)
    with pytest.raises(OwnHiding):
        await appeals.judge(secretary, alone.id, lift=False)
    assert (await appeals.opened(member, alone.id)).may_judge
    assert await allowed(municipality, lambda actor: appeals.waiting(actor, municipality.id)) == STAFF
    assert await allowed(municipality, lambda actor: appeals.opened(actor, alone.id)) == STAFF
    assert (await municipality.services.desk.home(member, municipality.id)).appeals == 1
    judged = await appeals.judge(member, alone.id, lift=False)
    assert (judged.waits, judged.appeal.judged_by) == (False, member.resident_id)
    with pytest.raises(AppealSettled):
        await appeals.judge(secretary, alone.id, lift=True)


async def test_what_is_decided_stands_in_the_journal_and_is_told_once(
    municipality: Municipality, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    appeals, secretary = municipality.services.appeals, await municipality.staff(11)
    member = await municipality.staff(12, Role.MEMBER)
    first, second = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(2)]
    for comment in (first, second):
        await municipality.services.moderation.hide(secretary, comment.id, HidingRule.OFF_TOPIC)
    before = await owed(municipality)
    waiting = [await appeal(municipality, aigul, comment) for comment in (first, second)]
    assert await owed(municipality) == before + 2  # to the member alone
    clock.forward(minutes=1)
    for _ in range(2):
        await appeals.judge(member, waiting[0].id, lift=True)
        await appeals.judge(member, waiting[1].id, lift=False)
    shown = await stored(municipality, first)
    assert (shown.visibility, shown.hiding_rule, shown.hidden_at) == (Visibility.PUBLISHED, None, None)
    assert (await stored(municipality, second)).visibility is Visibility.HIDDEN
    assert [act for act, _ in await acts(municipality, first.id)][-2:] == [Act.APPEALED, Act.HIDING_LIFTED]
    assert [act for act, _ in await acts(municipality, second.id)][-2:] == [Act.APPEALED, Act.HIDING_UPHELD]
    async with municipality.services.store.reading() as repositories:
        assert await repositories.appeals.counts(hearing.id) == AppealCounts(made=2, lifted=1, upheld=1)


async def test_who_is_forgotten_leaves_no_word_of_an_appeal_and_reads_them_before(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    appeals, privacy = municipality.services.appeals, municipality.services.privacy
    judged, waiting = [
        await appeal(
            municipality, aigul, await hidden(municipality, aigul, hearing, text=str(number)), f"{WORDS} {number}"
        )
        for number in range(2)
    ]
    await appeals.judge(COMMAND_LINE, judged.id, lift=False)
    assert [each.words for each in (await privacy.stored(aigul)).appeals] == [judged.words, waiting.words]
    await privacy.forget(aigul, withdraw_comments=False)
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.appeals.get(judged.id)).words == ""
        with pytest.raises(NotFound):
            await repositories.appeals.get(waiting.id)
        assert await repositories.appeals.counts(hearing.id) == AppealCounts(made=1, upheld=1)
