"""Everything stored about a person, as a file a phone opens: one page of HTML, words instead of codes."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from bot.domain.consent import ConsentText
from bot.domain.languages import OWN_NAMES
from bot.domain.parts import attachments, joined
from bot.domain.people import AgeBand
from bot.i18n import answers, names
from bot.i18n.transcripts import heading
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.comments import Comment, Decision
    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.personal_data import PersonalData
    from bot.domain.places import PlaceTree
    from bot.domain.questions import Answer
    from bot.i18n import Translator

PAGE_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:44em;margin:1em auto;padding:0 1em;color:#222}"
    "h2{border-bottom:1px solid #ccc;margin-top:2em}dt{font-weight:bold}dd{margin:0 0 .6em;white-space:pre-wrap}"
    "blockquote{margin:.5em 0;padding:.5em 1em;background:#f3f3f3;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def html_page(t: Translator, stored: PersonalData, places: PlaceTree, now: datetime) -> bytes:
    """The page in UTF-8, as of ``now``; moments are on the wall clock of each hearing's municipality."""
    title = t("My data")
    body = (
        _tag("h1", title),
        _tag("p", t("As of {moment}", moment=_moment(t, places, stored.resident.municipality_id, now))),
        *_profile(t, stored, places),
        *_roles(t, stored, places),
        *_answers(t, stored),
        *_comments(t, stored, places),
        *_unsent(t, stored),
        *_reading(t, stored),
        *_supported(t, stored),
        *_arrivals(t, stored, places),
        *_halls(t, stored, places),
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="{t.language.replace("_", "-")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{_tag("title", title)}'
        f"<style>{PAGE_STYLE}</style></head><body>"
    )
    return "\n".join((head, *body, "</body></html>\n")).encode()


def _profile(t: Translator, stored: PersonalData, places: PlaceTree) -> Iterable[str]:
    person = stored.resident
    municipality = places.by_id.get(person.municipality_id or 0)
    village = places.by_id.get(person.village_id or 0)
    none = t("not chosen")
    age = t(names.AGE_BAND_NAMES[person.age_band]) if person.age_band is not AgeBand.UNSAID else t("Not said")
    agreed = _moment(t, places, person.municipality_id, person.consented_at) if person.consented_at else t("Not said")
    return (
        _tag("h2", t("About you")),
        _facts(
            (t("Telegram number"), str(person.telegram_id)),
            (t("Language"), OWN_NAMES[person.language]),
            (t("Municipality"), t.place(municipality.name) if municipality else none),
            (t("Village"), t.place(village.name) if village else none),
            (t("Gender"), names.own_gender(t, person.gender)),
            (t("Age group"), age),
            (t("Messages from us"), t(names.REMINDERS_NAMES[person.reminders])),
            (t("Agreed"), agreed),
            *([(t("Kept after a hearing, years"), t.number(_years(person)))] if person.consented_to else ()),
        ),
    )


def _years(person: Resident) -> int:
    """The years that they have agreed to."""
    return ConsentText.named(person.consented_to).years


def _roles(t: Translator, stored: PersonalData, places: PlaceTree) -> Iterable[str]:
    if not stored.grants:
        return
    yield _tag("h2", t("Roles"))
    if stored.resident.staff_name:
        yield _facts((t("Your name for colleagues"), stored.resident.staff_name))
    named = ((places.by_id.get(grant.municipality_id), t(names.ROLE_NAMES[grant.role])) for grant in stored.grants)
    yield _facts(*((role, t.place(place.name) if place else "") for place, role in named))


def _answers(t: Translator, stored: PersonalData) -> Iterable[str]:
    yield _tag("h2", t("Answers"))
    if not stored.votes:
        yield _tag("p", t("None"))
    for hearing in stored.hearings.values():
        votes = sorted((v for v in stored.votes if v.hearing_id == hearing.id), key=lambda vote: vote.question_no)
        if votes:
            yield _tag("h3", t.marked(hearing.dossier.title))
            yield _facts(*(_answer(t, hearing, vote.question_no, dict(vote.answer)) for vote in votes))
    for former in stored.former:
        asked, answer = _answer(t, former.hearing, former.question_no, dict(former.answer))
        yield _facts((t("Given to version {n}: {question}", n=former.version, question=asked), answer))


def _answer(t: Translator, hearing: Hearing, number: int, answer: Answer) -> tuple[str, str]:
    question = hearing.dossier.question(number)
    about = answers.short_about(t, hearing.dossier, question.about)
    text = answers.question_text(t, question)
    asked = f"{about} — {text}" if about else text
    return asked, answers.answer_words(t, hearing, question, answer)


def _comments(t: Translator, stored: PersonalData, places: PlaceTree) -> Iterable[str]:
    yield _tag("h2", t("Comments"))
    if not stored.comments:
        yield _tag("p", t("None"))
    for comment in stored.comments:
        hearing = stored.hearings[comment.hearing_id]
        kind = t(names.COMMENT_KIND_NAMES[comment.kind])
        yield _tag("h3", f"{t('№ {number}', number=comment.number)} · {kind}")
        yield _facts(*_about_comment(t, hearing, comment, places))
        if comment.text:
            yield _tag("blockquote", comment.text)
        for appeal in (each for each in stored.appeals if each.comment_id == comment.id and each.words):
            moment = _moment(t, places, hearing.municipality_id, appeal.made_at)
            yield _tag("p", t("Your appeal against its hiding, {moment}", moment=moment))
            yield _tag("blockquote", appeal.words)
        if comment.transcript and comment.transcript.words:
            yield _tag("p", heading(t, comment.transcript))
            yield _tag("blockquote", comment.transcript.words)
        if comment.decision and comment.decision.reason:
            yield _tag("p", t("The commission's answer"))
            yield _tag("blockquote", comment.decision.reason)
        if comment.decision and (facts := tuple(_about_decision(t, hearing, comment.decision))):
            yield _facts(*facts)


