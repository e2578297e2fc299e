"""A small municipality and a hearing that asks all five kinds of question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.hearings import AgendaItem, Dossier, HearingKind, Results
from bot.domain.languages import Text
from bot.domain.places import Place, PlaceKind
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""The moment at which tests begin: noon in Bishkek."""
HOUR = timedelta(hours=1)


def words(ky: str, ru: str = "", uz: str = "") -> Text:
    """A text in Kyrgyz, perhaps in Russian and Cyrillic Uzbek."""
    return Text({"ky": ky, "ru": ru, "uz_Cyrl": uz})


def places() -> list[tuple[Place, str]]:
    """One region, two districts, three municipalities; Bagysh has three villages."""

    def place(code: str, kind: PlaceKind, name: Text, parent: str = "") -> tuple[Place, str]:
        return Place(0, code, kind, None, name), parent

    return [
        place("region", PlaceKind.REGION, words("Жалал-Абад облусу", "Джалал-Абадская область")),
        place("suzak", PlaceKind.DISTRICT, words("Сузак району", "Сузакский район"), "region"),
        place("nooken", PlaceKind.DISTRICT, words("Ноокен району", "Ноокенский район"), "region"),
        place("bagysh", PlaceKind.MUNICIPALITY, words("Багыш айыл аймагы", "Багышский аймак", "Боғиш"), "suzak"),
        place("kok-art", PlaceKind.MUNICIPALITY, words("Көк-Арт айыл аймагы", "Кок-Артский аймак"), "suzak"),
        place("shaidan", PlaceKind.MUNICIPALITY, words("Шайдан айыл аймагы", "Шайданский аймак"), "nooken"),
        *(
            place(f"bagysh-{number}", PlaceKind.VILLAGE, words(name), "bagysh")
            for number, name in enumerate(("Багыш", "Сафаровка", "Беш-Бала"), start=1)
        ),
    ]


def dossier(
    *, opens: datetime | None = None, closes: datetime | None = None, results: Results = Results.AFTER_VOTING
) -> Dossier:
    """Open now, closing in three days; seven questions of five kinds."""
    start = opens or NOW - timedelta(hours=1)
    sitting = Sitting(
        NOW + timedelta(days=2),
        place=words("Маданият үйү", "Дом культуры"),
        address=words("Ленин көчөсү, 12"),
        latitude=40.93,
        longitude=72.99,
    )
    return Dossier(
        title=words("2027-жылдын бюджети жана стратегия", "Бюджет и стратегия на 2027 год", "2027 йил бюджети"),
        kind=HearingKind.BOTH,
        sittings=(sitting,),
        opens_at=start,
        closes_at=closes or NOW + timedelta(days=3),
        presenters=words("Асанов А."),
        results=results,
        fiscal_year=2027,
        unit=Unit.THOUSAND,
        agenda=(AgendaItem(1, words("Ачылышы", "Открытие"), "10:00"),),
        services=(_service(1, "Ички жолдорду оңдоо"), _service(2, "Көчөлөрдү жарыктандыруу")),
        budget=_budget(),
        questions=questions(),
    )


def questions() -> tuple[Question, ...]:
    """Stance on each service and the budget, and one of each other kind."""
    options = (words("Жол", "Дорога"), words("Суу", "Вода"), words("Жарык", "Свет"))
    hearing = About(AboutKind.HEARING)
    return (
        Question(1, About(AboutKind.SERVICE, 1), QuestionKind.STANCE),
        Question(2, About(AboutKind.SERVICE, 2), QuestionKind.STANCE),
        Question(3, About(AboutKind.BUDGET), QuestionKind.STANCE),
        Question(4, hearing, QuestionKind.ONE, words("Кайсынысы маанилүү?", "Что важнее?"), options),
        Question(5, hearing, QuestionKind.SEVERAL, words("Экиге чейин тандаңыз"), options, limit=2),
        Question(6, hearing, QuestionKind.RANK, words("Ирети менен"), options),
        Question(7, hearing, QuestionKind.COINS, words("100 тыйынды бөлүштүрүңүз"), options, limit=100),
    )


def _service(no: int, title: str) -> Service:
    return Service(
        no,
        words(title),
        problem=words("Жолдун 12 чакырымы талкаланган", "12 км дорог разбиты"),
        goal=words("Жолду оңдоо"),
        indicator=words("Оңдолгон жол, км"),
        baseline=words("0"),
        target=words("12"),
        target_date=words("2027-12-31"),
        actions=(Action(words("Асфальт төшөө"), "2027-03", "2027-09", words("Айыл өкмөтү"), 150_000_000),),
    )


def _budget() -> Budget:
    return Budget(
        (
            BudgetLine(1, Side.REVENUE, "own", words("Жер салыгы"), 200_000_000, "1131", 180_000_000),
            BudgetLine(2, Side.REVENUE, "grants", words("Теңдештирүүчү грант"), 800_000_000, last_year=750_000_000),
            BudgetLine(3, Side.EXPENDITURE, "709", words("Билим берүү"), 600_000_000, last_year=600_000_000),
            BudgetLine(4, Side.EXPENDITURE, "706", words("Турак жай"), 400_000_000, last_year=330_000_000, service=2),
        ),
        ((Side.REVENUE, 1_010_000_000),),
    )
