"""How far a comment has come on its way through the commission."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Comment, Outcome, Stage
from bot.i18n import names
from handlers.views.decided import changed_point
from handlers.views.screen import Html, b, e, i, short

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Decision
    from bot.i18n import Translator
    from bot.services.comments import CommentView

RESPONSIBLE_LETTERS: Final = 120
STAGES_IN_ORDER: Final = (Stage.RECEIVED, Stage.RECORDED, Stage.DECIDED, Stage.DONE)
"""The way of a comment through the commission."""


def stages(t: Translator, view: CommentView, zone: ZoneInfo, *, now: datetime) -> tuple[Html | None, ...]:
    """The stages a comment has reached and those before it, then the decision."""
    shown = view.comment
    if shown.withdrawn_at:
        moment = t.moment_in_words(shown.withdrawn_at, zone, now=now)
        return (e(t("↩️ Taken back by its author: {moment}", moment=moment)), e(""))
    reached = STAGES_IN_ORDER.index(shown.stage)
    decision = shown.decision
    to_be_done = decision is None or decision.outcome in (Outcome.ACCEPTED, Outcome.PARTLY) or decision.is_done
    ways = STAGES_IN_ORDER if to_be_done else STAGES_IN_ORDER[:-1]
    return (
        *(e(_stage(t, shown, one, reached=place <= reached)) for place, one in enumerate(ways)),
        i(t("It is hidden from other residents only; the commission considers it.")) if shown.hiding_rule else None,
        e(""),
        *(_decision(t, decision, zone, now) if decision else ()),
        changed_point(t, view.hearing, decision) if decision else None,
    )


def _stage(t: Translator, comment: Comment, stage: Stage, *, reached: bool) -> str:
    """A stage with its mark; in the place of "published" what others may read of it in truth."""
    if stage is Stage.RECORDED:
        return names.marked_standing(t, comment)
    return f"{'✅' if reached else '▫️'} {t(names.STAGE_NAMES[stage])}"


def _decision(t: Translator, decision: Decision, zone: ZoneInfo, now: datetime) -> tuple[Html | None, ...]:
    said = partial(t.in_words, now=now)
    decided, done = decision.decided_at, decision.done_on if decision.is_done else None
    responsible = short(decision.responsible, RESPONSIBLE_LETTERS)
    return (
        b(t("The commission's decision: {outcome}", outcome=names.outcome(t, decision.outcome))),
        e(t("Decided: {day}", day=said(decided.astimezone(zone).date()))) if decided else None,
        e(t("Responsible: {who}", who=responsible)) if responsible else None,
        e(t("To be done by: {day}", day=said(decision.due))) if decision.due else None,
        e(t("Done: {day}", day=said(done))) if done else None,
    )
