"""The sections of the full report and its annexes, each as headings, facts, bars and tables for the template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.opinion_groups import OpinionGroups
from bot.domain.programme import Side
from bot.domain.questions import QuestionKind
from bot.domain.suppression import tally_of
from bot.i18n import answers, names
from bot.i18n import opinions as opinion_words
from bot.i18n.consent import consent_lines
from bot.reports import answer_bars, overview, participants, report_course, votes
from bot.reports.budget import Bar, amount, change
from bot.reports.inert import plain
from bot.reports.report_blocks import facts, listed, prose, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.programme import Budget
    from bot.domain.questions import Question
    from bot.domain.tallies import Tally
    from bot.i18n import Translator
    from bot.reports.opinion_view import OpinionView
    from bot.reports.participants import GroupRow
    from bot.reports.protocol.fields import AnswerField, ProposalField, ProtocolFields
    from bot.reports.record import Record
    from bot.reports.report_blocks import Block, Cell

_WIDTHS_OF_ANSWERS: Final = (8, 8, 3, 3)
_WIDTHS_OF_PROPOSALS: Final = (1.4, 9, 3.3, 6, 4.4)
_WIDTHS_OF_GROUPS: Final = (5, 3.4, 3.7, 2.2, 2.4, 3.4)
_WIDTHS_OF_BUDGET: Final = (1.8, 8, 3, 3, 2)


def sections(record: Record, opinions: OpinionView, said: ProtocolFields, t: Translator) -> Iterator[dict[str, Any]]:
    """The body of the report: what was heard, who took part, results, comments, the budget."""
    hearing, numbers, counted, *others = overview.sections(record, t, overview.AsTheyAre())
    small = t("“<5”: fewer than 5 people. “20+”: 20 people or more. So nobody in a small group can be recognised.")
    yield _section(hearing.title, facts(hearing))
    yield _section(numbers.title, facts(numbers), *_groups(record, t), prose(small))
    if said.questions:
        yield _section(t("Results of the questions"), *_questions(record, said, t))
    if record.former:
        yield _section(t("Answers to earlier versions"), *_former(record, t))
    yield _section(counted.title, facts(counted), *_proposals(said, t))
    if isinstance(opinions.found, OpinionGroups):
        yield _section(t("Opinion groups"), *_opinions(opinions.found, opinions, t))
    for other in others:
        yield _section(other.title, facts(other))
    if course := list(report_course.blocks(record, t)):
        yield _section(t("Course of the hearing"), *course)
    budget = record.hearing.dossier.budget
    if budget is not None and budget.lines:
        yield _section(t("Draft budget"), *_budget(record, budget, t))


def annexes(record: Record, said: ProtocolFields, t: Translator) -> Iterator[dict[str, Any]]:
    """The agenda, the strategy, the documents, the consent and the journal, as far as there are any."""
    found = [
        (t.p("heading", "Agenda"), [_agenda(said, t)] if said.agenda else []),
        (t("Draft strategy"), [_services(said, t)] if said.services else []),
        (t("Documents of the hearing"), [listed(said.attachments)] if said.attachments else []),
        (
            t("What residents agree to"),
            [listed(sentence.lstrip("• ") for sentence in consent_lines(t, record.kept_years))],
        ),
        (t("Journal"), [report_course.journal(record, t)] if record.journal else []),
    ]
    for number, (title, blocks) in enumerate((each for each in found if each[1]), start=1):
        yield _section(t("Annex {n}. {title}", n=number, title=title), *blocks)


def _section(title: str, *blocks: Block) -> dict[str, Any]:
    return {"title": title, "blocks": list(blocks)}


def _groups(record: Record, t: Translator) -> Iterator[Block]:
    """A table for each way of telling people apart; nothing where nobody took part."""
    tables: dict[str, list[GroupRow]] = {}
    for row in participants.rows(record, t):
        tables.setdefault(row.by, []).append(row)
    _by, *heads = participants.headings(t)
    for name, rows in tables.items():
        cells = [_group(row, t) for row in rows]
        yield table(name, [heads[0], "", *heads[1:]], cells, _WIDTHS_OF_GROUPS)


def _group(row: GroupRow, t: Translator) -> list[Cell]:
    def told(ratio: float | None) -> str:
        return "" if ratio is None else t.percent(ratio)

    population = "" if row.population is None else t.number(row.population)
    return [row.group, row.share or 0.0, names.group_size(t, row.size), told(row.share), population, told(row.reached)]


def _questions(record: Record, said: ProtocolFields, t: Translator) -> Iterator[Block]:
    """Each question with its bars, then its answers by channel."""
    used = votes.channels(record)
    for question, field in zip(record.hearing.dossier.questions, said.questions, strict=True):
        together = tally_of(record.tallies, question.no, used)
        about, words = answer_bars.asked(t, record.hearing, question)
        bars = answer_bars.bars(t, record.hearing, question, together) if together.voters else ()
        yield {
            "kind": "bars",
            "about": f"{question.no}. {about}".strip(),
            "words": words,
            "stance": question.kind is QuestionKind.STANCE,
            "bars": [bar.data for bar in bars],
            "people": f"{t('All who answered')}: {field.voters}",
            "unit": answer_bars.unit(t, question) if bars else "",
        }
        heads = (t("Answer"), t("By channel"), t("People or points"), t("Share or average"))
        yield table("", heads, map(_answer, field.answers), _WIDTHS_OF_ANSWERS)


def _answer(field: AnswerField) -> list[Cell]:
    return [field.words, field.by_channel, field.together, field.share]


def _former(record: Record, t: Translator) -> Iterator[Block]:
    """The answers that were put aside, since something else is asked now."""
    for former in record.former:
        together = tally_of(former.by_channel, former.question.no, tuple(former.tallies))
        asked = answers.recorded_question(t, former.dossier, former.question)
        title = t("Given to version {n}: {question}", n=former.version, question=asked)
        yield table(title, (t("Answer"), t("People")), _counted(former.question, together, t), (8, 3))


def _counted(question: Question, tally: Tally, t: Translator) -> Iterator[list[Cell]]:
    yield [t("All who answered"), t.number(tally.voters)]
    for option in question.option_numbers:
        yield [answers.recorded_option(t, question, option), t.number(tally.count(option).voters)]


def _proposals(said: ProtocolFields, t: Translator) -> Iterator[Block]:
    if said.proposals:
        heads = (
            t.p("column", "No"),
            t("Proposal, comment or question"),
            t("Supported by"),
            t("Decision and reason"),
            t("Responsible, deadline"),
        )
        yield table(t("Table of proposals"), heads, map(_proposal, said.proposals), _WIDTHS_OF_PROPOSALS)


def _proposal(field: ProposalField) -> list[Cell]:
    told = f"{field.kind} · {field.channel}\n{field.about}\n{field.text}"
    return [
        field.no,
        told,
        field.support,
        "\n".join(filter(None, (field.decision, field.reason))),
        "\n".join(filter(None, (field.responsible, field.due))),
    ]


def _opinions(groups: OpinionGroups, view: OpinionView, t: Translator) -> Iterator[Block]:
    """The groups in sentences, then the comments that each stands for, and those that all support."""
    yield listed(opinion_words.sentences(t, groups, view.comments))
    named = [
        (t("Group {n}", n=t.number(no)), group.people, group.comments) for no, group in enumerate(groups.groups, 1)
    ]
    named.append((t("All groups"), groups.people, groups.shared))
    rows: list[list[Cell]] = []
    for name, people, ids in named:
        told = "\n".join(f"№ {view.comments[each].number} {plain(view.comments[each].text)}".strip() for each in ids)
        rows.append([name, t.number(people), told])
    yield table("", (t("Group"), t("People"), t("Comment")), rows, (3, 2, 12))
    yield prose(opinion_words.explained(t))


def _budget(record: Record, budget: Budget, t: Translator) -> Iterator[Block]:
    dossier = record.hearing.dossier
    year = dossier.fiscal_year
    years = (str(year), str(year - 1)) if year else (t.p("column", "Amount"), t.p("column", "Year before"))
    heads = (t("Code"), t.p("column", "Budget line"), *years, t.p("column", "Change"))
    yield prose(t("In {unit}", unit=t.unit(dossier.unit)))
    for side in Side:
        lines = budget.of(side)
        if lines:
            bars = [Bar(t.marked(line.title), line.amount, line.last_year) for line in lines]
            total = Bar(t.p("row", "Total"), budget.total(side), budget.last_total(side))
            codes = [*(line.code for line in lines), ""]
            rows = [_line(record, code, bar, t) for code, bar in zip(codes, [*bars, total], strict=True)]
            yield table(t(names.SIDE_NAMES[side]), heads, rows, _WIDTHS_OF_BUDGET)


def _line(record: Record, code: str, bar: Bar, t: Translator) -> list[Cell]:
    dossier = record.hearing.dossier
    last = "" if bar.last_year is None else amount(t, bar.last_year, dossier)
    return [code, bar.label, amount(t, bar.amount, dossier), last, change(t, bar)]


def _agenda(said: ProtocolFields, t: Translator) -> Block:
    heads = (t.p("column", "No"), t.p("column", "Time"), t.p("column", "Item"), t("Who presents"))
    rows = [[item.no, item.time, item.item, item.presenter] for item in said.agenda]
    return table("", heads, rows, (1, 2, 8, 5))


def _services(said: ProtocolFields, t: Translator) -> Block:
    heads = (t.p("column", "No"), t.p("column", "Service"), t("Problem"), t("Goal"), t("Target"), t("Cost"))
    rows = [[each.no, each.title, each.problem, each.goal, each.target, each.cost] for each in said.services]
    return table("", heads, rows, (1, 5, 5, 5, 4, 3))
