"""The courier, which takes letters to people and rooms, and the outcomes of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import timedelta

LetterT_contra = TypeVar("LetterT_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has accepted the letter, as that message; ``remark`` says what is wrong with it all the same."""

    message_id: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The recipient cannot be written to any more (has blocked the bot, was deleted, has thrown it out): mark them."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this letter; nothing is wrong with the recipient."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not delivered now: try again after ``wait``.

    ``tried`` counts as an attempt; ``doubtful``: the letter may have arrived all the same.
    """

    wait: timedelta
    tried: bool = True
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with this Telegram id: try again there."""

    telegram_id: int


DeliveryOutcome = Sent | Unreachable | Refused | Later | Moved


class Courier(Protocol[LetterT_contra]):
    """Takes letters to people and rooms, at the pace Telegram allows."""

    @property
    def paused_for(self) -> float:
        """Seconds until Telegram accepts bulk again; 0 if it does now."""

    def give_up(self, *, replies: bool = False) -> None:
        """Let every delivery that waits for its slot return Later, untried; owed ones too where ``replies``."""

    async def deliver(self, letter: LetterT_contra, *, patience: float) -> DeliveryOutcome:
        """Send one letter; never raises because of its recipient.

        A letter that could not leave within ``patience`` seconds (others were more urgent) returns Later, untried.
        """