def _about_decision(t: Translator, hearing: Hearing, decision: Decision) -> Iterable[tuple[str, str]]:
    if decision.responsible:
        yield t("Responsible"), decision.responsible
    if decision.due:
        yield t("Deadline"), t.date(decision.due)
    if decision.changes and (point := answers.point(t, hearing.dossier, decision.changes)):
        yield t("What it changes"), point
    if decision.is_done and decision.done_on:
        yield t("Done"), t.date(decision.done_on)


def _about_comment(t: Translator, hearing: Hearing, comment: Comment, places: PlaceTree) -> Iterable[tuple[str, str]]:
    municipality_id = hearing.municipality_id
    about = answers.short_about(t, hearing.dossier, comment.about) or t("The hearing as a whole")
    yield t("Hearing"), t.marked(hearing.dossier.title)
    yield t("What it is about"), about
    yield t("Received"), _moment(t, places, municipality_id, comment.created_at)
    if comment.amended_at:
        yield t("Changed"), _moment(t, places, municipality_id, comment.amended_at)
    if comment.withdrawn_at:
        yield t("Taken back"), _moment(t, places, municipality_id, comment.withdrawn_at)
    states = dict.fromkeys((names.comment_state(t, comment), names.marked_standing(t, comment)))
    yield t("Where it is now"), t.list(states)
    if comment.attachments:
        yield t("Recording or photo"), t.list(names.attachments(t, comment.attachments))
    if comment.has_voice:
        everybody = comment.recording_open
        yield t("Who hears it"), t("Everybody who reads the comment") if everybody else t("Only the commission")


def _unsent(t: Translator, stored: PersonalData) -> Iterable[str]:
    """Words that were written and wait for their author to say what they are."""
    waiting = [each for each in stored.unsent if each.parts]
    if not waiting and not stored.typed:
        return
    yield _tag("h2", t("Not sent yet"))
    for unsent in waiting:
        for name in names.attachments(t, attachments(unsent.parts)):
            yield _tag("p", name)
        if words := joined(unsent.parts):
            yield _tag("blockquote", words)
    if stored.typed:
        yield _tag("blockquote", stored.typed)


def _reading(t: Translator, stored: PersonalData) -> Iterable[str]:
    if stored.reading is None:
        return
    hearing, read = stored.reading
    about = answers.short_about(t, hearing.dossier, read) or t("The hearing as a whole")
    yield _tag("h2", t("What you read last"))
    yield _facts((t("Hearing"), t.marked(hearing.dossier.title)), (t("What it is about"), about))


def _supported(t: Translator, stored: PersonalData) -> Iterable[str]:
    if not stored.supported:
        return
    yield _tag("h2", t("Comments you support"))
    yield _facts(
        *(
            (t("№ {number}", number=comment.number), t.marked(stored.hearings[comment.hearing_id].dossier.title))
            for comment in stored.supported
        )
    )


def _arrivals(t: Translator, stored: PersonalData, places: PlaceTree) -> Iterable[str]:
    if not stored.arrivals:
        return
    yield _tag("h2", t("Posters that brought you here"))
    for hearing_id, village_id, at in stored.arrivals:
        hearing = stored.hearings[hearing_id]
        village = places.by_id.get(village_id) or places.by_id.get(hearing.municipality_id)
        yield _facts(
            (t("Hearing"), t.marked(hearing.dossier.title)),
            (t("Poster"), t.place(village.name) if village else ""),
            (t("When"), _moment(t, places, hearing.municipality_id, at)),
        )


def _halls(t: Translator, stored: PersonalData, places: PlaceTree) -> Iterable[str]:
    """The sittings in which the person took part live, and when they asked for the floor."""
    if not stored.halls and not stored.floor:
        return
    yield _tag("h2", t("Sittings in which you took part"))
    for person in stored.halls:
        hearing = stored.hearings[person.hearing_id]
        yield _facts(
            (t("Hearing"), t.marked(hearing.dossier.title)),
            (t("Where"), t("in the hall") if person.in_hall else t("from elsewhere")),
            (t("When"), _moment(t, places, hearing.municipality_id, person.at)),
        )
    for request in stored.floor:
        hearing = stored.hearings[request.hearing_id]
        asked = t("You asked for the floor: № {number}", number=request.number)
        yield _facts((asked, _moment(t, places, hearing.municipality_id, request.asked_at)))


def _moment(t: Translator, places: PlaceTree, municipality_id: int | None, at: datetime) -> str:
    zone = places.zone(municipality_id or 0)
    return f"{t.moment(at, zone)} ({t.zone_name(zone, at)})"


def _facts(*pairs: tuple[str, str]) -> str:
    """A list of names and values."""
    return "<dl>" + "".join(_tag("dt", name) + _tag("dd", value) for name, value in pairs) + "</dl>"


def _tag(name: str, content: str) -> str:
    """An element whose text is only ever text; ``dir`` lets each find its own direction."""
    return f'<{name} dir="auto">{html.escape(plain(content))}</{name}>'
