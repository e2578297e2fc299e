"""The end of the questions: what was answered and what one can do next; and whether to take an answer back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import answers
from handlers import presses
from handlers.views.buttons import back, home
from handlers.views.screen import Screen, b, e, stacked, tap, with_buttons
from handlers.views.sharing import share_line, share_row

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.services.ballots import Ballot
    from handlers.views.sharing import Sharing


def finished(t: Translator, shown: Ballot, sharing: Sharing | None = None) -> Screen:
    """The screen after the last question; ``shown`` is the first question without an answer, else the first of all."""
    hearing, person = shown.hearing, shown.actor.resident
    total, done = len(hearing.dossier.questions), len(shown.answered)
    left = shown.taken and not shown.complete
    text = stacked(
        b(t("🎉 You have answered every question. Thank you!") if shown.complete else t("The questions end here.")),
        e(t("✅ You have answered {done} of {total}.", done=t.number(done), total=t.number(total))),
        e(t("You can change your answers until closing.")) if shown.taken and done else None,
        share_line(t, hearing, sharing),
    )
    rest = tap(t, t.p("button", "🗳 Go on: {n} left", n=t.number(total - done)), presses.OpenQuestion(hearing.id))
    self_ = tap(t, t.p("button", "👤 Questions about you"), presses.DescribeMyself())
    asks_self = shown.taken and done and person is not None and not person.asked_about_self
    remind = (tap(t, t.p("button", "🔔 Remind me"), presses.ChooseReminders()),) if shown.taken else ()
    rows = with_buttons(
        (rest,) if left else (),
        (tap(t, t.p("button", "👥 What others say"), presses.SeeWall(hearing.id)),),
        (tap(t, t.p("button", "💬 Ask or propose"), presses.WriteComment(hearing.id)),) if shown.taken else (),
        (*remind, *((self_,) if asks_self else ())),
        share_row(t, hearing, sharing),
        (
            back(t, presses.OpenQuestion(hearing.id, hearing.dossier.questions[-1].no)),
            home(t, hearing.municipality_id),
        ),
    )
    return Screen(text, rows)


def withdraw(t: Translator, shown: Ballot) -> Screen:
    """The screen that asks whether to take one's answer back."""
    hearing, question = shown.hearing, shown.question
    press = presses.WithdrawVote(hearing.id, question.no, edition=question.edition, sure=True)
    text = stacked(
        b(t("Withdraw your answer?")),
        e(answers.question_text(t, question)),
        e(t("It will not be counted. You can answer again until closing.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, withdraw it"), press)
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.OpenQuestion(hearing.id, question.no))
    return Screen(text, ((yes,), (no,)))
