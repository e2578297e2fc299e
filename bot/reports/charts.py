"""The budget as a picture for a phone: at most 4 to 5, labels above the bars, in the reader's language.

It says what the text says, with the same numbers. Words go to the template as data, never as markup, and characters
the picture's own fonts do not have are replaced, so that nobody sees empty boxes. The same words and numbers make the
very same picture, which is why a key can name it for ever.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import NotFound
from bot.domain.programme import Side
from bot.i18n import budget_words, names
from bot.reports.budget import amount, bars, shares
from bot.reports.budget import change as budget_change
from bot.reports.typesetting import look_of, picture, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import Budget
    from bot.i18n import Translator
    from bot.reports.budget import Bar, Share

_CHART_TEMPLATE: Final = "budget.typ"


async def draw(hearing: Hearing, t: Translator) -> bytes:
    """The picture of ``budget_chart``, drawn in a thread."""
    return await asyncio.to_thread(budget_chart, hearing.dossier, t)


def budget_chart(dossier: Dossier, t: Translator) -> bytes:
    """PNG, at most 4 to 5 and ``LARGEST_PICTURE`` bytes; raises NotFound where there is no budget."""
    return picture(_CHART_TEMPLATE, {"data": _data(dossier, t)})


def chart_key(hearing: Hearing, t: Translator) -> str:
    """A name for the picture: the same for the same pixels, another as soon as a word, number or font changes."""
    digest = hashlib.sha256(_data(hearing.dossier, t).encode())
    digest.update(look_of(_CHART_TEMPLATE))
    return f"budget-{hearing.id}-{t.language}-{digest.hexdigest()[:20]}"


def _data(dossier: Dossier, t: Translator) -> str:
    budget = dossier.budget
    if budget is None or not budget.lines:
        raise NotFound("budget")
    year = dossier.fiscal_year
    sides = {side: bars(budget, side, t) for side in Side if budget.of(side)}
    data = {
        "title": t("Draft budget for {year}", year=year) if year else t("Draft budget"),
        "subtitle": t.marked(dossier.title),
        "shares": [[_card(share, t) for share in part] for part in _rows(tuple(shares(budget, t)))],
        "sides": _sides(dossier, budget, sides, t),
        "notes": [budget_words.discrepancy(t, gap, dossier.unit) for gap in budget.discrepancies()],
    }
    return json.dumps(printable(data), ensure_ascii=False, sort_keys=True)


def _rows(found: tuple[Share, ...]) -> list[list[Share]]:
    """The shares of one side beside each other."""
    rows = [[share for share in found if share.side is side] for side in Side]
    return [row for row in rows if row]


def _card(share: Share, t: Translator) -> dict[str, str]:
    return {"side": share.side.value, "share": t.percent(share.ratio), "words": share.words}


def _sides(dossier: Dossier, budget: Budget, sides: Mapping[Side, Sequence[Bar]], t: Translator) -> list[Any]:
    everything = [bar for side in sides.values() for bar in side]
    tallest = max(1, *(bar.amount for bar in everything), *(bar.last_year or 0 for bar in everything))
    return [
        {
            "side": side.value,
            "title": t(names.SIDE_NAMES[side]),
            "total": t.round_money(budget.total(side), dossier.unit),
            "legend": _legend(dossier, everything, t) if side is next(iter(sides)) else "",
            "items": [_item(dossier, bar, tallest, t) for bar in side_bars],
        }
        for side, side_bars in sides.items()
    ]


def _legend(dossier: Dossier, everything: Sequence[Bar], t: Translator) -> str:
    unit = t.unit(dossier.unit)
    if all(bar.last_year is None for bar in everything):
        return t("In {unit}", unit=unit)
    if dossier.fiscal_year is None:
        return t("In {unit}; the pale bar: the year before", unit=unit)
    return t("In {unit}; the pale bar: {year}", unit=unit, year=dossier.fiscal_year - 1)


def _item(dossier: Dossier, bar: Bar, tallest: int, t: Translator) -> dict[str, Any]:
    return {
        "label": bar.label,
        "explained": bar.explained,
        "amount": amount(t, bar.amount, dossier),
        "change": budget_change(t, bar),
        "ratio": max(0, bar.amount) / tallest,
        "last_ratio": None if bar.last_year is None else max(0, bar.last_year) / tallest,
    }
