"""What a person's next message is taken for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import CommentKind
from bot.domain.errors import ConsentNeeded, NotFound, TextEmpty, TextTooLong
from bot.domain.pending_input import TYPING_LASTS, PendingInputKind, TypedReason
from bot.domain.people import Actor
from bot.domain.questions import About
from bot.domain.setbacks import LONGEST_REASON
from bot.services.pending_input import SEARCH_LASTS, PendingInputs
from tests.services.rights import SECRETARIES, allowed

if TYPE_CHECKING:
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

VISITOR = Actor(9, "ky")


@pytest.fixture
def inputs(municipality: Municipality) -> PendingInputs:
    return municipality.services.pending_inputs


async def test_of_a_visitor_nothing_is_waited_for(inputs: PendingInputs) -> None:
    await inputs.begin_search(VISITOR)
    await inputs.cancel(VISITOR)
    await inputs.keep_reason(VISITOR, "Жол жабык")
    await inputs.drop_reason(VISITOR)
    assert await inputs.find(VISITOR) is None


async def test_a_search_is_waited_for_ten_minutes(
    municipality: Municipality, inputs: PendingInputs, clock: VirtualClock
) -> None:
    aigul = await municipality.resident(1)
    assert await inputs.find(aigul) is None
    await inputs.begin_search(aigul)
    clock.time += SEARCH_LASTS
    clock.forward(seconds=-1)
    found = await inputs.find(aigul)
    assert found is not None
    assert found.kind is PendingInputKind.SEARCH
    clock.forward(seconds=1)
    assert await inputs.find(aigul) is None


async def test_one_person_is_waited_for_once_and_apart_from_others(
    municipality: Municipality, inputs: PendingInputs
) -> None:
    aigul, bek = await municipality.resident(1), await municipality.resident(2)
    hearing = await municipality.hearing()
    await inputs.begin_search(bek)
    await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.PROPOSAL, About())
    await inputs.begin_search(aigul)
    await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.QUESTION, About())
    of_aigul, of_bek = await inputs.find(aigul), await inputs.find(bek)
    assert of_aigul is not None
    assert of_bek is not None
    assert (of_aigul.kind, of_aigul.comment_kind) == (PendingInputKind.COMMENT, CommentKind.QUESTION)
    assert of_bek.kind is PendingInputKind.SEARCH
    await inputs.cancel(aigul)
    assert await inputs.find(aigul) is None
    assert await inputs.find(bek) == of_bek


async def test_only_who_prepares_a_hearing_types_a_reason_for_it(
    municipality: Municipality, inputs: PendingInputs
) -> None:
    hearing = await municipality.hearing()
    may = await allowed(municipality, lambda actor: inputs.begin_reason(actor, hearing.id, None))
    assert may == SECRETARIES - {"administrator"}  # the command line has nobody who could type


async def test_a_reason_of_no_hearing_or_of_nobody_is_not_waited_for(
    municipality: Municipality, inputs: PendingInputs
) -> None:
    secretary = await municipality.staff(1)
    with pytest.raises(NotFound):
        await inputs.begin_reason(secretary, 99, None)
    with pytest.raises(ConsentNeeded):
        await inputs.begin_reason(VISITOR, 99, None)
    assert await inputs.find(secretary) is None


async def test_a_typed_reason_is_kept_with_what_it_is_for_until_it_is_used(
    municipality: Municipality, inputs: PendingInputs, clock: VirtualClock
) -> None:
    secretary, hearing = await municipality.staff(1), await municipality.hearing()
    to = clock.now() + timedelta(days=1)
    assert (await inputs.begin_reason(secretary, hearing.id, to, 2)).id == hearing.id
    await inputs.keep_reason(secretary, "  Жол жабык ")
    found = await inputs.find(secretary)
    assert found is not None
    assert (found.kind, found.hearing_id, found.moment) == (PendingInputKind.REASON, hearing.id, to)
    assert TypedReason.from_text(found.text) == TypedReason(2, "Жол жабык")
    assert found.expires_at == clock.now() + TYPING_LASTS
    await inputs.drop_reason(secretary)
    assert await inputs.find(secretary) is None


async def test_a_typed_reason_is_found_for_its_hearing_alone(municipality: Municipality, inputs: PendingInputs) -> None:
    secretary, hearing = await municipality.staff(1), await municipality.hearing()
    assert await inputs.find_reason(VISITOR, hearing.id) == ""
    await inputs.begin_reason(secretary, hearing.id, None)
    assert await inputs.find_reason(secretary, hearing.id) == ""
    await inputs.keep_reason(secretary, "Жол жабык")
    assert await inputs.find_reason(secretary, hearing.id) == "Жол жабык"
    assert await inputs.find_reason(secretary, hearing.id + 1) == ""
    await inputs.begin_search(secretary)
    assert await inputs.find_reason(secretary, hearing.id) == ""


async def test_a_reason_is_cut_and_must_be_readable(municipality: Municipality, inputs: PendingInputs) -> None:
    secretary, hearing = await municipality.staff(1), await municipality.hearing()
    await inputs.begin_reason(secretary, hearing.id, None)
    for text, refusal in ((" \u200b", TextEmpty), ("я" * 4097, TextTooLong)):
        with pytest.raises(refusal):
            await inputs.keep_reason(secretary, text)
    await inputs.keep_reason(secretary, "я" * 4096)
    found = await inputs.find(secretary)
    assert found is not None
    assert TypedReason.from_text(found.text).words == "я" * LONGEST_REASON


async def test_a_reason_nobody_waits_for_touches_nothing_else(
    municipality: Municipality, inputs: PendingInputs
) -> None:
    secretary = await municipality.staff(1)
    await inputs.begin_search(secretary)
    before = await inputs.find(secretary)
    await inputs.keep_reason(secretary, "Жол жабык")
    await inputs.drop_reason(secretary)
    assert await inputs.find(secretary) == before
