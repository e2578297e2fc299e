"""Residents, staff, and the actor of an act."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.languages import KY
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.places import Place, PlaceTree


FORGOTTEN_LANGUAGE: Final = KY
"""The language of a person who is forgotten: everybody's, so that it says nothing of one."""


class Gender(StrEnum):
    """As a person says it; ``UNSAID`` until then and for ever if they prefer."""

    UNSAID = "-"
    FEMALE = "f"
    MALE = "m"


class AgeBand(StrEnum):
    """Bands the commission compares; 14-28 is youth in Kyrgyz law."""

    UNSAID = "-"
    TO_17 = "-17"
    TO_28 = "18-28"
    TO_44 = "29-44"
    TO_59 = "45-59"
    FROM_60 = "60+"


class Reminders(StrEnum):
    """Which notices a resident wants."""

    ALL = "all"
    DAYS = "days"
    NONE = "none"


class Role(StrEnum):
    """What a member of staff is, in one municipality."""

    SECRETARY = "secretary"
    MEMBER = "member"
    MODERATOR = "moderator"


@dataclass(frozen=True, slots=True)
class Demographics:
    """Where a voice comes from, as it was when it was given; ``village_id`` 0 is unsaid."""

    village_id: int = 0
    gender: Gender = Gender.UNSAID
    age_band: AgeBand = AgeBand.UNSAID


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who has taken part in a hearing ``at`` that moment; ``municipality_id`` is theirs, 0 is unsaid."""

    hearing_id: int
    resident_id: int
    demographics: Demographics
    at: datetime
    municipality_id: int = 0


@dataclass(frozen=True, slots=True)
class Resident:
    """A person who has agreed, or who has a role.

    ``telegram_id`` is None once they asked to be forgotten. ``consented_at`` is None for staff who never agreed
    to take part as residents: their votes and comments wait for that.
    """

    id: int
    telegram_id: int | None
    language: str
    municipality_id: int | None = None
    village_id: int | None = None
    gender: Gender = Gender.UNSAID
    age_band: AgeBand = AgeBand.UNSAID
    reminders: Reminders = Reminders.ALL
    consented_at: datetime | None = None
    consented_to: str = ""
    """The name of the text that they have agreed to."""
    consent_told: str = ""
    """The name of the text of which they were told last that it has changed; empty for none."""
    asked_about_self: bool = False
    """The three questions about oneself were shown (they are shown once)."""
    blocked_at: datetime | None = None
    staff_name: str = ""
    """How they want their colleagues to see them, in their own words; empty for who has not said."""
    wants_numbers: bool = True
    """Staff: whether they get the desk's numbers each morning."""

    @property
    def demographics(self) -> Demographics:
        """The demographics this person's voice counts for now."""
        return Demographics(self.village_id or 0, self.gender, self.age_band)

    def as_participant(self, hearing_id: int, at: datetime) -> Participant:
        """Themselves, as one who takes part in a hearing."""
        return Participant(hearing_id, self.id, self.demographics, at, self.municipality_id or 0)

    @property
    def is_settled(self) -> bool:
        """True once they have said where they live: from then on no link and no poster says it for them."""
        return self.municipality_id is not None

    def lives_in(self, place: Place) -> bool:
        """True if the place is their village, or the municipality they have named."""
        return place.id in (self.village_id, self.municipality_id)

    def forgotten(self) -> Resident:
        """What stays of them: a number, by which what they gave to closed hearings is counted once."""
        return Resident(self.id, None, FORGOTTEN_LANGUAGE, reminders=Reminders.NONE, wants_numbers=False)

    def village_choice(self, places: PlaceTree) -> tuple[Place, ...]:
        """The villages they are asked to choose from: those of their municipality, unless there is one or they have."""
        municipality = places.by_id.get(self.municipality_id or 0)
        villages = places.villages(municipality.id) if municipality else ()
        return villages if len(villages) > 1 and self.village_id is None else ()


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one municipality."""

    municipality_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Caller:
    """A person who pressed or typed, before anything is looked up; ``language`` is a hint from their screen.

    ``phone_language`` is that of their Telegram, in which it shows what stands in no screen; empty where not known.
    """

    telegram_id: int
    language: str
    phone_language: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts: a visitor (``resident`` None), a resident, staff, an administrator.

    ``language`` is the resident's own, for a visitor the language of the screen they pressed on.
    """

    telegram_id: int
    language: str
    resident: Resident | None = None
    grants: tuple[Grant, ...] = ()
    administrator: bool = False

    @property
    def consented(self) -> Resident | None:
        """The resident, if they have agreed to be stored as one."""
        return self.resident if self.resident and self.resident.consented_at else None

    @property
    def resident_id(self) -> int | None:
        """The resident's id, as the journal notes it; None for a visitor and for the command line."""
        return self.resident.id if self.resident else None


LONGEST_STAFF_NAME: Final = 60
"""Letters."""


def staff_name(words: str) -> str:
    """A name as its owner wrote it: one line, cut to ``LONGEST_STAFF_NAME``; empty where there is no letter in it."""
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
    return name[:LONGEST_STAFF_NAME].rstrip() if any(map(str.isalpha, name)) else ""


LETTERS_OF_AN_INVITATION: Final = 12
"""Letters of its digest by which people name an invitation."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to a role. Only a digest of its token is stored."""

    digest: str
    municipality_id: int
    role: Role
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    used_by: int | None = None
    """The resident who used it."""
    made_by: int | None = None
    """The resident who made it; None for the command line."""
    bound_to: str | None = None
    """A digest of the token and the one Telegram id that may use it; None where anybody may."""
    withdrawn_at: datetime | None = None
    """It was taken back: it opens nothing any more, for nobody."""

    @property
    def name(self) -> str:
        """How people name it; it does not open anything."""
        return self.digest[:LETTERS_OF_AN_INVITATION]

    def is_open(self, at: datetime) -> bool:
        """True while somebody may still use it."""
        return self.used_by is None and self.withdrawn_at is None and at < self.expires_at


@dataclass(frozen=True, slots=True)
class OwedMenu:
    """The command menu that a person's chat is to have, in their language: that of staff, or everybody's."""

    resident_id: int
    telegram_id: int
    language: str
    for_staff: bool


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person with a role in a municipality, since then."""

    resident: Resident
    grant: Grant
    granted_at: datetime
