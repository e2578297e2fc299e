"""The groups of opinion: sentences first, then the comments that each group stands for, and those that all support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.opinion_groups import OpinionGroups
from bot.i18n import opinions as words
from bot.reports.formulas import Formula
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.opinion_view import OpinionView
    from bot.reports.sheets import SheetWriter

WIDTHS: Final = (22, 12, 10, 90)
_PEOPLE: Final = 1


def write(sheet: SheetWriter, view: OpinionView, t: Translator) -> None:
    """Write the sheet."""
    looks = sheet.formats
    sheet.columns({1: looks.number, 2: looks.number})
    if not isinstance(view.found, OpinionGroups):
        sheet.across(words.why_none(t, view.found), looks.text, columns=len(WIDTHS))
        return
    for sentence in words.sentences(t, view.found, view.comments):
        sheet.across(sentence, looks.text, columns=len(WIDTHS))
    sheet.across(words.explained(t), looks.repeated, columns=len(WIDTHS))
    sheet.append(())
    headings = (t("Group"), t("People"), t.p("column", "No"), t("Comment"))
    sheet.append(headings, dict.fromkeys(range(len(headings)), looks.heading), height=30)
    firsts = []
    for number, group in enumerate(view.found.groups, start=1):
        name = t("Group {n}", n=number)
        firsts.append(sheet.next)
        sheet.append((name, group.people, None, " "), {0: looks.total_name, 1: looks.total, 3: looks.total_name})
        _comments(sheet, name, (view.comments[each] for each in group.comments), t)
    cells = "+".join(f"B{row + 1}" for row in firsts)
    everybody = Formula(f"={cells}", view.found.people)
    sheet.append((t("All groups"), everybody, None, " "), {0: looks.total_name, 1: looks.total, 3: looks.total_name})
    _comments(sheet, t("All groups"), (view.comments[each] for each in view.found.shared), t)


def _comments(sheet: SheetWriter, name: str, comments: Iterable[Comment], t: Translator) -> None:
    for comment in comments:
        said = plain(comment.text) or t("A voice message or a photo without words")
        sheet.append((name, None, comment.number, said), {0: sheet.formats.repeated})
