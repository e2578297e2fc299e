"""What is said of a hearing wherever it is shown, in the chat and on pages: sittings, plans, whom to ask, promises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.domain.comments import PROMISING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Decision
    from bot.domain.draft_changes import ChangedPoint
    from bot.domain.places import Contact, Place
    from bot.domain.programme import Action, Service, Unit
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator

NUMBERS_NAMED: Final = 20
"""Comments that are named by number beside what they have changed."""
_SIGNS_IN_NUMBERS: Final = re.compile(r"[\s().\-–/]+")
_NUMBER: Final = re.compile(r"\+\d{9,15}", re.ASCII)


def sitting_lines(
    t: Translator, sitting: Sitting, zone: ZoneInfo, villages: Iterable[Place] = (), *, now: datetime | None = None
) -> Iterator[str]:
    """The weekday, date, time, whose time it is, place and address of a sitting; of ``villages`` the one it is for.

    ``now`` in the same year, that is not said.
    """
    local = sitting.starts_at.astimezone(zone)
    day = t.day(local.date(), now=now)
    yield t("🗓 {day}, {time} ({zone})", day=day, time=t.time(local), zone=t.zone_name(zone))
    where = " · ".join(part for part in (t.text(sitting.place).words, t.text(sitting.address).words) if part)
    if where:
        yield t("📍 {place}", place=where)
    if sitting.online_link:
        yield t("💻 Online: {link}", link=sitting.online_link)
    if village := next((t.place(each.name) for each in villages if each.id == sitting.village), ""):
        yield t("🏘 For the village: {village}", village=village)


def postponed(t: Translator, was: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """When a sitting was to be that takes place later."""
    local = was.astimezone(zone)
    return t("📆 Postponed. It was to be on {day}, {time}.", day=t.day(local.date(), now=now), time=t.time(local))


def target(t: Translator, service: Service) -> str:
    """By what a service is measured, where it stands and where it is to be; empty without an indicator."""
    if not service.indicator:
        return ""
    baseline, aim = t.text(service.baseline).words, t.text(service.target).words
    change = t("now {baseline}, target {target}", baseline=baseline, target=aim)
    by = t("by {when}", when=t.text(service.target_date).words) if service.target_date else ""
    return f"{t.text(service.indicator).words}: {change} {by}".strip()


def action(t: Translator, what: Action, unit: Unit) -> str:
    """What will be done, by whom, when, for how much and from which source."""
    period = t.months(what.start, what.end)
    money = t.round_money(what.amount, unit) if what.amount is not None else ""
    who, source = t.text(what.responsible).words, t.text(what.source).words
    details = t.list(part for part in (who, period, money, source) if part)
    return t.text(what.title).words + (f" ({details})" if details else "")


def contact_lines(t: Translator, who: Contact) -> Iterator[str]:
    """Whom to ask; none where nobody is named.

    A whole number, as one dials it from anywhere, is written so that a tap calls it; any other words stay as they are.
    """
    if who.name:
        yield t("☎️ Questions? Ask: {name}", name=t.person(who.name))
    if who.phone:
        number = _SIGNS_IN_NUMBERS.sub("", who.phone)
        yield t("📞 Call: {number}", number=number) if _NUMBER.fullmatch(number) else f"📞 {who.phone}"
    if who.hours:
        yield t("🕘 Hours: {hours}", hours=who.hours)


def promise(t: Translator, decision: Decision, *, overdue: bool) -> str:
    """When it was done, or until when it is to be; where that day has passed, that it is not done yet; else empty."""
    if decision.is_done and decision.done_on:
        return t("✔️ Done: {day}", day=t.in_words(decision.done_on))
    if decision.due is None or decision.outcome not in PROMISING:
        return ""
    day = t.in_words(decision.due)
    return t("⏰ Due on {day}, not done yet", day=day) if overdue else t("To be done by: {day}", day=day)


def changed_sums(t: Translator, changed: ChangedPoint, unit: Unit) -> str:
    """The sum that was published, and the sum now where it is another one; empty where there was none."""
    if changed.before is None:
        return ""
    before = t.money(changed.before, unit)
    if changed.after is None or changed.after == changed.before:
        return t("In the draft: {sum}", sum=before)
    return t("In the draft: {before}, now: {after}", before=before, after=t.money(changed.after, unit))


def changed_by(t: Translator, changed: ChangedPoint) -> str:
    """The numbers of the comments because of which it changes."""
    named = [t("№ {number}", number=number) for number in changed.numbers[:NUMBERS_NAMED]]
    more = len(changed.numbers) - len(named)
    rest = [t.n("… and {n} more", "… and {n} more", more)] if more else []
    return t("Comments: {numbers}", numbers=", ".join([*named, *rest]))
