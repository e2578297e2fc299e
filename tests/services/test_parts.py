"""One thing told in several messages is one comment, and what came unasked is kept whole."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import Comment, CommentKind
from bot.domain.errors import HearingClosed, NothingExpected
from bot.domain.media import Media, MediaKind
from bot.domain.owed_replies import ReplyKind
from bot.domain.parts import ATTACHMENTS_OF_A_COMMENT, joined
from bot.domain.questions import About, AboutKind
from bot.services.incoming_message import IncomingMessage
from bot.services.outbox.reply_letters import ReplyLetterWriter
from bot.services.readings import Reader
from tests.services.writing import decide, stored

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Notice
    from bot.domain.people import Actor
    from bot.domain.unsent import Unsent
    from bot.services.outbox.reply_letters import ReplyLetter
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

PROPOSAL = CommentKind.PROPOSAL


@dataclass
class Phone:
    """A person's phone: each message has the next number and the clock's date."""

    municipality: Municipality
    author: Actor
    number: int = 100
    sent: list[IncomingMessage] = field(default_factory=list)

    async def begin(self, hearing: Hearing) -> None:
        await self.municipality.services.submissions.begin(self.author, hearing.id, PROPOSAL, About())

    async def send(self, text: str = "", media: Media | None = None, **more: object) -> Comment | None:
        """Send one message; the comment that it has become or belongs to."""
        self.number += 1
        now = self.municipality.services.clock.now()
        incoming = IncomingMessage(text, f"{self.author.telegram_id}.{self.number}", now, media, number=self.number)
        self.sent.append(replace(incoming, **more))  # type: ignore[arg-type]
        return await self.again(self.sent[-1])

    async def again(self, incoming: IncomingMessage) -> Comment | None:
        """The same message comes to the bot."""
        view = await self.municipality.services.submissions.receive(self.author, incoming)
        return view.comment if view else None

    async def photos(self, count: int, *, album: str = "") -> None:
        """Send photos without words."""
        for _ in range(count):
            await self.send("", picture(self.number), album=album)

    async def comments(self) -> list[Comment]:
        """What this person wrote, the oldest first."""
        async with self.municipality.services.store.reading() as repositories:
            return list(reversed(await repositories.comments.list_of(self.author.resident_id or 0)))

    async def kept(self) -> list[Unsent]:
        """What waits for this person to say what it is."""
        async with self.municipality.services.store.reading() as repositories:
            now = self.municipality.services.clock.now()
            found = await repositories.unsent.list_of(self.author.resident_id or 0, now)
        return [each for each in found if each.parts]

    async def told(self) -> list[ReplyLetter]:
        """The replies that leave at this moment."""
        services = self.municipality.services
        now = services.clock.now()
        async with services.store.writing() as repositories:
            claimed: tuple[Notice, ...] = await repositories.owed_replies.claim(by="us", at=now, limit=99)
            letters = await ReplyLetterWriter(repositories, await services.directory.tree(), now).write(claimed)
        return [letter for letter in letters.values() if not hasattr(letter, "status")]


def picture(number: int) -> Media:
    return Media(MediaKind.PHOTO, f"file {number}", f"unique {number}")


@pytest.fixture
def phone(municipality: Municipality, aigul: Actor) -> Phone:
    return Phone(municipality, aigul)


async def test_an_album_with_words_on_any_picture_is_one_comment(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    for number, captioned in enumerate((0, 2), 1):
        await phone.begin(hearing)
        pictures = [picture(10 * number + place) for place in range(4)]
        for place, media in enumerate(pictures):
            await phone.send(f"{number}-мектептин чатыры" if place == captioned else "", media, album=f"1377{number}")
            clock.forward(seconds=9)  # slow uploads: the album says that they belong together
        comment = (await phone.comments())[-1]
        assert (comment.text, comment.number) == (f"{number}-мектептин чатыры", number)
        assert comment.attachments == tuple(pictures)
        (receipt,) = await phone.told()
        assert receipt.view is not None
        assert receipt.view.comment == comment


VOICE = Media(MediaKind.VOICE, "voice", "voice", 4)


TOLD: list[list[tuple[str, Media | None]]] = [
    [("", picture(1)), ("Көпүрө", None)],
    [("Көпүрө", None), ("", picture(1))],
    [("", VOICE), ("Көпүрө", None), ("", picture(1))],
    [("", picture(1)), ("", VOICE), ("Көпүрө", picture(2))],
    [("", picture(1)), ("", picture(2)), ("Көпүрө", None)],
]


async def test_words_pictures_and_voices_sent_after_each_other_belong_together(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    submissions = phone.municipality.services.submissions
    for asked in (True, False):
        for told in TOLD:
            if asked:
                await phone.begin(hearing)
            for text, media in told:
                await phone.send(text, media)
                clock.forward(seconds=5)
            (answer,) = await phone.told()
            assert answer.kind is (ReplyKind.RECEIPT if asked else ReplyKind.UNSENT)
            for kept in await phone.kept():
                await submissions.send_unsent(phone.author, hearing.id, PROPOSAL, unsent_id=kept.id)
            comment = (await phone.comments())[-1]
            assert (comment.text, comment.attachments) == ("Көпүрө", tuple(media for _, media in told if media))
            clock.forward(minutes=11)  # the same words again are asked about
    assert len(await phone.comments()) == 2 * len(TOLD)


async def test_a_text_that_was_cut_is_one_word_again(phone: Phone, hearing: Hearing) -> None:
    await phone.begin(hearing)
    await phone.send("я" * 4096)
    await phone.send("я" * 900)
    assert [comment.text for comment in await phone.comments()] == ["я" * 4996]


async def test_a_greeting_the_matter_and_an_address_are_one_comment_with_one_receipt_after_the_last(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    for words in ("Саламатсызбы", "Биздин көчөдө жарык жок", "Токтогул көчөсү, 14-үй"):
        await phone.send(words)
        clock.forward(seconds=4)
        assert await phone.told() == []
    clock.forward(seconds=1)
    (receipt,) = await phone.told()
    (comment,) = await phone.comments()
    assert comment.text == "Саламатсызбы\nБиздин көчөдө жарык жок\nТоктогул көчөсү, 14-үй"
    assert (receipt.kind, len(receipt.view.comment.parts)) == (ReplyKind.RECEIPT, 3)  # type: ignore[union-attr]


async def test_the_receipt_leaves_a_minute_after_the_first_message_however_much_follows(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    for number in range(16):
        await phone.send(f"{number}-сөз")
        clock.forward(seconds=4)
    (comment,) = await phone.comments()
    assert len(comment.parts) == 16
    assert len(await phone.told()) == 1
    await phone.send("Кийин")
    assert [joined(each.parts) for each in await phone.kept()] == ["Кийин"]


async def test_parts_stand_in_the_order_in_which_they_were_sent(phone: Phone, hearing: Hearing) -> None:
    await phone.begin(hearing)
    await phone.send("экинчи", number=50)
    await phone.send("биринчи", number=49)
    await phone.send("үчүнчү", number=51)
    (comment,) = await phone.comments()
    assert comment.text == "биринчи\nэкинчи\nүчүнчү"


async def test_what_is_brought_again_is_there_once(phone: Phone, hearing: Hearing) -> None:
    await phone.begin(hearing)
    await phone.send("бир")
    await phone.send("эки", picture(1))
    for incoming in phone.sent:
        again = await phone.again(incoming)
        assert again is not None
        assert (again.text, len(again.attachments)) == ("бир\nэки", 1)
    await phone.send("үч", after_press=True)
    await phone.send("төрт")
    for incoming in phone.sent:
        await phone.again(incoming)
    assert [comment.text for comment in await phone.comments()] == ["бир\nэки"]
    assert [joined(each.parts) for each in await phone.kept()] == ["үч\nтөрт"]


async def test_the_same_words_again_are_asked_about_and_are_no_part(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    await phone.send("Көпүрө керек")
    await phone.send("Бат эле")
    await phone.send("Көпүрө керек")
    clock.forward(seconds=5)
    assert [comment.text for comment in await phone.comments()] == ["Көпүрө керек\nБат эле"]
    assert [letter.kind for letter in await phone.told()] == [ReplyKind.RECEIPT, ReplyKind.REPEATED]
    await phone.send("Көпүрө керек")
    await phone.send("Анан жол да керек")  # more than before: it is asked about as new words are
    clock.forward(seconds=5)
    assert [letter.kind for letter in await phone.told()] == [ReplyKind.UNSENT]


async def test_a_press_between_or_a_longer_wait_begins_something_new(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    await phone.send("Биринчи")
    await phone.send("Башка экран жөнүндө", after_press=True)
    clock.forward(seconds=6)
    await phone.send("Дагы бир нерсе")
    await phone.begin(hearing)
    await phone.send("Экинчи")
    assert [comment.text for comment in await phone.comments()] == ["Биринчи", "Экинчи"]
    assert [joined(each.parts) for each in await phone.kept()] == ["Башка экран жөнүндө", "Дагы бир нерсе"]


async def test_what_comes_after_the_receipt_or_after_staff_has_decided_is_asked_about(
    municipality: Municipality, phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    moderation = municipality.services.moderation
    await phone.begin(hearing)
    published = await phone.send("Жарыяланды")
    assert published is not None
    await moderation.publish(COMMAND_LINE, published.id)
    await phone.send("Жарыядан кийин")
    await phone.begin(hearing)
    decided = await phone.send("Чечилди")
    assert decided is not None
    await decide(municipality, decided)
    await phone.send("Чечимден кийин")
    await phone.begin(hearing)
    clock.forward(seconds=5)
    await phone.send("Жооп кетти")
    clock.forward(seconds=5)
    await phone.told()
    await phone.send("Кечикти", sent_at=clock.now() - timedelta(seconds=1))
    assert [comment.text for comment in await phone.comments()] == ["Жарыяланды", "Чечилди", "Жооп кетти"]
    assert [joined(each.parts) for each in await phone.kept()] == [
        "Жарыядан кийин",
        "Чечимден кийин",
        "Кечикти",
    ]


async def test_a_part_is_another_edition_for_whoever_has_read_the_first(
    municipality: Municipality, phone: Phone, hearing: Hearing
) -> None:
    await phone.begin(hearing)
    read = await phone.send("Биринчи")
    grown = await phone.send("Экинчи")
    assert read is not None
    assert grown is not None
    assert read.edition != grown.edition == (await stored(municipality, grown)).edition
    published = await municipality.services.moderation.publish(COMMAND_LINE, grown.id, edition=grown.edition)
    assert published.comment.text == "Биринчи\nЭкинчи"


async def test_more_than_ten_photos_are_said_and_their_words_are_kept(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    await phone.photos(12, album="a")
    await phone.send("Акыркы сүрөт", picture(0), album="a")
    clock.forward(seconds=5)
    (comment,) = await phone.comments()
    assert (len(comment.attachments), comment.text) == (ATTACHMENTS_OF_A_COMMENT, "Акыркы сүрөт")
    (receipt,) = await phone.told()
    assert receipt.notice.facts["left_out"] == 3


async def test_a_day_has_so_many_comments_however_many_messages_they_are_made_of(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    await phone.begin(hearing)
    for number in range(25):
        await phone.send(f"{number}")
        clock.forward(seconds=1)
    await phone.begin(hearing)
    assert await phone.send("Дагы бир") is not None


async def test_a_part_that_was_sent_after_closing_is_refused(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    clock.time = hearing.closes_at - timedelta(seconds=1)
    await phone.send("Суу жок")
    kept = (await phone.kept())[0]
    await phone.municipality.services.submissions.send_unsent(phone.author, hearing.id, PROPOSAL, unsent_id=kept.id)
    clock.time = hearing.closes_at - timedelta(seconds=30)
    await phone.begin(hearing)
    clock.time = hearing.closes_at - timedelta(seconds=1)
    await phone.send("Убакытында")
    clock.time = hearing.closes_at
    with pytest.raises(HearingClosed):
        await phone.send("Кеч")


async def test_everything_that_comes_unasked_is_kept_and_each_button_sends_its_own(
    phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    submissions = phone.municipality.services.submissions
    for words in ("Саламатсызбы", "Биздин көчөдө жарык жок", "Токтогул көчөсү, 14-үй"):
        await phone.send(words)
        clock.forward(seconds=2)
    await phone.send("", picture(1))
    clock.forward(minutes=1)
    await phone.send("Башка нерсе")
    clock.forward(seconds=5)
    first, second = await phone.told()
    assert [len(letter.unsent.parts) for letter in (first, second)] == [4, 1]  # type: ignore[union-attr]
    with pytest.raises(NothingExpected):  # a button of an older program does not say which
        await submissions.send_unsent(phone.author, hearing.id, PROPOSAL)
    for letter, wanted in (
        (second, "Башка нерсе"),
        (first, "Саламатсызбы\nБиздин көчөдө жарык жок\nТоктогул көчөсү, 14-үй"),
    ):
        assert letter.unsent is not None
        sent = await submissions.send_unsent(phone.author, hearing.id, PROPOSAL, unsent_id=letter.unsent.id)
        again = await submissions.send_unsent(phone.author, hearing.id, PROPOSAL, unsent_id=letter.unsent.id)
        assert (sent.comment.text, again.comment) == (wanted, sent.comment)
    assert (await phone.comments())[1].attachments == (picture(1),)
    assert await phone.kept() == []


async def test_what_is_not_to_be_sent_is_forgotten_and_nothing_else(phone: Phone, aigul: Actor) -> None:
    await phone.send("Бири")
    await phone.send("Экинчиси", after_press=True)
    first, second = await phone.kept()
    stranger = await phone.municipality.resident(2)
    submissions = phone.municipality.services.submissions
    await submissions.drop_unsent(stranger, second.id)
    with pytest.raises(NothingExpected):
        await submissions.send_unsent(stranger, 1, PROPOSAL, unsent_id=second.id)
    await submissions.drop_unsent(aigul, first.id)
    await submissions.drop_unsent(aigul, first.id)
    assert [each.id for each in await phone.kept()] == [second.id]


async def test_a_change_by_a_photo_or_a_voice_alone_adds_to_the_words(
    municipality: Municipality, phone: Phone, hearing: Hearing
) -> None:
    submissions = municipality.services.submissions
    await phone.begin(hearing)
    comment = await phone.send("Көпүрө керек", picture(1))
    assert comment is not None
    await submissions.begin_amendment(phone.author, comment.id)
    await phone.send("", picture(2))
    grown = await phone.send("", VOICE)
    assert grown is not None
    assert (grown.text, grown.attachments) == ("Көпүрө керек", (picture(1), picture(2), VOICE))
    await submissions.begin_amendment(phone.author, comment.id)
    await phone.send("Эки көпүрө керек")
    changed = await phone.send("Экөө тең чоң")
    assert changed is not None
    assert (changed.text, changed.attachments) == (
        "Эки көпүрө керек\nЭкөө тең чоң",
        (picture(1), picture(2), VOICE),
    )
    assert changed == await stored(municipality, changed)
    assert len(await phone.comments()) == 1


async def test_words_are_about_what_their_author_reads(
    municipality: Municipality, phone: Phone, hearing: Hearing, clock: VirtualClock
) -> None:
    readings = municipality.services.readings
    service = About(AboutKind.SERVICE, 2)
    assert phone.author.resident_id is not None
    reader = Reader(phone.author.resident_id, phone.author.telegram_id)
    await readings.note({reader: (hearing.id, service)})
    await phone.send("Ооба, бирок акчаны мектепке көбүрөөк бөлүү керек")
    await readings.note({reader: None})
    await phone.send("Баары жөнүндө", after_press=True)
    about, whole = await phone.kept()
    assert [(each.hearing_id, each.about) for each in (about, whole)] == [(hearing.id, service), (0, About())]
    sent = await municipality.services.submissions.send_unsent(
        phone.author, hearing.id, CommentKind.COMMENT, unsent_id=about.id
    )
    assert sent.comment.about == service
    await readings.note({reader: (hearing.id, service)})
    clock.forward(hours=2)
    await phone.send("Көп убакыттан кийин")
    assert [each.about for each in await phone.kept()] == [About(), About()]
