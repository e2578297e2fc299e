"""The record for another program: numbers and comments as JSON, names of fields in English, texts in all languages.

Moments are ISO 8601 with the municipality's offset, money is whole tyiyn, texts are exactly as they were stored. Groups
of people that are not shown are ``null``; ``at_least`` has what is known of them while answers are taken (0: fewer than
five). Where too few people used a channel for it to stand apart, all are joined by ``+``. What a withdrawn comment said
is not there.
A ``digest`` is the SHA-256 of a document, photo or voice, and the name of its file in the media folder; null: not kept.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from bot.domain.suppression import UNSAID_VILLAGE, AtLeast, tally_of
from bot.reports import votes
from bot.reports.json_course import acts, course
from bot.reports.seal import ALL_LANGUAGES
from bot.reports.streaming import abandoned_on_failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from bot.domain.attachments import Attachment
    from bot.domain.comments import Comment
    from bot.domain.duplicates import JoinedComments
    from bot.domain.languages import Text
    from bot.domain.media import Media
    from bot.domain.parts import Part
    from bot.domain.questions import Question
    from bot.domain.sittings import Sitting
    from bot.domain.suppression import Block, GroupSize
    from bot.domain.tallies import Tally
    from bot.domain.transcripts import Transcript
    from bot.i18n import Translator
    from bot.reports.record import FormerQuestion, Record

RECORD_FORMAT: Final = 2
"""Grows when a field changes its meaning or goes away; new fields may come at any time."""


END: Final = "\n ]\n}\n"
"""What stands behind the last comment."""


def beginning(numbers: Mapping[str, Any]) -> str:
    """What stands before the first comment."""
    return f'{json.dumps(numbers, ensure_ascii=False, indent=1)[:-2]},\n "comments": ['


def line(comment: Mapping[str, Any]) -> str:
    """A comment on a line of its own."""
    return f"\n  {json.dumps(comment, ensure_ascii=False)}"


class RecordFile:
    """A record on its way to ``path``, comments page by page. Not for the event loop: it writes to disk."""

    def __init__(self, record: Record, _t: Translator, path: Path) -> None:
        self._record = record
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._between = ""
        with abandoned_on_failure(self):
            self._file.write(beginning(_numbers(record)))

    def add(self, page: Iterable[Comment]) -> None:
        """Write one page of comments."""
        for comment in page:
            self._file.write(f"{self._between}{line(_comment(self._record, comment))}")
            self._between = ","

    def close(self) -> None:
        """Finish the file."""
        self._file.write(END)
        self._file.close()

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()


def _numbers(record: Record) -> dict[str, Any]:
    """Everything but the comments."""
    return {
        "format": RECORD_FORMAT,
        "as_of": _moment(record, record.as_of),
        "sha256": record.seal.digest if record.seal else None,
        "seal": record.seal_line("json", ALL_LANGUAGES),
        "preliminary": record.hearing.is_preliminary(record.as_of),
        "present": [
            {"sitting": each.sitting, "people": each.people, "women": each.women, "men": each.men}
            for each in record.present
        ],
        "hearing": _hearing(record),
        "documents": [_document(record, each) for each in record.documents],
        "participants": _participants(record),
        "questions": [_question(record, question) for question in record.hearing.dossier.questions],
        "former_questions": [
            {"given_to_version": each.version, **_asked(each.question, _told(each))} for each in record.former
        ],
        "comment_counts": _comment_counts(record),
        "council": _council(record),
        "course": course(record),
        "journal": acts(record),
    }


def _council(record: Record) -> dict[str, str] | None:
    """What the council made of the hearing."""
    found = record.resolution
    return {"number": found.number, "day": found.day.isoformat(), "adopted": found.adopted} if found else None


def _hearing(record: Record) -> dict[str, Any]:
    hearing, dossier = record.hearing, record.hearing.dossier
    return {
        "code": hearing.code,
        "title": _text(dossier.title),
        "kind": dossier.kind.value,
        "phase": hearing.phase.value,
        "municipality": {"code": record.municipality.code, "name": _text(record.municipality.name)},
        "opens_at": _moment(record, dossier.opens_at),
        "closes_at": _moment(record, dossier.closes_at),
        "sittings": [_moment(record, sitting.starts_at) for sitting in dossier.sittings],
        "venues": [_venue(record, sitting) for sitting in dossier.sittings],
    }


def _venue(record: Record, sitting: Sitting) -> dict[str, Any]:
    """A sitting by its number, as people present name it; without a village it is for everybody."""
    village = next((each.code for each in record.villages if each.id == sitting.village), None)
    return {
        "sitting": sitting.no,
        "starts_at": _moment(record, sitting.starts_at),
        "minutes": sitting.minutes,
        "place": _text(sitting.place),
        "address": _text(sitting.address),
        "village": village,
    }


def _comment_counts(record: Record) -> dict[str, Any]:
    counts = record.comments
    return {
        "total": counts.total,
        "by_kind": {kind.value: count for kind, count in counts.by_kind.items()},
        "by_channel": {channel.value: count for channel, count in counts.by_channel.items()},
        "waiting": counts.waiting,
        "hidden": counts.hidden,
        "appeals": {name: getattr(record.appeals, name) for name in ("made", "lifted", "upheld", "waiting")},
        "undecided": counts.undecided,
        "withdrawn": counts.withdrawn,
    }


def _participants(record: Record) -> dict[str, Any]:
    codes = {village.id: village.code for village in record.villages} | {UNSAID_VILLAGE: "-"}
    sizes = {
        "by_village": {codes[village]: size for village, size in record.sizes.by_village.items()},
        "by_gender": {gender.value: size for gender, size in record.sizes.by_gender.items()},
        "by_age": {band.value: size for band, size in record.sizes.by_age.items()},
        "by_residence": {residence.value: size for residence, size in record.sizes.by_residence.items()},
    }
    return {
        "people": record.participation.people,
        **{by: {group: _count(size) for group, size in groups.items()} for by, groups in sizes.items()},
        "at_least": {by: {group: _least(size) for group, size in groups.items()} for by, groups in sizes.items()},
    }


def _count(size: GroupSize) -> int | None:
    return size if isinstance(size, int) else None


def _least(size: GroupSize) -> int | None:
    return size.least if isinstance(size, AtLeast) else size


def _question(record: Record, question: Question) -> dict[str, Any]:
    tallies = {block: tally_of(record.tallies, question.no, block) for block in votes.blocks(record)}
    return _asked(question, tallies)


def _told(former: FormerQuestion) -> Mapping[Block, Tally]:
    """Only blocks through which the question was answered."""
    told = {block: tally_of(former.by_channel, former.question.no, block) for block in former.told}
    return {block: tally for block, tally in told.items() if tally.voters}


def _asked(question: Question, tallies: Mapping[Block, Tally]) -> dict[str, Any]:
    return {
        "no": question.no,
        "about": {"kind": question.about.kind.value, "no": question.about.no},
        "kind": question.kind.value,
        "text": _text(question.text),
        "options": [_text(option) for option in question.options],
        "answers": {"+".join(block): _answers(question, tally) for block, tally in tallies.items()},
    }


def _answers(question: Question, tally: Tally) -> dict[str, Any]:
    return {
        "voters": tally.voters,
        "options": [
            {
                "option": number,
                "voters": tally.count(number).voters,
                "points": tally.count(number).points,
                "average": votes.average(question, tally, tally.count(number)),
            }
            for number in question.option_numbers
        ],
    }


def _attachment(media: Media | None) -> str | None:
    """What came with the words, whatever it was wrapped in."""
    if media is None:
        return None
    return "voice" if media.kind.is_recording else "photo"


def _comment(record: Record, comment: Comment) -> dict[str, Any]:
    if comment.withdrawn_at:
        return {"number": comment.number, "status": "withdrawn"}
    return {
        "number": comment.number,
        "received_at": _moment(record, comment.created_at),
        "changed_at": _moment(record, comment.amended_at) if comment.amended_at else None,
        "kind": comment.kind.value,
        "about": {"kind": comment.about.kind.value, "no": comment.about.no},
        "text": comment.text,
        "language": comment.language,
        "channel": comment.channel.value,
        "support": comment.support,
        "status": comment.visibility.value,
        "hidden_by_rule": comment.hiding_rule.value if comment.hiding_rule else None,
        "attachment": _attachment(comment.attachments[0] if comment.attachments else None),
        "parts": [_part(record, part) for part in comment.parts],
        "transcript": _transcript(comment.transcript),
        "joined": _joined(record.joined.get(comment.id)),
        "author": _author(record, comment),
        "decision": _decision(record, comment),
    }


def _transcript(transcript: Transcript | None) -> dict[str, Any] | None:
    """What is said in the voice messages; ``checked`` is false while a program alone has written it down."""
    if transcript is None or not transcript.words:
        return None
    return {"text": transcript.words, "checked": not transcript.machine}


def _joined(joined: JoinedComments | None) -> dict[str, Any] | None:
    """The numbers of comments that share one decision; of the people behind them as many as may be told, or none."""
    if joined is None:
        return None
    return {"head": joined.head, "others": list(joined.others), "people_at_least": joined.told_people or None}


def _part(record: Record, part: Part) -> dict[str, Any]:
    digest = record.digests.get(part.media.unique_id) if part.media else None
    return {"text": part.text, "attachment": _attachment(part.media), "digest": digest}


def _document(record: Record, document: Attachment) -> dict[str, Any]:
    return {"title": document.title, "name": document.name or None, "digest": record.digests.get(document.unique_id)}


def _author(record: Record, comment: Comment) -> dict[str, str | None]:
    said = record.safe.said(comment.demographics)
    village = next((village.code for village in record.villages if village.id == said.village_id), None)
    return {"village": village, "gender": said.gender.value, "age": said.age_band.value}


def _decision(record: Record, comment: Comment) -> dict[str, Any] | None:
    decision = comment.decision
    if decision is None:
        return None
    return {
        "outcome": decision.outcome.value,
        "reason": decision.reason,
        "responsible": decision.responsible,
        "due": decision.due.isoformat() if decision.due else None,
        "changes": str(decision.changes) if decision.changes else None,
        "done_on": decision.done_on.isoformat() if decision.is_done and decision.done_on else None,
        "decided_at": _moment(record, decision.decided_at) if decision.decided_at else None,
    }


def _moment(record: Record, at: datetime) -> str:
    return at.astimezone(record.zone).isoformat()


def _text(text: Text) -> dict[str, str]:
    return dict(text.by_language)
