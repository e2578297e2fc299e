"""The draft budget: at a glance, by side, and line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.programme import TYIYN, Side
from bot.domain.questions import About, AboutKind
from bot.i18n import budget_words, names
from handlers import presses
from handlers.views.buttons import back, comment_on, home, paging, way_back
from handlers.views.pages import item_page, units
from handlers.views.screen import ButtonRow, Html, Screen, b, e, fold, i, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import Budget, BudgetLine, Discrepancy
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from handlers.views.screen import Picture

LINES_ON_A_PAGE: Final = 10
CAPTION_UNITS: Final = 1000
"""Units under a picture, marks included; Telegram takes 1,024."""
GROUPS_AT_A_GLANCE: Final = (8, 6, 4, 3, 2, 1, 0)
"""How many groups of a side are named, one after the other, until the caption fits."""


def budget(
    t: Translator, hearing: Hearing, draft: Budget, picture: Picture | None, *, question: int = 0, people: int = 0
) -> Screen:
    """The screen with the budget at a glance, as the picture shows it: two shares people do not expect, then the sums.

    As many groups are named as fit under a picture; the rest stands on the pages of lines. ``people`` live there, 0 is
    not known.
    """
    dossier = hearing.dossier
    forms = ((True, GROUPS_AT_A_GLANCE[0]), *((False, groups) for groups in GROUPS_AT_A_GLANCE))
    texts = (_glance(t, dossier, draft, groups, people, explained=explained) for explained, groups in forms)
    text = next((text for text in texts if units(text) <= CAPTION_UNITS), b(t("Draft budget")))
    asked = next((one for one in dossier.questions if one.about.kind is AboutKind.BUDGET), None)
    rows = with_buttons(
        tuple(
            tap(t, t(name), presses.ReadBudgetSide(hearing.id, side))
            for side, name in names.SIDE_NAMES.items()
            if draft.of(side)
        ),
        _question_row(t, hearing, None if question else asked),
        (comment_on(t, hearing.id, About(AboutKind.BUDGET)),),
        (back(t, way_back(hearing.id, question, presses.OpenReading(hearing.id))), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows, picture)


def _question_row(t: Translator, hearing: Hearing, asked: Question | None) -> ButtonRow:
    if asked is None:
        return ()
    return (tap(t, t.p("button", "🗳 What do you think?"), presses.OpenQuestion(hearing.id, asked.no)),)


def _glance(t: Translator, dossier: Dossier, draft: Budget, groups: int, people: int, *, explained: bool) -> Html:
    year = dossier.fiscal_year
    return stacked(
        b(t("Draft budget for {year}", year=year) if year else t("Draft budget")),
        shares(t, draft),
        e(""),
        *(_side_sum(t, dossier, draft, side, groups, explained=explained) for side in Side),
        _balance(t, dossier, draft),
        _changed_most(t, dossier, draft, explained=not explained),
        _a_head(t, draft, people),
        *_warnings(t, dossier, draft.discrepancies()),
    )


def shares(t: Translator, draft: Budget) -> Html:
    """The two sentences that people do not expect: how much of revenue is grants, and what most is spent on."""
    grants = draft.grant_share
    largest = draft.groups(Side.EXPENDITURE)[:1]
    total = draft.total(Side.EXPENDITURE)
    return stacked(
        e(t("Of every 100 som of revenue, grants are {n}.", n=t.number(round(grants * 100))))
        if grants is not None
        else None,
        _largest(t, *largest[0], total) if largest and total else None,
    )


def _largest(t: Translator, group: str, amount: int, total: int) -> Html:
    part = t.number(round(_share(amount, total) * 100))
    return e(t("Of every 100 som spent, {n} go to: {group}.", n=part, group=budget_words.group_explained(t, group)))


def _side_sum(t: Translator, dossier: Dossier, draft: Budget, side: Side, most: int, *, explained: bool) -> Html | None:
    if not draft.of(side):
        return None
    last = draft.last_total(side)
    now = t.round_money(draft.total(side), dossier.unit)
    before = i(sum_before(t, dossier, t.round_money(last, dossier.unit))) if last is not None else None
    found = draft.groups(side)
    named = [
        _group(t, dossier, group, amount, draft.total(side), explained=explained) for group, amount in found[:most]
    ]
    if rest := sum(amount for _, amount in found[most:]):
        named.append(t("• the rest: {money}", money=t.round_money(rest, dossier.unit)))
    return stacked(b(f"{t(names.SIDE_NAMES[side])}: {now}"), before, e("\n".join(named)))


def _group(t: Translator, dossier: Dossier, group: str, amount: int, total: int, *, explained: bool) -> str:
    part = t.percent(_share(amount, total))
    unclear = explained and group in budget_words.UNCLEAR_GROUPS
    name = budget_words.group_explained(t, group) if unclear else budget_words.group_name(t, group)
    return f"• {name}: {t.round_money(amount, dossier.unit)}, {part}"


def _balance(t: Translator, dossier: Dossier, draft: Budget) -> Html | None:
    difference = draft.total(Side.REVENUE) - draft.total(Side.EXPENDITURE)
    if difference == 0 or not (draft.of(Side.REVENUE) and draft.of(Side.EXPENDITURE)):
        return None
    money = t.round_money(abs(difference), dossier.unit)
    return e(t("Surplus: {money}", money=money) if difference > 0 else t("Deficit: {money}", money=money))


def _changed_most(t: Translator, dossier: Dossier, draft: Budget, *, explained: bool) -> Html | None:
    """Of expenditure, the group that changed most since the year before, in money; None where that is not known."""
    called = budget_words.group_explained if explained else budget_words.group_name
    sums: dict[str, tuple[int, int]] = {}
    for line in draft.of(Side.EXPENDITURE):
        if line.last_year is None:
            return None
        now, before = sums.get(line.group, (0, 0))
        sums[line.group] = now + line.amount, before + line.last_year
    group, (now, before) = max(sums.items(), key=lambda each: abs(each[1][0] - each[1][1]), default=("", (0, 0)))
    if now == before:
        return None
    change, named = t.round_money(abs(now - before), dossier.unit), called(t, group)
    return e(
        t("Changed most: {group}, {change} more", group=named, change=change)
        if now > before
        else t("Changed most: {group}, {change} less", group=named, change=change)
    )


def _a_head(t: Translator, draft: Budget, people: int) -> Html | None:
    total = draft.total(Side.EXPENDITURE)
    if not people or not total:
        return None
    return e(t("Expenditure for each resident: {money}", money=t.money(round(total / people / TYIYN) * TYIYN)))


def _warnings(t: Translator, dossier: Dossier, gaps: Iterable[Discrepancy]) -> tuple[Html, ...]:
    return tuple(e(f"⚠️ {budget_words.discrepancy(t, gap, dossier.unit)}") for gap in gaps)


def budget_side(t: Translator, hearing: Hearing, draft: Budget, side: Side, page: int) -> Screen:
    """The screen with the lines of revenue or expenditure, the largest first, a page of them."""
    by_size = sorted(draft.of(side), key=lambda line: -line.amount)
    places = {line.no: place for place, line in enumerate(by_size, start=1)}
    shown, page, last = item_page(by_size, page, LINES_ON_A_PAGE)
    text = stacked(
        b(f"{t(names.SIDE_NAMES[side])}: {t.round_money(draft.total(side), hearing.dossier.unit)}"),
        e(_legend(t, hearing.dossier)),
        e(""),
        *(_line(t, hearing, line, places[line.no]) for line in shown),
        *_warnings(t, hearing.dossier, (gap for gap in draft.discrepancies() if gap.side is side)),
    )
    numbers = (tap(t, str(places[line.no]), presses.ReadBudgetLine(hearing.id, line.no)) for line in shown)
    rows = with_buttons(
        *in_rows(numbers, width=3),
        paging(t, lambda number: presses.ReadBudgetSide(hearing.id, side, number), page=page, last=last),
        (back(t, presses.ReadBudget(hearing.id)), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _line(t: Translator, hearing: Hearing, line: BudgetLine, place: int) -> Html:
    unit = hearing.dossier.unit
    last = f" ({t.round_money(line.last_year, unit)})" if line.last_year is not None else ""
    return e(f"{place}. {t.text(line.title).words}: {t.round_money(line.amount, unit)}{last}")


def budget_line(t: Translator, hearing: Hearing, draft: Budget, line: BudgetLine, *, question: int = 0) -> Screen:
    """The screen with one line of the budget."""
    code = f" · {line.code}" if line.code else ""
    text = stacked(
        b(t.marked(line.title)),
        e(f"{t(names.SIDE_NAMES[line.side])} · {budget_words.group_explained(t, line.group)}{code}"),
        e(""),
        e(draft_sum(t, hearing.dossier, line.amount)),
        e(sum_before(t, hearing.dossier, t.money(line.last_year, hearing.dossier.unit)))
        if line.last_year is not None
        else None,
        e(_change(t, hearing.dossier, line.amount, line.last_year)) if line.last_year else None,
        e(t("Share of the whole: {share}", share=t.percent(_share(line.amount, draft.total(line.side))))),
        _pays_for(t, hearing.dossier, line),
        stacked(e(""), fold(e(t.marked(line.note)))) if line.note else None,
    )
    about, side = About(AboutKind.LINE, line.no), presses.ReadBudgetSide(hearing.id, line.side)
    asked = next((one for one in hearing.dossier.questions if one.about == about), None)
    rows = with_buttons(
        _question_row(t, hearing, None if question else asked),
        (tap(t, t.p("button", "📖 Read the plan"), presses.ReadService(hearing.id, line.service)),)
        if line.service and not question
        else (),
        (comment_on(t, hearing.id, about),),
        (back(t, way_back(hearing.id, question, side)), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _pays_for(t: Translator, dossier: Dossier, line: BudgetLine) -> Html | None:
    if not line.service:
        return None
    plan = f"{line.service}. {t.text(dossier.service(line.service).title).words}"
    return e(t("Pays for the plan: {plan}", plan=plan))


def _legend(t: Translator, dossier: Dossier) -> str:
    year = dossier.fiscal_year
    if year is None:
        return t("In brackets: the year before. Tap a number to open a line.")
    return t("Draft for {year}; in brackets: {before}. Tap a number to open a line.", year=year, before=year - 1)


def draft_sum(t: Translator, dossier: Dossier, amount: int) -> str:
    """What it is in the draft, whose year is named."""
    money, year = t.money(amount, dossier.unit), dossier.fiscal_year
    return t("Draft for {year}: {money}", year=year, money=money) if year else t("Draft: {money}", money=money)


def sum_before(t: Translator, dossier: Dossier, money: str) -> str:
    """What it was in the year before, which is named: “last year” is another one in the summer."""
    year = dossier.fiscal_year
    if year is None:
        return t("The year before: {money}", money=money)
    return t("In {year}: {money}", year=year - 1, money=money)


def _change(t: Translator, dossier: Dossier, amount: int, before: int) -> str:
    ratio = (amount - before) / before
    share, year = t.percent(abs(ratio)), dossier.fiscal_year
    if year is None:
        said = (t("As in the year before."), t("More than the year before by {share}.", share=share))
        return said[ratio != 0] if ratio >= 0 else t("Less than the year before by {share}.", share=share)
    if ratio == 0:
        return t("As in {year}.", year=year - 1)
    if ratio > 0:
        return t("More than in {year} by {share}.", year=year - 1, share=share)
    return t("Less than in {year} by {share}.", year=year - 1, share=share)


def _share(amount: int, total: int) -> float:
    """A part of a whole, 0 to 1; 0 where there is no whole."""
    return amount / total if total else 0.0
