"""The record in JSON follows its published schema, loads, and is the same when it is written again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.attachments import Attachment
from bot.domain.comments import Channel, HidingRule
from bot.domain.duplicates import JoinedComments
from bot.domain.entries import Presence
from bot.domain.hearings import Phase
from bot.domain.journal import Act, JournalEntry
from bot.domain.languages import LANGUAGES
from bot.domain.meaning import Aspect, MeaningChange
from bot.domain.notices import NoticeKind
from bot.domain.questions import About
from bot.domain.suppression import AtLeast
from bot.domain.tallies import Count, Tally
from bot.domain.transcripts import Transcript
from bot.i18n import Catalogues
from bot.reports.course import DraftVersion, SentNotice
from bot.reports.json import RecordFile
from bot.reports.record import FormerQuestion
from bot.reports.record_document import (
    LeastSizes,
    RecordDocument,
    RecordedComment,
    RecordedDecision,
    RecordedParticipants,
    WithdrawnComment,
    dump,
    load,
    schema,
)
from tests.reports.samples import COMMENTS, DOSSIER, HEARING, KEPT, NOW, RESOLUTION, comment, record, several
from tests.scale import examples

if TYPE_CHECKING:
    from bot.reports.record import Record

PUBLISHED = Path(__file__).parents[2] / "docs" / "record.schema.json"
TALLY = Tally(7, {1: Count(5, 5), 2: Count(2, 2)})
FULL = replace(
    record(),
    present=(Presence(1, 1, 85, 50, 35, NOW), Presence(1, 2, 7, 0, 0, NOW)),
    resolution=RESOLUTION,
    documents=(Attachment(1, 1, "План", "План.pdf", "f", "u-plan", photo=False, size=7, added_at=NOW),),
    digests={"u-plan": "ab" * 32},
    former=(FormerQuestion(1, DOSSIER, DOSSIER.questions[0], {Channel.TELEGRAM: TALLY}, ((Channel.TELEGRAM,),)),),
    joined={1: JoinedComments(1, (2, 3), 12)},
    versions=(
        DraftVersion(1, NOW, DOSSIER),
        DraftVersion(2, None, DOSSIER, (MeaningChange(About(), Aspect.TITLE, "Жол", "Жолдор", 4),), rescheduled=True),
    ),
    notices=(SentNotice(NoticeKind.ANNOUNCED, NOW, 1234, 3), SentNotice(NoticeKind.RESULTS, NOW, None)),
    arrivals={0: AtLeast(20), 21: AtLeast(0)},
    languages={"ky": AtLeast(40), "": None},
    changed={1: 17, 3: None},
    hidden={HidingRule.INSULT: 2},
    journal=(
        JournalEntry(NOW, Act.PUBLISHED, "hearing:1"),
        JournalEntry(NOW, Act.DOWNLOADED, "hearing:1", 44, {"form": "docx", "words_digest": "ab"}),
    ),
)
SAID = (
    *COMMENTS,
    comment(9, "сөз", decision=KEPT, amended_at=NOW),
    replace(several(10), transcript=Transcript("Жол", machine=True)),
)
OPEN = replace(HEARING, phase=Phase.OPEN, dossier=replace(DOSSIER, closes_at=NOW + timedelta(days=1)))
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=6))]))
WORDS = st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=30), max_size=2)
SIZES = st.dictionaries(st.text(max_size=5), st.none() | st.integers(0, 99), max_size=3)


def written(path: Path, made: Record, comments: tuple[Any, ...] = SAID) -> bytes:
    file = RecordFile(made, Catalogues.load()["ky"], path)
    file.add(comments)
    file.close()
    return path.read_bytes()


@pytest.mark.parametrize("made", [FULL, record(), record(OPEN)], ids=["full", "bare", "open"])
def test_what_is_written_follows_the_schema_and_is_the_same_when_written_again(tmp_path: Path, made: Record) -> None:
    content = written(tmp_path / "r.json", made)
    jsonschema.Draft202012Validator(json.loads(schema())).validate(json.loads(content))
    found = load(content)
    assert dump(found) == content  # so every field that is written has its place in the document
    assert load(dump(found)) == found


def test_it_says_what_the_record_says(tmp_path: Path) -> None:
    found = load(written(tmp_path / "r.json", FULL))
    assert found.hearing.closes_at == DOSSIER.closes_at
    assert found.questions[0].answers["hall"].voters == 85
    assert found.former_questions[0].answers["telegram"].options[0].voters == 5
    assert found.participants.by_village["bagysh-2"] is None
    assert found.comments[5] == WithdrawnComment(6, "withdrawn")
    assert [(act.act, act.staff, act.data) for act in found.journal] == [
        (Act.PUBLISHED, None, {}),
        (Act.DOWNLOADED, 44, {"form": "docx"}),  # our own numbers and digests are left out
    ]
    assert found.council
    assert found.council.day == RESOLUTION.day


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> RecordDocument:
    return load(written(tmp_path_factory.mktemp("bare") / "r.json", record()))


def made_up(kind: type, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A part of a document of any content: what is not given is made after its type."""
    return st.builds(kind, **fields)


@settings(max_examples=examples(100))
@given(data=st.data())
def test_any_record_loads_to_an_equal_one(bare: RecordDocument, data: st.DataObject) -> None:
    decision = made_up(RecordedDecision, decided_at=st.none() | MOMENTS)
    said = made_up(RecordedComment, received_at=MOMENTS, changed_at=st.none() | MOMENTS, decision=st.none() | decision)
    people = dict.fromkeys(("by_village", "by_gender", "by_age", "by_residence"), SIZES)
    found = made_up(RecordedParticipants, **people, at_least=made_up(LeastSizes, **people))
    document = replace(
        bare,
        seal=data.draw(st.text()),
        as_of=data.draw(MOMENTS),
        participants=data.draw(found),
        hearing=replace(bare.hearing, title=data.draw(WORDS), closes_at=data.draw(MOMENTS)),
        comments=tuple(data.draw(st.lists(said | made_up(WithdrawnComment), max_size=2))),
    )
    assert load(dump(document)) == document
    assert dump(load(dump(document))) == dump(document)


@pytest.mark.parametrize("broken", [b"", b"{}", b'{"format": 2}', "не JSON".encode()])
def test_what_is_no_record_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="RecordDocument"):
        load(broken)


def test_the_published_schema_is_that_of_the_program() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema()))
    published, ours = json.loads(PUBLISHED.read_text("utf-8")), json.loads(schema())
    assert demanded(published, published) == demanded(ours, ours), "hearing-bot schema > docs/record.schema.json"


def demanded(node: Any, whole: dict[str, Any]) -> Any:
    """What a schema demands, without its words and references: pydantic's versions write these differently."""
    if isinstance(node, list):
        return [demanded(each, whole) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return demanded(whole["$defs"][node["$ref"].rpartition("/")[2]], whole)
    told = {"$defs", "title", "description"} | ({"type"} if "enum" in node else set())
    kept = {key: value for key, value in node.items() if key not in told or isinstance(value, dict)}
    kept.pop("$defs", None)
    return {key: demanded(value, whole) for key, value in kept.items()}
