"""What the template says beside its cells: how to fill it, a remark for each heading, an example in each sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbook import words
from bot.workbook.sheets import TABLE_SHEETS

if TYPE_CHECKING:
    from bot.i18n import Translator

Examples = dict[str, list[dict[str, str]]]
"""Key of a sheet to its example rows: key of a column to words in the template's language."""


def steps(t: Translator) -> tuple[str, ...]:
    """How to fill the workbook, one paragraph each."""
    names = words.sheets(t)
    return (
        t("Fill the sheet “{hearing}” first; the others only where you need them.", hearing=names["Hearing"]),
        t("Write texts in the column of their language: [ky] Kyrgyz, [ru] Russian, [uz] Uzbek in either script."),
        t("A column of a language that you do not need may stay empty: people then read the nearest language."),
        t("Grey rows that begin with “{mark}” only show how it is done. They are not loaded; you may delete them.",
          mark=words.marks(t)["example"]),
        t("Write amounts in the unit chosen on the sheet “{hearing}”, without words: 1250 or 1250,50.",
          hearing=names["Hearing"]),
        t("A row of the sheet “{budget}” with the group “{total}” carries the declared total of its side.",
          budget=names["Budget"], total=words.groups(t)[words.TOTAL_GROUP]),
        t("More sittings, in other villages or on other days: one row each on the sheet “{sittings}”.",
          sittings=names["Sittings"]),
        t("Without the sheet “{questions}” people are asked about each service, the strategy and the budget.",
          questions=names["Questions"]),
        t("Do not change the headings. Send the saved file (.xlsx) to the bot: it names every mistake with its cell."),
    )  # fmt: skip


def fields(t: Translator) -> words.Labels:
    """An example, or what an empty cell means, for each field."""
    return {
        "title": t("Public hearing on the draft strategy and the budget for 2027"),
        "kind": t("{word}; choose from the list", word=words.kinds(t)["strategy and budget"]),
        "date": "06.12.2026",
        "time": "14:00",
        "minutes": t("120, if empty"),
        "place": t("House of culture"),
        "address": t("Bagysh village, 12 Lenin Street"),
        "latitude": "41.037",
        "longitude": "72.951",
        "online link": t("Only if people can also take part online: https://…"),
        "presenters": t("Head of the ayil okmotu; chair of the working commission"),
        "village": t("Only if the sitting is for one village: its name"),
        "answers open": t("01.12.2026 09:00; from publication, if empty"),
        "answers close": t("06.12.2026 18:00; at the end of the last sitting, if empty"),
        "answers promised": t(
            "20.12.2026: the day until which the commission answers; 14 days after closing, if empty"
        ),
        "results": t("{word}, if empty; choose from the list", word=words.results(t)["after voting"]),
        "fiscal year": "2027",
        "unit": t("{word}, if empty; choose from the list", word=words.units(t)["thousand som"]),
        "legal basis": t("Resolution of the ayil council of 15.11.2026, No. 4"),
    }


def columns(t: Translator) -> words.Labels:
    """Remarks for headings, shown when the mouse points at them; columns that need none have none."""
    return {
        "no": t("1, 2, 3 … People and other sheets refer to this number."),
        "time": t("Local time, e.g. 14:00."),
        "village": t("The village that the sitting is for. Empty: for everybody."),
        "problem": t("What is bad today, with a number: how many kilometres, households, children."),
        "goal": t("What will be better, in one or two sentences."),
        "indicator": t("How everybody will see that it is better."),
        "baseline": t("The indicator today."),
        "target": t("The indicator when it is done."),
        "target date": t("When it is done: a date, a year or a quarter."),
        "service": t("The number of the service on the sheet “{services}”.", services=words.sheets(t)["Services"]),
        "responsible": t("A position, not a person's name."),
        "amount": t("In the unit of the sheet “{hearing}”, only digits.", hearing=words.sheets(t)["Hearing"]),
        "side": t("Choose from the list"),
        "group": t("Choose from the list or write your own."),
        "code": t("The code of the budget classification. Questions can name the line by it."),
        "last year": t("The same line this year, so that people see the change."),
        "about": t("The hearing, the strategy, the budget, “service 1”, “budget line” and its code, “agenda item 1”."),
        "kind": t("How people answer: support or not, one option, several, in order of importance, by sharing coins."),
        "text": t("May stay empty where people only support or reject: the bot then asks in its own words."),
        "options": t("One per line (Alt+Enter), in the same order in every language."),
        "limit": t("Several: at most so many options. Coins: how many there are to share, 100 if empty."),
        "population": t("How many people of the group live here: it shows whom the hearing has not heard."),
    }


