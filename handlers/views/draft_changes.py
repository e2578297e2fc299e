"""What changed in the drafts: what decisions change, with the numbers of the comments, and what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.meaning import Aspect
from bot.i18n import answers, shown_hearings
from handlers import presses
from handlers.views.buttons import back_to_hearing, paging
from handlers.views.corrections import CHANGE_UNITS, difference
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, i, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.draft_changes import DraftChanges
    from bot.i18n import Translator

TITLE_UNITS: Final = 200
POINT_UNITS: Final = 200


def changes(t: Translator, shown: DraftChanges, page: int) -> Screen:
    """The screen with a page of the changes: before, after where it is known, and the numbers of the comments."""
    hearing = shown.hearing
    head = stacked(b(t("What changed in the draft")), e(beginning(t.text(hearing.dossier.title).words, TITLE_UNITS)))
    parts = [part for part in (*_decided(t, shown), *_corrected(t, shown)) if part]
    text, page, last = text_page([head, *(parts or [e(t("Nothing so far."))])], page)
    answered = tap(t, t.p("button", "📨 Answers"), presses.ReadAnswers(hearing.id))
    rows = with_buttons(
        paging(t, lambda number: presses.SeeDraftChanges(hearing.id, number), page=page, last=last),
        *in_rows((answered,) if hearing.is_public else ()),
        (back_to_hearing(t, hearing.id),),
    )
    return Screen(text, rows)


def _decided(t: Translator, shown: DraftChanges) -> Iterator[Html]:
    if shown.decided:
        yield stacked(e(""), b(t("Because of comments")))
    for each in shown.decided:
        yield stacked(
            e(""),
            e(beginning(answers.point(t, shown.hearing.dossier, each.point), POINT_UNITS)),
            e(sums) if (sums := shown_hearings.changed_sums(t, each, shown.hearing.dossier.unit)) else None,
            e(shown_hearings.changed_by(t, each)),
        )


def _corrected(t: Translator, shown: DraftChanges) -> Iterator[Html]:
    if shown.corrected:
        yield stacked(e(""), b(t("Corrected while it was discussed")))
    for change in shown.corrected:
        dossier = shown.hearing.dossier if change.aspect is Aspect.ADDED else shown.before
        named = answers.short_about(t, dossier, change.about)
        yield stacked(i(beginning(named, CHANGE_UNITS)), e(difference(t, change)))
