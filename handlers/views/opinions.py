"""The desk's screen of groups of opinion: sentences first, then the comments of each group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.opinion_groups import OpinionGroups
from bot.i18n import opinions as words
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, i, stacked, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.reports.opinion_view import OpinionView

TITLE_UNITS: Final = 200
COMMENT_UNITS: Final = 160
PAGE_UNITS: Final = 2500


def opinions(t: Translator, hearing: Hearing, view: OpinionView | None, *, page: int) -> Screen:
    """The screen; ``view`` None could not be computed now."""
    parts = tuple(_parts(t, view)) if view else (e(t("This could not be computed now. Please try again later.")),)
    text, page, last = text_page(parts, page, limit=PAGE_UNITS)
    head = stacked(b(t("Groups of opinion")), e(beginning(t.text(hearing.dossier.title).words, TITLE_UNITS)))
    rows = with_buttons(
        paging(t, lambda number: presses.SeeOpinions(hearing.id, number), page=page, last=last),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(stacked(head, e(""), text), rows)


def _parts(t: Translator, view: OpinionView) -> Iterator[Html]:
    if not isinstance(view.found, OpinionGroups):
        yield e(words.why_none(t, view.found))
        return
    said = words.sentences(t, view.found, view.comments)
    yield stacked(*map(e, said), e(""), i(words.explained(t)))
    for number, group in enumerate(view.found.groups, start=1):
        title = t("Group {n}: {people} people", n=number, people=t.number(group.people))
        yield _block(t, title, view, group.comments)
    if view.found.shared:
        yield _block(t, t("Supported by most people of every group"), view, view.found.shared)


def _block(t: Translator, title: str, view: OpinionView, comments: Iterable[int]) -> Html:
    told = [view.comments[each] for each in comments]
    wordless = t("A voice message or a photo without words")
    lines = (f"№ {each.number} · {beginning(each.text, COMMENT_UNITS) if each.text else wordless}" for each in told)
    nothing = e(t("No comment tells this group from the others.")) if not told else None
    return stacked(e(""), b(title), *map(e, lines), nothing)
