"""The picture that messengers show beside the address of a hearing's page: 1,200 by 630 pixels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.i18n import names
from bot.reports.typesetting import printable, typeset

if TYPE_CHECKING:
    from bot.domain.hearings import Phase
    from bot.i18n import Translator
    from bot.reports.record import Record

_PREVIEW_TEMPLATE: Final = "preview.typ"
_DOTS_AN_INCH: Final = 144
"""Of 600 by 315 points."""
TITLE_LETTERS: Final = 160


def png(record: Record, phase: Phase, t: Translator) -> bytes:
    """PNG: what is heard, where, when. The same words, the same bytes. Raises as ``typeset``."""
    data = json.dumps(printable(_data(record, phase, t)), ensure_ascii=False, sort_keys=True)
    return typeset(_PREVIEW_TEMPLATE, {"data": data}, format="png", ppi=_DOTS_AN_INCH)


def _data(record: Record, phase: Phase, t: Translator) -> dict[str, Any]:
    dossier = record.hearing.dossier
    title = " ".join(t.text(dossier.title).words.split()) or t("Public hearing")
    sitting = dossier.sittings[0] if dossier.sittings else None
    when = t.day_and_time(sitting.starts_at, record.zone) if sitting else ""
    place = t.text(sitting.place).words if sitting else ""
    return {
        "language": t.language.partition("_")[0],
        "site": t("Public hearings"),
        "municipality": t.place(record.municipality.name),
        "title": title if len(title) <= TITLE_LETTERS else f"{title[: TITLE_LETTERS - 1].rstrip()}…",
        "when": when,
        "place": place,
        "phase": t(names.PHASE_NAMES[phase]),
    }
