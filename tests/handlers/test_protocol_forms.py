"""A municipality's own form of the minutes: taken, changed, sent back, tried, used, removed."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from docx import Document

from bot.reports.protocol import filling, jobs
from handlers import presses
from handlers.presses import DownloadFormat, ReportLanguages
from handlers.presses.wire import pack
from tests.handlers.test_desk import send
from tests.reports.protocol.forms import form

if TYPE_CHECKING:
    import pytest

    from bot.simulator.people import Person
    from tests.living import Town

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paragraphs(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs]


def newest_file(person: Person) -> bytes:
    return next(message.document for message in reversed(person.messages) if message.document)


async def send_form(town: Town, person: Person, content: bytes, name: str = "бланк.docx") -> None:
    person.send_document(content, name, mime=TYPE)
    await town.quiet()


async def minutes(town: Town, person: Person, languages: ReportLanguages = ReportLanguages.READER) -> list[str]:
    await send(town, person, presses.DownloadRecord(1, DownloadFormat.DOCX, languages))
    await town.quiet()
    return paragraphs(newest_file(person))


async def test_a_letterhead_is_put_over_our_form_and_stands_over_every_protocol_until_it_is_removed(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    await town.say(secretary, "/desk")
    await town.press(secretary, "⚙️ Settings", "📄 Form of the minutes")
    assert "made from the bot's own form" in secretary.screen.text
    await town.press(secretary, "⬇️ Кыргызча")
    await town.quiet()
    ours = Document(io.BytesIO(newest_file(secretary)))
    assert ours.paragraphs[0].text == "Коомдук угуунун протоколу"
    ours.paragraphs[0].insert_paragraph_before("БАГЫШ АЙЫЛ ӨКМӨТҮ, тел. 0 3748 5-00-00")
    changed = io.BytesIO()
    ours.save(changed)
    await send_form(town, secretary, changed.getvalue())
    assert paragraphs(newest_file(secretary))[:3] == [
        *("БАГЫШ АЙЫЛ ӨКМӨТҮ, тел. 0 3748 5-00-00", "Коомдук угуунун протоколу", "№ «code»"),
    ]
    assert "Look at the sample above" in secretary.screen.text
    await town.press(secretary, "✅ Use it")
    assert "бланк.docx" in secretary.screen.text
    said = await minutes(town, secretary)
    assert said[:2] == ["БАГЫШ АЙЫЛ ӨКМӨТҮ, тел. 0 3748 5-00-00", "Коомдук угуунун протоколу"]
    assert said[2].startswith("№ ")
    assert "«code»" not in said[2]

    await send(town, secretary, presses.OpenProtocolForm(town.places["bagysh"]))
    await town.press(secretary, "⬇️ Your form")
    await town.quiet()
    assert newest_file(secretary) == changed.getvalue()
    await send(town, secretary, presses.OpenProtocolForm(town.places["bagysh"]))
    await town.press(secretary, "🗑 Remove your form", "🗑 Yes")
    assert "made from the bot's own form" in secretary.screen.text
    assert (await minutes(town, secretary))[0] == "Minutes of the public hearing"
    async with town.store.reading() as repositories:
        lines = await repositories.journal.list_about(f"municipality:{town.places['bagysh']}")
    noted = [(entry.act.value, dict(entry.data)) for entry in lines if entry.act.value.startswith("form")]
    assert sorted(noted, key=str) == [
        ("form removed", {"before": "бланк.docx"}),
        ("form stored", {"after": "бланк.docx"}),
    ]


async def test_every_fault_of_a_form_is_a_sentence_and_nothing_is_stored(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    await send_form(town, secretary, form("{{ titel }}", "{{ range(9) }}", "{{ questions }}"))
    assert "There is no such field: titel" in secretary.screen.text
    assert "not: call" in secretary.screen.text
    assert "This is a list, it is written by a loop: questions" in secretary.screen.text
    assert "Nothing was stored" in secretary.screen.text
    async with town.store.reading() as repositories:
        assert await repositories.protocol_forms.find(town.places["bagysh"]) is None


async def test_a_form_that_swells_ends_within_ten_seconds_with_a_sentence_while_presses_are_answered(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filling.SECONDS < 10
    monkeypatch.setattr(jobs, "filled", partial(filling.filled, seconds=1.5, memory=300 << 20))
    await town.hearing()
    secretary, resident = await town.secretary(), await town.resident()
    loops = "".join(f"{{% for q{depth} in questions %}}" for depth in range(40))
    secretary.send_document(form(loops + "{{ title }}" + "{% endfor %}" * 40), "бланк.docx", mime=TYPE)
    before = len(secretary.messages)
    for _ in range(3):
        asked = resident.forge(pack(presses.GoHome(), "en"))
        await resident.until(lambda: bool(asked.answered))  # noqa: B023 waited for at once
    assert not [each for each in secretary.messages[before:] if "takes too long" in each.words]
    await town.quiet()
    assert "Filling it in takes too long." in secretary.screen.words
    async with town.store.reading() as repositories:
        assert await repositories.protocol_forms.find(town.places["bagysh"]) is None


async def test_a_document_without_braces_is_no_form(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    await send_form(town, secretary, form("Стратегиянын долбоору"), "стратегия.docx")
    assert "This is not a workbook of a hearing." in secretary.screen.text
    assert any("document" in label.lower() for label in secretary.screen.labels)


async def test_a_protocol_comes_all_the_same_where_the_form_cannot_be_filled(town: Town) -> None:
    """A form that was good and is not any more, as after a field went away."""
    await town.hearing()
    secretary = await town.secretary()
    actor = await town.actor(secretary)
    await town.app.services.protocol_forms.put(actor, town.places["bagysh"], "a.docx", form("{{ gone }}"))
    said = await minutes(town, secretary)
    assert said[0] == "Minutes of the public hearing"
    assert "The municipality's form could not be filled in: this is the bot's own form." in said


async def test_a_form_is_used_by_who_prepares_hearings_there_and_by_nobody_else(town: Town) -> None:
    await town.hearing()
    secretary, stranger = await town.secretary(), await town.resident()
    await send_form(town, secretary, form("{{ title }}"))
    use = next(button for row in secretary.screen.rows for button in row if button["text"] == "✅ Use it")
    stranger.forge(use["callback_data"])
    await town.quiet()
    async with town.store.reading() as repositories:
        assert await repositories.protocol_forms.find(town.places["bagysh"]) is None
