"""Appeals against the hiding of a comment: what their authors see, and what staff do who decide about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.appeals import words_mark
from bot.domain.comments import Visibility
from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, back_to_desk, home, mine, open_desk, told_apart
from handlers.views.comments import author_rows
from handlers.views.hiding import REASONS
from handlers.views.pages import beginning, quoted
from handlers.views.recordings import named_attachments
from handlers.views.screen import Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.appeals import WaitingAppeal
    from bot.i18n import Translator
    from bot.services.appeals import AppealList, OpenedAppeal, TypedAppeal
    from bot.services.comments import CommentView
    from handlers.views.comments import Standpoint
    from handlers.views.screen import Button, ButtonRow, Html

APPEALED_TEXT_UNITS: Final = 1600
"""Units of the comment beside the appeal; all of it is one press away."""
APPEAL_TITLE_LETTERS: Final = 100


def ask(t: Translator, typed: TypedAppeal) -> Screen:
    """The screen that asks an author why a hidden comment should be shown."""
    comment = typed.view.comment
    text = stacked(
        b(t("Why should № {number} be shown to others?", number=comment.number)),
        e(t("Write it here. Before it is sent, you are asked once more.")),
        e(t("It is looked at again, if possible by somebody else.")),
    )
    return Screen(text, ((back(t, presses.CancelAppeal(comment.id)),),))


def confirm(t: Translator, typed: TypedAppeal) -> Screen:
    """The screen that asks whether to send what was typed."""
    comment = typed.view.comment
    text = stacked(
        b(t("Send this appeal about № {number}?", number=comment.number)),
        quoted(typed.words),
        e(t("There is one appeal. You are told what comes of it.")),
    )
    send = tap(t, t.p("button", "📨 Send the appeal"), presses.SendAppeal(comment.id, words_mark(typed.words)))
    anew = tap(t, t.p("button", "✏️ Write it anew"), presses.AppealHiding(comment.id))
    stop = tap(t, t.p("button", "✖️ Do not send it"), presses.CancelAppeal(comment.id))
    return Screen(text, ((send,), (anew, stop)))


def sent(t: Translator, view: CommentView) -> Screen:
    """The screen that says that an appeal is received."""
    text = stacked(
        b(t("✅ Your appeal about № {number} is received.", number=view.comment.number)),
        e(t("It is looked at again, if possible by somebody else. You are told what comes of it.")),
    )
    return Screen(text, ((_read(t, view),), (mine(t), home(t, view.hearing.municipality_id))))


def unhidden(t: Translator, view: CommentView, *, appealed: bool) -> Screen:
    """The screen that tells an author that a comment is hidden no more."""
    number, shown = view.comment.number, view.comment.visibility is Visibility.PUBLISHED
    text = stacked(
        b(
            t("Others can read your comment № {number} now", number=number)
            if shown
            else t("Your comment № {number} is not hidden any more", number=number)
        ),
        e(t("It was looked at again after your appeal.")) if appealed else None,
        None if shown else e(t("It waits to be shown to others; the commission has it already.")),
    )
    return Screen(text, ((_read(t, view),), (mine(t), home(t, view.hearing.municipality_id))))


def upheld(t: Translator, view: CommentView, at: Standpoint) -> Screen:
    """The screen that tells an author that a comment stays hidden after an appeal."""
    comment = view.comment
    text = stacked(
        b(t("Your comment № {number} stays hidden", number=comment.number)),
        e(t("It was looked at again after your appeal.")),
        e(t(REASONS[comment.hiding_rule])) if comment.hiding_rule else None,
        e(t("It is hidden from other residents only; the commission considers it.")),
    )
    ways = (mine(t), home(t, view.hearing.municipality_id))
    return Screen(text, with_buttons(*author_rows(t, view, at), (_read(t, view),), ways))


def _read(t: Translator, view: CommentView) -> Button:
    return tap(t, f"📖 {t('№ {number}', number=view.comment.number)}", presses.ReadComment(view.comment.id))


def appealed(t: Translator, view: CommentView) -> Screen:
    """The screen that tells staff that an appeal waits for them."""
    assert view.appeal is not None
    text = stacked(
        b(t("🙋 An appeal: comment № {number}", number=view.comment.number)),
        e(short(t.marked(view.hearing.dossier.title), APPEAL_TITLE_LETTERS)),
        e(t("Its author asks to show it to others.")),
    )
    read = tap(t, t.p("button", "🙋 Read the appeal"), presses.OpenAppeal(view.appeal.id))
    return Screen(text, ((read,), (open_desk(t),)))


def waiting(t: Translator, shown: AppealList) -> Screen:
    """The screen with the appeals that wait in a municipality."""
    text = stacked(
        b(t("Appeals")),
        e(t.place(shown.municipality.name)),
        e(t("Appeals that wait: {n}", n=t.number(len(shown.items)))) if shown.items else None,
        None if shown.items else e(t("No appeal is waiting.")),
    )
    labels = told_apart([_label(t, each) for each in shown.items])
    opens = zip(labels, shown.items, strict=True)
    rows = in_rows(tap(t, label, presses.OpenAppeal(each.appeal.id)) for label, each in opens)
    return Screen(text, (*rows, (back_to_desk(t, shown.municipality.id),)))


def _label(t: Translator, waiting: WaitingAppeal) -> str:
    number = t("№ {number}", number=waiting.comment.number)
    return f"🙋 {number} · {t.text(waiting.hearing.dossier.title).words}"


def one(t: Translator, shown: OpenedAppeal) -> Screen:
    """The screen with one appeal: what its author says, the comment, and what can be decided."""
    comment = shown.view.comment
    text = stacked(
        b(t("Appeal: comment № {number}", number=comment.number)),
        i(short(t.marked(shown.view.hearing.dossier.title), APPEAL_TITLE_LETTERS)),
        _hidden(t, shown),
        e(""),
        b(t("What its author says")),
        quoted(shown.appeal.words) if shown.appeal.words else None,
        e(""),
        b(t("The comment")),
        named_attachments(t, comment.attachments),
        quoted(beginning(comment.text, APPEALED_TEXT_UNITS)) if comment.text else None,
        *_standing(t, shown),
    )
    whole = tap(t, t.p("button", "📖 The whole comment"), presses.ReviewComment(comment.id))
    back_to_list = back(t, presses.ListAppeals(shown.view.hearing.municipality_id))
    return Screen(text, with_buttons(_choices(t, shown), (whole,), (back_to_list,)))


def _hidden(t: Translator, shown: OpenedAppeal) -> Html | None:
    comment = shown.view.comment
    if comment.hidden_at is None or comment.hiding_rule is None:
        return None
    who = t("by you") if shown.by_reader else shown.name(comment.hidden_by) or t("by a colleague")
    rule, moment = t(names.HIDING_RULE_SENTENCES[comment.hiding_rule]), t.moment(comment.hidden_at, shown.zone)
    return e(f"🚫 {rule} · {moment} · {who}")


def _standing(t: Translator, shown: OpenedAppeal) -> tuple[Html | None, ...]:
    """Why nothing can be decided, or why whoever hid it decides."""
    appeal = shown.appeal
    if appeal.judged_at is not None:
        outcome = t("Shown to others after the appeal") if appeal.lifted else t("Kept hidden after the appeal")
        who = shown.name(appeal.judged_by) or t("by a colleague")
        return (e(""), e(f"{outcome} · {t.moment(appeal.judged_at, shown.zone)} · {who}"))
    if not shown.waits:
        return (e(""), e(t("Nothing is left to decide: the comment is not hidden as it was.")))
    if not shown.by_reader:
        return ()
    alone = t("You hid it yourself. There is no colleague who could decide, so you do.")
    return (e(""), e(alone if shown.alone else t("You hid it yourself: a colleague decides about it.")))


def _choices(t: Translator, shown: OpenedAppeal) -> ButtonRow:
    if not shown.may_judge:
        return ()
    show = tap(t, t.p("button", "✅ Show it to others"), presses.JudgeAppeal(shown.appeal.id, lift=True))
    keep = tap(t, t.p("button", "🚫 Keep it hidden"), presses.JudgeAppeal(shown.appeal.id, lift=False))
    return (show, keep)


def judge(t: Translator, shown: OpenedAppeal, *, lift: bool) -> Screen:
    """The screen that asks once before an appeal is decided."""
    number = shown.view.comment.number
    asked = t("Show № {number} to others?", number=number) if lift else t("Keep № {number} hidden?", number=number)
    label = t.p("button", "✅ Yes, show it") if lift else t.p("button", "🚫 Yes, keep it hidden")
    yes = tap(t, label, presses.JudgeAppeal(shown.appeal.id, lift=lift, sure=True))
    return Screen(
        stacked(b(asked), e(t("Its author is told."))), ((yes,), (back(t, presses.OpenAppeal(shown.appeal.id)),))
    )
