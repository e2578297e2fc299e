"""One municipality's sample hearing, put together from the texts and figures of ``sample.json``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.domain.hearings import AgendaItem, Attendance, Dossier, HearingKind, Results
from bot.domain.languages import KY, RU, UZ_CYRL, Text
from bot.domain.programme import TYIYN, Action, Budget, BudgetLine, Service, Side, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_THOUSAND_SOM: Final = 1000 * TYIYN
_SITTING_MINUTES: Final = 120
_DISTRICT_CENTRES: Final = {"Bazar-Korgon District": (41.0367, 72.7458), "Suzak District": (40.8987, 72.9047)}
"""The map shows the centre of the district: the venues are made up."""


def dossier(
    entry: Mapping[str, Any], sample: Mapping[str, Any], *, starts: datetime, opens: datetime | None, timezone: str
) -> Dossier:
    """The hearing of a municipality by its ``entry`` in ``pilot.json`` and the texts and figures of ``sample.json``.

    A municipality with many villages has a second sitting on the next day.
    """
    hearing = _SampleHearing(entry, sample, starts.astimezone(ZoneInfo(timezone)))
    sittings = hearing.sittings()
    services = hearing.services()
    return Dossier(
        title=hearing.text(sample["title"]),
        kind=HearingKind.BOTH,
        sittings=sittings,
        opens_at=opens or starts - timedelta(days=7),
        closes_at=sittings[-1].starts_at + timedelta(minutes=_SITTING_MINUTES),
        presenters=hearing.text(sample["presenters"]),
        results=Results.AFTER_VOTING,
        fiscal_year=hearing.year,
        unit=Unit.THOUSAND,
        legal_basis=hearing.text(sample["legal_basis"]),
        agenda=hearing.agenda(),
        services=services,
        budget=hearing.budget(services),
        questions=() if entry["code"] in sample["default_questions"] else hearing.questions(services),
        attendance=hearing.attendance(),
    )


@dataclass(frozen=True)
class _SampleHearing:
    """One municipality's hearing: ``entry`` of ``pilot.json``, ``sample`` the content of ``sample.json``."""

    entry: Mapping[str, Any]
    sample: Mapping[str, Any]
    starts: datetime
    """The start of the first sitting, in the local zone."""

    @property
    def year(self) -> int:
        """The fiscal year the hearing is about."""
        return self.starts.year + 1

    @property
    def own(self) -> Mapping[str, Any]:
        """The municipality's figures."""
        figures: Mapping[str, Any] = self.sample["municipalities"][self.entry["code"]]
        return figures

    def text(self, words: Mapping[str, str], **figures: object) -> Text:
        """The words in the three languages with figures put in."""
        values = {"year": self.year, "until": self.year + 1, **figures}
        return Text({code: words[code].format(**values) for code in (KY, RU, UZ_CYRL)})

    def sittings(self) -> tuple[Sitting, ...]:
        latitude, longitude = _DISTRICT_CENTRES[self.entry["district"]["en"]]
        villages = self.sample["villages_ky"]
        second = self.own.get("second")
        return tuple(
            Sitting(
                starts_at=self.starts + timedelta(days=day),
                minutes=_SITTING_MINUTES,
                place=self.text(self.sample["places"][day]),
                address=self.text(self.sample["addresses"][day], ru=second, ky=villages.get(second)),
                latitude=latitude,
                longitude=longitude,
                no=day + 1,
            )
            for day in range(2 if second else 1)
        )

    def agenda(self) -> tuple[AgendaItem, ...]:
        return tuple(
            AgendaItem(
                no,
                self.text(item["item"]),
                f"{self.starts + timedelta(minutes=item['after']):%H:%M}",
                self.text(item["presenter"]),
            )
            for no, item in enumerate(self.sample["agenda"], start=1)
        )

    def services(self) -> tuple[Service, ...]:
        return tuple(self._service(no, named) for no, named in enumerate(self.entry["services"], start=1))

    def _service(self, no: int, named: Mapping[str, str]) -> Service:
        words, figures = self.sample["kinds"][named["kind"]], self.own["kinds"][named["kind"]]
        return Service(
            no=no,
            title=Text({code: named[code] for code in (KY, RU, UZ_CYRL)}),
            problem=self.text(words["problem"], **figures),
            goal=self.text(words["goal"]),
            indicator=self.text(words["indicator"]),
            baseline=self.text(words["baseline"], **figures),
            target=self.text(words["target"], **figures),
            target_date=self.text(self.sample["until"]),
            actions=tuple(self._action(action, figures) for action in words["actions"]),
        )

    def _action(self, action: Mapping[str, Any], figures: Mapping[str, int]) -> Action:
        return Action(
            title=self.text(action["title"], **figures),
            start=f"{action['from']:02}.{self.year}",
            end=f"{action['to']:02}.{self.year}",
            responsible=self.text(self.sample["responsible"][action["by"]]),
            amount=figures["cost"] * action["percent"] * _THOUSAND_SOM // 100,
            source=self.text(self.sample["sources"][action["source"]]),
        )

    def budget(self, services: tuple[Service, ...]) -> Budget:
        """Balanced: the equalisation grant covers what own revenue does not; some declare a total that is off."""
        spending = [*self._lines(self.sample["expenditure"], Side.EXPENDITURE), *self._service_lines(services)]
        income = list(self._lines(self.sample["revenue"], Side.REVENUE))
        shared = self._from(services, "share")
        gap = sum(line.amount for line in spending) - sum(line.amount for line in income) - shared
        for key, amount in (("share", shared), ("equal", gap)):
            income.append(self._line({**self.sample["grants"][key], "group": "grants"}, Side.REVENUE, amount))
        lines = tuple(_numbered([*income, *spending], self.text(self.sample["note"])))
        budget = Budget(lines)
        return Budget(lines, tuple((side, budget.total(side) + self._off(side)) for side in Side))

    def _off(self, side: Side) -> int:
        return int(self.own["off"]) * _THOUSAND_SOM if self.own.get("side") == side else 0

    def _lines(self, lines: Iterable[Mapping[str, Any]], side: Side) -> Iterable[BudgetLine]:
        for number, line in enumerate(lines, start=1):
            yield self._line(line, side, (line["share"] * self.own["size"] + 13 * number) * _THOUSAND_SOM)

    def _line(self, line: Mapping[str, Any], side: Side, amount: int) -> BudgetLine:
        last = amount * line["last"] // (100 * _THOUSAND_SOM) * _THOUSAND_SOM
        return BudgetLine(0, side, line["group"], self.text(line["line"]), amount, line["code"], last)

    def _service_lines(self, services: tuple[Service, ...]) -> Iterable[BudgetLine]:
        for service, named in zip(services, self.entry["services"], strict=True):
            words = self.sample["kinds"][named["kind"]]
            amount = self._from((service,), "local") + self._from((service,), "share")
            line = {**words, "group": words["function"], "code": f"{words['function']}9{service.no}", "last": 62}
            yield replace(self._line(line, Side.EXPENDITURE, amount), service=service.no)

    def _from(self, services: tuple[Service, ...], source: str) -> int:
        wanted = self.text(self.sample["sources"][source])
        return sum(action.amount or 0 for one in services for action in one.actions if action.source == wanted)

    def questions(self, services: tuple[Service, ...]) -> tuple[Question, ...]:
        """A stance on everything, then one of each other kind."""
        words = self.sample["questions"]
        about = [About(AboutKind.SERVICE, service.no) for service in services] + [About(AboutKind.BUDGET)]
        asked = [Question(no, subject, QuestionKind.STANCE) for no, subject in enumerate(about, start=1)]
        also = self.text(words["several"]["also"])
        first = (*(action.title for action in services[0].actions), also)
        when = tuple(self.text(option) for option in words["one"]["options"])
        rest = (
            (about[0], QuestionKind.SEVERAL, "several", first, 2),
            (About(AboutKind.STRATEGY), QuestionKind.RANK, "rank", self._names(), 0),
            (About(AboutKind.BUDGET), QuestionKind.COINS, "coins", self._names(), 100),
            (About(), QuestionKind.ONE, "one", when, 0),
        )
        for subject, kind, key, options, limit in rest:
            asked.append(Question(len(asked) + 1, subject, kind, self.text(words[key]["text"]), options, limit))
        return tuple(asked)

    def _names(self) -> tuple[Text, ...]:
        """Four services by their short names, the municipality's own first."""
        own = [named["kind"] for named in self.entry["services"]]
        others = [kind for kind in self.sample["kinds"] if kind not in own]
        return tuple(self.text(self.sample["kinds"][kind]["short"]) for kind in (*own, *others)[:4])

    def attendance(self) -> tuple[Attendance, ...]:
        people = self.own["people"]
        return tuple(Attendance(group, people * share // 100) for group, share in self.sample["attendance"].items())


def _numbered(lines: list[BudgetLine], note: Text) -> Iterable[BudgetLine]:
    """The lines in order; the first of each side says that the figures are illustrative."""
    noted: set[Side] = set()
    for no, line in enumerate(lines, start=1):
        remark = Text() if line.side in noted else note
        noted.add(line.side)
        yield replace(line, no=no, note=remark)
