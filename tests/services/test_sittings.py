"""Several sittings: each person is reminded of those of their village, and sees them first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import Forbidden, NotFound, SittingBegun
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.people import Role
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting, numbered
from bot.reports.json import _hearing
from bot.reports.overview import AsTheyAre, _numbers
from bot.reports.records import gather
from bot.services.incoming_message import IncomingMessage
from bot.services.outbox.sender import OutboxSender
from handlers.views import hearings as views
from handlers.views.agenda import agenda
from handlers.views.entries import overview
from handlers.views.letters import render
from tests import samples
from tests.handlers.views.screens import CATALOGUES, text_of
from tests.services.test_timetable import Book

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

DAY = timedelta(days=1)
MORNING = samples.NOW + 2 * DAY - timedelta(hours=2)
"""Ten o'clock in Bishkek."""


def spread(municipality: Municipality) -> Dossier:
    """A sitting for everybody and one for Safarovka on one day, one for Besh-Bala on the next."""
    sittings = numbered(
        (
            Sitting(MORNING, place=samples.words("Маданият үйү")),
            Sitting(MORNING + timedelta(hours=5), place=samples.words("Мектеп"), village=safarovka(municipality)),
            Sitting(MORNING + DAY, place=samples.words("Клуб"), village=municipality.places["bagysh-3"]),
        )
    )
    return replace(samples.dossier(closes=sittings[-1].ends_at), sittings=sittings, questions=())


def safarovka(municipality: Municipality) -> int:
    """Its id."""
    return municipality.places["bagysh-2"]


@pytest.fixture
async def hearing(municipality: Municipality) -> Hearing:
    """Announced, with three sittings."""
    return await municipality.hearing(spread(municipality))


async def neighbours(municipality: Municipality) -> dict[int, Actor]:
    """One follower of each village, and one of none, by the number of their village."""
    people = {number: await municipality.resident(number + 1) for number in range(4)}
    for number in (1, 2, 3):
        village = municipality.places[f"bagysh-{number}"]
        people[number] = await municipality.services.people.set_village(people[number], village)
    return people


