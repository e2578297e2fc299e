"""The numbers of a hearing on the desk: who took part, what came, and the results so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.suppression import UNSAID_VILLAGE
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning, text_page
from handlers.views.screen import Html, Screen, b, e, fold, i, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.numbers import CommentCounts, Numbers
    from bot.domain.questions import Question
    from bot.domain.suppression import GroupSize
    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

TALLIED_QUESTION_UNITS: Final = 200
TALLIES_PAGE_UNITS: Final = 3000
VILLAGE_LETTERS: Final = 40
"""Letters of a village where all of a municipality stand in one line."""


def numbers_so_far(t: Translator, numbers: Numbers) -> tuple[Html, ...]:
    """How many people took part, follow the municipality, answered and wrote."""
    return (
        e(t("People who took part: {n}", n=t.number(numbers.participation.people))),
        e(t("Following the municipality: {n}", n=t.number(numbers.followers))),
        e(t("Answers to questions: {n}", n=t.number(sum(tally.voters for tally in numbers.tallies.values())))),
        *_comment_numbers(t, numbers.comments),
        e(t("Support for comments: {n}", n=t.number(numbers.support))),
    )


def _comment_numbers(t: Translator, counts: CommentCounts) -> tuple[Html, ...]:
    kinds = t.list(
        f"{t(plural)}: {t.number(counts.by_kind.get(kind, 0))}" for kind, plural in names.COMMENT_KIND_PLURALS.items()
    )
    by_hand = any(count for channel, count in counts.by_channel.items() if channel is not Channel.TELEGRAM)
    channels = t.list(
        f"{t(channel_name)}: {t.number(counts.by_channel.get(channel, 0))}"
        for channel, channel_name in names.CHANNEL_NAMES.items()
    )
    others = (e(t("How they came: {channels}", channels=channels)),) if by_hand else ()
    return (
        e(t("Comments in the record: {n}", n=t.number(counts.total)) + f" ({kinds})"),
        *others,
        e(t("Waiting to be published: {n}", n=t.number(counts.waiting))),
        e(t("Without a decision: {n}", n=t.number(counts.undecided))),
        e(t("Decided: {n}", n=t.number(counts.total - counts.undecided))),
    )


def groups_that_took_part(t: Translator, shown: HearingOverview) -> tuple[Html, ...]:
    if not shown.numbers.participation.people:
        return ()
    village_names = {place.id: short(t.place(place.name), VILLAGE_LETTERS) for place in t.in_order(shown.villages)}
    village_names[UNSAID_VILLAGE] = t("Not said")
    groups = shown.groups
    sizes = (groups.by_village, groups.by_gender, groups.by_age)
    if not any(size is not None for of in sizes for size in of.values()):
        return (i(t("Too few people yet to show villages, women and men, and age.")),)
    village = _sizes(
        t, ((name, groups.by_village[key]) for key, name in village_names.items() if key in groups.by_village)
    )
    gender = _sizes(t, ((t(names.GENDER_NAMES[key]), size) for key, size in groups.by_gender.items()))
    age = _sizes(t, ((t(names.AGE_BAND_NAMES[key]), size) for key, size in groups.by_age.items()))
    body = stacked(
        e(f"{t('Village')}: {village}"),
        e(f"{t('Gender')}: {gender}"),
        e(f"{t('Age group')}: {age}"),
        i(sizes_explained(t)),
    )
    return (e(""), b(t("Who took part")), fold(body))


def _sizes(t: Translator, sizes: Iterable[tuple[str, GroupSize]]) -> str:
    return t.list(f"{name}: {names.group_size(t, size)}" for name, size in sizes)


def sizes_explained(t: Translator) -> str:
    """What the signs of ``names.group_size`` mean, and why there are any."""
    return t("“<5”: fewer than 5 people. “20+”: 20 people or more. So nobody in a small group can be recognised.")


def tallies(t: Translator, shown: HearingOverview, page: int) -> Screen:
    """The screen with the results so far, as many questions a page as fit."""
    hearing = shown.hearing
    parts = [part for question in hearing.dossier.questions for part in _tally(t, shown, question)]
    picture = presses.SeeAnswerPicture(hearing.id, desk=True)
    text, page, last = text_page([b(t("Results so far")), *parts], page, limit=TALLIES_PAGE_UNITS)
    rows = with_buttons(
        paging(t, lambda number: presses.SeeTallies(hearing.id, number), page=page, last=last),
        (tap(t, t.p("button", "🖼 As a picture"), picture),) if _is_shown(shown) else (),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def _is_shown(shown: HearingOverview) -> bool:
    """True where everybody may see how people answered something."""
    enough = any(tally.voters >= LEAST_ANSWERS for tally in shown.numbers.tallies.values())
    return enough and shown.hearing.shows_results(shown.now, answered=False)


def _tally(t: Translator, shown: HearingOverview, question: Question) -> tuple[Html, ...]:
    about = answers.numbered_about(t, shown.hearing.dossier, question.about)
    asked = " — ".join(filter(None, (about, answers.question_text(t, question))))
    tally = shown.numbers.tallies.get(question.no)
    head = stacked(e(""), b(beginning(f"{question.no}. {asked}", TALLIED_QUESTION_UNITS)))
    if tally is None or not tally.voters:
        return (stacked(head, e(t("Nobody has answered yet."))),)
    people = i(t.n("{n} person has answered", "{n} people have answered", tally.voters))
    return (
        stacked(head, people, _by_channel(t, shown, question)),
        *(e(result) for result in answers.results(t, shown.hearing, question, tally)),
    )


def _by_channel(t: Translator, shown: HearingOverview, question: Question) -> Html | None:
    """Through which channels people answered, where it was not the bot alone."""
    tallies = shown.numbers.by_channel
    voters = {channel: tallies[question.no, channel].voters for channel in Channel if (question.no, channel) in tallies}
    if not any(count for channel, count in voters.items() if channel is not Channel.TELEGRAM):
        return None
    return e(t.list(f"{t(names.CHANNEL_NAMES[channel])}: {t.number(count)}" for channel, count in voters.items()))
