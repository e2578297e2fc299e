"""A hearing as a municipality might hold it, its record and comments, without a database. Figures are illustrative."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.domain.comments import Channel, Comment, CommentKind, Decision, HidingRule, Outcome, Visibility
from bot.domain.figures import HearingCounts, HearingFigures
from bot.domain.hearings import AgendaItem, Attendance, Dossier, Hearing, HearingKind, Phase
from bot.domain.languages import Text
from bot.domain.media import Media, MediaKind
from bot.domain.numbers import CommentCounts, Participation
from bot.domain.opinion_groups import OpinionGroup, OpinionGroups
from bot.domain.parts import Part
from bot.domain.people import AgeBand, Demographics, Gender
from bot.domain.places import Place, PlaceKind
from bot.domain.programme import Budget, BudgetLine, DraftPoint, Service, Side, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.resolutions import Resolution
from bot.domain.shown_groups import ShownGroups
from bot.domain.sittings import Sitting
from bot.domain.suppression import GroupSizes
from bot.domain.tallies import Count, Tally
from bot.reports.beside import Beside
from bot.reports.opinion_view import OpinionView
from bot.reports.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NOW = datetime(2026, 12, 6, 11, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Bishkek")


def text(ky: str, ru: str = "", uz: str = "", en: str = "") -> Text:
    """Words in some languages; Uzbek in Cyrillic."""
    return Text({"ky": ky, "ru": ru, "uz_Cyrl": uz, "en": en})


MUNICIPALITY = Place(
    id=10,
    code="bagysh",
    kind=PlaceKind.MUNICIPALITY,
    parent_id=2,
    name=text("Багыш айыл аймагы", "Багышский айылный аймак", "Боғиш айил аймағи", "Bagysh ayil aimak"),
    timezone="Asia/Bishkek",
    population=11_200,
    women=5_600,
)
VILLAGES = tuple(
    Place(id=20 + no, code=f"bagysh-{no}", kind=PlaceKind.VILLAGE, parent_id=10, name=text(name), population=people)
    for no, (name, people) in enumerate(
        (("Октябрьское", 4100), ("Багыш", 2900), ("Беш-Бала", 1300), ("Кедей-Арык", 1250), ("Сары-Булак", 690))
    )
)
SERVICES = (
    Service(1, text("Ички жолдорду оңдоону уюштуруу", "Организация ремонта внутренних дорог")),
    Service(2, text("Көчөлөрдү жарыктандырууну уюштуруу", "Организация уличного освещения")),
)
_LINES = (
    (Side.REVENUE, "own", "Жер салыгы", "Земельный налог", 3_240_000, 2_950_000),
    (Side.REVENUE, "own", "Мүлк салыгы", "Налог на имущество", 1_180_000, 1_020_000),
    (Side.REVENUE, "shared", "Киреше салыгы", "Подоходный налог", 4_610_000, 4_300_000),
    (Side.REVENUE, "special", "Атайын каражаттар", "Специальные средства", 640_000, 710_000),
    (Side.REVENUE, "grants", "Теңдештирүүчү грант", "Выравнивающий грант", 8_950_000, 9_400_000),
    (Side.EXPENDITURE, "701", "Айыл өкмөтүнүн аппараты", "Аппарат айыл окмоту", 6_120_000, 5_900_000),
    (Side.EXPENDITURE, "704", "Ички жолдорду оңдоо", "Ремонт внутренних дорог", 2_900_000, 1_400_000),
    (Side.EXPENDITURE, "706", "Көчөлөрдү жарыктандыруу", "Уличное освещение", 1_750_000, 1_650_000),
    (Side.EXPENDITURE, "706", "Таза суу менен камсыздоо", "Обеспечение чистой водой", 2_300_000, 2_450_000),
    (Side.EXPENDITURE, "708", "Маданият үйү", "Дом культуры", 1_900_000, 1_870_000),
    (Side.EXPENDITURE, "709", "Мектепке чейинки билим берүү", "Дошкольное образование", 3_650_000, 3_510_000),
)
BUDGET = Budget(
    lines=tuple(
        BudgetLine(no, side, group, text(ky, ru), amount * 100, last_year=last * 100)
        for no, (side, group, ky, ru, amount, last) in enumerate(_LINES, start=1)
    ),
    declared=((Side.REVENUE, 18_620_000_00), (Side.EXPENDITURE, 18_720_000_00)),
)
QUESTIONS = (
    Question(1, About(AboutKind.SERVICE, 1), QuestionKind.STANCE),
    Question(2, About(AboutKind.BUDGET), QuestionKind.STANCE),
    Question(
        3,
        About(AboutKind.HEARING),
        QuestionKind.RANK,
        text("Кайсы кызмат биринчи керек?", "Какая услуга нужна в первую очередь?"),
        (text("Жолдор", "Дороги"), text("Жарык", "Освещение"), text("Таза суу", "Чистая вода")),
    ),
    Question(
        4,
        About(AboutKind.BUDGET),
        QuestionKind.COINS,
        text("100 тыйынды кантип бөлөт элеңиз?", "Как бы вы разделили 100 монет?"),
        (text("Жолдор", "Дороги"), text("Мектеп", "Школа")),
    ),
)
DOSSIER = Dossier(
    title=text(
        "Кызмат көрсөтүүлөрдү уюштуруу стратегиясынын жана 2027-жылдын бюджетинин долбоору",
        "Проект стратегии организации услуг и бюджета на 2027 год",
        "Хизмат кўрсатишни ташкил этиш стратегияси ва 2027 йил бюджети лойиҳаси",
        "Draft service strategy and budget for 2027",
    ),
    kind=HearingKind.BOTH,
    sittings=(Sitting(datetime(2026, 12, 6, 8, 0, tzinfo=UTC), place=text("Маданият үйү", "Дом культуры")),),
    opens_at=datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
    closes_at=datetime(2026, 12, 6, 11, 0, tzinfo=UTC),
    presenters=text("Айыл өкмөтүнүн башчысы А. Токтосунов"),
    fiscal_year=2027,
    unit=Unit.THOUSAND,
    agenda=(AgendaItem(1, text("Бюджеттин долбоору", "Проект бюджета")),),
    services=SERVICES,
    budget=BUDGET,
    questions=QUESTIONS,
    attendance=(Attendance("Аялдар", 5_650), Attendance("18-28", 2_240), Attendance("Беш-Бала", 1_310)),
)
HEARING = Hearing(
    id=1,
    code="BAG-27",
    municipality_id=10,
    phase=Phase.CLOSED,
    version=1,
    dossier=DOSSIER,
    all_entered_at=DOSSIER.closes_at,
)
GROUPS = {
    Demographics(20, Gender.FEMALE, AgeBand.TO_44): 21,
    Demographics(20, Gender.MALE, AgeBand.TO_59): 17,
    Demographics(21, Gender.FEMALE, AgeBand.FROM_60): 9,
    Demographics(21, Gender.MALE, AgeBand.TO_28): 2,
    Demographics(22, Gender.MALE, AgeBand.TO_28): 3,
    Demographics(): 6,
}
TALLIES = {
    (1, Channel.TELEGRAM): Tally(52, {1: Count(44, 44), 2: Count(3, 3), 3: Count(5, 5)}),
    (1, Channel.HALL): Tally(85, {1: Count(80, 80), 2: Count(5, 5)}),
    (2, Channel.TELEGRAM): Tally(41, {1: Count(25, 25), 2: Count(12, 12), 3: Count(4, 4)}),
    (3, Channel.TELEGRAM): Tally(30, {1: Count(30, 75), 2: Count(28, 56), 3: Count(20, 32)}),
    (4, Channel.TELEGRAM): Tally(20, {1: Count(20, 1300), 2: Count(14, 700)}),
}


def counted(comments: Sequence[Comment]) -> CommentCounts:
    """What the store would count."""
    standing = [comment for comment in comments if not comment.withdrawn_at]
    return CommentCounts(
        by_kind=Counter(comment.kind for comment in standing),
        by_channel=Counter(comment.channel for comment in standing),
        waiting=sum(comment.visibility is Visibility.WAITING for comment in standing),
        hidden=sum(comment.visibility is Visibility.HIDDEN for comment in standing),
        undecided=sum(comment.decision is None for comment in standing),
        withdrawn=len(comments) - len(standing),
    )


def record(
    hearing: Hearing = HEARING,
    *,
    groups: Mapping[Demographics, int] = MappingProxyType(GROUPS),
    comments: Sequence[Comment] = (),
    outage: tuple[datetime, datetime] | None = None,
) -> Record:
    """The record of the sample hearing."""
    taken = hearing.takes_answers(NOW)
    sizes = GroupSizes.of(Participation(groups), (village.id for village in VILLAGES), taken=taken)
    return Record(
        hearing=hearing,
        municipality=MUNICIPALITY,
        villages=VILLAGES,
        zone=ZONE,
        as_of=NOW,
        participation=Participation(groups),
        comments=counted(comments),
        tallies=TALLIES,
        outage=outage,
        sizes=sizes,
        safe=ShownGroups.of(Participation(groups), sizes),
    )


def comment(number: int, words: str, *media: Media, **changes: object) -> Comment:
    """A comment of the sample hearing; its first part has the words and the first recording."""
    made = Comment(
        id=number,
        hearing_id=1,
        number=number,
        author_id=100 + number,
        kind=CommentKind.PROPOSAL,
        about=About(AboutKind.SERVICE, 1),
        parts=(
            Part(words, media[0] if media else None),
            *(Part("", each, place) for place, each in enumerate(media[1:], 1)),
        ),
        language="ky",
        channel=Channel.TELEGRAM,
        visibility=Visibility.PUBLISHED,
        created_at=NOW - timedelta(days=3, minutes=number),
        demographics=Demographics(20, Gender.FEMALE, AgeBand.TO_44),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def several(number: int) -> Comment:
    """A comment of three messages."""
    photo = Media(MediaKind.PHOTO, "f", "u")
    parts = (Part("бир", photo), Part("", photo, 1), Part("эки", Media(MediaKind.VOICE, "v", "w", 4), 2))
    return comment(number, "", parts=parts)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+79001234567",
    "-2+3",
    "\t=1+1",
    "\u202eгнидоп\u202c и справа налево \u2066=1\u2069",
    "нуль\x00, звонок\x07, исход\x1b[31m и \x9b",
    "http://example.org/?a=b&c=<d>",
    "<r><t>не разметка</t></r>",
    "_x0041_ и {0.__class__}",
    '\ufeff\u200b=HYPERLINK("http://example.org")',
    "😀" * 4096,
    "0123",
)
COMMENTS = (
    comment(1, "Жаңы көчөгө чырак коюп берсеңиздер, кечинде балдар мектептен караңгыда кайтышат.", support=14),
    comment(
        2,
        "Почему на дороги в этом году вдвое больше? Прошу показать смету.\n\n1. Какие улицы?\n2. Кто подрядчик?",
        kind=CommentKind.QUESTION,
        language="ru",
        about=About(AboutKind.LINE, 7),
    ),
    comment(3, "", Media(MediaKind.VOICE, "f", "u", 23), visibility=Visibility.WAITING, demographics=Demographics()),
    comment(4, "Сув қувури эскирган, таъмирлаш керак.", Media(MediaKind.PHOTO, "f", "u"), language="uz_Cyrl"),
    comment(5, "Коңшум Т. телефону 0555…", visibility=Visibility.HIDDEN, hiding_rule=HidingRule.PERSONAL_DATA),
    comment(6, "Кайтарып алынган текст", withdrawn_at=NOW),
    comment(
        7,
        "Бюджет долбоорун колдойм.",
        about=About(AboutKind.BUDGET),
        demographics=Demographics(22, Gender.MALE, AgeBand.TO_28),
    ),
    comment(8, "Залда айтылды: жайытка жол керек.", channel=Channel.HALL, about=About(AboutKind.AGENDA, 1)),
)


KEPT = Decision(
    Outcome.ACCEPTED,
    "2027-жылы курулат",
    "Айыл өкмөтү",
    NOW.date(),
    NOW,
    NOW,
    changes=DraftPoint(service=1),
    done_on=NOW.date(),
)
"""A decision of which everything is known: it was kept."""
RESOLUTION = Resolution(1, "12/3", NOW.date(), "Бюджет кабыл алынды", NOW)
OPINION = OpinionView(
    OpinionGroups((OpinionGroup(12, (1,)), OpinionGroup(7, (4, 8))), (2,)), {each.id: each for each in COMMENTS}
)
"""Two groups of opinion among the people of the sample hearing."""
FORMER = replace(HEARING, id=2, dossier=replace(DOSSIER, closes_at=DOSSIER.closes_at - timedelta(days=365)))
BESIDE = Beside(
    OPINION,
    HearingFigures(HEARING, HearingCounts(people=58, present=85, comments=7, decided=0, support=14)),
    HearingFigures(FORMER, HearingCounts(people=3, present=60, comments=4, decided=3, support=2)),
)
"""The same, and a hearing a year before of three people."""
