"""A dossier as JSON and back. The JSON says which form it has; every older form can be read."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import HearingBotError
from bot.domain.hearings import AgendaItem, Attendance, Dossier, HearingKind, Results
from bot.domain.languages import Text
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting
from storage.columns import EPOCH, MICROSECOND, compact_json

if TYPE_CHECKING:
    from datetime import datetime

Json = dict[str, Any]

DOSSIER_FORM: Final = 1
"""The form that is written now."""


class UnknownForm(HearingBotError):
    """A dossier in a form that this program does not know."""


def dossier_to_json(dossier: Dossier) -> str:
    """The dossier as JSON: money in tyiyn, moments in microseconds since 1970 UTC, texts by language."""
    return compact_json(
        {
            "form": DOSSIER_FORM,
            "title": _text(dossier.title),
            "kind": dossier.kind.value,
            "sittings": [_sitting(sitting) for sitting in dossier.sittings],
            "opens_at": _moment(dossier.opens_at),
            "closes_at": _moment(dossier.closes_at),
            "presenters": _text(dossier.presenters),
            "results": dossier.results.value,
            "fiscal_year": dossier.fiscal_year,
            "unit": dossier.unit.value,
            "legal_basis": _text(dossier.legal_basis),
            "answers_promised": dossier.answers_promised.isoformat() if dossier.answers_promised else None,
            "agenda": [_item(item) for item in dossier.agenda],
            "services": [_service(service) for service in dossier.services],
            "budget": None if dossier.budget is None else _budget(dossier.budget),
            "questions": [_question(question) for question in dossier.questions],
            "attendance": [[target.group, target.population] for target in dossier.attendance],
        }
    )


def dossier_from_json(body: str) -> Dossier:
    """The dossier in the JSON. Raises UnknownForm."""
    form: Json = json.loads(body)
    if form.get("form") != DOSSIER_FORM:
        raise UnknownForm(f"a dossier of form {form.get('form')}, this program reads {DOSSIER_FORM}")
    return Dossier(
        title=Text(form["title"]),
        kind=HearingKind(form["kind"]),
        sittings=tuple(_read_sitting(sitting, no) for no, sitting in enumerate(form["sittings"], start=1)),
        opens_at=_read_moment(form["opens_at"]),
        closes_at=_read_moment(form["closes_at"]),
        presenters=Text(form["presenters"]),
        results=Results(form["results"]),
        fiscal_year=form["fiscal_year"],
        unit=Unit(form["unit"]),
        legal_basis=Text(form["legal_basis"]),
        answers_promised=date.fromisoformat(promised) if (promised := form.get("answers_promised")) else None,
        agenda=tuple(_read_item(item) for item in form["agenda"]),
        services=tuple(_read_service(service) for service in form["services"]),
        budget=None if form["budget"] is None else _read_budget(form["budget"]),
        questions=tuple(_read_question(question) for question in form["questions"]),
        attendance=tuple(Attendance(group, population) for group, population in form["attendance"]),
    )


def _text(text: Text) -> dict[str, str]:
    return dict(text.by_language)


def _moment(at: datetime) -> int:
    return (at - EPOCH) // MICROSECOND


def _read_moment(number: int) -> datetime:
    return EPOCH + number * MICROSECOND


def _sitting(sitting: Sitting) -> Json:
    return {
        "starts_at": _moment(sitting.starts_at),
        "minutes": sitting.minutes,
        "place": _text(sitting.place),
        "address": _text(sitting.address),
        "latitude": sitting.latitude,
        "longitude": sitting.longitude,
        "online_link": sitting.online_link,
        "village": sitting.village,
        "no": sitting.no,
        "setback": _setback(sitting.setback),
    }


def _read_sitting(form: Json, position: int) -> Sitting:
    """Sittings that were stored before they had numbers have those of their positions."""
    return Sitting(
        starts_at=_read_moment(form["starts_at"]),
        minutes=form["minutes"],
        place=Text(form["place"]),
        address=Text(form["address"]),
        latitude=form["latitude"],
        longitude=form["longitude"],
        online_link=form["online_link"],
        village=form.get("village", 0),
        no=form.get("no", position),
        setback=_read_setback(form.get("setback")),
    )


def _setback(setback: Setback | None) -> Json | None:
    if setback is None:
        return None
    was = None if setback.was is None else _moment(setback.was)
    return {"why": setback.why.value, "words": setback.words, "was": was}


def _read_setback(form: Json | None) -> Setback | None:
    if form is None:
        return None
    was = None if form["was"] is None else _read_moment(form["was"])
    return Setback(SetbackReason(form["why"]), form["words"], was)


def _item(item: AgendaItem) -> Json:
    return {"no": item.no, "item": _text(item.item), "time": item.time, "presenter": _text(item.presenter)}


def _read_item(form: Json) -> AgendaItem:
    return AgendaItem(form["no"], Text(form["item"]), time=form["time"], presenter=Text(form["presenter"]))


_SERVICE_TEXTS: Final = ("title", "problem", "goal", "indicator", "baseline", "target", "target_date")


def _service(service: Service) -> Json:
    texts = {name: _text(getattr(service, name)) for name in _SERVICE_TEXTS}
    return {"no": service.no, **texts, "actions": [_action(action) for action in service.actions]}


def _read_service(form: Json) -> Service:
    texts = {name: Text(form[name]) for name in _SERVICE_TEXTS}
    return Service(no=form["no"], **texts, actions=tuple(_read_action(action) for action in form["actions"]))


def _action(action: Action) -> Json:
    return {
        "title": _text(action.title),
        "start": action.start,
        "end": action.end,
        "responsible": _text(action.responsible),
        "amount": action.amount,
        "source": _text(action.source),
    }


def _read_action(form: Json) -> Action:
    return Action(
        title=Text(form["title"]),
        start=form["start"],
        end=form["end"],
        responsible=Text(form["responsible"]),
        amount=form["amount"],
        source=Text(form["source"]),
    )


def _budget(budget: Budget) -> Json:
    return {
        "lines": [_line(line) for line in budget.lines],
        "declared": [[side.value, amount] for side, amount in budget.declared],
    }


def _read_budget(form: Json) -> Budget:
    return Budget(
        lines=tuple(_read_line(line) for line in form["lines"]),
        declared=tuple((Side(side), amount) for side, amount in form["declared"]),
    )


def _line(line: BudgetLine) -> Json:
    return {
        "no": line.no,
        "side": line.side.value,
        "group": line.group,
        "title": _text(line.title),
        "amount": line.amount,
        "code": line.code,
        "last_year": line.last_year,
        "note": _text(line.note),
        "service": line.service,
    }


def _read_line(form: Json) -> BudgetLine:
    return BudgetLine(
        no=form["no"],
        side=Side(form["side"]),
        group=form["group"],
        title=Text(form["title"]),
        amount=form["amount"],
        code=form["code"],
        last_year=form["last_year"],
        note=Text(form["note"]),
        service=form.get("service", 0),
    )


def _question(question: Question) -> Json:
    return {
        "no": question.no,
        "about": [question.about.kind.value, question.about.no],
        "kind": question.kind.value,
        "text": _text(question.text),
        "options": [_text(option) for option in question.options],
        "limit": question.limit,
        "edition": question.edition,
    }


def _read_question(form: Json) -> Question:
    kind, no = form["about"]
    return Question(
        no=form["no"],
        about=About(AboutKind(kind), no),
        kind=QuestionKind(form["kind"]),
        text=Text(form["text"]),
        options=tuple(Text(option) for option in form["options"]),
        limit=form["limit"],
        edition=form.get("edition", 1),
    )
