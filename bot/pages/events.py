"""A hearing as schema.org's ``Event``, in JSON-LD: search engines and calendars read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.domain.hearings import Phase
from bot.pages.layout import tag

if TYPE_CHECKING:
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.pages.gathering import PublicHearing

_VOCABULARY: Final = "https://schema.org"
_UNSAFE: Final = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What would end the script that carries it."""


def structured(shown: PublicHearing, t: Translator, *, address: str) -> str:
    """An event for each sitting, as JSON that is safe within a page; ``address`` is the page's, empty where unknown."""
    found = [_event(shown, sitting, t, address) for sitting in shown.hearing.dossier.sittings]
    graph = {"@context": _VOCABULARY, "@graph": found}
    return json.dumps(graph, ensure_ascii=False, sort_keys=True).translate(_UNSAFE)


def _event(shown: PublicHearing, sitting: Sitting, t: Translator, address: str) -> dict[str, Any]:
    zone, name = shown.record.zone, t.place(shown.municipality.name)
    postponed = shown.hearing.setback is not None or sitting.setback is not None
    status = "EventRescheduled" if postponed else "EventScheduled"
    found: dict[str, Any] = {
        "@type": "Event",
        "name": " ".join(t.text(shown.hearing.dossier.title).words.split()),
        "startDate": sitting.starts_at.astimezone(zone).isoformat(),
        "endDate": sitting.ends_at.astimezone(zone).isoformat(),
        "eventStatus": f"{_VOCABULARY}/{'EventCancelled' if shown.phase is Phase.CANCELLED else status}",
        "eventAttendanceMode": f"{_VOCABULARY}/{_mode(sitting)}",
        "inLanguage": tag(t.language),
        "isAccessibleForFree": True,
        "location": _places(shown, sitting, t),
        "organizer": {"@type": "GovernmentOrganization", "name": name},
    }
    was = sitting.setback.was if sitting.setback else shown.hearing.setback.was if shown.hearing.setback else None
    if was is not None:
        found["previousStartDate"] = was.astimezone(zone).isoformat()
    return {**found, "url": address} if address else found


def _mode(sitting: Sitting) -> str:
    return "MixedEventAttendanceMode" if sitting.online_link else "OfflineEventAttendanceMode"


def _places(shown: PublicHearing, sitting: Sitting, t: Translator) -> list[dict[str, Any]]:
    municipality = t.place(shown.municipality.name)
    hall: dict[str, Any] = {
        "@type": "Place",
        "name": t.text(sitting.place).words or municipality,
        "address": t.list(part for part in (t.text(sitting.address).words, municipality) if part),
    }
    if sitting.latitude is not None and sitting.longitude is not None:
        hall["geo"] = {"@type": "GeoCoordinates", "latitude": sitting.latitude, "longitude": sitting.longitude}
    online = [{"@type": "VirtualLocation", "url": sitting.online_link}] if sitting.online_link else []
    return [hall, *online]
