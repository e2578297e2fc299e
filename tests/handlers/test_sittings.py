"""A secretary adds a sitting in a village, postpones it and takes it out; its people see and hear of theirs first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import presses
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier
    from bot.simulator.people import Person
    from tests.living import Town


async def neighbour(town: Town, name: str, village: str) -> Person:
    """A resident of that village, in Kyrgyz."""
    person = await town.resident(name, tongue="Кыргызча")
    await town.app.services.people.set_village(await town.actor(person), town.places[village])
    return person


async def dossier(town: Town, hearing: int) -> Dossier:
    """As it is stored now."""
    async with town.store.reading() as repositories:
        return (await repositories.hearings.get(hearing)).dossier


def since(person: Person, count: int) -> str:
    """What the bot has said to a person after so many messages."""
    return "\n".join(message.text for message in person.messages[count:])


async def test_a_sitting_in_a_village_is_added_postponed_and_taken_out_and_its_people_hear_of_theirs(
    town: Town,
) -> None:
    aigul = await neighbour(town, "Айгүл", "bagysh-2")
    bek = await neighbour(town, "Бек", "bagysh-3")
    hearing = await town.hearing()
    await town.tick()
    secretary = await town.secretary(tongue="Кыргызча")
    await town.say(secretary, "/desk")
    await town.press(secretary, "🟢", "✏️ Өзгөртүү", "🗓 Жыйындар: 1", "➕ Жыйын кошуу", "Беш-Бала")
    await town.press(secretary, "жума 27.11", "10:00", "📍 Клуб")
    assert "🏘 Айыл үчүн: Беш-Бала" in secretary.screen.text
    before = {person.id: len(person.messages) for person in (aigul, bek)}
    await town.press(secretary, "➕ Ооба, кошулсун")
    await town.tick()
    theirs, main = since(bek, before[bek.id]), since(aigul, before[aigul.id])
    assert ["Клуб" in said for said in (theirs, main)] == [True, False]
    assert ["Маданият үйү" in said for said in (theirs, main)] == [False, True]
    assert "🏘 Айыл үчүн: Беш-Бала" in theirs
    content = await dossier(town, hearing.id)
    assert [each.village for each in content.sittings] == [0, town.places["bagysh-3"]]
    assert content.closes_at == content.sittings[1].ends_at > hearing.closes_at

    await town.press(bek, "📖 Окуу", "📍")
    assert bek.screen.text.index("Клуб") < bek.screen.text.index("Маданият үйү")

    before = {person.id: len(person.messages) for person in (aigul, bek)}
    await town.press(secretary, "2. 27.11", "📆 Күнү, убактысы", "ишм 28.11", "11:00", "Зал")
    assert "Башка жыйындар өзгөрбөйт." in secretary.screen.text
    await town.press(secretary, "📆 Ооба, жылдырам")
    await town.tick()
    moved = await dossier(town, hearing.id)
    assert [each.starts_at for each in moved.sittings] == [
        hearing.dossier.sittings[0].starts_at,
        content.sittings[1].starts_at + timedelta(days=1, hours=1),
    ]
    assert "28-ноябрь" in since(bek, before[bek.id])
    assert "Сиздин жыйын өзгөргөн жок:" in since(aigul, before[aigul.id])
    assert "Сиздин жыйын" not in since(bek, before[bek.id])

    before = {person.id: len(person.messages) for person in (aigul, bek)}
    for _ in range(4):  # to the day before the second sitting
        town.clock.forward(days=1)
        await town.tick()
    assert since(aigul, before[aigul.id]).count("Маданият үйү") >= 1
    assert "Клуб" not in since(aigul, before[aigul.id])
    assert "Клуб" in since(bek, before[bek.id])


async def test_a_sitting_of_a_draft_is_changed_by_taps_and_the_last_one_stays(town: Town) -> None:
    draft = await town.hearing(publish=False)
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "📝 25.11", "✏️ Change", "🗓 Sittings: 1", "➕ Add a sitting", "👥 For everybody")
    await town.press(secretary, "Fri 27.11", "10:00", "📍 School")
    await town.press(secretary, "2. 27.11", "📆 Date and time", "Tue 24.11", "09:00")
    content = await dossier(town, draft.id)
    assert [(each.no, str(each.place)) for each in content.sittings] == [(2, "Мектеп"), (1, "Маданият үйү")]
    await town.press(secretary, "⬅️ Back", "➕ Add a sitting", "Safarovka", "Sat 28.11", "11:00")
    await town.say(secretary, "Мечиттин жанындагы  аянт")
    assert "📍 Мечиттин жанындагы аянт" in secretary.screen.text
    await town.press(secretary, "➕ Yes, add it", "3. 28.11", "🗑 Remove this sitting", "🗑 Yes, remove it", "2. 24.11")
    await town.press(secretary, "🏘 Village", "Safarovka", "🗑 Remove this sitting", "⬅️ Back", "⬅️ Back", "1. 25.11")
    await town.press(secretary, "🗑 Remove this sitting", "🗑 Yes, remove it", "2. 24.11")
    assert "Remove this sitting" not in str(secretary.screen.markup)
    assert [each.village for each in (await dossier(town, draft.id)).sittings] == [town.places["bagysh-2"]]
    await send(town, secretary, presses.RemoveSitting(draft.id, 2, sure=True))
    assert "only sitting" in secretary.toasts[-1].text
