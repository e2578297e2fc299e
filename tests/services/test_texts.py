"""Texts that are changed one at a time: by whom, how long, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.domain.edits import LONGEST_EDITED_TEXT, TextAt, TextField, text_at
from bot.domain.errors import NotFound, TextEmpty, TextTooLong
from bot.domain.hearings import HearingKind, Phase
from bot.services.texts import EditedText
from tests import samples
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from tests.municipality import Municipality

EVERY_TEXT = (
    TextAt(TextField.TITLE),
    TextAt(TextField.PRESENTERS),
    TextAt(TextField.PLACE, 1),
    TextAt(TextField.ADDRESS, 1),
    TextAt(TextField.SERVICE, 2),
    TextAt(TextField.PROBLEM, 2),
    TextAt(TextField.GOAL, 2),
    TextAt(TextField.QUESTION, 4),
    TextAt(TextField.OPTION, 4, 3),
)
NOWHERE = (
    TextAt(TextField.PLACE),
    TextAt(TextField.PLACE, 2),
    TextAt(TextField.GOAL, 3),
    TextAt(TextField.OPTION, 4, 4),
    TextAt(TextField.OPTION, 1, 1),
    TextAt(TextField.QUESTION, 8),
)


async def test_every_text_of_a_draft_is_changed_in_its_language_and_stays_in_the_others(
    municipality: Municipality,
) -> None:
    texts, secretary = municipality.services.texts, await municipality.staff(7)
    draft = await municipality.hearing(publish=False)
    for version, at in enumerate(EVERY_TEXT, start=2):
        before = text_at(draft.dossier, at).by_language
        await texts.begin(secretary, EditedText(draft.id, at, "en"))
        await texts.keep(secretary, f" Words {version}\n")
        _, revised = await texts.apply(secretary, draft.id)
        assert revised.version == version
        assert dict(text_at(revised.dossier, at).by_language) == {**before, "en": f"Words {version}"}
        with pytest.raises(NotFound):
            await texts.apply(secretary, draft.id)
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"hearing:{draft.id}")
    assert {"before": "", "after": "Words 2"}.items() <= dict(entries[len(EVERY_TEXT) - 1].data).items()


async def test_what_cannot_be_a_text_is_refused_and_nothing_is_stored(municipality: Municipality) -> None:
    texts, secretary = municipality.services.texts, await municipality.staff(7)
    draft = await municipality.hearing(publish=False)
    for at in NOWHERE:
        with pytest.raises(NotFound):
            await texts.begin(secretary, EditedText(draft.id, at, "ky"))
    await texts.begin(secretary, EditedText(draft.id, TextAt(TextField.TITLE), "ky"))
    with pytest.raises(TextEmpty):
        await texts.keep(secretary, " \n ")
    with pytest.raises(TextTooLong):
        await texts.keep(secretary, "я" * (LONGEST_EDITED_TEXT + 1))
    with pytest.raises(NotFound):
        await texts.apply(secretary, draft.id)
    await texts.drop(secretary)
    with pytest.raises(NotFound):
        await texts.keep(secretary, "Тема")


async def test_only_secretaries_begin_copy_and_change(municipality: Municipality) -> None:
    services, hearing = municipality.services, await municipality.hearing()
    draft = await municipality.hearing(publish=False)
    asked = EditedText(draft.id, TextAt(TextField.TITLE), "ky")
    assert await allowed(municipality, lambda actor: services.drafting.last(actor, municipality.id)) == SECRETARIES
    assert await allowed(municipality, lambda actor: services.drafting.venues(actor, draft.id)) == SECRETARIES
    assert await allowed(municipality, lambda actor: services.drafting.copy_last(actor, municipality.id)) == SECRETARIES
    assert await allowed(municipality, lambda actor: services.texts.begin(actor, asked)) == {"secretary"}
    assert (await services.hearings.by_code(hearing.code)).version == 1


async def test_a_public_hearing_is_not_changed_as_a_draft_is(municipality: Municipality) -> None:
    drafting, secretary = municipality.services.drafting, await municipality.staff(7)
    hearing = await municipality.hearing()
    later = hearing.dossier.sittings[0].starts_at + samples.HOUR
    with pytest.raises(NotFound):
        await drafting.reschedule(secretary, hearing.id, later)
    with pytest.raises(NotFound):
        await drafting.set_service(secretary, hearing.id, samples.words("Спорт"), on=True)
    neighbour = await municipality.hearing(place="kok-art")
    draft = await drafting.copy_last(secretary, municipality.id)
    with pytest.raises(NotFound):
        await drafting.set_venue(secretary, draft.id, neighbour.id)
    assert draft.phase is Phase.DRAFT
    assert draft.dossier.kind is HearingKind.BOTH
