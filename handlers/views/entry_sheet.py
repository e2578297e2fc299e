"""An entry sheet that was sent back: what it would do, what it has done, what it leaves as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.sheet_comparison import APPLIED, CountLine, LineState, PaperLine
from bot.i18n import later
from handlers import presses
from handlers.views.attachments import keep_label
from handlers.views.buttons import told_apart
from handlers.views.entries import back_to_desk, to_entries
from handlers.views.pages import UNITS_ON_A_PAGE, beginning, units
from handlers.views.screen import Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.workbooks import dated, desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.received_files import ReceivedFile
    from bot.domain.sheet_comparison import PresenceLine, SheetComparison
    from bot.i18n import Translator
    from bot.services.entry_sheets import SheetView

TITLE_UNITS: Final = 200
LINES_NAMED: Final = 20
"""Changes, doubts or conflicts of one kind that are said one by one."""
WORDS_LETTERS: Final = 60
WARNING_UNITS: Final = 300
CONFLICT_SENTENCES: Final[Mapping[LineState, str]] = {
    LineState.MEANWHILE: later("somebody else has entered it since you took the sheet"),
    LineState.REMOVED: later("removed since you took the sheet"),
    LineState.DECIDED: later("the commission has decided on it"),
    LineState.RECORDED: later("it has a photo or voice: change it in the chat"),
}
"""Why a row is left as it is, by each of ``CONFLICTS``."""


def caption(t: Translator) -> Html:
    """What stands beside the file: how it is filled in, and where it goes."""
    return e(
        t(
            "One row for each paper, counts by box and village, people present. Fill in the coloured columns in Excel "
            "or LibreOffice and send the file back here: you see what it does before anything is stored."
        )
    )


def which_hearing(t: Translator, file: ReceivedFile, hearings: Sequence[Hearing]) -> Screen:
    """The screen that asks of which hearing an entry sheet is that has lost its stamp."""
    text = stacked(
        b(t("This is an entry sheet. Of which hearing?")),
        e(file.name) if file.name else None,
        None if hearings else e(t("There is no hearing for which you can enter anything now. Nothing was stored.")),
    )
    labels = told_apart([f"✍️ {dated(t, each)}" for each in hearings])
    chosen = zip(labels, hearings, strict=True)
    buttons = [tap(t, label, presses.LoadEntrySheet(file.id, each.id)) for label, each in chosen]
    document = tap(t, keep_label(t), presses.KeepAsDocument(file.id))
    return Screen(text, (*in_rows([*buttons, document]), (desk(t),)))


def preview(
    t: Translator,
    view: SheetView,
    file_id: int,
    warnings: Sequence[str] = (),
    *,
    again: bool = False,
    named: bool = False,
) -> Screen:
    """The screen that shows what a sheet would do, before anything is stored; ``again``: it was shown otherwise.

    ``named``: its sender has said of which hearing it is.
    """
    found, hearing = view.comparison, view.hearing
    nothing = not found.changes(twins=True)
    text = _fitted(
        t,
        (
            b(t("Your entry sheet")),
            _title(t, hearing),
            i(t("This is how it stands now. Please look again.")) if again and not nothing else None,
            i(t("There is nothing new in this sheet. Nothing is changed.")) if nothing else None,
            e(""),
            *_counts(t, found),
        ),
        (*_changes(t, found), *_twins(t, found), *_conflicts(t, found), *_warned(t, warnings)),
    )
    some, more = found.changes(twins=False), len(found.twins)
    label = t.p("button", "✅ Save the others") if more else t.p("button", "✅ Save")
    about = hearing.id if named else 0
    save = tap(t, label, presses.ApplyEntrySheet(file_id, found.check, hearing=about))
    whole = tap(
        t,
        t.p("button", "✅ Other papers: save all"),
        presses.ApplyEntrySheet(file_id, found.check, twins=True, hearing=about),
    )
    do_not = tap(t, t.p("button", "✖️ Do not save"), presses.OpenEntries(hearing.id))
    rows = with_buttons(
        (save,) if some else (),
        (whole,) if more else (),
        (to_entries(t, hearing.id),) if nothing else (do_not,),
    )
    return Screen(text, rows)


def applied(t: Translator, view: SheetView) -> Screen:
    """The screen after a sheet was applied: the receipts of its papers."""
    found = view.comparison
    boxes, sittings = (sum(line.state in APPLIED for line in lines) for lines in (found.counts, found.present))
    numbers = tuple(
        e(t("Paper {code}: № {number}", code=code, number=number)) for code, number in view.numbers[:LINES_NAMED]
    )
    head = (
        b(t("✅ The sheet is stored.")),
        _title(t, view.hearing),
        e(t("Comments: {n}", n=t.number(len(view.numbers)))) if view.numbers else None,
        e(t("Counts of boxes: {n}", n=t.number(boxes))) if boxes else None,
        e(t("Sittings: {n}", n=t.number(sittings))) if sittings else None,
        e(t("Write the numbers on the papers. The sheet taken anew has them too.")) if numbers else None,
    )
    text = _fitted(t, head, (*numbers, *_more(t, len(view.numbers)), *_conflicts(t, found)))
    again = tap(t, t.p("button", "📄 Entry sheet (Excel)"), presses.TakeEntrySheet(view.hearing.id))
    return Screen(text, ((again,), (to_entries(t, view.hearing.id),), (back_to_desk(t, view.hearing.id),)))


def _title(t: Translator, hearing: Hearing) -> Html:
    return e(beginning(t.marked(hearing.dossier.title), TITLE_UNITS))


def _counts(t: Translator, found: SheetComparison) -> Iterator[Html]:
    def of(lines: Sequence[PaperLine | CountLine | PresenceLine], *states: LineState) -> int:
        return sum(line.state in states for line in lines)

    told = (
        (t("New comments"), of(found.papers, LineState.NEW)),
        (t("Changed comments"), of(found.papers, LineState.CHANGED)),
        (t("New counts of boxes"), of(found.counts, LineState.NEW)),
        (t("Changed counts of boxes"), of(found.counts, LineState.CHANGED)),
        (t("People present, by sittings"), of(found.present, *APPLIED)),
        (t("Say the same as another entry"), len(found.twins)),
        (t("Stored already"), of(found.lines, LineState.SAME)),
        (t("Stay as they are"), len(found.conflicts)),
    )
    yield from (e(f"{words}: {t.number(count)}") for words, count in told if count)


def _changes(t: Translator, found: SheetComparison) -> Iterator[Html]:
    """What a change takes the place of."""
    papers = found.papers_of(LineState.CHANGED)
    both: tuple[CountLine | PresenceLine, ...] = (*found.counts, *found.present)
    figures = [line for line in both if line.state is LineState.CHANGED]
    if papers or figures:
        yield b(t("What is changed"))
    for line in papers[:LINES_NAMED]:
        before, after = short(line.before, WORDS_LETTERS), short(line.paper.text, WORDS_LETTERS)
        words = f": {before} → {after}" if before != after else ""
        yield e(f"• {_paper(t, line)}{words}")
    for each in figures[:LINES_NAMED]:
        numbers = each.count.numbers if isinstance(each, CountLine) else each.present.numbers
        yield e(f"• {_figures_of(t, each)}: {_said(each.before)} → {_said(numbers)}")
    yield from _more(t, max(len(papers), len(figures)))


def _twins(t: Translator, found: SheetComparison) -> Iterator[Html]:
    if not found.twins:
        return
    yield b(t("These say the same as another entry. Save them only if they are other papers."))
    for line in found.twins[:LINES_NAMED]:
        other = t("№ {number}", number=line.number) if line.number else t("Paper {code}", code=line.twin)
        yield e(f"• {t('Paper {code}', code=line.paper.code)} = {other}: {short(line.paper.text, WORDS_LETTERS)}")
    yield from _more(t, len(found.twins))


def _conflicts(t: Translator, found: SheetComparison) -> Iterator[Html]:
    if not found.conflicts:
        return
    yield b(t("These stay as they are. Take the sheet anew to change them, and give a new paper another number."))
    for line in found.conflicts[:LINES_NAMED]:
        what = _paper(t, line) if isinstance(line, PaperLine) else _figures_of(t, line)
        yield e(f"• {what}: {t(CONFLICT_SENTENCES[line.state])}")
    yield from _more(t, len(found.conflicts))


def _warned(t: Translator, warnings: Sequence[str]) -> Iterator[Html]:
    if warnings:
        yield b(t("Please look"))
        yield from (e(f"• {beginning(warning, WARNING_UNITS)}") for warning in warnings)


def _paper(t: Translator, line: PaperLine) -> str:
    known = f" (№ {line.number})" if line.number else ""
    return t("Paper {code}", code=line.paper.code) + known


def _figures_of(t: Translator, line: CountLine | PresenceLine) -> str:
    """Which count it is."""
    if isinstance(line, CountLine):
        return t("Question {question}, box {box}", question=line.count.question_no, box=line.count.box.number)
    return t("People present, sitting {n}", n=line.present.sitting)


def _said(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers)) or "–"


def _more(t: Translator, count: int) -> tuple[Html, ...]:
    more = count - LINES_NAMED
    return (e(t.n("… and {n} more", "… and {n} more", more)),) if more > 0 else ()


def _fitted(t: Translator, head: Sequence[Html | None], lines: Sequence[Html]) -> Html:
    """The head, and as many of the lines as a message holds."""
    shown = [part for part in head if part is not None]
    left = UNITS_ON_A_PAGE - sum(units(str(part)) + 1 for part in shown)
    for at, line in enumerate(lines):
        left -= units(str(line)) + 1
        if left < 0:
            return stacked(*shown, *_cut(t, len(lines) - at))
        shown.append(line)
    return stacked(*shown)


def _cut(t: Translator, more: int) -> tuple[Html, ...]:
    return (e(t.n("… and {n} more", "… and {n} more", more)),)
