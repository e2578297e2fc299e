"""One's own answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from handlers import presses
from handlers.views.pages import turns
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, short, stacked, tap
from handlers.views.start import home
from handlers.views.writing import subject

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.personal_data import PersonalData
    from bot.i18n import Translator

PAGE: Final = 6
"""Comments on one screen."""
HEARINGS: Final = 6
"""Hearings on one screen, the newest; every comment of older ones is still in the list."""
TITLE: Final = 100


def mine(t: Translator, held: PersonalData, *, now: datetime, page: int = 0) -> Screen:
    """How far one is with the questions of each hearing, and what became of every comment."""
    page = min(page, max(0, len(held.comments) - 1) // PAGE)
    shown = held.comments[page * PAGE : (page + 1) * PAGE]
    hearings = sorted(held.hearings.values(), key=lambda hearing: hearing.closes_at, reverse=True)[:HEARINGS]
    text = stacked(
        b(t("My answers and comments")),
        *(_progress(t, held, hearing) for hearing in hearings),
        e(t("You have not answered or written anything yet.")) if not hearings else None,
        e("") if shown else None,
        b(t.n("{n} comment of yours", "{n} comments of yours", len(held.comments))) if shown else None,
        *(_line(t, held, comment) for comment in shown),
        i(t("Tap a number to read it and what became of it.")) if shown else None,
    )
    paging = turns(
        t,
        presses.SeeMine(page - 1) if page else None,
        presses.SeeMine(page + 1) if (page + 1) * PAGE < len(held.comments) else None,
    )
    rows = (
        *in_rows(_questions(t, hearing) for hearing in hearings if _takes(hearing, now)),
        *in_rows((_open(t, comment, page) for comment in shown), width=2),
        paging,
        (tap(t, t.p("button", "⚙️ Settings"), presses.OpenSettings()), home(t)),
    )
    return Screen(text, tuple(row for row in rows if row))


def _done(held: PersonalData, hearing: Hearing) -> int:
    return sum(vote.hearing_id == hearing.id for vote in held.votes)


def _takes(hearing: Hearing, now: datetime) -> bool:
    return bool(hearing.dossier.questions) and hearing.takes_answers(now)


def _progress(t: Translator, held: PersonalData, hearing: Hearing) -> Html:
    total = len(hearing.dossier.questions)
    answered = t("answered: {done} of {total}", done=t.number(_done(held, hearing)), total=t.number(total))
    return e(f"• {short(t.marked(hearing.dossier.title), TITLE)}: {answered}")


def _line(t: Translator, held: PersonalData, comment: Comment) -> Html:
    hearing = held.hearings[comment.hearing_id]
    parts = [
        t("№ {number}", number=comment.number),
        t(names.COMMENT_KIND_NAMES[comment.kind]),
        names.comment_state(t, comment),
    ]
    about = short(subject(t, hearing.dossier, comment.about), TITLE)
    place = f"{short(t.marked(hearing.dossier.title), TITLE)} · {about}" if len(held.hearings) > 1 else about
    return stacked(e(" · ".join(parts)), i(place))


def _questions(t: Translator, hearing: Hearing) -> Button:
    title = short(t.text(hearing.dossier.title).words, 30)
    return tap(t, f"🗳 {title}", presses.OpenQuestion(hearing.id))


def _open(t: Translator, comment: Comment, page: int) -> Button:
    label = t("№ {number}", number=comment.number)
    mark = names.MEDIA_MARKS[comment.media.kind] if comment.media else ""
    return tap(
        t, " ".join(f"{label} {mark} {short(comment.text, 24)}".split()), presses.ReadComment(comment.id, back=page)
    )
