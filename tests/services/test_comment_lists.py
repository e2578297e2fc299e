"""Staff look through the comments of a hearing: narrowed, searched, published together, with their history."""

from __future__ import annotations

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.cli import COMMAND_LINE
from bot.domain.comment_lists import CommentFilter, Standing, read_at_a_glance
from bot.domain.comments import Channel, CommentKind, HidingRule, Visibility
from bot.domain.errors import AlreadyWithdrawn, ListChanged, NotFound, TextEmpty
from bot.domain.media import Media, MediaKind
from bot.domain.questions import About, AboutKind
from storage import tables
from tests.scale import rounds
from tests.services.rights import MODERATORS, STAFF, allowed
from tests.services.writing import decide, filed, message, numbers, received, stored

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.services import Services
    from bot.services.comment_lists import ListedComments
    from storage.database import Transaction
    from tests.municipality import Municipality

EVERYTHING = CommentFilter()
WAITING = CommentFilter(Standing.WAITING)


async def listed(municipality: Municipality, hearing: Hearing, narrowed: CommentFilter = EVERYTHING) -> list[int]:
    """The numbers of the first page."""
    page = await municipality.services.comment_lists.page(COMMAND_LINE, hearing.id, narrowed)
    return numbers(page.items)


async def test_only_staff_of_the_municipality_look_through_its_comments(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    lists, moderation = municipality.services.comment_lists, municipality.services.moderation
    for act in (
        lambda actor: lists.page(actor, hearing.id, EVERYTHING),
        lambda actor: lists.choices(actor, hearing.id),
        lambda actor: lists.opened(actor, comment.id),
    ):
        assert await allowed(municipality, act) == STAFF
    assert await allowed(municipality, lambda actor: lists.begin_search(actor, hearing.id)) == STAFF - {"administrator"}
    assert await allowed(municipality, lambda actor: moderation.put_back(actor, comment.id)) == MODERATORS

    async def publish(actor: Actor) -> None:
        with pytest.raises(ListChanged):
            await moderation.publish_seen(actor, hearing.id, WAITING, page=0, digest=1)

    assert await allowed(municipality, publish) == MODERATORS


async def test_comments_are_found_by_where_they_stand_and_what_they_are(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    services = municipality.services
    waiting, shown, hidden, gone = [await filed(municipality, aigul, hearing, f"Сунуш {no}") for no in range(4)]
    await services.moderation.publish(COMMAND_LINE, shown.id)
    await services.moderation.hide(COMMAND_LINE, hidden.id, HidingRule.DUPLICATE)
    await services.comments.withdraw(aigul, gone.id)
    russian = await municipality.resident(2, language="ru")
    await services.submissions.begin(russian, hearing.id, CommentKind.QUESTION, About(AboutKind.SERVICE, 2))
    asked = (await received(municipality, russian, message(municipality, "Когда?"))).comment
    await decide(municipality, shown)
    for narrowed, expected in (
        (EVERYTHING, [5, 3, 2, 1]),  # what was taken back is counted, not shown
        (WAITING, [waiting.number, asked.number]),
        (CommentFilter(Standing.PUBLISHED), [2]),
        (CommentFilter(Standing.HIDDEN), [3]),
        (CommentFilter(Standing.UNDECIDED), [5, 3, 1]),
        (CommentFilter(kind=CommentKind.QUESTION), [5]),
        (CommentFilter(about=About(AboutKind.SERVICE, 2)), [5]),
        (CommentFilter(about=About(AboutKind.SERVICE, 1)), []),
        (CommentFilter(language="ru"), [5]),
        (CommentFilter(channel=Channel.HALL), []),
        (CommentFilter(Standing.WAITING, kind=CommentKind.PROPOSAL, language="ky"), [1]),
    ):
        assert await listed(municipality, hearing, narrowed) == expected, narrowed


async def test_words_are_found_in_any_script_and_by_a_part_of_them(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    lists = municipality.services.comment_lists
    for text in ("Көчөгө жарык керек", "Ko'chaga chiroq kerak", "Кўчага чироқ керак", "Суу жок"):
        await filed(municipality, aigul, hearing, text)
    secretary = await municipality.staff(9)
    for typed, expected in (("ЖАРЫК", [1]), ("чирок", [3, 2]), ("chiroq", [3, 2]), ("керек көчө", [1]), ("100%", [])):
        await lists.begin_search(secretary, hearing.id)
        assert await lists.keep_search(secretary, typed) == hearing.id
        words = await lists.find_search(secretary, hearing.id)
        assert await listed(municipality, hearing, CommentFilter(words=words)) == expected, typed
    with pytest.raises(TextEmpty):
        await lists.keep_search(secretary, "?!")
    assert await lists.find_search(aigul, hearing.id) == ()


async def test_words_are_looked_for_in_one_part_of_many_comments_after_another(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    lists, words = municipality.services.comment_lists, CommentFilter(words=("жол",))
    for before, text in ((0, "Жол керек"), (12_000, "Суу"), (21_000, "Жол жок")):
        async with municipality.services.store.writing() as repositories:
            transaction: Transaction = repositories._transaction  # type: ignore[attr-defined]
            await transaction.run(update(tables.hearings).values(last_receipt=before))
        await filed(municipality, aigul, hearing, text)
    pages = [await lists.page(COMMAND_LINE, hearing.id, words)]
    while (after := pages[-1].after) is not None:
        pages.append(await lists.page(COMMAND_LINE, hearing.id, words, page=after))
    assert [(numbers(each.items), each.numbers, each.before) for each in pages] == [
        ([21_001], (11_002, 21_001), None),
        ([], (1_002, 11_001), 0),
        ([1], (1, 1_001), 2_000),
    ]
    beyond = await lists.page(COMMAND_LINE, hearing.id, words, page=99_999)
    assert (numbers(beyond.items), beyond.numbers, beyond.after) == ([], (1, 1_001), None)


async def test_what_is_added_and_changed_is_found_and_what_is_forgotten_is_not(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    services = municipality.services
    comment = await filed(municipality, aigul, hearing, "Биринчи")
    await services.submissions.add_part(aigul, message(municipality, "Экинчи"))
    assert await listed(municipality, hearing, CommentFilter(words=("биринчи", "экинчи"))) == [1]
    await services.submissions.begin_amendment(aigul, comment.id)
    await received(municipality, aigul, message(municipality, "Үчүнчү"))
    assert await listed(municipality, hearing, CommentFilter(words=("биринчи",))) == []
    assert await listed(municipality, hearing, CommentFilter(words=("учунчу",))) == [1]
    await services.privacy.forget(aigul, withdraw_comments=True)
    async with services.store.reading() as repositories:
        assert not await repositories.comment_lists.count_narrowed(hearing.id, CommentFilter(words=("учунчу",)))


async def test_rough_words_are_looked_at_first_and_nothing_is_hidden_by_them(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    texts = ("Жол керек", "Акмактар отурат", "Хватит, ИДИОТЫ!", "Ahmoqlar", "Урожай уродился, козёл цел")
    for text in texts:
        await filed(municipality, aigul, hearing, text)
    assert await listed(municipality, hearing, WAITING) == [2, 3, 4, 1, 5]
    page = await municipality.services.comment_lists.page(COMMAND_LINE, hearing.id, WAITING)
    assert [view.comment.number for view in page.items if not view.comment.in_turn] == [2, 3, 4]
    assert {view.comment.visibility for view in page.items} == {Visibility.WAITING}


async def seen(municipality: Municipality, hearing: Hearing) -> ListedComments:
    return await municipality.services.comment_lists.page(COMMAND_LINE, hearing.id, WAITING)


async def test_a_page_of_five_is_published_as_it_was_read(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    moderation = municipality.services.moderation
    for number in range(6):
        await filed(municipality, aigul, hearing, f"Сунуш {number}")
    shown = await seen(municipality, hearing)
    assert (shown.seen.count, shown.more, shown.total) == (5, True, 6)
    published = await moderation.publish_seen(COMMAND_LINE, hearing.id, WAITING, page=0, digest=shown.seen.digest)
    assert published == (1, 2, 3, 4, 5)
    assert await listed(municipality, hearing, WAITING) == [6]
    with pytest.raises(ListChanged):  # the same press again
        await moderation.publish_seen(COMMAND_LINE, hearing.id, WAITING, page=0, digest=shown.seen.digest)


async def test_a_page_is_not_published_once_one_of_its_comments_has_other_words(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    first = await filed(municipality, aigul, hearing, "Бир")
    await filed(municipality, aigul, hearing, "Эки")
    shown = await seen(municipality, hearing)
    async with municipality.services.store.writing() as repositories:
        changed = first.amended("Мэр ууру", None, municipality.services.clock.now())
        await repositories.comments.save(changed)
    with pytest.raises(ListChanged):
        await municipality.services.moderation.publish_seen(
            COMMAND_LINE, hearing.id, WAITING, page=0, digest=shown.seen.digest
        )
    assert await listed(municipality, hearing, WAITING) == [1, 2]


async def test_what_was_not_read_whole_or_must_be_heard_is_not_published_with_the_page(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    for text, media in (("Кыска", None), ("Узун " * 100, None), ("", Media(MediaKind.VOICE, "file", "unique", 3))):
        await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.PROPOSAL, About())
        await received(municipality, aigul, message(municipality, text, media=media))
    shown = await seen(municipality, hearing)
    assert [read_at_a_glance(view.comment) for view in shown.items] == [True, False, False]
    assert await municipality.services.moderation.publish_seen(
        COMMAND_LINE, hearing.id, WAITING, page=0, digest=shown.seen.digest
    ) == (1,)


async def test_publishing_and_hiding_can_be_undone_and_the_history_says_who_did_what(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    services = municipality.services
    comment = await filed(municipality, aigul, hearing)
    secretary = await municipality.staff(9)
    for act in (
        services.moderation.publish(secretary, comment.id),
        services.moderation.put_back(secretary, comment.id),
        services.moderation.hide(secretary, comment.id, HidingRule.DUPLICATE),
        services.moderation.put_back(secretary, comment.id),
    ):
        await act
    after = await stored(municipality, comment)
    assert (after.visibility, after.hiding_rule) == (Visibility.WAITING, None)
    opened = await services.comment_lists.opened(secretary, comment.id)
    acts = ["comment put back", "comment hidden", "comment put back", "comment published"]
    assert [entry.act.value for entry in opened.history] == acts
    assert {entry.actor_id for entry in opened.history} == {opened.reader_id}


async def test_a_village_stands_beside_a_comment_and_can_be_chosen_only_where_five_people_live_there(
    municipality: Municipality, hearing: Hearing
) -> None:
    services, lists = municipality.services, municipality.services.comment_lists
    many, few = municipality.places["bagysh-1"], municipality.places["bagysh-2"]
    for number in range(14):
        person = await services.people.follow(await municipality.resident(number + 1), municipality.id)
        village = few if number == 0 else many
        person = await services.people.set_village(person, village)
        await filed(municipality, person, hearing, f"Сунуш {number}")
    page = await lists.page(COMMAND_LINE, hearing.id, EVERYTHING)
    assert set(page.villages) <= {many}
    assert few not in (await lists.choices(COMMAND_LINE, hearing.id)).villages
    with pytest.raises(NotFound):
        await lists.page(COMMAND_LINE, hearing.id, CommentFilter(village_id=few))


async def test_whatever_is_done_everything_received_waits_is_published_hidden_or_taken_back(
    municipality: Municipality, hearing: Hearing
) -> None:
    services, chance = municipality.services, random.Random(12)
    people = [await municipality.resident(number + 1) for number in range(3)]
    comments = [
        (await filed(municipality, each, hearing, f"{each.telegram_id} {no}"), each)
        for no in range(4)
        for each in people
    ]
    for _ in range(rounds(400, few=60)):
        comment, author = chance.choice(comments)
        with contextlib.suppress(AlreadyWithdrawn, NotFound):
            match chance.randrange(11):
                case 0 | 1:
                    await services.moderation.publish(COMMAND_LINE, comment.id)
                case 2 | 3:
                    await services.moderation.hide(COMMAND_LINE, comment.id, chance.choice([*HidingRule]))
                case 4 | 5 | 6:
                    await services.moderation.put_back(COMMAND_LINE, comment.id)
                case 9:
                    await services.duplicates.join(COMMAND_LINE, comment.id, chance.choice(comments)[0].id)
                case 10:
                    await services.duplicates.part(COMMAND_LINE, comment.id)
                case 7 if chance.random() < 0.3:
                    await services.comments.withdraw(author, comment.id)
                case _ if (shown := (await seen(municipality, hearing)).seen).count:
                    await services.moderation.publish_seen(
                        COMMAND_LINE, hearing.id, WAITING, page=0, digest=shown.digest
                    )
        await ensure_sums(services, hearing, len(comments))


async def ensure_sums(services: Services, hearing: Hearing, received: int) -> None:
    """Everything received stands somewhere, and what is joined has a head that is there, to be decided on once."""
    async with services.store.reading() as repositories:
        counts = await repositories.comments.counts(hearing.id)
        bonds = await repositories.duplicates.of_hearing(hearing.id)
        stored = await repositories.comments.page(hearing.id, after=0, limit=99)
    assert counts.received == received
    assert counts.waiting + counts.published + counts.hidden == counts.total
    heads = {each.id for each in stored if each.merged_into is None and each.withdrawn_at is None}
    assert {each.merged_into for each in stored if each.merged_into} <= heads
    assert counts.undecided == len(heads)
    assert len(bonds) == sum(1 + len(group.others) for group in set(bonds.values()))
