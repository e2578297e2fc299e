"""The desk's screens about who has not been heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from bot.domain.languages import OWN_NAMES
from bot.domain.suppression import UNSAID_VILLAGE, AtLeast
from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, paging, told_apart
from handlers.views.numbers import sizes_explained
from handlers.views.pages import beginning, evenly, item_page, text_page
from handlers.views.screen import Html, Screen, b, e, i, in_rows, quote, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.suppression import GroupSize
    from bot.i18n import Translator
    from bot.services.unheard import Turnout, VillageReminder

K = TypeVar("K")

VILLAGES_ON_A_PAGE: Final = 8
TURNOUT_PAGE_UNITS: Final = 2500
TITLE_UNITS: Final = 200
UNHEARD: Final = "🔸"
"""Before a group of which nobody, or fewer than five, took part."""


def turnout(t: Translator, found: Turnout, *, page: int) -> Screen:
    """The screen with each group that took part beside the people who live there, a page of it."""
    villages, _, last_of_villages = item_page(
        t.in_order(found.villages), page, evenly(len(found.villages), VILLAGES_ON_A_PAGE)
    )
    parts = tuple(_parts(t, found))
    text, _, last = text_page(parts, page, limit=TURNOUT_PAGE_UNITS)
    last = max(last, last_of_villages)
    page = max(0, min(page, last))
    hearing = found.hearing.id
    labels = told_apart([f"🔔 {t.place(village.name)}" for village in villages])
    opens = zip(labels, villages, strict=True)
    remind = (tap(t, label, presses.RemindVillage(hearing, village.id)) for label, village in opens)
    head = stacked(
        b(t("Who has not been heard")),
        e(beginning(t.text(found.hearing.dossier.title).words, TITLE_UNITS)),
        e(t("People who took part: {n}", n=t.number(found.people))),
    )
    hint = i(t("🔔 reminds the people of a village who have not taken part.")) if found.may_remind else None
    rows = with_buttons(
        *(in_rows(remind, width=2) if found.may_remind else ()),
        paging(t, lambda number: presses.SeeUnheard(hearing, number), page=page, last=last),
        (tap(t, t.p("button", "🖼 As a picture"), presses.SeeTurnoutPicture(hearing)),) if found.people else (),
        (back(t, presses.OpenDeskHearing(hearing)),),
    )
    return Screen(stacked(head, text, e(""), i(sizes_explained(t)), hint), rows)


def _parts(t: Translator, found: Turnout) -> Iterator[Html]:
    groups, known = found.groups, found.populations
    genders = {key: t(name) for key, name in names.GENDER_NAMES.items()}
    ages = {key: t(name) for key, name in names.AGE_BAND_NAMES.items()}
    villages = {village.id: t.place(village.name) for village in found.villages}
    villages[UNSAID_VILLAGE] = t("Not said")
    languages = {key: OWN_NAMES.get(key) or t("Not said") for key in found.by_language}
    yield from _section(t, t("Gender"), genders, groups.by_gender, known.by_gender)
    yield from _section(t, t("Age group"), ages, groups.by_age, known.by_age)
    yield from _section(t, t("Language"), languages, found.by_language, known.by_language)
    yield from _section(t, t("Village"), villages, groups.by_village, known.by_village)


def _section(
    t: Translator, heading: str, called: Mapping[K, str], sizes: Mapping[K, GroupSize], populations: Mapping[K, int]
) -> Iterator[Html]:
    if all(size is None for size in sizes.values()):
        yield stacked(e(""), e(f"{heading}: {t('not shown')}"))
        return
    yield stacked(e(""), b(heading))
    for key, name in called.items():
        size, population = sizes[key], populations.get(key)
        mark = f"{UNHEARD} " if _is_unheard(size) else ""
        said = names.group_size(t, size)
        if population is not None:
            said = t("{size} of {population}", size=said, population=t.number(population))
        yield e(f"{mark}{name}: {said}")


def _is_unheard(size: GroupSize) -> bool:
    return size == 0 or (isinstance(size, AtLeast) and size.few)


def reminder(t: Translator, found: VillageReminder) -> Screen:
    """The screen that shows what the people of a village get, and asks."""
    hearing, name = found.hearing, t.place(found.village.name)
    closes = t.day_and_time(hearing.closes_at, found.zone, now=found.now)
    message = stacked(
        b(t("🔔 Your village has a say: the hearing is open")),
        e(beginning(t.text(hearing.dossier.title).words, TITLE_UNITS)),
        e(t.place(found.municipality.name)),
        e(t("⏳ You can answer until {moment}.", moment=closes)),
    )
    text = stacked(
        b(t("Remind a village: {name}", name=name)),
        e(t("It goes to those who follow from there and have not taken part. Whoever wants no reminders gets none.")),
        e(t("At most once a day for each village.")),
        e(""),
        quote(message),
    )
    yes = tap(t, t.p("button", "📣 Yes, send it"), presses.RemindVillage(hearing.id, found.village.id, sure=True))
    return Screen(text, ((yes,), (back(t, presses.SeeUnheard(hearing.id)),)))
