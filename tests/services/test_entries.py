"""Comments that staff enter for somebody: once, with a number, a day and perhaps a name, on both databases."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel, Decision, HidingRule, Outcome, Visibility
from bot.domain.consent import RETENTION_YEARS
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.errors import (
    AllEntered,
    AlreadyConsidered,
    BadPresence,
    HearingNotOpen,
    NotFound,
    NothingEntered,
    SameEntry,
)
from bot.domain.hearings import Phase
from bot.domain.journal import Act
from bot.domain.people import Role
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.services.entering import entered, typed
from tests.services.rights import allowed
from tests.services.test_moderation import acts

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from storage import Store

WORDS = "Көчөгө жарык керек"
COMMISSION = {"member", "secretary", "administrator"}


@pytest.fixture
async def town(store: Store) -> Municipality:
    """On both databases."""
    return await Municipality.over(store, VirtualClock())


def clock(town: Municipality) -> VirtualClock:
    assert isinstance(town.services.clock, VirtualClock)
    return town.services.clock


async def test_an_entry_is_a_comment_with_a_number_a_channel_and_both_days(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    clock(town).forward(days=1)
    entries, today = town.services.entries, samples.NOW.date() + timedelta(days=1)
    draft = (await entries.begin(staff, EntryDraft(hearing.id, channel=Channel.PHONE))).draft
    await entries.receive(staff, draft, typed(town, WORDS))
    await entries.change_draft(staff, hearing.id, given_on=samples.NOW.date())
    with pytest.raises(NotFound):
        await entries.change_draft(staff, hearing.id, given_on=today + timedelta(days=1))
    view = await entries.save(staff, hearing.id)
    comment = view.comment
    assert (comment.number, comment.channel, comment.text, comment.author_id) == (1, Channel.PHONE, WORDS, None)
    assert (view.entry.given_on, comment.created_at.date()) == (samples.NOW.date(), today)
    assert comment.visibility is Visibility.WAITING
    with pytest.raises(NothingEntered):
        await entries.save(staff, hearing.id)  # the same press again


async def test_who_stands_behind_it_is_support_and_the_name_is_kept_apart(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    view = await entered(town, staff, hearing, WORDS, voices="12", name="Асанова Гүлмира")
    assert (view.comment.support, view.entry.voices, view.name) == (12, 12, "Асанова Гүлмира")
    assert (await town.services.entries.get(staff, view.comment.id)).name == "Асанова Гүлмира"
    ((act, data),) = await acts(town, view.comment.id)
    assert act is Act.COMMENT_ENTERED
    assert (data["voices"], data["channel"]) == (12, "paper")
    assert not any(word in str(data) for word in ("Асанова", WORDS))


async def test_the_night_removes_names_when_the_promised_years_are_over(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    view = await entered(town, staff, hearing, WORDS, name="Асанова")
    clock(town).forward(days=366 * RETENTION_YEARS)
    await town.services.privacy.expire()
    assert (await town.services.entries.get(staff, view.comment.id)).name == ""


async def test_an_identical_entry_is_asked_about_whoever_enters_it(town: Municipality) -> None:
    hearing, one, other = await town.hearing(), await town.staff(1), await town.staff(2, Role.MEMBER)
    first = await entered(town, one, hearing, WORDS)
    with pytest.raises(SameEntry) as caught:
        await entered(town, other, hearing, f"  {WORDS.upper()} ")
    assert (caught.value.comment_id, caught.value.number) == (first.comment.id, 1)
    assert (await town.services.entries.draft(other, hearing.id)).draft.text == WORDS.upper()
    second = await town.services.entries.save(other, hearing.id, sure=True)
    assert second.comment.number == 2
    assert (await entered(town, one, hearing, WORDS, channel=Channel.HALL)).comment.number == 3


async def test_of_two_who_enter_the_same_at_once_one_is_asked(town: Municipality) -> None:
    hearing, one, other = await town.hearing(), await town.staff(1), await town.staff(2)
    found = await asyncio.gather(
        *(entered(town, staff, hearing, WORDS) for staff in (one, other)), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in found) == ["EntryView", "SameEntry"]


async def test_an_entry_is_changed_and_waits_to_be_published_anew(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    view = await entered(town, staff, hearing, WORDS, voices="3")
    await town.services.moderation.publish(COMMAND_LINE, view.comment.id)
    reader = await town.resident(9)
    await town.services.comments.support(reader, view.comment.id, on=True)
    entries = town.services.entries
    await entries.change(staff, view.comment.id)
    await entries.change_draft(staff, hearing.id, waits_for=EntryField.VOICES)
    await entries.receive(staff, (await entries.draft(staff, hearing.id)).draft, typed(town, "5"))
    after = await entries.save(staff, hearing.id)
    assert (after.comment.support, after.comment.visibility) == (6, Visibility.PUBLISHED)
    draft = (await entries.change(staff, view.comment.id)).draft
    draft = (await entries.change_draft(staff, hearing.id, waits_for=EntryField.WORDS)).draft
    await entries.receive(staff, draft, typed(town, "Көчөгө эки жарык"))
    after = await entries.save(staff, hearing.id)
    assert (after.comment.text, after.comment.support, after.comment.number) == ("Көчөгө эки жарык", 5, 1)
    assert after.comment.visibility is Visibility.WAITING
    assert [act for act, _ in await acts(town, view.comment.id)] == [
        Act.COMMENT_ENTERED,
        Act.COMMENT_PUBLISHED,
        Act.ENTRY_CHANGED,
        Act.ENTRY_CHANGED,
    ]


async def test_an_entry_is_removed_with_its_name_and_keeps_its_number(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    view = await entered(town, staff, hearing, WORDS, name="Асанова")
    for _ in range(2):
        removed = await town.services.entries.remove(staff, view.comment.id)
    assert removed.comment.withdrawn_at is not None
    assert (await town.services.entries.get(staff, view.comment.id)).name == ""
    assert (await town.services.entries.page(staff, hearing.id)).items == ()
    assert [act for act, _ in await acts(town, view.comment.id)] == [Act.COMMENT_ENTERED, Act.ENTRY_REMOVED]
    assert (await entered(town, staff, hearing, WORDS)).comment.number == 2


async def test_what_the_commission_has_answered_is_not_changed_or_removed(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    view = await entered(town, staff, hearing, WORDS)
    async with town.services.store.writing() as repositories:
        await repositories.comments.decide(view.comment.id, Decision(Outcome.NOTED, ""))
    for act in (town.services.entries.change, town.services.entries.remove):
        with pytest.raises(AlreadyConsidered):
            await act(staff, view.comment.id)


async def test_voices_are_entered_from_opening_until_all_is_entered(town: Municipality) -> None:
    hearing = await town.hearing(samples.dossier(opens=samples.NOW + timedelta(hours=1)))
    staff = await town.staff(1)
    with pytest.raises(HearingNotOpen):
        await entered(town, staff, hearing, WORDS)
    clock(town).forward(days=4)
    await entered(town, staff, hearing, WORDS)
    desk = town.services.entry_desk
    assert (await desk.close(staff, hearing.id)).all_entered_at is not None
    with pytest.raises(AllEntered):
        await entered(town, staff, hearing, "Дагы бир")
    assert not (await desk.overview(staff, hearing.id)).open
    await desk.reopen(staff, hearing.id)
    assert (await entered(town, staff, hearing, "Дагы бир")).comment.number == 2
    async with town.services.store.writing() as repositories:
        await repositories.hearings.set_phase(hearing.id, Phase.ANSWERED, at=clock(town).now())
    assert not (await desk.overview(staff, hearing.id)).open


async def test_a_message_that_is_no_number_is_refused_and_the_draft_stays(town: Municipality) -> None:
    hearing, staff = await town.hearing(), await town.staff(1)
    entries = town.services.entries
    draft = (await entries.begin(staff, EntryDraft(hearing.id))).draft
    await entries.receive(staff, draft, typed(town, WORDS))
    draft = (await entries.change_draft(staff, hearing.id, waits_for=EntryField.VOICES)).draft
    for words in ("он эки", "1 2", "1000000", ""):
        with pytest.raises(BadPresence):
            await entries.receive(staff, draft, typed(town, words))
    assert (await entries.draft(staff, hearing.id)).draft.text == WORDS


async def test_only_the_commission_enters_and_the_secretary_says_that_it_is_all(municipality: Municipality) -> None:
    hearing, staff = await municipality.hearing(), await municipality.staff(1)
    mine = await entered(municipality, staff, hearing, WORDS)
    services = municipality.services

    def draft(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return services.entries.offer(actor, hearing.id)

    for act in (
        draft,
        lambda actor: services.entry_desk.overview(actor, hearing.id),
        lambda actor: services.entries.page(actor, hearing.id),
        lambda actor: services.entries.get(actor, mine.comment.id),
        lambda actor: services.entries.remove(actor, mine.comment.id),
    ):
        assert await allowed(municipality, act) == COMMISSION
    clock(municipality).forward(days=4)
    for change in (services.entry_desk.close, services.entry_desk.reopen):
        assert await allowed(municipality, lambda actor, change=change: change(actor, hearing.id)) == {  # type: ignore[misc]
            "secretary",
            "administrator",
        }


async def test_a_resident_never_reads_a_name_or_an_entry_that_was_hidden(municipality: Municipality) -> None:
    hearing, staff = await municipality.hearing(), await municipality.staff(1)
    view = await entered(municipality, staff, hearing, WORDS, name="Асанова")
    await municipality.services.moderation.hide(COMMAND_LINE, view.comment.id, HidingRule.INSULT)
    with pytest.raises(NotFound):
        await municipality.services.comments.get(await municipality.resident(9), view.comment.id)
