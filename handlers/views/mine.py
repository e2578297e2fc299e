"""One's own answers and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.i18n import names
from handlers import presses
from handlers.views.buttons import home, paging, settings, told_apart
from handlers.views.pages import item_page
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.personal_data import PersonalData
    from bot.i18n import Translator

OWN_COMMENTS_ON_A_PAGE: Final = 6
OWN_HEARINGS_SHOWN: Final = 6
"""Hearings on one screen, the newest; every comment of older ones is still in the list."""
OWN_TITLE_LETTERS: Final = 100
COMMENT_LABEL_LETTERS: Final = 24


def mine(t: Translator, stored: PersonalData, *, now: datetime, page: int = 0) -> Screen:
    """The screen with how far one is in each hearing, and one's comments with their states, a page of them."""
    shown, page, last = item_page(stored.comments, page, OWN_COMMENTS_ON_A_PAGE)
    newest = sorted(stored.hearings.values(), key=lambda hearing: hearing.closes_at, reverse=True)
    hearings = newest[:OWN_HEARINGS_SHOWN]
    text = stacked(
        b(t("My answers and comments")),
        *(_progress(t, stored, hearing) for hearing in hearings),
        e(t("You have not answered or written anything yet.")) if not hearings else None,
        e("") if shown else None,
        b(t.n("{n} comment of yours", "{n} comments of yours", len(stored.comments))) if shown else None,
        *(_comment(t, stored, comment) for comment in shown),
        i(t("Tap a number to read it and what became of it.")) if shown else None,
    )
    rows = with_buttons(
        *_questions(t, [hearing for hearing in hearings if _asks(hearing, now)]),
        *in_rows((_open(t, comment, page) for comment in shown), width=2),
        paging(t, presses.SeeMine, page=page, last=last),
        (settings(t), home(t)),
    )
    return Screen(text, rows)


def _asks(hearing: Hearing, now: datetime) -> bool:
    return bool(hearing.dossier.questions) and hearing.takes_answers(now)


def _progress(t: Translator, stored: PersonalData, hearing: Hearing) -> Html:
    done = sum(vote.hearing_id == hearing.id for vote in stored.votes)
    total = len(hearing.dossier.questions)
    answered = t("answered: {done} of {total}", done=t.number(done), total=t.number(total))
    return e(f"• {short(t.marked(hearing.dossier.title), OWN_TITLE_LETTERS)}: {answered}")


def _comment(t: Translator, stored: PersonalData, comment: Comment) -> Html:
    dossier = stored.hearings[comment.hearing_id].dossier
    kind = t(names.COMMENT_KIND_NAMES[comment.kind])
    parts = [t("№ {number}", number=comment.number), kind, names.comment_state(t, comment)]
    parts += [names.marked_standing(t, comment)] if comment.hiding_rule and comment.decision else []
    about = short(subject(t, dossier, comment.about), OWN_TITLE_LETTERS)
    several = len(stored.hearings) > 1
    place = f"{short(t.marked(dossier.title), OWN_TITLE_LETTERS)} · {about}" if several else about
    joined = stored.joined.get(comment.id)
    return stacked(e(" · ".join(parts)), i(place), e(names.joined(t, comment.number, joined)) if joined else None)


def _questions(t: Translator, hearings: Sequence[Hearing]) -> tuple[ButtonRow, ...]:
    """The ways to the questions of each hearing; titles that begin alike are told apart."""
    labels = told_apart([f"🗳 {t.text(hearing.dossier.title).words}" for hearing in hearings])
    return in_rows(
        tap(t, label, presses.OpenQuestion(hearing.id)) for label, hearing in zip(labels, hearings, strict=True)
    )


def _open(t: Translator, comment: Comment, page: int) -> Button:
    number = t("№ {number}", number=comment.number)
    mark = names.media_marks(comment.attachments)
    label = " ".join(f"{number} {mark} {short(comment.text, COMMENT_LABEL_LETTERS)}".split())
    return tap(t, label, presses.ReadComment(comment.id, back=page))
