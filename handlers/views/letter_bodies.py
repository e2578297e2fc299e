"""What stands under the headline of a letter to a resident, for each kind of notice (``letters`` has the table)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.timetable import results as results_due
from bot.i18n import answers, names
from bot.services.comments import CommentView
from handlers.views import letter_dates
from handlers.views.countdown import countdown
from handlers.views.decided import changed_point
from handlers.views.numbers import numbers_so_far
from handlers.views.pages import beginning, units
from handlers.views.resolutions import resolution
from handlers.views.screen import Html, b, e, fold, i, short, stacked

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.outbox.letters import Letter

Parts = Iterable["Html | None"]

FOLDED_UNITS: Final = 2400
"""UTF-16 units of the part that folds; the rest of a message is for what stands around it."""
LONGEST_EXCERPT: Final = 60
"""Letters of a comment beside its receipt number."""
LONGEST_QUESTION_UNITS: Final = 120
OTHER_TITLE_UNITS: Final = 120
COUNCIL_UNITS: Final = 1_500
"""Of the decisions beside the council's resolution."""
DECIDED_WORDS_UNITS: Final = 200
DECIDED_REASON_UNITS: Final = 1500


def closing(t: Translator, letter: Letter) -> Parts:
    """How many questions are left, and until when they can be answered."""
    return (_left(t, letter), *letter_dates.ahead(t, letter))


def digest(t: Translator, letter: Letter) -> Parts:
    """The numbers of the morning, of every hearing of the municipality that takes answers."""
    own = numbers_so_far(t, letter.numbers) if letter.numbers else ()
    others = [
        part
        for hearing, numbers in letter.others
        for part in (
            e(""),
            b(beginning(t.marked(hearing.dossier.title), OTHER_TITLE_UNITS)),
            *numbers_so_far(t, numbers),
        )
    ]
    return (*own, *others)


def _left(t: Translator, letter: Letter) -> Html:
    total = len(letter.hearing.dossier.questions)
    left = max(0, total - letter.answered)
    return b(t.n("{n} question of {total} is left", "{n} questions of {total} are left", left, total=t.number(total)))


def thanks(t: Translator, letter: Letter) -> Parts:
    """What of the recipient's was received, what happens with it, and when the results come."""
    receipts = _fitting([_receipt(t, comment) for comment in letter.receipts])
    rest = len(letter.receipts) - len(receipts)
    due = t.in_words(letter.hearing.dossier.answers_due(letter.zone), now=letter.now)
    announced = results_due(letter.hearing, letter.zone).due_at
    when = t.day_and_time(announced, letter.zone, now=letter.now)
    return (
        e(t.n("{n} answer of yours was counted.", "{n} answers of yours were counted.", letter.answered))
        if letter.answered
        else None,
        e(t("📊 The results come on {moment}.", moment=when)),
        e(t("The commission now answers every comment, by {day}. You can follow yours under /mine.", day=due))
        if receipts
        else e(t("The commission answers every comment by {date}.", date=due)),
        e("") if receipts else None,
        b(t.n("{n} comment of yours", "{n} comments of yours", len(letter.receipts))) if receipts else None,
        fold(stacked(*receipts)) if receipts else None,
        e(t.n("{n} more under /mine", "{n} more under /mine", rest)) if rest else None,
    )


def _receipt(t: Translator, comment: Comment) -> Html:
    mark = names.media_marks(comment.attachments)
    words = " ".join(f"{mark} {short(comment.text, LONGEST_EXCERPT)}".split())
    parts = (t("№ {number}", number=comment.number), t(names.COMMENT_KIND_NAMES[comment.kind]), words)
    return e(" · ".join(part for part in parts if part))


def results(t: Translator, letter: Letter) -> Parts:
    """How many took part, and the answers to every question that has enough of them."""
    numbers = letter.numbers
    if numbers is None:
        return ()
    parts = [_result(t, letter, question.no) for question in letter.hearing.dossier.questions]
    found = _fitting([part for part in parts if part is not None])
    return (
        e(_took_part(t, numbers.participation.people)),
        i(t("Preliminary: what is still to be entered is missing.")) if letter.preliminary else None,
        fold(stacked(*found)) if found else None,
        i(t("Answers of fewer than {n} people are not shown.", n=t.number(LEAST_ANSWERS))) if None in parts else None,
        e(t("All answers, and what the commission says to every comment, are behind the buttons.")),
    )


def _took_part(t: Translator, people: int) -> str:
    if people < LEAST_ANSWERS:
        return t("Fewer than {n} people took part.", n=t.number(LEAST_ANSWERS))
    return t.n("{n} person took part.", "{n} people took part.", people)


def _result(t: Translator, letter: Letter, number: int) -> Html | None:
    """A question with its results; None where it has too few answers to be shown."""
    dossier, question = letter.hearing.dossier, letter.hearing.dossier.question(number)
    tally = letter.numbers.tallies.get(number) if letter.numbers else None
    if tally is None or not tally.voters:
        return None
    about = answers.short_about(t, dossier, question.about) or answers.question_text(t, question)
    rows = answers.results(t, letter.hearing, question, tally)
    return stacked(b(beginning(about, LONGEST_QUESTION_UNITS)), *(e(row) for row in rows), e(""))


