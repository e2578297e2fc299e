"""What a comment may be about: the hearing as a whole, its drafts, and what they and the agenda consist of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.questions import AboutKind

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier


def subject_kinds(dossier: Dossier) -> tuple[AboutKind, ...]:
    """The kinds of subject this dossier has."""
    present = {
        AboutKind.HEARING: True,
        AboutKind.STRATEGY: bool(dossier.services),
        AboutKind.SERVICE: bool(dossier.services),
        AboutKind.BUDGET: dossier.budget is not None,
        AboutKind.LINE: bool(dossier.budget and dossier.budget.lines),
        AboutKind.AGENDA: bool(dossier.agenda),
    }
    return tuple(kind for kind, there in present.items() if there)


def subject_numbers(dossier: Dossier, kind: AboutKind) -> tuple[int, ...]:
    """The numbers of the services, budget lines or agenda items; empty for a kind that is not a list."""
    match kind:
        case AboutKind.SERVICE:
            return tuple(service.no for service in dossier.services)
        case AboutKind.LINE:
            return tuple(line.no for line in dossier.budget.lines) if dossier.budget else ()
        case AboutKind.AGENDA:
            return tuple(item.no for item in dossier.agenda)
    return ()
