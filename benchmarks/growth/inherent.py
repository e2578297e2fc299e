"""Why what some screens and acts cost grows with what is stored, where nothing better is to be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.growth.walking import CLOCK

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS: Final = "every five seconds a mark of each running hearing is compared: 0.1 % of a core for a thousand"
_OWN: Final = "whoever presses has written a hundred of 100,000 comments, and one of 1,000"
_ALIKE: Final = "compared with at most 1,000 others of about the same length"
_LISTED: Final = "a list has forty hearings at most: it is full from forty on, and flat from there"
REASONS: Final[Mapping[str, Mapping[str, str]]] = {
    "hearings": {
        "DownloadJournal": "the file has a line for each act",
        "ListHearings": _LISTED,
        CLOCK: _MARKS,
    },
    "comments": {
        **dict.fromkeys(("/mine", "SeeMine", "/mydata", "GetMyData", "/forget", "AskToForget"), _OWN),
        **dict.fromkeys(("OpenListed", "OpenQueue", "PutBackComment", "ReviewComment", "SeeSimilar"), _ALIKE),
        "ListPromises": "50,000 promises are sorted by whether they are done and by their day",
        "SeeDraftChanges": "1,000 decisions change one service: each is read",
    },
    "residents": {},
    "municipalities": {
        "words that are no place": "what is typed is compared with each name",
        CLOCK: _MARKS,
    },
}
"""By what grows and the name of a line, without who presses."""


def reason_of(axis: str, line: str) -> str:
    """Why that line grows with it; empty where it should not."""
    return REASONS[axis].get(line.rpartition(", ")[0] or line, "")