async def test_each_is_reminded_of_the_sittings_of_their_village_and_of_a_day_once(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    await neighbours(municipality)
    services, book = municipality.services, Book(clock)
    post = OutboxSender(services.store, clock, services.directory, book, name="one")
    while clock.now() < MORNING + DAY:
        await services.timetable.tick()
        await post.drain()
        clock.forward(hours=2)
    reminders = [each for _, each in book.letters if each.broadcast.kind is NoticeKind.REMINDER]
    told: dict[int, list[str]] = {}
    for each in reminders:
        assert each.recipient is not None
        words = text_of(render(CATALOGUES["ky"], each))
        places = [place for place in ("Маданият үйү", "Мектеп", "Клуб") if place in words]
        told.setdefault((each.recipient.telegram_id or 0) - 1, []).append("+".join(places))
    assert {number: sorted(set(places)) for number, places in told.items()} == {
        0: ["Клуб", "Маданият үйү+Мектеп"],
        1: ["Маданият үйү"],
        2: ["Маданият үйү+Мектеп"],
        3: ["Клуб", "Маданият үйү"],
    }
    assert all(places.count(place) == 2 for places in told.values() for place in places), "a day and two hours before"


async def test_the_card_and_the_calendar_of_a_resident_begin_with_their_village(
    municipality: Municipality, hearing: Hearing
) -> None:
    people = await neighbours(municipality)
    cards = {number: await municipality.services.hearings.card(actor, hearing.id) for number, actor in people.items()}
    assert {number: str(card.sitting and card.sitting.place) for number, card in cards.items()} == {
        0: "Маданият үйү",
        1: "Маданият үйү",
        2: "Мектеп",
        3: "Клуб",
    }
    t = CATALOGUES["ky"]
    assert "🏘 Айыл үчүн: Сафаровка" in text_of(views.card(t, cards[2]))
    listed = text_of(agenda(t, cards[3]))
    assert listed.index("Клуб") < listed.index("Маданият үйү") < listed.index("Мектеп")
    events = [views.calendar(t, cards[number]).content.count(b"BEGIN:VEVENT") for number in range(4)]
    assert events == [3, 1, 2, 2]


async def test_only_the_secretary_changes_sittings_and_each_act_is_in_the_journal(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    acts, secretary = municipality.services.sittings, await municipality.staff(9)
    others = [await municipality.staff(8, Role.MEMBER), await municipality.staff(7, place="kok-art")]
    at, club = MORNING + 3 * DAY, samples.words("Клуб")
    for other in others:
        for refused in (
            acts.add(other, hearing.id, village_id=0, starts_at=at, place=club),
            acts.set_village(other, hearing.id, 1, 0),
            acts.remove(other, hearing.id, 1),
            acts.move(other, hearing.id, 1, at),
        ):
            with pytest.raises(Forbidden):
                await refused
    more = await acts.add(secretary, hearing.id, village_id=safarovka(municipality), starts_at=at, place=club)
    again = await acts.add(secretary, hearing.id, village_id=safarovka(municipality), starts_at=at, place=club)
    assert (again.version, len(again.dossier.sittings), again.closes_at) == (2, 4, at + timedelta(hours=2))
    assert more.dossier.sitting(4).starts_at == at
    assert (await acts.set_village(secretary, hearing.id, 4, 0)).dossier.sitting(4).village == 0
    fewer = await acts.remove(secretary, hearing.id, 2)
    assert [each.no for each in fewer.dossier.sittings] == [1, 3, 4]
    page = await municipality.services.journal.page(secretary, municipality.id, page=0)
    changes = [line.entry.data for line in page.lines if line.entry.act is Act.CHANGED]
    assert [data["sitting"] for data in changes] == ["removed", "village", "added"]
    assert str(changes[0]["before"]).count(":") == 8
    assert str(changes[0]["after"]).count(":") == 6


async def test_what_has_begun_stays_and_what_is_not_there_is_not_changed(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    acts, secretary = municipality.services.sittings, await municipality.staff(9)
    elsewhere = municipality.places["kok-art"]
    for missing in (
        acts.add(secretary, hearing.id, village_id=elsewhere, starts_at=MORNING + DAY, place=samples.words("Клуб")),
        acts.set_village(secretary, hearing.id, 1, elsewhere),
        acts.set_village(secretary, hearing.id, 7, 0),
        acts.remove(secretary, hearing.id, 7),
        acts.move(secretary, hearing.id, 1, MORNING + DAY),  # it is public: it is postponed, with a reason
    ):
        with pytest.raises(NotFound):
            await missing
    clock.forward(days=2)
    with pytest.raises(SittingBegun):
        await acts.remove(secretary, hearing.id, 1)
    postponed = municipality.services.announcements.postpone
    with pytest.raises(SittingBegun):
        await postponed(secretary, hearing.id, starts_at=MORNING + 4 * DAY, why=SetbackReason.ROOM, sitting=1)
    alone = await postponed(secretary, hearing.id, starts_at=MORNING + 4 * DAY, why=SetbackReason.ROOM, sitting=3)
    assert alone.setback is None
    assert alone.dossier.sitting(3).setback == Setback(SetbackReason.ROOM, "", MORNING + DAY)
    assert alone.dossier.sittings[:2] == hearing.dossier.sittings[:2]
    assert alone.closes_at == alone.dossier.sitting(3).ends_at


async def test_people_present_and_the_record_name_the_sitting(
    municipality: Municipality, hearing: Hearing, clock: VirtualClock
) -> None:
    services, secretary = municipality.services, await municipality.staff(9)
    clock.forward(days=2)
    for sitting, number in ((1, "40"), (2, "17")):
        view = await services.hand_counts.begin_people(secretary, hearing.id, sitting)
        await services.hand_counts.receive(secretary, view.draft, IncomingMessage(number, str(sitting), clock.now()))
        await services.hand_counts.save(secretary, hearing.id)
    shown = text_of(overview(CATALOGUES["ky"], await services.entry_desk.overview(secretary, hearing.id)))
    assert "40 · 1. 25.11 10:00 Маданият үйү" in shown
    assert "17 · 2. 25.11 15:00 Мектеп" in shown
    async with services.store.reading() as repositories:
        record = await gather(repositories, hearing.id, now=clock.now(), timezone="Asia/Bishkek")
    said = dict(_numbers(record, CATALOGUES["ru"], AsTheyAre()))
    assert said["Присутствовало: среда, 25 ноября 2026 г., 10:00"] == 40
    venues = _hearing(record)["venues"]
    assert [(each["sitting"], each["village"]) for each in venues] == [(1, None), (2, "bagysh-2"), (3, "bagysh-3")]
