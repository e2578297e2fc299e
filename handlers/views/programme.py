"""The two drafts: services of the strategy a page each, the budget at a glance, by side and by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.programme import Side
from bot.domain.questions import About, AboutKind, QuestionKind
from bot.i18n import names
from handlers import presses
from handlers.views.hearings import back, share
from handlers.views.pages import paged, turns, units
from handlers.views.screen import Button, Html, Screen, b, e, fold, i, in_rows, lines, short, tap
from handlers.views.start import home
from handlers.views.voting import stance_rows

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import Action, Budget, BudgetLine, Service
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.ballots import Ballot
    from handlers.views.screen import Picture

LINES_A_PAGE: Final = 10
"""Budget lines on one screen."""
CAPTION: Final = 1000
"""Units under a picture, marks included; Telegram takes 1,024."""
FOLDED_FROM: Final = 350
"""Characters from which a text folds."""


def strategy(t: Translator, hearing: Hearing) -> Screen:
    """The priority services of the draft."""
    services = hearing.dossier.services
    text = lines(
        b(t("Draft strategy: priority services")),
        e(t("Open a service to read it and say what you think.")),
    )
    rows = in_rows(
        tap(t, short(f"{service.no}. {t.text(service.title).words}", 60), presses.ReadService(hearing.id, service.no))
        for service in services
    )
    whole = next((q for q in hearing.dossier.questions if q.about.kind is AboutKind.STRATEGY), None)
    say = (
        ((tap(t, t.p("button", "🗳 On the whole strategy"), presses.OpenQuestion(hearing.id, whole.no)),),)
        if whole
        else ()
    )
    return Screen(text, (*rows, *say, (back(t, hearing.id), home(t, hearing.municipality_id))))


def stance_on(dossier: Dossier, service: Service) -> Question | None:
    """The stance question about a service, if the hearing asks one."""
    about = About(AboutKind.SERVICE, service.no)
    return next((q for q in dossier.questions if q.about == about and q.kind is QuestionKind.STANCE), None)


def service_page(t: Translator, hearing: Hearing, service: Service, ballot: Ballot | None, *, page: int = 0) -> Screen:
    """One service: the problem with its number, goal, indicator, target, what will be done; the stance sits below."""
    parts = (
        b(f"{service.no}. {t.marked(service.title)}"),
        _part(t("❗️ The problem today"), t.marked(service.problem)),
        _part(t("🎯 The goal"), t.marked(service.goal)),
        _indicator(t, service),
        *_actions(t, hearing, service),
        i(t("Your answer can be changed until closing.")) if ballot and ballot.taken else None,
    )
    text, page, last = paged([part for part in parts if part is not None], page)
    votes = stance_rows(t, ballot, page=1) if ballot else ()
    paging = turns(
        t,
        presses.ReadService(hearing.id, service.no, page - 1) if page else None,
        presses.ReadService(hearing.id, service.no, page + 1) if page < last else None,
    )
    return Screen(text, (*((paging,) if paging else ()), *votes, *_service_rows(t, hearing, service)))


def _service_rows(t: Translator, hearing: Hearing, service: Service) -> tuple[tuple[Button, ...], ...]:
    numbers = [other.no for other in hearing.dossier.services]
    place = numbers.index(service.no)
    others = []
    if place > 0:
        before = numbers[place - 1]
        others.append(tap(t, t.p("button", "⏮ Service {no}", no=before), presses.ReadService(hearing.id, before)))
    if place + 1 < len(numbers):
        after = numbers[place + 1]
        others.append(tap(t, t.p("button", "Service {no} ⏭", no=after), presses.ReadService(hearing.id, after)))
    comment = presses.WriteAbout(hearing.id, CommentKind.COMMENT, AboutKind.SERVICE, service.no)
    return (
        (tap(t, t.p("button", "💬 Comment on this"), comment),),
        *((tuple(others),) if others else ()),
        (
            tap(t, t.p("button", "⬅️ Back"), presses.ReadStrategy(hearing.id)),
            home(t, hearing.municipality_id),
        ),
    )


def _part(heading: str, body: str) -> Html | None:
    if not body:
        return None
    return lines(e(""), b(heading), fold(e(body)) if len(body) > FOLDED_FROM else e(body))


def _indicator(t: Translator, service: Service) -> Html | None:
    if not service.indicator:
        return None
    change = t(
        "now {baseline}, target {target}", baseline=t.text(service.baseline).words, target=t.text(service.target).words
    )
    by = t("by {when}", when=t.text(service.target_date).words) if service.target_date else ""
    return lines(e(""), b(t("📏 How it is measured")), e(f"{t.text(service.indicator).words}: {change} {by}".strip()))


def _actions(t: Translator, hearing: Hearing, service: Service) -> tuple[Html | None, ...]:
    if not service.actions:
        return ()
    done = [_action(t, hearing, action) for action in service.actions]
    cost = service.cost
    total = t.money(cost, hearing.dossier.unit) if cost is not None else None
    long = sum(map(len, done)) > FOLDED_FROM
    listed = [fold(e("\n".join(some))) if long else e("\n".join(some)) for some in _by_four(done)]
    return (
        lines(e(""), b(t("🛠 What will be done"))),
        *listed,
        e(t("In all: {money}", money=total)) if total else None,
    )


def _by_four(done: list[str]) -> tuple[list[str], ...]:
    return tuple(done[start : start + 4] for start in range(0, len(done), 4))


def _action(t: Translator, hearing: Hearing, action: Action) -> str:
    period = " – ".join(part for part in (action.start, action.end) if part)
    money = t.money(action.amount, hearing.dossier.unit) if action.amount is not None else ""
    details = t.list(
        part for part in (t.text(action.responsible).words, period, money, t.text(action.source).words) if part
    )
    return f"• {t.text(action.title).words}" + (f" ({details})" if details else "")


def budget(t: Translator, hearing: Hearing, draft: Budget, picture: Picture | None) -> Screen:
    """The budget at a glance: the two shares people do not expect, then the sums; the chart says the same.

    Under a picture there is room for 1,024 characters: as many groups are named as fit, the rest stands by line.
    """
    dossier = hearing.dossier
    texts = (_glance(t, dossier, draft, groups) for groups in (8, 6, 4, 3, 2, 1, 0))
    text = next((text for text in texts if units(text) <= CAPTION), b(t("Draft budget")))
    whole = next((q for q in dossier.questions if q.about.kind is AboutKind.BUDGET), None)
    rows = (
        tuple(
            tap(t, t(names.SIDES[side]), presses.ReadBudgetSide(hearing.id, side)) for side in Side if draft.of(side)
        ),
        (tap(t, t.p("button", "🗳 What do you think?"), presses.OpenQuestion(hearing.id, whole.no)),) if whole else (),
        (_comment_on(t, hearing, AboutKind.BUDGET),),
        (back(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, tuple(row for row in rows if row), picture)


def _glance(t: Translator, dossier: Dossier, draft: Budget, groups: int) -> Html:
    year = dossier.fiscal_year
    return lines(
        b(t("Draft budget for {year}", year=year) if year else t("Draft budget")),
        _shares(t, draft),
        e(""),
        *(_side_sum(t, dossier, draft, side, groups) for side in Side),
        _balance(t, dossier, draft),
        *_warnings(t, dossier, draft),
    )


def _comment_on(t: Translator, hearing: Hearing, about: AboutKind, no: int = 0) -> Button:
    press = presses.WriteAbout(hearing.id, CommentKind.COMMENT, about, no)
    return tap(t, t.p("button", "💬 Comment on this"), press)


def _shares(t: Translator, draft: Budget) -> Html:
    grants = draft.grant_share
    largest = draft.groups(Side.EXPENDITURE)[:1]
    total = draft.total(Side.EXPENDITURE)
    return lines(
        e(t("Of every 100 som of revenue, grants are {n}.", n=t.number(round(grants * 100))))
        if grants is not None
        else None,
        _largest(t, *largest[0], total) if largest and total else None,
    )


def _largest(t: Translator, group: str, amount: int, total: int) -> Html:
    part = t.number(round(share(amount, total) * 100))
    return e(t("Of every 100 som spent, {n} go to: {group}.", n=part, group=names.budget_group(t, group)))


def _side_sum(t: Translator, dossier: Dossier, draft: Budget, side: Side, most: int) -> Html | None:
    if not draft.of(side):
        return None
    last = draft.last_total(side)
    now = t.money(draft.total(side), dossier.unit)
    before = i(t("Last year: {money}", money=t.money(last, dossier.unit))) if last is not None else None
    found = draft.groups(side)
    named = [_group(t, dossier, group, amount, draft.total(side)) for group, amount in found[:most]]
    if rest := sum(amount for _, amount in found[most:]):
        named.append(t("• the rest: {money}", money=t.money(rest, dossier.unit)))
    return lines(b(f"{t(names.SIDES[side])}: {now}"), before, e("\n".join(named)))


def _group(t: Translator, dossier: Dossier, group: str, amount: int, total: int) -> str:
    part = t.percent(share(amount, total))
    return f"• {names.budget_group(t, group)}: {t.money(amount, dossier.unit)}, {part}"


def _balance(t: Translator, dossier: Dossier, draft: Budget) -> Html | None:
    difference = draft.total(Side.REVENUE) - draft.total(Side.EXPENDITURE)
    if difference == 0 or not (draft.of(Side.REVENUE) and draft.of(Side.EXPENDITURE)):
        return None
    money = t.money(abs(difference), dossier.unit)
    return e(t("Surplus: {money}", money=money) if difference > 0 else t("Deficit: {money}", money=money))


def _warnings(t: Translator, dossier: Dossier, draft: Budget) -> tuple[Html, ...]:
    return tuple(e(f"⚠️ {names.discrepancy(t, gap, dossier.unit)}") for gap in draft.discrepancies())


def budget_side(t: Translator, hearing: Hearing, draft: Budget, side: Side, page: int) -> Screen:
    """Revenue or expenditure by line, this year against last, a page of it."""
    every = draft.of(side)
    page = max(0, min(page, (len(every) - 1) // LINES_A_PAGE))
    shown = every[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
    text = lines(
        b(f"{t(names.SIDES[side])}: {t.money(draft.total(side), hearing.dossier.unit)}"),
        e(t("This year’s draft; in brackets: last year. Tap a number to open a line.")),
        e(""),
        *(_line_row(t, hearing, line) for line in shown),
        *(
            w
            for w, found in zip(_warnings(t, hearing.dossier, draft), draft.discrepancies(), strict=True)
            if found.side is side
        ),
    )
    rows = in_rows((tap(t, str(line.no), presses.ReadBudgetLine(hearing.id, line.no)) for line in shown), width=3)
    paging = turns(
        t,
        presses.ReadBudgetSide(hearing.id, side, page - 1) if page else None,
        presses.ReadBudgetSide(hearing.id, side, page + 1) if (page + 1) * LINES_A_PAGE < len(every) else None,
    )
    up = (tap(t, t.p("button", "⬅️ Back"), presses.ReadBudget(hearing.id)), home(t, hearing.municipality_id))
    return Screen(text, (*rows, *((paging,) if paging else ()), up))


def _line_row(t: Translator, hearing: Hearing, line: BudgetLine) -> Html:
    unit = hearing.dossier.unit
    last = f" ({t.money(line.last_year, unit)})" if line.last_year is not None else ""
    return e(f"{line.no}. {t.text(line.title).words}: {t.money(line.amount, unit)}{last}")


def budget_line(t: Translator, hearing: Hearing, draft: Budget, line: BudgetLine) -> Screen:
    """One line with its detail."""
    unit = hearing.dossier.unit
    total = draft.total(line.side)
    text = lines(
        b(t.marked(line.title)),
        e(
            f"{t(names.SIDES[line.side])} · {names.budget_group(t, line.group)}"
            + (f" · {line.code}" if line.code else "")
        ),
        e(""),
        e(t("This year’s draft: {money}", money=t.money(line.amount, unit))),
        e(t("Last year: {money}", money=t.money(line.last_year, unit))) if line.last_year is not None else None,
        e(_change(t, line)) if line.last_year else None,
        e(t("Share of the whole: {share}", share=t.percent(share(line.amount, total)))),
        lines(e(""), fold(e(t.marked(line.note)))) if line.note else None,
    )
    asked = next((q for q in hearing.dossier.questions if q.about == About(AboutKind.LINE, line.no)), None)
    rows = (
        (tap(t, t.p("button", "🗳 What do you think?"), presses.OpenQuestion(hearing.id, asked.no)),) if asked else (),
        (_comment_on(t, hearing, AboutKind.LINE, line.no),),
        (
            tap(t, t.p("button", "⬅️ Back"), presses.ReadBudgetSide(hearing.id, line.side)),
            home(t, hearing.municipality_id),
        ),
    )
    return Screen(text, tuple(row for row in rows if row))


def _change(t: Translator, line: BudgetLine) -> str:
    assert line.last_year
    ratio = (line.amount - line.last_year) / line.last_year
    if ratio == 0:
        return t("No change from last year.")
    return (
        t("More than last year by {share}.", share=t.percent(ratio))
        if ratio > 0
        else t("Less than last year by {share}.", share=t.percent(-ratio))
    )
