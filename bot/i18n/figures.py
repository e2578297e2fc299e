"""The figures of hearings in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.tallies import SMALLEST_GROUP

if TYPE_CHECKING:
    from bot.domain.figures import HearingFigures
    from bot.i18n import Translator


def people(t: Translator, figures: HearingFigures) -> str:
    """How many people took part through the bot; few are told as few."""
    return f"<{SMALLEST_GROUP}" if figures.people is None else t.number(figures.people)


def answered(t: Translator, figures: HearingFigures) -> str:
    """The answered part of the comments; a dash where there are none."""
    return "–" if figures.answered_share is None else t.percent(figures.answered_share)


def days(t: Translator, figures: HearingFigures) -> str:
    """Days from closing to the last answer; a dash where the hearing is not answered."""
    return "–" if figures.days_to_answer is None else t.number(figures.days_to_answer)


def names(t: Translator) -> tuple[str, ...]:
    """What the figures of ``values`` are."""
    return (
        t("People who took part through the bot"),
        t("People present"),
        t("Comments, proposals and questions"),
        t("Support for comments"),
        t("Answered comments"),
        t("Days from closing to the last answer"),
    )


def values(t: Translator, figures: HearingFigures) -> tuple[str, ...]:
    """The figures of a hearing."""
    counts = figures.counts
    numbers = (t.number(counts.present), t.number(counts.comments), t.number(counts.support))
    return (people(t, figures), *numbers, answered(t, figures), days(t, figures))
