"""Whatever way a person goes, no word they send is lost, and what they are asked to write is a comment."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.languages import LANGUAGES
from tests import samples
from tests.handlers.walking import Walker
from tests.scale import rounds

if TYPE_CHECKING:
    from tests.living import Town

WAYS = rounds(15, few=1)
STEPS = rounds(30, few=12)


@pytest.mark.timeout(1_200)
async def test_no_word_is_lost_on_any_way(town: Town) -> None:
    """Ways in each language; how many, and how many words were sent, is printed (``-rP``)."""
    hearing = await town.hearing(replace(samples.dossier(), closes_at=samples.NOW + timedelta(days=900)))
    for language in LANGUAGES:
        words = written = 0
        for number in range(WAYS):
            chance = random.Random(f"{language} {number}")
            walker = Walker(town, town.person(language=language), chance, hearing.id)
            await walker.begin(language)
            await walker.walk(STEPS)
            words, written = words + len(walker.sent), written + walker.written_now
        assert written >= WAYS
        print(f"{language}: {WAYS} ways, {words} words, {written} after “write now”, 0 lost")  # noqa: T201
