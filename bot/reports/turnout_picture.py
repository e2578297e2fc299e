"""Who was heard, as a picture for a chat: the groups that took part beside the people who live there.

It is at most 4 wide to 5 high. A bar is the share of a group's people that took part; of a group whose number is not
told there is none. ``lines`` say the same numbers in words.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.domain.suppression import UNSAID_VILLAGE
from bot.domain.values import dataclass
from bot.i18n import names
from bot.reports.answer_pictures import TITLE_LETTERS, cut
from bot.reports.typesetting import look_of, picture, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.attendance import Populations
    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.domain.suppression import GroupSize, GroupSizes
    from bot.i18n import Translator

K = TypeVar("K")

_TURNOUT_TEMPLATE: Final = "turnout.typ"
GROUPS_OF_A_TABLE: Final = 8
"""Villages are many: those of which least people took part come first."""
GROUP_LETTERS: Final = 30


@dataclass(frozen=True, slots=True)
class TurnoutPicture:
    """What is drawn; ``people`` took part through the bot."""

    hearing: Hearing
    municipality: Place
    villages: tuple[Place, ...]
    people: int
    groups: GroupSizes
    populations: Populations


@dataclass(frozen=True, slots=True)
class _TurnoutRow:
    name: str
    size: GroupSize
    population: int | None

    @property
    def ratio(self) -> float | None:
        """The share of its people that took part; None where a number is not told or not known."""
        if not isinstance(self.size, int) or not self.population:
            return None
        return min(1.0, self.size / self.population)


def png(drawn: TurnoutPicture, t: Translator) -> bytes:
    """PNG, at most 4 to 5 and ``LARGEST_PICTURE`` bytes."""
    return picture(_TURNOUT_TEMPLATE, {"data": _json(drawn, t)})


def key(drawn: TurnoutPicture, t: Translator) -> str:
    """A name for the picture: the same for the same pixels, another as soon as a word, number or font changes."""
    digest = hashlib.sha256(_json(drawn, t).encode() + look_of(_TURNOUT_TEMPLATE, "bars.typ"))
    return f"turnout-{drawn.hearing.id}-{t.language}-{digest.hexdigest()[:20]}"


def lines(drawn: TurnoutPicture, t: Translator) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each table on the picture in words: its name, its groups."""
    for table in _data(drawn, t)["tables"]:
        yield table["title"], tuple(f"{row['name']}: {row['said']}" for row in table["rows"])


def _json(drawn: TurnoutPicture, t: Translator) -> str:
    return json.dumps(printable(_data(drawn, t)), ensure_ascii=False, sort_keys=True)


def _data(drawn: TurnoutPicture, t: Translator) -> dict[str, Any]:
    groups, known = drawn.groups, drawn.populations
    called = {village.id: t.place(village.name) for village in drawn.villages}
    called[UNSAID_VILLAGE] = t("Not said")
    genders = {key: t(name) for key, name in names.GENDER_NAMES.items()}
    ages = {key: t(name) for key, name in names.AGE_BAND_NAMES.items()}
    tables = (
        _table(t, t("Gender"), genders, groups.by_gender, known.by_gender),
        _table(t, t("Age group"), ages, groups.by_age, known.by_age),
        _table(t, t("Village"), called, groups.by_village, known.by_village),
    )
    return {
        "language": t.language.partition("_")[0],
        "title": t("Who was heard"),
        "subtitle": cut(t.marked(drawn.hearing.dossier.title), TITLE_LETTERS),
        "place": t.place(drawn.municipality.name),
        "people": t("People who took part: {n}", n=t.number(drawn.people)),
        "tables": list(tables),
        "note": t("A bar is the share of a group’s people who took part."),
    }


def _table(
    t: Translator, title: str, called: Mapping[K, str], sizes: Mapping[K, GroupSize], populations: Mapping[K, int]
) -> dict[str, Any]:
    rows = [_TurnoutRow(name, sizes[key], populations.get(key)) for key, name in called.items()]
    if len(rows) > GROUPS_OF_A_TABLE:
        rows.sort(key=lambda row: (row.ratio is None, row.ratio or 0.0))
    shown = [_row(t, row) for row in rows[:GROUPS_OF_A_TABLE]]
    more = len(rows) - len(shown)
    return {"title": title, "rows": shown, "more": t("Others: {n}", n=t.number(more)) if more > 0 else ""}


def _row(t: Translator, row: _TurnoutRow) -> dict[str, Any]:
    said = names.group_size(t, row.size)
    if row.population is not None:
        said = t("{size} of {population}", size=said, population=t.number(row.population))
    reached = f" · {t.percent(row.ratio)}" if row.ratio is not None else ""
    return {"name": cut(row.name, GROUP_LETTERS), "said": said + reached, "ratio": row.ratio}