def first_cells(t: Translator) -> tuple[str, ...]:
    """What the first cells of example rows say, each behind the mark of an example."""
    first = {sheet.key: sheet.columns[0].key for sheet in TABLE_SHEETS}
    found = (row.get(first[key], "") for key, rows in examples(t).items() for row in rows)
    return tuple(f"{words.marks(t)['example']}: {value}" for value in dict.fromkeys(found) if value)


def examples(t: Translator) -> Examples:
    """Rows that show how it is done."""
    return {
        "Sittings": [_sitting(t)],
        "Agenda": [
            {"no": "1", "time": "14:00", "item": t("Opening of the hearing"), "presenter": t("Head of the ayil okmotu")}
        ],
        "Services": [_service(t)],
        "Actions": [_action(t)],
        "Budget": _budget(t),
        "Questions": _questions(t),
        "Attendance targets": [{"group": t("Women"), "population": "1250"}],
    }


def _sitting(t: Translator) -> dict[str, str]:
    return {
        "village": t.p("village", "Bagysh"),
        "date": "07.12.2026",
        "time": "10:00",
        "minutes": "90",
        "place": t("School"),
        "address": t("Central street"),
    }


def _service(t: Translator) -> dict[str, str]:
    return {
        "no": "1",
        "title": t("Repair of internal roads"),
        "problem": t("18 of 46 km of streets cannot be used after rain."),
        "goal": t("One can drive through every street in any weather."),
        "indicator": t("Kilometres of repaired streets"),
        "baseline": t("28 km"),
        "target": t("46 km"),
        "target date": "31.12.2028",
    }


def _action(t: Translator) -> dict[str, str]:
    return {
        "service": "1",
        "action": t("Gravel on 6 km of streets"),
        "start": "01.04.2027",
        "end": "30.09.2027",
        "responsible": t("Specialist for infrastructure"),
        "amount": "2400",
        "source": t("Local budget"),
    }


def _budget(t: Translator) -> list[dict[str, str]]:
    groups = words.groups(t)
    side = {"side": words.sides(t)["revenue"]}
    line = {"group": groups["own"], "code": "11411100", "line": t("Land tax"), "amount": "1250", "last year": "1100"}
    total = {"group": groups[words.TOTAL_GROUP], "amount": "1250"}
    roads = {"group": groups["704"], "code": "70451", "line": t("Repair of internal roads"), "amount": "2400"}
    return [
        {**side, **line, "note": t("More plots are registered")},
        {**side, **total},
        {"side": words.sides(t)["expenditure"], **roads, "last year": "1900", "service": "1"},
    ]


def _questions(t: Translator) -> list[dict[str, str]]:
    subjects, kinds = words.subjects(t), words.question_kinds(t)
    options = "\n".join((t("Central street"), t("Street to the school"), t("Street to the clinic")))
    text = t("Which streets should be repaired first?")
    return [
        {"no": "1", "about": subjects["budget"], "kind": kinds["stance"]},
        {
            "no": "2",
            "about": subjects["hearing"],
            "kind": kinds["several"],
            "text": text,
            "options": options,
            "limit": "2",
        },
    ]
