"""A resident from the first screen to a counted vote and a receipt, by taps alone except for the comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.living import Town


async def test_a_resident_comes_in_by_taps_and_finds_the_hearing(town: Town) -> None:
    hearing = await town.hearing()
    aigul = town.person()
    await town.start(aigul)
    await town.press(aigul, "English", "✅", "Сузак", "Багыш", "Сафаровка")
    assert "2027-жылдын бюджети" in aigul.screen.text
    assert "25 November 2026, 12:00 (Bishkek time)" in aigul.screen.text
    assert "You can answer until 26.11.2026, 12:00." in aigul.screen.text
    assert hearing.code == "bagysh-2026-1"
