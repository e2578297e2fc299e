"""Hearings, comments and people as large and as hostile as the house lets them be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.comments import Channel, Comment, CommentKind, Decision, HidingRule, Outcome, Visibility
from bot.domain.hearings import AgendaItem, Dossier, Hearing, Phase
from bot.domain.languages import LANGUAGES, Text
from bot.domain.media import Media, MediaKind
from bot.domain.parts import Part
from bot.domain.people import AgeBand, Demographics, Gender, Grant, Reminders, Resident, Role
from bot.domain.personal_data import PersonalData
from bot.domain.places import Place, PlaceKind, PlaceTree
from bot.domain.programme import Budget, BudgetLine, Service, Side
from bot.domain.questions import About, AboutKind
from bot.domain.resolutions import LONGEST_ADOPTED, LONGEST_NUMBER, Resolution
from bot.domain.tallies import Vote
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ZONE = ZoneInfo("Asia/Bishkek")
NOW = samples.NOW
LARGEST_ID = 2**53

HOSTILE = {
    "markup": "<b>&amp;</b><script>alert(1)</script> & <blockquote expandable> ",
    "right to left": "\u202eمرحبا بالعالم\u202c \u2067שלום\u2069 ",
    "emoji": "👩‍👩‍👧‍👦🇰🇬🏔",
    "marks": "a\u0301\u0323\u0336\u0337",
    "controls": "\x01\x02\u200b\u200d\ufeff\n\n\t",
    "one word": "Ө",
    "formula": '=HYPERLINK("http://x") {0.__class__} %s {title} \\n \'',
}


def filled(pattern: str, length: int = 4096) -> str:
    """``length`` characters of a pattern."""
    return (pattern * (length // len(pattern) + 1))[:length]


def long_text(words: str, length: int = 2000) -> Text:
    """A secretary's text of that length in every language."""
    return Text({language: filled(f"{words} <&> ", length) for language in LANGUAGES})


def dossier(*, things: int = 60) -> Dossier:
    """Every title 2,000 characters long, and as many of everything as a large municipality has."""
    plain = samples.dossier()
    return replace(
        plain,
        title=long_text("Угуу"),
        services=tuple(Service(no, long_text("Кызмат")) for no in range(1, things)),
        budget=Budget(
            tuple(BudgetLine(no, Side.EXPENDITURE, "709", long_text("Сап"), 10**15) for no in range(1, things))
        ),
        agenda=tuple(AgendaItem(no, long_text("Маселе")) for no in range(1, things)),
    )


def hearing(content: Dossier | None = None, *, phase: Phase = Phase.OPEN, id_: int = LARGEST_ID) -> Hearing:
    """A hearing, open now."""
    return Hearing(id_, "bagysh-2026-1", 4, phase, 1, content or dossier())


VOICE = Media(MediaKind.VOICE, "file", "unique", 3600)
TEN = (VOICE, Media(MediaKind.PHOTO, "file", "unique")) * 5


def comment(words: str = "", *media: Media, **changes: object) -> Comment:
    """A comment with a number of seven digits; each recording is a part. Published unless said otherwise."""
    made = Comment(
        id=LARGEST_ID,
        hearing_id=LARGEST_ID,
        number=1_234_567,
        author_id=7,
        kind=CommentKind.PROPOSAL,
        about=About(AboutKind.SERVICE, 1),
        parts=(Part(words), *(Part("", each, place) for place, each in enumerate(media, 1))),
        language="ky",
        channel=Channel.TELEGRAM,
        visibility=Visibility.PUBLISHED,
        created_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def decision(reason: str = "", **changes: object) -> Decision:
    """A decision with everything in it."""
    made = Decision(
        Outcome.ACCEPTED,
        reason,
        responsible=filled("Айыл өкмөтүнүн башчысы <&> ", 600),
        due=NOW.date(),
        decided_at=NOW,
        done_at=NOW,
        done_on=NOW.date(),
        done_photo=Media(MediaKind.PHOTO, "file", "unique"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def every_comment(patterns: Iterable[str] = HOSTILE.values()) -> Iterator[Comment]:
    """The largest comments: each hostile text alone, recorded, amended, hidden, decided with as long a reason."""
    for pattern in patterns:
        words = filled(pattern)
        yield comment(words)
        yield comment(words, *TEN, amended_at=NOW, support=99_999)
        yield comment(words, visibility=Visibility.HIDDEN, hiding_rule=HidingRule.PERSONAL_DATA, amended_at=NOW)
        yield comment(words, *TEN, decision=decision(words), amended_at=NOW, support=99_999)
        yield comment(words, VOICE, withdrawn_at=NOW, amended_at=NOW)
    yield comment("", Media(MediaKind.PHOTO, "file", "unique"))


def resolution() -> Resolution:
    """A resolution of the council with as many letters as are taken."""
    number, adopted = (filled(HOSTILE["markup"], limit) for limit in (LONGEST_NUMBER, LONGEST_ADOPTED))
    return Resolution(LARGEST_ID, number, NOW.date(), adopted, NOW)


def place(id_: int = 4, kind: PlaceKind = PlaceKind.MUNICIPALITY, parent: int | None = 3) -> Place:
    """A place with a long name."""
    return Place(id_, f"place-{id_}", kind, parent, long_text("Багыш", 300), timezone="Asia/Bishkek")


def villages(number: int = 40) -> tuple[Place, ...]:
    """As many villages as a municipality may have."""
    return tuple(place(100 + no, PlaceKind.VILLAGE, 4) for no in range(number))


def directory() -> PlaceTree:
    """The municipality with its villages."""
    return PlaceTree((place(), *villages()), "Asia/Bishkek")


def resident(**changes: object) -> Resident:
    """Somebody who has said everything about themselves."""
    made = Resident(
        7,
        LARGEST_ID,
        "en",
        municipality_id=4,
        village_id=101,
        gender=Gender.FEMALE,
        age_band=AgeBand.FROM_60,
        reminders=Reminders.ALL,
        consented_at=NOW,
        asked_about_self=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def stored(*, hearings: int = 9, comments: int = 60) -> PersonalData:
    """A person of many hearings and comments."""
    content = dossier()
    there = {no: hearing(replace(content, closes_at=NOW + timedelta(days=no)), id_=no) for no in range(1, hearings + 1)}
    written = tuple(
        comment(filled(list(HOSTILE.values())[no % len(HOSTILE)]), id=LARGEST_ID - no, hearing_id=no % hearings + 1)
        for no in range(comments)
    )
    votes = tuple(
        Vote(no, question.no, 7, {1: 1}, Demographics(), NOW) for no in there for question in content.questions
    )
    grants = tuple(Grant(4, role) for role in Role)
    return PersonalData(resident(), grants, there, votes, written, written[:3])
