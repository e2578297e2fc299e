"""The course of a hearing in words: when a draft was published or changed and how, and what people were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.meaning import Aspect
from bot.i18n import answers, names
from bot.reports import hall_words
from bot.reports.inert import plain

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.hearings import Dossier
    from bot.domain.meaning import MeaningChange
    from bot.i18n import Translator
    from bot.reports.course import DraftVersion, SentNotice
    from bot.reports.record import Record

CHANGES_NAMED: Final = 12
"""Changes of one version that are said one by one."""
LONGEST_WORDS: Final = 120
"""Letters of what stood there, and of what stands there now."""


def lines(record: Record, t: Translator) -> tuple[tuple[str, str], ...]:
    """(when, what), the earliest first; a version of which nobody knows when comes right after the one before."""
    found: list[tuple[datetime, str]] = []
    last = record.hearing.announced_at or record.hearing.dossier.opens_at
    before = None
    for version in record.versions:
        last = version.at or last
        found.append((last, _version(version, before, t)))
        before = version.dossier
    found += [(notice.at, _notice(notice, t)) for notice in record.notices]
    found += hall_words.lines(record, t)
    ordered = sorted(found, key=lambda each: each[0])
    return tuple((t.moment(at, record.zone), plain(what)) for at, what in ordered if what)


def _version(version: DraftVersion, before: Dossier | None, t: Translator) -> str:
    if before is None:
        return t("The draft was published.") if version.at else ""
    said = [t("Other dates or places.")] if version.rescheduled else []
    said += [
        _change(version.dossier if change.aspect is Aspect.ADDED else before, change, t)
        for change in version.changes[:CHANGES_NAMED]
    ]
    if (more := len(version.changes) - CHANGES_NAMED) > 0:
        said.append(t.n("… and {n} more", "… and {n} more", more))
    return t("Version {n}: {changes}", n=version.version, changes=" ".join(said) or t("Other spelling."))


def _change(dossier: Dossier, change: MeaningChange, t: Translator) -> str:
    """What is another than before; the item is named as it was, a new one as it is."""
    about = answers.short_about(t, dossier, change.about) or t("The hearing")
    item = t("Question {no}", no=t.number(change.question)) if change.question else about
    old, new = (" ".join(words.split())[:LONGEST_WORDS] for words in (change.old, change.new))
    match change.aspect:
        case Aspect.ADDED:
            return f"{item}: {t('Added: {new}', new=new)}."
        case Aspect.REMOVED:
            return f"{item}: {t('Taken out: {old}', old=old)}."
    return f"{item}: {t('“{old}” → “{new}”', old=old, new=new)}."


def _notice(notice: SentNotice, t: Translator) -> str:
    """Its kind without the picture before it, and whom it reached."""
    kind = t(names.NOTICE_KIND_NAMES[notice.kind]).partition(" ")[2]
    people = names.group_size(t, notice.people)
    reached = t("people: {people}", people=people)
    if notice.rooms:
        reached += ", " + t("groups and channels: {rooms}", rooms=t.number(notice.rooms))
    return t("Notice “{kind}”: {reached}.", kind=kind, reached=reached)
