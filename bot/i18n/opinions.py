"""Groups of opinion in sentences: how many there are, on what they agree, on what they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.opinion_groups import LEAST_PEOPLE, LEAST_REACTIONS, NoGroups
from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.domain.comments import Comment
    from bot.domain.opinion_groups import OpinionGroups
    from bot.i18n import Translator

NO_GROUPS_SENTENCES: Final[Mapping[NoGroups, str]] = exhaustive(
    NoGroups,
    {
        NoGroups.STILL_OPEN: later("Groups of opinion are looked for once answers are closed."),
        NoGroups.FEW: later(
            "There are groups of opinion from {people} people on who each support {comments} comments."
        ),
        NoGroups.UNCLEAR: later("No clear groups: people support comments in many different ways."),
        NoGroups.NO_LIBRARY: later(
            "Groups of opinion cannot be computed here: a part of the program is missing. Ask the operator to install "
            "it: pip install 'hearing-bot[groups]'"
        ),
    },
)
"""Why there are no groups, and what can be done."""


def why_none(t: Translator, reason: NoGroups) -> str:
    """Why there are no groups."""
    return t(NO_GROUPS_SENTENCES[reason], people=LEAST_PEOPLE, comments=LEAST_REACTIONS)


def sentences(t: Translator, groups: OpinionGroups, comments: Mapping[int, Comment]) -> Iterator[str]:
    """What was found, the most important first."""
    people = t.list(t.number(group.people) for group in groups.groups)
    yield t("{n} groups of people who support the same comments: {people} people.", n=len(groups.groups), people=people)
    if groups.shared:
        yield t("They agree on {comments}.", comments=_numbers(t, groups.shared, comments))
    else:
        yield t("There is no comment that most people of every group support.")
    told = [comment for group in groups.groups for comment in group.comments[:1]]
    if told:
        yield t("They differ on {comments}.", comments=_numbers(t, told, comments))


def explained(t: Translator) -> str:
    """How the groups are found, and what they are not."""
    return t(
        "People are compared by the comments they support, by arithmetic and not by who they are: those who support "
        "much the same stand together. Who is in a group is told nowhere, and no group has fewer than five people."
    )


def _numbers(t: Translator, ids: Iterable[int], comments: Mapping[int, Comment]) -> str:
    return t.list(f"№ {number}" for number in sorted({comments[each].number for each in ids}))
