"""To what a person agrees: which text it is, and for how many years what they give is kept."""

from __future__ import annotations

from typing import Final

from bot.domain.values import dataclass

RETENTION_YEARS: Final = 3
"""Years after a hearing for which what a person gave to it is kept, where no setting says otherwise."""
CONSENT_VERSION: Final = 2
"""Of the sentences in ``bot.i18n.consent``: one more with each change of what they say."""
RETENTION_SETTING: Final = "retention years"
"""Where the database has the years that the bot promises, for files made by another process."""


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A text that people agree to: its sentences and the years in it."""

    years: int = RETENTION_YEARS
    version: int = CONSENT_VERSION

    @property
    def name(self) -> str:
        """How it is stored beside a person."""
        return f"{self.version}/{self.years}"

    @classmethod
    def named(cls, name: str) -> ConsentText:
        """The text of that name."""
        version, _, years = name.partition("/")
        return cls(int(years), int(version))
