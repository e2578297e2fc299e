"""The repositories of the hall: what its chair does, who takes part, who asks for the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from bot.domain.comments import Comment, Visibility
    from bot.domain.floor import FloorRequest
    from bot.domain.hall import Hall, HallAnswer, HallKey, HallPerson, HallPresence, StoredHall


class HallRepository(Protocol):
    """The halls of sittings, their keys, and what was answered in them."""

    async def find(self, hearing_id: int, sitting: int) -> StoredHall | None:
        """The hall of a sitting; None where nobody has made anything of it yet."""

    async def get_many(self, keys: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Hall]:
        """Those of them that there are, by hearing and sitting."""
        ...

    async def lock(self, hearing_id: int) -> None:
        """Let others who act in a hall of the hearing wait until this transaction ends."""

    async def put(self, stored: StoredHall) -> None:
        """Store a hall in place of what stood there."""

    async def running_of(self, hearing_id: int) -> int:
        """The number of a sitting of the hearing that goes on; 0 where none does."""
        ...

    async def list_running(self) -> tuple[Hall, ...]:
        """The halls of sittings that have begun and are not over."""

    async def list_turned(self, ended_since: datetime) -> tuple[Hall, ...]:
        """The halls of which somebody's screen shows an earlier state; without those that were over before then."""

    async def list_with_code(self, code: int, since: datetime) -> tuple[StoredHall, ...]:
        """The halls whose code of the day it is, made after ``since``, and whose sitting is not over."""

    async def has_code(self, since: datetime) -> bool:
        """True where some hall has a code of the day, made after ``since``, and its sitting is not over."""
        ...

    async def add_key(self, key: HallKey) -> None:
        """Store a key."""

    async def find_key(self, digest: str) -> HallKey | None:
        """The key with that digest."""

    async def drop_keys(self, hearing_id: int, sitting: int) -> int:
        """Remove every key to the hall; returns how many there were."""

    async def drop_old_keys(self, before: datetime) -> None:
        """Remove keys that were made before then."""

    async def count_keys(self, hearing_id: int, sitting: int, since: datetime) -> int:
        """How many keys to the hall were made after ``since``."""

    async def list_questions(self, hearing_id: int, visibility: Visibility, *, limit: int) -> tuple[Comment, ...]:
        """Questions to the presenters without an answer, the most supported first, of those the oldest."""

    async def put_answer(self, answer: HallAnswer) -> None:
        """Store that a question was answered in a hall, in place of what stood there."""

    async def drop_answer(self, comment_id: int) -> None:
        """Remove what was stored of an answer in a hall."""

    async def answers(self, hearing_id: int) -> tuple[HallAnswer, ...]:
        """What was answered in the halls of a hearing, oldest first."""


class HallPersonRepository(Protocol):
    """Who takes part in a sitting, and how often they got its code wrong."""

    async def find(self, hearing_id: int, sitting: int, resident_id: int) -> HallPerson | None:
        """The person, where they take part."""

    async def put(self, person: HallPerson) -> None:
        """Store that somebody takes part, in place of what stood there."""

    async def note_shown(self, person: HallPerson) -> None:
        """Store which message shows the hall to a person, and as of when; nothing where they take part no more."""

    async def turn(self, hearing_id: int, sitting: int, resident_id: int) -> None:
        """Let the screen of one person be shown anew."""

    async def list_behind(self, hall: Hall, *, after: int, limit: int) -> tuple[tuple[HallPerson, int, str], ...]:
        """People whose screen shows an earlier state of the hall, by resident id from the first above ``after`` on.

        Each with their Telegram id and language; without those who cannot be written to.
        """

    async def presence(self, hearing_id: int, sitting: int) -> HallPresence:
        """Who is in the hall."""

    async def of_person(self, resident_id: int) -> tuple[HallPerson, ...]:
        """In which sittings a person takes part."""

    async def wrong_codes(self, resident_id: int) -> tuple[int, datetime] | None:
        """How many wrong codes a person has given since when."""

    async def note_wrong_code(self, resident_id: int, *, count: int, since: datetime) -> None:
        """Store that."""

    async def drop(self, resident_id: int) -> None:
        """Remove all of this about a person."""

    async def drop_old(self, before: datetime) -> None:
        """Remove who took part before then, and wrong codes of before then."""


class FloorRepository(Protocol):
    """Requests for the floor."""

    async def add(self, request: FloorRequest) -> FloorRequest:
        """A new request with the sitting's next number, whatever number it had."""

    async def put(self, request: FloorRequest) -> None:
        """Store a request in place of the one with its number."""

    async def list_of(self, hearing_id: int, sitting: int) -> tuple[FloorRequest, ...]:
        """Every request of a sitting, by number."""

    async def of_person(self, resident_id: int) -> tuple[FloorRequest, ...]:
        """Every request of a person."""

    async def part_from(self, resident_id: int, at: datetime) -> None:
        """Let no request name a person any more; those that wait are withdrawn."""

    async def part_from_old(self, before: datetime) -> None:
        """Let no request of before then name a person any more."""
