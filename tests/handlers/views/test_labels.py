"""What stands on buttons that carry names of people's own: it fits a phone, and no two of a screen are alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.languages import LANGUAGES
from bot.domain.places import Whereabouts
from bot.domain.received_files import ReceivedFile
from bot.domain.rooms import Room, RoomKind
from bot.services.hearings import HearingList
from bot.services.received_files import FileTargets
from bot.services.room_views import RoomList
from handlers.views import groups, hearing_list, places, rooms, workbooks
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ensure_fits, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.i18n import Translator
    from handlers.views.screen import Screen

TOWN = largest.place()
VILLAGE = largest.villages()[0]
SAME = tuple(Room(no, -no, RoomKind.GROUP, "Айылдын жаңылыктары " * 6) for no in (1, 2))
"""Two groups with one long title."""
TWO = tuple(replace(largest.hearing(id_=no), code=f"bagysh-{no}") for no in (1, 2))
"""Two hearings with one title, on one day."""


def screens(t: Translator) -> Iterator[Screen]:
    """Screens whose buttons name places, rooms and hearings."""
    elsewhere = Whereabouts(VILLAGE, (TOWN, TOWN), TOWN)
    yield places.move(t, TOWN, elsewhere, look_at=TOWN)
    yield places.found(t, "Багыш", [elsewhere, Whereabouts(TOWN, (VILLAGE,), TOWN)])
    yield groups.offer(t, SAME[0], (TOWN,))
    yield rooms.listing(t, RoomList(TOWN, SAME, SAME), "hearing_demo_bot")
    yield hearing_list.all_hearings(t, HearingList(TOWN, largest.ZONE, largest.NOW, TWO, ()))
    file = ReceivedFile(1, 7, largest.NOW, name="угуу.xlsx")
    yield workbooks.which_file(t, file, FileTargets((TOWN, replace(TOWN, id=9, name=largest.long_text("Шайдан"))), TWO))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_fit_on_buttons_and_namesakes_are_told_apart(language: str) -> None:
    for screen in screens(CATALOGUES[language]):
        ensure_fits(screen)
        assert len(set(labels_of(screen))) == len(labels_of(screen)), labels_of(screen)
