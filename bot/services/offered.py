"""Who may be responsible for what is decided: the names that stand beside it, to be chosen instead of typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.decision_table.columns import LONGEST_RESPONSIBLE
from bot.domain.questions import AboutKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.domain.comments import Comment
    from bot.domain.hearings import Dossier
    from bot.domain.languages import Text

RESPONSIBLES_OFFERED: Final = 8


def offered_responsibles(
    dossier: Dossier, comments: Sequence[Comment], latest: Iterable[Comment], language: str
) -> tuple[str, ...]:
    """Names for decisions on these comments, each once.

    First those of the latest decisions, then those responsible for what the comments are about, then all other names
    of the workbook.
    """
    recent = [comment.decision.responsible for comment in latest if comment.decision]
    written = [text.nearest(language)[0] for text in _officials(dossier, comments)]
    names = dict.fromkeys(" ".join(name.split()) for name in (*recent, *written))
    return tuple(name for name in names if name and len(name) <= LONGEST_RESPONSIBLE)[:RESPONSIBLES_OFFERED]


def _officials(dossier: Dossier, comments: Sequence[Comment]) -> Iterator[Text]:
    meant = {comment.about.no for comment in comments if comment.about.kind is AboutKind.SERVICE}
    for service in sorted(dossier.services, key=lambda each: each.no not in meant):
        yield from (action.responsible for action in service.actions)
    yield from (item.presenter for item in dossier.agenda)
    yield dossier.presenters
