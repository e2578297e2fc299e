"""Who hears a voice message, and what the public reads of telephone numbers and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, Order
from bot.domain.errors import AlreadyWithdrawn, ConsentNeeded, NotFound, OnlyForCommission
from bot.domain.media import Media, MediaKind
from bot.domain.people import Actor, Role
from bot.domain.questions import About
from tests.services.writing import decide, message, published, received

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.services.comments import Comments
    from tests.municipality import Municipality

VOICE = Media(MediaKind.VOICE, "file", "unique", seconds=7)
PHOTO = Media(MediaKind.PHOTO, "photo", "unique")
VISITOR = Actor(9, "ky")


@pytest.fixture
def comments(municipality: Municipality) -> Comments:
    return municipality.services.comments


async def sent(municipality: Municipality, author: Actor, hearing: Hearing, media: Media) -> Comment:
    """A published comment without words."""
    submissions = municipality.services.submissions
    await submissions.begin(author, hearing.id, CommentKind.COMMENT, About())
    view = await received(municipality, author, message(municipality, "", media=media))
    return (await municipality.services.moderation.publish(COMMAND_LINE, view.comment.id)).comment


async def readers(municipality: Municipality, author: Actor) -> dict[str, Actor]:
    """Everybody who may read a published comment."""
    return {
        "author": author,
        "visitor": VISITOR,
        "neighbour": await municipality.resident(2),
        "moderator": await municipality.staff(3, Role.MODERATOR),
        "member": await municipality.staff(4, Role.MEMBER),
        "other secretary": await municipality.staff(5, place="kok-art"),
    }


async def hearers(municipality: Municipality, author: Actor, comment: Comment) -> set[str]:
    """Those of them who get the recording; each sees a button for it where they do, and only there."""
    comments, found = municipality.services.comments, set()
    for name, reader in (await readers(municipality, author)).items():
        view = await comments.get(reader, comment.id)
        try:
            assert (await comments.recording(reader, comment.id)).comment.attachments == comment.attachments
        except OnlyForCommission:
            assert not view.attachments
            continue
        assert view.attachments
        found.add(name)
    return found


async def test_a_voice_is_heard_by_the_commission_alone_unless_its_author_lets_others(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    voice = await sent(municipality, aigul, hearing, VOICE)
    commission = {"author", "moderator", "member"}
    everybody = set(await readers(municipality, aigul))
    assert await hearers(municipality, aigul, voice) == commission
    assert (await comments.share_recording(aigul, voice.id, on=True)).comment.recording_open
    assert await hearers(municipality, aigul, voice) == everybody
    await comments.share_recording(aigul, voice.id, on=False)
    assert await hearers(municipality, aigul, voice) == commission


async def test_only_its_author_lets_others_hear_a_voice(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    voice = await sent(municipality, aigul, hearing, VOICE)
    with pytest.raises(ConsentNeeded):
        await comments.share_recording(VISITOR, voice.id, on=True)
    for other in (await municipality.resident(2), await municipality.resident(3)):
        with pytest.raises(NotFound):
            await comments.share_recording(other, voice.id, on=True)
    await comments.withdraw(aigul, voice.id)
    with pytest.raises(AlreadyWithdrawn):
        await comments.share_recording(aigul, voice.id, on=True)


async def test_another_voice_is_for_the_commission_again(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    voice = await sent(municipality, aigul, hearing, VOICE)
    await comments.share_recording(aigul, voice.id, on=True)
    submissions = municipality.services.submissions
    await submissions.begin_amendment(aigul, voice.id)
    kept = await received(municipality, aigul, message(municipality, "Сөз менен"))
    assert kept.comment.recording_open
    await submissions.begin_amendment(aigul, voice.id)
    anew = Media(MediaKind.VOICE, "other", "other", seconds=3)
    assert not (await received(municipality, aigul, message(municipality, "Дагы", media=anew))).comment.recording_open


async def test_a_published_photo_is_seen_by_all_and_has_nothing_to_choose(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    photo = await sent(municipality, aigul, hearing, PHOTO)
    assert await hearers(municipality, aigul, photo) == set(await readers(municipality, aigul))
    with pytest.raises(NotFound):
        await comments.share_recording(aigul, photo.id, on=True)
    with pytest.raises(NotFound):
        await comments.recording(aigul, (await published(municipality, aigul, hearing, "сөз")).id)


async def test_the_public_reads_no_telephone_numbers_and_staff_and_author_read_every_word(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    said = "Чалыңыз: +996 555 123 456, aigul@example.org"
    comment = await published(municipality, aigul, hearing, said)
    await decide(municipality, comment)
    whole = {"author", "moderator", "member"}
    for name, reader in (await readers(municipality, aigul)).items():
        (on_the_wall,) = (await comments.wall(reader, hearing.id, order=Order.NEWEST)).items
        for view in (await comments.get(reader, comment.id), on_the_wall):
            assert (view.words == said) is (name in whole), name
            assert name in whole or view.words == "Чалыңыз: •••, •••"
    (answered,) = (await municipality.services.answers.page(hearing.id)).items
    assert answered.view.words == "Чалыңыз: •••, •••"
    assert comment.text == said
