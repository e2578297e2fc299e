"""The course of a hearing for another program: versions of the draft, notices, who came by what, hidden comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.journal import Act
from bot.domain.suppression import AtLeast
from bot.i18n.journal import OF_RESIDENTS, TOLD
from bot.reports.course import WHOLE_MUNICIPALITY

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hall_course import SittingStep
    from bot.domain.meaning import MeaningChange
    from bot.domain.suppression import GroupSize
    from bot.reports.course import DraftVersion
    from bot.reports.record import Record


def course(record: Record) -> dict[str, Any]:
    """As ``course_document.RecordedCourse`` reads it."""
    codes = {village.id: village.code for village in record.villages} | {WHOLE_MUNICIPALITY: "-"}
    return {
        "versions": [_version(record, version) for version in record.versions],
        "notices": [
            {"kind": each.kind.value, "at": _moment(record, each.at), "people": each.people, "rooms": each.rooms}
            for each in record.notices
        ],
        "arrivals_at_least": {codes[place]: _least(size) for place, size in record.arrivals.items()},
        "languages_at_least": {language or "-": _least(size) for language, size in record.languages.items()},
        "changed_minds": {
            str(number): size if isinstance(size, int) else None for number, size in sorted(record.changed.items())
        },
        "hidden_by_rule": {rule.value: count for rule, count in sorted(record.hidden.items())},
        "consent": list(record.consent),
        "sittings": [_step(record, step) for step in record.steps],
    }


def _step(record: Record, step: SittingStep) -> dict[str, Any]:
    """As ``course_document.RecordedStep`` reads it: only what a step of its kind has."""
    speaks = step.act is Act.FLOOR_GIVEN
    ended = step.act is Act.SITTING_ENDED
    return {
        "at": _moment(record, step.at),
        "sitting": step.sitting,
        "act": step.act.value,
        "item": step.item or None,
        "question": step.question or None,
        "comment": step.comment or None,
        "speaker": step.speaker or None,
        "in_hall": step.in_hall if speaks else None,
        "hands": list(step.hands) or None,
        "answered": step.answered if step.act is Act.ASKING_CLOSED else None,
        "checked_in": {"people": step.people, "women": step.women, "men": step.men} if ended else None,
        "note": step.note or None,
    }


def acts(record: Record) -> list[dict[str, Any]]:
    """What was done about the hearing as a whole; staff stand by their numbers, residents by none."""
    return [
        {
            "at": _moment(record, entry.at),
            "act": entry.act.value,
            "staff": None if entry.act in OF_RESIDENTS else entry.actor_id,
            "data": {key: value for key, value in sorted(entry.data.items()) if key in TOLD},
        }
        for entry in record.journal
    ]


def _version(record: Record, version: DraftVersion) -> dict[str, Any]:
    return {
        "version": version.version,
        "at": _moment(record, version.at) if version.at else None,
        "rescheduled": version.rescheduled,
        "changes": [_change(each) for each in version.changes],
    }


def _change(change: MeaningChange) -> dict[str, Any]:
    return {
        "about": {"kind": change.about.kind.value, "no": change.about.no},
        "question": change.question or None,
        "aspect": change.aspect.value,
        "old": change.old,
        "new": change.new,
    }


def _least(size: GroupSize) -> int | None:
    return size.least if isinstance(size, AtLeast) else size


def _moment(record: Record, at: datetime) -> str:
    return at.astimezone(record.zone).isoformat()
