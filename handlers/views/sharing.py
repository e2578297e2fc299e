"""Telling a neighbour: two buttons that open WhatsApp and Telegram with what, where, when and a counted link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote

from bot.domain.hearings import Phase, due_phase
from bot.domain.sittings import Venues
from bot.domain.values import dataclass
from handlers import presses
from handlers.presses.links import deep_link
from handlers.views.screen import Button, ButtonRow, Html, e, short

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place, PlaceTree
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator

SHARED_TITLE_LETTERS: Final = 120
"""Of the title in a message to a neighbour: two buttons carry it, and Telegram takes no keyboard of any size."""
CLOSED: Final = (Phase.CLOSED, Phase.ANSWERED)
SHARED: Final = (Phase.ANNOUNCED, Phase.OPEN, *CLOSED)
"""Phases of a hearing to which neighbours are called."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a message to a neighbour says beside the hearing's own words; ``sitting`` is the one to come."""

    username: str
    municipality: Place
    zone: ZoneInfo
    now: datetime
    sitting: Sitting | None

    @classmethod
    def of(cls, username: str, places: PlaceTree, hearing: Hearing, *, village_id: int, now: datetime) -> Self:
        """With the sitting that is next for a village, 0 for nobody's."""
        municipality = places.get(hearing.municipality_id)
        venues = Venues.of(hearing.dossier.sittings, places.villages(municipality.id))
        return cls(username, municipality, places.zone(municipality.id), now, venues.next_for(village_id, now))

    def link(self, t: Translator, hearing: Hearing) -> str:
        """The link of the message; who comes by it is counted as by a poster."""
        return deep_link(self.username, presses.FollowPoster(hearing.id), t.language)

    def words(self, t: Translator, hearing: Hearing) -> str:
        """The message without its link: title, municipality, day and place, and what one finds there."""
        said = [short(t.marked(hearing.dossier.title), SHARED_TITLE_LETTERS), t.place(self.municipality.name)]
        if self.sitting is not None:
            said += [
                t.day_and_time(self.sitting.starts_at, self.zone, now=self.now),
                t.text(self.sitting.place).words,
            ]
        closed = due_phase(hearing, self.now) in CLOSED
        results, draft = t("See the results and what the commission answers:"), t("Read the draft and have your say:")
        return "\n".join(filter(None, (*said, results if closed else draft)))


def share_row(t: Translator, hearing: Hearing, sharing: Sharing | None) -> ButtonRow:
    """The two buttons; none where nobody is called: to a draft, to a hearing that is cancelled."""
    if sharing is None or due_phase(hearing, sharing.now) not in SHARED:
        return ()
    words, link = sharing.words(t, hearing), sharing.link(t, hearing)
    telegram = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(words, safe='')}"
    whatsapp = f"https://wa.me/?text={quote(f'{words} {link}', safe='')}"
    return Button("📤 WhatsApp", url=whatsapp), Button("📤 Telegram", url=telegram)


def share_line(t: Translator, hearing: Hearing, sharing: Sharing | None) -> Html | None:
    """What the two buttons are for; None where there are none."""
    return e(t("📤 Tell a neighbour about the hearing:")) if share_row(t, hearing, sharing) else None
