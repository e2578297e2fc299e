"""What is filled in is read back as the very same hearing, in whatever language the workbook is labelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hearings import AgendaItem, Attendance, Dossier, HearingKind, Results
from bot.domain.languages import EN, KY, LANGUAGES, RU, UZ, UZ_CYRL, Text
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit, group_of
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting, numbered
from bot.i18n import Catalogues
from bot.workbook.filling import fill
from bot.workbook.reader import read
from tests.scale import examples
from tests.workbook.crafting import VILLAGES

SHIPPED = Catalogues.load()
START = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)

_KYRGYZ = st.text(st.sampled_from("абвгӨөүң -.,0123456789=+'\"<&_xX\n"), min_size=1, max_size=40)
_LATIN = st.text(st.sampled_from("abcoʻgʻ "), min_size=1, max_size=20)


def _stripped(text: str) -> str:
    return text.strip() or "а"


words = st.builds(
    Text,
    st.fixed_dictionaries(
        {KY: _KYRGYZ.map(_stripped)},
        optional={RU: _KYRGYZ.map(_stripped), UZ_CYRL: _KYRGYZ.map(_stripped), UZ: _LATIN, EN: _LATIN}
        | {UZ: _LATIN.map(_stripped), EN: _LATIN.map(_stripped)},
    ),
)
maybe = st.one_of(st.just(Text()), words)
plain = st.text(st.sampled_from("абв0123456789.="), max_size=12)
money = st.integers(0, 10**14)
sitting = st.builds(
    Sitting,
    starts_at=st.integers(0, 10**6).map(lambda minutes: START + timedelta(minutes=minutes)),
    minutes=st.integers(5, 1440),
    place=words,
    address=maybe,
    online_link=st.sampled_from(["", "https://example.org/j/1?pwd=a&b=c"]),
    village=st.sampled_from((0, *(village.id for village in VILLAGES))),
)
action = st.builds(Action, words, start=plain, end=plain, responsible=maybe, amount=st.none() | money, source=maybe)
group = st.sampled_from(["own", "grants", "706", "710", "", "Башка"])


@st.composite
def services(draw: st.DrawFn) -> tuple[Service, ...]:
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    return tuple(
        Service(no, draw(words), draw(maybe), draw(maybe), actions=tuple(draw(st.lists(action, max_size=2))))
        for no in sorted(numbers)
    )


@st.composite
def line(draw: st.DrawFn, no: int, side: Side, service: st.SearchStrategy[int]) -> BudgetLine:
    """With the group that its code says, as every line has that was read."""
    code = draw(plain)
    return BudgetLine(
        *(no, side, group_of(side, draw(group), code), draw(words), draw(money), code),
        *(draw(st.none() | money), draw(maybe), draw(service)),
    )


@st.composite
def budgets(draw: st.DrawFn, heard: tuple[Service, ...]) -> Budget:
    service = st.sampled_from((0, *(one.no for one in heard)))
    sides = draw(st.lists(st.sampled_from(Side), min_size=1, max_size=4))
    lines = tuple(draw(line(no, side, service)) for no, side in enumerate(sides, start=1))
    declared = draw(st.lists(st.sampled_from(Side), unique=True, max_size=2))
    return Budget(lines, tuple((side, draw(money)) for side in declared))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    sittings = draw(st.lists(sitting, min_size=1, max_size=3, unique_by=lambda one: one.starts_at))
    heard = draw(services())
    budget = draw(st.none() | budgets(heard))
    abouts = [About(), *(About(AboutKind.SERVICE, one.no) for one in heard)]
    abouts += [About(AboutKind.BUDGET), About(AboutKind.LINE, len(budget.lines))] if budget else []
    options = draw(st.lists(words.map(_one_line), min_size=2, max_size=4, unique=True))
    kinds = draw(st.lists(st.sampled_from(QuestionKind), min_size=1, max_size=4))
    return Dossier(
        title=draw(words),
        kind=draw(st.sampled_from(HearingKind)),
        sittings=numbered(sittings),
        opens_at=START - timedelta(days=3),
        closes_at=START + timedelta(seconds=draw(st.integers(0, 10**6))),
        presenters=draw(maybe),
        results=draw(st.sampled_from(Results)),
        fiscal_year=draw(st.none() | st.integers(2000, 2100)),
        unit=draw(st.sampled_from(Unit)),
        legal_basis=draw(maybe),
        agenda=tuple(AgendaItem(no, draw(words), draw(plain), draw(maybe)) for no in range(1, draw(st.integers(1, 3)))),
        services=heard,
        budget=budget,
        questions=tuple(
            _question(no, kind, draw(st.sampled_from(abouts)), options) for no, kind in enumerate(kinds, 1)
        ),
        attendance=(Attendance("Аялдар", draw(st.integers(0, 10**6))),),
        answers_promised=draw(st.none() | st.dates(date(2027, 4, 1), date(2028, 3, 1))),
    )


def _one_line(text: Text) -> Text:
    return Text({code: " ".join(kept.split()).strip("-= ") or "а" for code, kept in text.by_language.items()})


def _question(no: int, kind: QuestionKind, about: About, options: list[Text]) -> Question:
    if kind is QuestionKind.STANCE:
        return Question(no, about, kind)
    limit = {QuestionKind.SEVERAL: 2, QuestionKind.COINS: 1000}.get(kind, 0)
    return Question(no, about, kind, Text({KY: "Суроо?"}), tuple(options), limit)


def _round(dossier: Dossier, language: str, zone: str = "Asia/Bishkek") -> Dossier | None:
    content = fill(dossier, SHIPPED[language], municipality_timezone=zone, villages=VILLAGES)
    found = read(
        content, catalogues=SHIPPED, municipality_timezone=zone, now=START - timedelta(days=30), villages=VILLAGES
    )
    assert found.errors == ()
    return found.dossier


@settings(max_examples=examples(60))
@given(dossiers(), st.sampled_from(LANGUAGES), st.sampled_from(["Asia/Bishkek", "Asia/Kolkata", "America/New_York"]))
def test_what_is_filled_in_is_read_back_the_same(dossier: Dossier, language: str, zone: str) -> None:
    assert _round(dossier, language, zone) == dossier


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "https://example.org", "mailto:a@example.org", "'", "12.50"])
def test_words_that_look_like_something_else_stay_words(text: str) -> None:
    one = Dossier(
        title=Text({KY: text}),
        kind=HearingKind.OTHER,
        sittings=(Sitting(START, place=Text({KY: text})),),
        opens_at=START - timedelta(days=1),
        closes_at=START,
    )
    assert _round(one, KY) == one


def test_a_hearing_without_questions_asks_for_a_stance_on_everything() -> None:
    one = Dossier(
        title=Text({KY: "Угуу"}),
        kind=HearingKind.BOTH,
        sittings=(Sitting(START, place=Text({KY: "Мектеп"})),),
        opens_at=START - timedelta(days=1),
        closes_at=START,
        services=(Service(1, Text({KY: "Жол"})), Service(2, Text({KY: "Суу"}))),
        budget=Budget((BudgetLine(1, Side.REVENUE, "own", Text({KY: "Салык"}), 100),)),
    )
    asked = [
        About(AboutKind.SERVICE, 1),
        About(AboutKind.SERVICE, 2),
        About(AboutKind.STRATEGY),
        About(AboutKind.BUDGET),
    ]
    questions = tuple(Question(no, about, QuestionKind.STANCE) for no, about in enumerate(asked, start=1))
    assert _round(one, RU) == replace(one, questions=questions)
