"""After a kill the press and the messages handled last are handled again: what follows them belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.owed_replies import ReplyKind
from tests.services.test_parts import Phone

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

WORDS = ("Биринчи", "Экинчи", "Үчүнчү", "Төртүнчү")


@pytest.fixture
def phone(municipality: Municipality, aigul: Actor) -> Phone:
    return Phone(municipality, aigul)


@pytest.mark.parametrize("handled", range(1, len(WORDS)))
async def test_what_follows_a_press_and_messages_that_come_again_is_a_part_of_their_comment(
    phone: Phone, hearing: Hearing, clock: VirtualClock, handled: int
) -> None:
    await phone.begin(hearing)
    for words in WORDS[:handled]:
        await phone.send(words)
    clock.forward(seconds=2)  # until another process has taken over
    await phone.begin(hearing)
    for incoming in list(phone.sent):
        await phone.again(incoming)
    for words in WORDS[handled:]:
        await phone.send(words)
    assert [comment.text for comment in await phone.comments()] == ["\n".join(WORDS)]
    assert await phone.kept() == []
    assert await phone.told() == []
    clock.forward(seconds=5)
    assert [letter.kind for letter in await phone.told()] == [ReplyKind.RECEIPT]
    clock.forward(minutes=2)
    assert await phone.told() == []


async def test_what_is_sent_later_than_a_part_begins_something_new_all_the_same(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    await phone.send(WORDS[0])
    await phone.begin(hearing)
    await phone.again(phone.sent[0])
    clock.forward(seconds=6)
    await phone.send(WORDS[1])
    assert [comment.text for comment in await phone.comments()] == [WORDS[0]]
    assert [unsent.parts[0].text for unsent in await phone.kept()] == [WORDS[1]]