def long_pause(t: Translator, letter: Letter) -> Parts:
    """Until when Telegram makes messages wait."""
    until = letter.broadcast.planned.facts.get("until")
    moment = datetime.fromtimestamp(int(until), letter.zone) if until else None
    return (
        e(t("Messages to people go on from {moment}.", moment=t.moment(moment, letter.zone))) if moment else None,
        e(t("Nothing is lost, and the buttons work.")),
    )


def asked_again(t: Translator, letter: Letter) -> Parts:
    """That the answers were put aside, and the questions that are asked again."""
    dossier = letter.hearing.dossier
    numbers = {int(number) for number in str(letter.broadcast.planned.facts.get("questions", "")).split()}
    asked = [question for question in dossier.questions if question.no in numbers]
    listed = _fitting([e(f"• {beginning(_named(t, letter, each), LONGEST_QUESTION_UNITS)}") for each in asked])
    return (
        e(t("The draft now says something else there, or the question was taken out. Your answer was put aside.")),
        e(t("It stays in the record as given to the earlier version.")),
        b(t("Please read it again and answer:")) if listed else None,
        fold(stacked(*listed)) if listed else None,
        letter_dates.time_to_answer(t, letter),
    )


def _named(t: Translator, letter: Letter, question: Question) -> str:
    about = answers.short_about(t, letter.hearing.dossier, question.about)
    return about or answers.question_text(t, question)


def comment_changed(t: Translator, letter: Letter) -> Parts:
    """Which comment it is, and that it has to be read and supported anew."""
    comment = letter.comment
    if comment is None:
        return (e(t("Its author has changed it. It is not shown at present, and your support is not counted.")),)
    return (
        b(t("№ {number}", number=comment.number)),
        e(t("Its author has changed it, so your support is not counted any more.")),
        e(t("Read it, and support it again if you agree.")),
    )


def answers_due(t: Translator, letter: Letter) -> Parts:
    """How many comments have no decision, and until when answers are promised."""
    dossier, zone = letter.hearing.dossier, letter.zone
    return (
        e(t("Without a decision: {n}", n=t.number(letter.undecided))),
        countdown(t, dossier.answers_due(zone), letter.now.astimezone(zone).date()),
    )


def decided(t: Translator, letter: Letter) -> Parts:
    """The words that were written, as far as the recipient may read them, and what was decided on each."""
    answered = _fitting([_decision(t, letter, comment) for comment in letter.decided])
    rest = len(letter.decided) - len(answered)
    return (
        fold(stacked(*answered)) if answered else None,
        e(t.n("{n} more under /mine", "{n} more under /mine", rest)) if rest else None,
    )


def council(t: Translator, letter: Letter) -> Parts:
    """What the council made of the hearing, and what stands for the recipient's own comments."""
    answered = _fitting([_decision(t, letter, comment) for comment in letter.decided], COUNCIL_UNITS)
    rest = len(letter.decided) - len(answered)
    return (
        resolution(t, letter.resolution) if letter.resolution else None,
        e("") if answered else None,
        b(t("What was decided on your comments:")) if answered else None,
        fold(stacked(*answered)) if answered else None,
        e(t.n("{n} more under /mine", "{n} more under /mine", rest)) if rest else None,
        None if letter.decided else e(t("Thank you for taking part!")),
    )


def is_readable(letter: Letter, comment: Comment) -> bool:
    """True where the recipient may read the words: their own, or what others may read."""
    return comment.is_by(letter.recipient) or comment.is_public(letter.hearing)


def _decision(t: Translator, letter: Letter, comment: Comment) -> Html:
    said = comment.decision
    view = CommentView(comment, letter.hearing, own=comment.is_by(letter.recipient))
    words = view.words if is_readable(letter, comment) else ""
    number = t("№ {number}", number=comment.number)
    day = partial(t.in_words, now=letter.now)
    return stacked(
        b(f"{number} · {t(names.OUTCOME_NAMES[said.outcome])}" if said else number),
        None if said else e(t("The decision was taken back. The commission decides again, and you will be told.")),
        i(beginning(" ".join(words.split()), DECIDED_WORDS_UNITS)) if words else None,
        e(f"→ {beginning(said.reason, DECIDED_REASON_UNITS)}") if said and said.reason else None,
        e(t("Responsible: {who}", who=short(said.responsible, LONGEST_EXCERPT))) if said and said.responsible else None,
        e(t("To be done by: {day}", day=day(said.due))) if said and said.due else None,
        changed_point(t, letter.hearing, said) if said else None,
        e(t("✔️ Done: {day}", day=day(said.done_on))) if said and said.is_done and said.done_on else None,
    )


def _fitting(parts: list[Html], limit: int = FOLDED_UNITS) -> list[Html]:
    """As many of the first parts as fit into ``limit``; one that is too long even alone is left out."""
    left, fitting = limit, []
    for part in parts:
        if units(part) >= limit:
            continue
        left -= units(part) + 1
        if left < 0:
            break
        fitting.append(part)
    return fitting
