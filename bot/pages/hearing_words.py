"""A hearing in words: when and where, the drafts, what people answered and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.meaning import Aspect
from bot.domain.programme import Side
from bot.domain.questions import About, AboutKind
from bot.i18n import answers, budget_words, names, shown_hearings
from bot.pages.templating import PageLink
from bot.reports import public_words
from bot.reports.budget import Bar, amount, change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.draft_changes import ChangedPoint
    from bot.domain.meaning import MeaningChange
    from bot.domain.programme import Budget, BudgetLine, Service
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.pages.gathering import PublicHearing
    from bot.pages.links import BotLinks

LINES_OF_A_SERVICE: Final = 3
"""Lines of the budget to which a service links, the largest."""


class HearingWords:
    """Says one hearing in the language of ``t``."""

    def __init__(self, t: Translator, shown: PublicHearing, links: BotLinks) -> None:
        self._t = t
        self._shown = shown
        self._hearing = shown.hearing
        self._dossier = shown.hearing.dossier
        self._links = links

    def sittings(self) -> list[list[str]]:
        """The lines of each sitting."""
        return [list(self._sitting(each)) for each in self._dossier.sittings]

    def _sitting(self, sitting: Sitting) -> Iterator[str]:
        record = self._shown.record
        yield from shown_hearings.sitting_lines(self._t, sitting, record.zone, record.villages)
        if sitting.setback is not None and sitting.setback.was is not None:
            yield shown_hearings.postponed(self._t, sitting.setback.was, record.zone)

    def agenda(self) -> list[str]:
        """An item a line."""
        t, said = self._t, []
        for item in self._dossier.agenda:
            time = f"{item.time} " if item.time else ""
            presenter = f" — {t.text(item.presenter).words}" if item.presenter else ""
            said.append(f"{item.no}. {time}{t.text(item.item).words}{presenter}")
        return said

    def contact(self) -> list[str]:
        """Whom to ask, as far as that is known."""
        return list(shown_hearings.contact_lines(self._t, self._shown.contact))

    def services(self) -> list[dict[str, Any]]:
        """Each service of the draft strategy with what is to be done and what it costs."""
        return [self._service(service) for service in self._dossier.services]

    def _service(self, service: Service) -> dict[str, Any]:
        t, unit = self._t, self._dossier.unit
        parts = [(t("Problem"), t.marked(service.problem)), (t("Goal"), t.marked(service.goal))]
        parts += [(t("Target"), shown_hearings.target(t, service))]
        parts += [(t("Cost"), t.round_money(service.cost, unit))] if service.cost is not None else []
        budget = self._dossier.budget
        lines = budget.for_service(service.no)[:LINES_OF_A_SERVICE] if budget else ()
        count = len(service.actions)
        read = self._links.service(self._hearing.id, service.no)
        ways = [PageLink(t("Comment on this in Telegram"), read)] if read else []
        named = ((t("In the budget: {line}", line=t.marked(line.title)), f"#line-{line.no}") for line in lines)
        ways += [PageLink(*each) for each in named]
        ways += [
            PageLink(t("What people answered"), f"#question-{question.no}")
            for question in self._dossier.questions
            if question.about == About(AboutKind.SERVICE, service.no)
        ][:1]
        return {
            "no": service.no,
            "title": f"{service.no}. {t.marked(service.title)}",
            "parts": [{"name": name, "words": words} for name, words in parts if words],
            "summary": t.n("What will be done: {n} action", "What will be done: {n} actions", count),
            "actions": [shown_hearings.action(t, action, unit) for action in service.actions],
            "ways": ways,
        }

    def budget(self) -> dict[str, Any] | None:
        """The draft budget: sums, bars by group, and a table of lines for each side; None without one."""
        t, draft, year = self._t, self._dossier.budget, self._dossier.fiscal_year
        if draft is None or not draft.lines:
            return None
        gaps = [f"⚠️ {budget_words.discrepancy(t, gap, self._dossier.unit)}" for gap in draft.discrepancies()]
        return {
            "title": t("Draft budget for {year}", year=year) if year else t("Draft budget"),
            "facts": [*self._sums(draft), *gaps],
            "sides": [self._side(draft, side) for side in Side if draft.of(side)],
        }

    def _sums(self, draft: Budget) -> Iterator[str]:
        t, unit = self._t, self._dossier.unit
        for side in Side:
            if draft.of(side):
                yield f"{t(names.SIDE_NAMES[side])}: {t.round_money(draft.total(side), unit)}"
        difference = draft.total(Side.REVENUE) - draft.total(Side.EXPENDITURE)
        if difference and draft.of(Side.REVENUE) and draft.of(Side.EXPENDITURE):
            money = t.round_money(abs(difference), unit)
            yield t("Surplus: {money}", money=money) if difference > 0 else t("Deficit: {money}", money=money)

    def _side(self, draft: Budget, side: Side) -> dict[str, Any]:
        t, unit, lines = self._t, self._dossier.unit, draft.of(side)
        groups, total = draft.groups(side), draft.total(side)
        ratios = [max(0.0, amount / total) if total > 0 else 0.0 for _, amount in groups]
        year = self._dossier.fiscal_year
        years = (str(year), str(year - 1)) if year else (t.p("column", "Amount"), t.p("column", "Year before"))
        by_size = sorted(lines, key=lambda line: -line.amount)
        bars = [Bar(t.marked(line.title), line.amount, line.last_year) for line in by_size]
        rows = [self._line(bar, line) for bar, line in zip(bars, by_size, strict=True)]
        rows.append(self._line(Bar(t.p("row", "Total"), total, draft.last_total(side))))
        return {
            "title": f"{t(names.SIDE_NAMES[side])}: {t.round_money(total, unit)}",
            "bars": [
                {
                    "words": budget_words.group_explained(t, group),
                    "said": f"{t.round_money(amount, unit)} · {t.percent(ratio)}",
                    "ratio": min(1.0, ratio),
                    "tone": "plain",
                }
                for (group, amount), ratio in zip(groups, ratios, strict=True)
            ],
            "summary": t.n("Line by line: {n} line", "Line by line: {n} lines", len(lines)),
            "caption": t("In {unit}", unit=t.unit(unit)),
            "heads": [t.p("column", "Budget line"), *years, t.p("column", "Change")],
            "rows": rows,
        }

    def _line(self, bar: Bar, line: BudgetLine | None = None) -> dict[str, Any]:
        t, dossier = self._t, self._dossier
        last = "" if bar.last_year is None else amount(t, bar.last_year, dossier)
        return {
            "no": line.no if line else 0,
            "service": line.service if line else 0,
            "label": bar.label,
            "cells": [amount(t, bar.amount, dossier), last, change(t, bar)],
        }

    def questions(self) -> list[dict[str, Any]]:
        """Each question with as much of its results as everybody may know."""
        return [self._question(no) for no in (question.no for question in self._dossier.questions)]

    def _question(self, no: int) -> dict[str, Any]:
        t, shown = self._t, self._shown
        asked = self._dossier.question(no)
        said = public_words.question(shown.record, shown.told, asked, t)
        href = self._links.question(self._hearing.id, no) if shown.taking else ""
        ways = [PageLink(t("Answer this in Telegram"), href)] if href else []
        if asked.about.kind is AboutKind.SERVICE:
            ways.append(PageLink(t("Read the plan"), f"#service-{asked.about.no}"))
        elif asked.about.kind in {AboutKind.BUDGET, AboutKind.LINE} and self._dossier.budget:
            ways.append(PageLink(t("Draft budget"), "#budget"))
        title, words = said["about"], said["words"]
        if not answers.numbered_about(t, self._dossier, asked.about):
            title, words = f"{no}. {words}", ""
        return {**said, "no": no, "title": title, "words": words, "ways": ways}

    def changes(self) -> dict[str, Any] | None:
        """What changed in the drafts; None where nothing has."""
        t, found = self._t, self._shown.changes
        parts = []
        if found.decided:
            parts.append({"title": t("Because of comments"), "lines": [self._decided(each) for each in found.decided]})
        if found.corrected:
            lines = [self._corrected(each) for each in found.corrected]
            parts.append({"title": t("Corrected while it was discussed"), "lines": lines})
        return {"title": t("What changed in the draft"), "parts": parts} if parts else None

    def _decided(self, changed: ChangedPoint) -> str:
        t, unit = self._t, self._dossier.unit
        said = (
            answers.point(t, self._dossier, changed.point),
            shown_hearings.changed_sums(t, changed, unit),
            shown_hearings.changed_by(t, changed),
        )
        return ". ".join(filter(None, said))

    def _corrected(self, changed: MeaningChange) -> str:
        t = self._t
        dossier = self._dossier if changed.aspect is Aspect.ADDED else self._shown.changes.before
        named = answers.short_about(t, dossier, changed.about)
        return f"{named}: {self._difference(changed)}"

    def _difference(self, changed: MeaningChange) -> str:
        t = self._t
        match changed.aspect:
            case Aspect.ADDED:
                return t("Added: {new}", new=changed.new)
            case Aspect.REMOVED:
                return t("Taken out: {old}", old=changed.old)
            case Aspect.TRANSLATION:
                return t("A translation was added.")
        return t("“{old}” → “{new}”", old=changed.old, new=changed.new)
