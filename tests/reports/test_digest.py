"""The seal of a record: it tells two records apart, says what differs, and gives nothing hidden away."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Phase
from bot.domain.languages import Text
from bot.domain.people import AgeBand, Demographics, Gender
from bot.domain.tallies import Tally
from bot.reports.digest import SECTIONS, SealMaker
from bot.reports.record import Record
from bot.reports.seal import Seal, read_seal
from tests.reports.samples import COMMENTS, GROUPS, HEARING, KEPT, NOW, RESOLUTION, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.comments import Comment

SALT = "a number of this database"


def sealed(of: Record, comments: Sequence[Comment] = COMMENTS, salt: str = SALT) -> Seal:
    """The seal of a record with these comments."""
    maker = SealMaker(of, salt)
    maker.add(comments[:3])
    maker.add(comments[3:])
    return maker.seal()


def differing(one: Seal, other: Seal) -> set[str]:
    """The sections that differ."""
    return {name for name, digest in one.sections.items() if other.sections[name] != digest}


def test_the_same_record_has_the_same_seal_however_its_pages_came() -> None:
    maker = SealMaker(record(), SALT)
    maker.add(COMMENTS)
    assert maker.seal() == sealed(record())
    moved = replace(record(), tallies=dict(reversed([*record().tallies.items()])))
    assert sealed(moved).digest == sealed(record()).digest


@pytest.mark.parametrize(
    ("change", "section"),
    [
        ({"hearing": replace(HEARING, phase=Phase.ANSWERED)}, "hearing"),
        ({"tallies": {**record().tallies, next(iter(record().tallies)): Tally(1)}}, "answers"),
        ({"resolution": RESOLUTION}, "council"),
        ({"consent": ("Nothing is stored",)}, "hearing"),
        ({"municipality": replace(record().municipality, name=Text({"ky": "Башка"}))}, "hearing"),
    ],
)
def test_it_says_what_differs(change: dict[str, object], section: str) -> None:
    assert differing(sealed(record()), sealed(replace(record(), **change))) == {section}  # type: ignore[arg-type]


def test_every_field_of_a_record_is_in_a_section_or_follows_from_others() -> None:
    said = [*itertools.chain(*SECTIONS.values()), "hearing", "comments", "joined"]  # these are written apart
    following = {"as_of", "participation", "safe", "subjects", "seal", "kept_years"}
    following |= {"sitting", "heard"}  # of which part a file tells: the line of its seal says so (``seal_line``)
    assert set(said) | following == {field.name for field in fields(Record)} | {"people"}


def test_a_decision_is_no_other_comment_and_a_word_is() -> None:
    decided = (replace(COMMENTS[0], decision=KEPT), *COMMENTS[1:])
    assert differing(sealed(record()), sealed(record(), decided)) == {"decisions"}
    supported = (replace(COMMENTS[0], support=15), *COMMENTS[1:])
    assert differing(sealed(record()), sealed(record(), supported)) == {"comments"}
    withdrawn = [replace(COMMENTS[0], withdrawn_at=NOW, parts=parts) for parts in (COMMENTS[0].parts, ())]
    seals = {sealed(record(), (each, *COMMENTS[1:])).digest for each in withdrawn}
    assert len(seals) == 1  # of a withdrawn comment nothing is said but that it is


def test_what_no_file_says_is_in_no_digest() -> None:
    other = {group: people for group, people in GROUPS.items() if people > 4} | {
        Demographics(21, Gender.MALE, AgeBand.TO_28): 4,
        Demographics(22, Gender.MALE, AgeBand.TO_28): 1,
    }
    told, also = record(), record(groups=other)
    assert told.sizes == also.sizes
    assert sealed(told).digest == sealed(also).digest  # groups that are not shown, and may not be tried out
    moved = tuple(replace(each, author_id=900 + each.number, id=each.id + 7) for each in COMMENTS)
    assert sealed(record(), moved).digest == sealed(record()).digest


def test_without_the_number_of_the_database_nothing_can_be_tried_out() -> None:
    seals = [sealed(record(), salt=salt) for salt in ("one", "another")]
    assert differing(*seals) == set(seals[0].sections)


def test_a_seal_reads_back_from_its_line() -> None:
    seal = sealed(replace(record(), hearing=replace(HEARING, code="Ба 27/б"), as_of=NOW + timedelta(microseconds=7)))
    line = seal.line("docx", ("ky", "uz_Cyrl"), minutes="ab" * 32)
    assert line.isascii()
    read = read_seal(f"before {line}\nafter")
    assert read is not None
    assert (read.code, read.as_of, read.digest) == ("Ба 27/б", seal.as_of, seal.digest)
    assert (read.form, read.languages, read.sections["minutes"]) == ("docx", ("ky", "uz_Cyrl"), "ab" * 6)
    assert read.sections == {name: digest[:12] for name, digest in seal.sections.items()} | {"minutes": "ab" * 6}
    assert read_seal(line.replace("sha256", "md5")) is None
