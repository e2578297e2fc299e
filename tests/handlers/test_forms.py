"""Forms to be printed come from the desk as files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.errors import HearingClosed
from bot.domain.files import FileKind, FileRequest, FormKind
from bot.domain.journal import Act
from tests import samples
from tests.handlers.test_entries import at_entries, secretary_in_kyrgyz
from tests.reports.page import pages

if TYPE_CHECKING:
    from tests.living import Town


async def test_the_secretary_prints_every_form_in_the_languages_she_chooses(town: Town) -> None:
    dossier = replace(samples.dossier(), title=samples.words("🏫 Мектептин бюджети"))
    hearing, secretary = await town.hearing(dossier), await secretary_in_kyrgyz(town)
    await at_entries(town, secretary, hearing)
    await town.press(secretary, "🖨 Басып чыгаруучу барактар")
    assert "✅ Кыргызча + Русский" in secretary.labels
    await town.press(secretary, "▫️ Ўзбекча + Русский", "🖨 Кагаздагы суроолор")
    ballot = next(message for message in reversed(secretary.messages) if message.document)
    words = "".join(sheet.words for sheet in pages(ballot.document or b""))
    assert "Сизнинг жавобларингиз" in words
    assert "Ваши ответы" in words
    assert "A4" in ballot.caption
    assert "Эмодзи жана ушул сыяктуу белгилер кирген жок" in ballot.caption
    await town.press(secretary, "▫️ Кыргызча", "🖨 Пикир барактары", "🖨 Катышуучулардын тизмеси")
    assert sum(message.document is not None for message in secretary.messages) == 3
    await town.press(secretary, "⬅️")
    assert "🖨 Басып чыгаруучу барактар" in secretary.labels
    async with town.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{hearing.id}")
    printed = [entry.data["printed"] for entry in reversed(entries) if entry.act is Act.FORM_PRINTED]
    assert printed == ["ballot", "cards", "attendance"]


async def test_after_closing_no_form_is_printed_any_more(town: Town) -> None:
    hearing, secretary = await town.hearing(), await town.secretary()
    actor = await town.actor(secretary)
    town.clock.forward(days=4)
    await town.tick()
    request = FileRequest(FileKind.FORM, hearing.id, ("ky",), form=FormKind.CARDS.value)
    with pytest.raises(HearingClosed):
        await town.app.services.files.ask(actor, request, source="press:1")
