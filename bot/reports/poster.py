"""Posters for the wall: A4, two languages, when and where, and a QR code that leads into the hearing.

Words go to the template as data, never as markup. The page is filled as large as everything fits; where texts are very
long everything shrinks, and the title, nothing else, is cut. The code is a drawing, not a bitmap, with the quiet zone
that cameras need.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.domain.hearings import HearingKind
from bot.domain.sittings import villages_of
from bot.domain.values import dataclass
from bot.i18n import names
from bot.reports.typesetting import leaves_out, printable, typeset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    import segno

    from bot.domain.hearings import Hearing
    from bot.domain.languages import Text
    from bot.domain.places import Place
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator

    Translators = tuple[Translator, Translator]

_POSTER_TEMPLATE: Final = "poster.typ"
_SITTINGS_ON_A_POSTER: Final = 3
"""A poster of more says how many there are."""
_TITLE_LENGTHS: Final = (1000, 160, 110, 70, 45)
"""Characters to which a title is cut, one after the other, until everything fits."""
_QUIET_ZONE: Final = 4
"""Modules of white around the code, as its standard asks."""


@dataclass(frozen=True, slots=True)
class PosterText:
    """What a poster is about; without a village it is for the whole municipality. ``link`` is a deep link to the bot.

    Dates are on the wall clock of ``zone``.
    """

    hearing: Hearing
    municipality: Place
    village: Place | None
    link: str
    zone: ZoneInfo


async def draw(posters: Sequence[PosterText], translators: Translators) -> bytes:
    """The PDF, drawn in a thread."""
    return await asyncio.to_thread(pdf, posters, translators)


def pdf(posters: Sequence[PosterText], translators: Translators) -> bytes:
    """A page of A4 for each poster, the language of the first translator above that of the second.

    The same words, the same file.
    """
    return typeset(_POSTER_TEMPLATE, inputs(posters, translators), format="pdf")


def inputs(posters: Sequence[PosterText], translators: Translators) -> dict[str, str]:
    """What fills the template: ``posters``, a JSON list of what each says (``data``) and its code (``qr``, SVG)."""
    pages = [{"data": printable(_data(each, translators)), "qr": drawing(each.link)} for each in posters]
    return {"posters": json.dumps(pages, ensure_ascii=False, sort_keys=True)}


def has_left_out(posters: Sequence[PosterText], translators: Translators) -> bool:
    """Whether signs such as emoji are left out of any."""
    return any(leaves_out(_data(each, translators)) for each in posters)


def _data(poster: PosterText, translators: Translators) -> dict[str, Any]:
    hearing, village, zone = poster.hearing, poster.village, poster.zone
    dossier = hearing.dossier
    sittings = _nearest_first(dossier.sittings, village)[:_SITTINGS_ON_A_POSTER]
    return {
        "languages": [t.language.partition("_")[0] for t in translators],
        "heading": _each(t("Public hearing").upper() for t in translators),
        "kind": []
        if dossier.kind is HearingKind.OTHER
        else _each(t(names.HEARING_KIND_NAMES[dossier.kind]) for t in translators),
        "village": _each(t.place(village.name) for t in translators) if village else [],
        "municipality": _each(t.place(poster.municipality.name) for t in translators),
        "titles": [[_cut(title, most) for title in _text(dossier.title, translators)] for most in _TITLE_LENGTHS],
        "sittings": [_sitting(sitting, translators, zone) for sitting in sittings],
        "count": len(dossier.sittings),
        "more": _more(len(dossier.sittings), translators),
        "presenters": _presenters(dossier.presenters, translators),
        "call": _each(t("Read the draft and say what you think") for t in translators),
        "until": _each(
            t("You can answer until {moment}", moment=t.moment_in_words(dossier.closes_at, zone, now=dossier.closes_at))
            for t in translators
        ),
        "how": _how(poster.link, translators),
        "link": _short(poster.link),
        "code": hearing.code,
    }


def code(link: str) -> segno.QRCode:
    """The QR code of a link: a quarter of it may be torn off or wet (level Q)."""
    import segno  # noqa: PLC0415 libraries for this alone

    return segno.make_qr(link, error="q")


def drawing(link: str) -> str:
    """The code as an SVG: one path, so that no viewer draws seams between its squares."""
    rows = tuple(tuple(row) for row in code(link).matrix)
    size = len(rows) + 2 * _QUIET_ZONE
    path = "".join(_runs(row, at) for at, row in enumerate(rows, start=_QUIET_ZONE))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'


def _runs(row: Sequence[int], y: int) -> str:
    """A rectangle for each run of dark modules."""
    drawn = ""
    start: int | None = None
    for x, dark in enumerate((*row, 0), start=_QUIET_ZONE):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            drawn += f"M{start} {y}h{x - start}v1h{start - x}z"
            start = None
    return drawn


def _each(said: Iterable[str]) -> list[str]:
    """The words in each language, once where both say the same."""
    return list(dict.fromkeys(filter(None, said)))


def _text(text: Text, translators: Translators) -> list[str]:
    return _each(" ".join(t.text(text).words.split()) for t in translators)


def _cut(title: str, most: int) -> str:
    """The title, or its first whole words with an ellipsis."""
    if len(title) <= most:
        return title
    beginning = title[: most - 1]
    whole, _, rest = beginning.rpartition(" ")
    return f"{(whole if len(rest) < most // 3 else beginning).rstrip(' ,;:.-–—(«“')}…"


def _nearest_first(sittings: Sequence[Sitting], village: Place | None) -> list[Sitting]:
    """The sittings that are for the village, then the others."""
    if village is None:
        return list(sittings)
    return sorted(sittings, key=lambda each: each.village not in (0, village.id) or not villages_of(each, (village,)))


def _sitting(sitting: Sitting, translators: Translators, zone: ZoneInfo) -> dict[str, Any]:
    local = sitting.starts_at.astimezone(zone)
    return {
        "days": _each(_capital(t.day(local.date())) for t in translators),
        "time": translators[0].time(local),
        "zone": _each(t.zone_name(zone, sitting.starts_at) for t in translators),
        "places": _each(_where(sitting, t) for t in translators),
    }


def _where(sitting: Sitting, t: Translator) -> str:
    """Place and address, or that it is online."""
    parts = [" ".join(t.text(part).words.split()) for part in (sitting.place, sitting.address)]
    return " · ".join(filter(None, parts)) or (t("Online") if sitting.online_link else "")


def _more(count: int, translators: Translators) -> list[str]:
    return _each(
        t.n("There is {n} sitting; see the agenda.", "There are {n} sittings; see the agenda.", count)
        for t in translators
    )


def _presenters(names: Text, translators: Translators) -> list[str]:
    """Who presents, in each language; once where the names are the same."""
    said = _text(names, translators)
    return [t("Presented by: {names}", names=name) for t, name in zip(translators, said, strict=False)]


def _how(link: str, translators: Translators) -> list[str]:
    bot = urlsplit(link).path.strip("/")
    return _each(
        t("Point your phone's camera at the square, or open Telegram and write to @{bot}.", bot=bot)
        for t in translators
    )


def _short(link: str) -> str:
    """The link as people type it."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
