"""Letting others read a comment, or keeping it from them by a named rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import HidingRule, Order, Visibility
from bot.domain.errors import AlreadyWithdrawn, NotFound
from bot.domain.journal import Act
from tests.services.rights import MODERATORS, allowed
from tests.services.writing import filed, numbers

if TYPE_CHECKING:
    from bot.services.moderation import Moderation
    from tests.municipality import Municipality


@pytest.fixture
def moderation(municipality: Municipality) -> Moderation:
    return municipality.services.moderation


async def acts(municipality: Municipality, comment_id: int) -> list[tuple[Act, dict[str, str | int]]]:
    """What the journal says of the comment, oldest first."""
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"comment:{comment_id}")
    return [(entry.act, dict(entry.data)) for entry in reversed(entries)]


async def test_only_who_moderates_sees_what_waits_and_decides(
    municipality: Municipality, moderation: Moderation
) -> None:
    hearing = await municipality.hearing()
    comment = await filed(municipality, await municipality.resident(1), hearing)
    rule = HidingRule.INSULT
    for act in (
        lambda actor: moderation.queue(actor, hearing.id),
        lambda actor: moderation.waiting(actor, comment.id),
        lambda actor: moderation.publish(actor, comment.id),
        lambda actor: moderation.hide(actor, comment.id, rule),
    ):
        assert await allowed(municipality, act) == MODERATORS


async def test_the_queue_is_oldest_first_a_page_at_a_time_and_without_the_withdrawn(
    municipality: Municipality, moderation: Moderation
) -> None:
    hearing, aigul = await municipality.hearing(), await municipality.resident(1)
    comments = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(8)]
    await municipality.services.comments.withdraw(aigul, comments[1].id)
    await moderation.publish(COMMAND_LINE, comments[2].id)
    assert numbers(await moderation.queue(COMMAND_LINE, hearing.id)) == [1, 4, 5, 6, 7]
    assert numbers(await moderation.queue(COMMAND_LINE, hearing.id, offset=5)) == [8]


async def test_what_is_published_is_read_by_others_and_what_is_hidden_is_not(
    municipality: Municipality, moderation: Moderation
) -> None:
    hearing, aigul = await municipality.hearing(), await municipality.resident(1)
    first, second = [await filed(municipality, aigul, hearing, f"Сунуш {number}") for number in range(2)]
    reader = await municipality.resident(2)
    await moderation.publish(COMMAND_LINE, first.id)
    await moderation.publish(COMMAND_LINE, second.id)
    hidden = await moderation.hide(COMMAND_LINE, first.id, HidingRule.PERSONAL_DATA)
    assert (hidden.comment.visibility, hidden.comment.hiding_rule) == (Visibility.HIDDEN, HidingRule.PERSONAL_DATA)
    page = await municipality.services.comments.wall(reader, hearing.id, order=Order.NEWEST)
    assert numbers(page.items) == [2]
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.comments.counts(hearing.id)).total == 2  # it stays in every count


async def test_each_decision_stands_once_in_the_journal(municipality: Municipality, moderation: Moderation) -> None:
    comment = await filed(municipality, await municipality.resident(1), await municipality.hearing())
    for _ in range(2):
        await moderation.publish(COMMAND_LINE, comment.id)
    for rule in (HidingRule.INSULT, HidingRule.INSULT, HidingRule.OFF_TOPIC):
        await moderation.hide(COMMAND_LINE, comment.id, rule)
    assert await acts(municipality, comment.id) == [
        (Act.COMMENT_PUBLISHED, {}),
        (Act.COMMENT_HIDDEN, {"rule": "insult"}),
        (Act.COMMENT_HIDDEN, {"rule": "off topic"}),
    ]


async def test_what_its_author_has_taken_back_is_neither_published_nor_hidden(
    municipality: Municipality, moderation: Moderation
) -> None:
    aigul = await municipality.resident(1)
    comment = await filed(municipality, aigul, await municipality.hearing())
    await municipality.services.comments.withdraw(aigul, comment.id)
    with pytest.raises(AlreadyWithdrawn):
        await moderation.publish(COMMAND_LINE, comment.id)
    with pytest.raises(AlreadyWithdrawn):
        await moderation.hide(COMMAND_LINE, comment.id, HidingRule.INSULT)
    assert (await moderation.waiting(COMMAND_LINE, comment.id)).comment.visibility is Visibility.WAITING


async def test_a_comment_or_hearing_that_is_not_there_is_not_found(moderation: Moderation) -> None:
    with pytest.raises(NotFound):
        await moderation.publish(COMMAND_LINE, 99)
    with pytest.raises(NotFound):
        await moderation.waiting(COMMAND_LINE, 99)
    with pytest.raises(NotFound):
        await moderation.queue(COMMAND_LINE, 99)


async def test_an_author_is_owed_a_word_about_the_hiding_that_stands_and_nothing_of_one_that_was_undone_before(
    municipality: Municipality, moderation: Moderation
) -> None:
    comment = await filed(municipality, await municipality.resident(1), await municipality.hearing())

    async def owed() -> int:
        async with municipality.services.store.reading() as repositories:
            return await repositories.owed_replies.ahead()

    before = await owed()
    for rule in (HidingRule.INSULT, HidingRule.INSULT, HidingRule.OFF_TOPIC):
        await moderation.hide(COMMAND_LINE, comment.id, rule)
    await moderation.publish(COMMAND_LINE, comment.id)
    await moderation.hide(COMMAND_LINE, comment.id, HidingRule.OFF_TOPIC)
    assert await owed() == before + 1
