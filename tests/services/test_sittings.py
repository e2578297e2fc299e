"""Several sittings: each person is reminded of those of their village, and sees them first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.notices import NoticeKind
from bot.domain.sittings import Sitting, numbered
from bot.services.outbox.sender import OutboxSender
from handlers.views import hearings as views
from handlers.views.agenda import agenda
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
