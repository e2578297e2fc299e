"""The repository of what residents were shown of the answers to a hearing's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.disclosure import Disclosure
    from bot.domain.people import Demographics
    from bot.domain.tallies import Tally


class DisclosureRepository(Protocol):
    """What residents were shown, and who of the participants came last."""

    async def of_questions(self, hearing_id: int, questions: Collection[int] | None = None) -> Mapping[int, Disclosure]:
        """By question number how many answer it and what was shown last; None means every question.

        Only the cells of all voters are read, not those of the options.
        """

    async def show(self, hearing_id: int, tallies: Mapping[int, Tally]) -> None:
        """Show these tallies by question number from now on; one that is not due any more stays as it was shown."""

    async def drop(self, hearing_id: int, questions: Collection[int]) -> None:
        """Forget what was shown of the questions."""

    async def newest_participants(self, hearing_id: int, limit: int) -> tuple[tuple[Demographics, int], ...]:
        """The demographics of those who took part last, at most ``limit`` of them."""
