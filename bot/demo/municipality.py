"""The sample region: the pilot's eight municipalities as a list of places, and a hearing workbook for each.

Names and services are the pilot's own (``pilot.json``); texts and figures are made up to look plausible and say of
themselves, in every language, that they are illustrative (``sample.json``). The workbooks are ordinary ones.
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from bot.demo import sample_hearing
from bot.domain.languages import EN, KY, RU, UZ_CYRL
from bot.i18n import Translator
from bot.workbook.filling import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

TIMEZONE: Final = "Asia/Bishkek"
REGION_CODE: Final = "jalal-abad"
_PLACE_COLUMNS: Final = (
    *("code", "type", "parent", "name_ky", "name_ru", "name_uz", "name_en"),
    *("timezone", "population", "women", "valid_from", "valid_to"),
)
_DISTRICT_CODES: Final = {"Bazar-Korgon District": "bazar-korgon", "Suzak District": "suzak"}


def codes() -> tuple[str, ...]:
    """The municipalities, in the order of the pilot's table."""
    return tuple(str(one["code"]) for one in data("pilot")["municipalities"])


def places_csv() -> bytes:
    """The region, its districts, municipalities and villages as ``hearing-bot places load`` takes them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_PLACE_COLUMNS)
    for code, kind, parent, name in _places():
        names = [name.get(KY, ""), name.get(RU, ""), name.get(UZ_CYRL, ""), name.get(EN, "")]
        writer.writerow([code, kind, parent, *names, TIMEZONE if kind == "region" else "", "", "", "", ""])
    return out.getvalue().encode("utf-8")


def _places() -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """(code, type, parent's code, names); a village has its Kyrgyz name only where that is certain."""
    pilot, kyrgyz = data("pilot"), data("sample")["villages_ky"]
    yield REGION_CODE, "region", "", pilot["region"]
    seen: set[str] = set()
    for one in pilot["municipalities"]:
        district = _DISTRICT_CODES[one["district"]["en"]]
        if district not in seen:
            yield district, "district", REGION_CODE, one["district"]
        seen.add(district)
        yield one["code"], "municipality", district, {code: _plain(name) for code, name in one["name"].items()}
        for number, name in enumerate(one["villages_ru"], start=1):
            names = {RU: name} | ({KY: kyrgyz[name]} if name in kyrgyz else {})
            yield f"{one['code']}-{number:02}", "village", one["code"], names


def _plain(name: str) -> str:
    """The name without the remark in brackets that one name of the pilot's table has."""
    return re.sub(r"\s*\(.*?\)", "", name)


def workbook(code: str, *, starts: datetime, opens: datetime | None = None, t: Translator | None = None) -> bytes:
    """The municipality's hearing as an XLSX; its (first) sitting ``starts`` at that aware moment.

    Answers are taken from ``opens``, else from a week before. Labels are in the language of ``t``, else English.
    ``KeyError`` for a code that is not one of ``codes()``.
    """
    one = next((one for one in data("pilot")["municipalities"] if one["code"] == code), None)
    if one is None:
        raise KeyError(code)
    dossier = sample_hearing.dossier(one, data("sample"), starts=starts, opens=opens, timezone=TIMEZONE)
    return fill(dossier, t or Translator(EN, {}), municipality_timezone=TIMEZONE)


@cache
def data(name: str) -> Any:
    """One of the JSON files beside this module."""
    return json.loads(files("bot.demo").joinpath(f"{name}.json").read_text(encoding="utf-8"))
