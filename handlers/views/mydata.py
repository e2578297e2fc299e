"""Everything stored about a person, as a file a phone opens: one page of HTML, words instead of codes."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from bot.domain.languages import OWN_NAMES
from bot.domain.people import AgeBand
from bot.i18n import answers, names
from bot.reports.inert import plain
from handlers.views.screen import Html, Paper, e

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.places import PlaceTree
    from bot.i18n import Translator
    from bot.services.privacy import PersonalData

_STYLE: Final = (
    "body{font:16px/1.5 sans-serif;max-width:44em;margin:1em auto;padding:0 1em;color:#222}"
    "h2{border-bottom:1px solid #ccc;margin-top:2em}dt{font-weight:bold}dd{margin:0 0 .6em;white-space:pre-wrap}"
    "blockquote{margin:.5em 0;padding:.5em 1em;background:#f3f3f3;white-space:pre-wrap;overflow-wrap:anywhere}"
)


def my_data(t: Translator, held: PersonalData, places: PlaceTree, now: datetime) -> Paper:
    """The file."""
    title = t("My data")
    body = (
        _tag("h1", title),
        _tag("p", t("As of {moment}", moment=_moment(t, places, held.resident.municipality_id, now))),
        *_profile(t, held, places),
        *_roles(t, held, places),
        *_answers(t, held),
        *_comments(t, held, places),
        *_supported(t, held),
        *_arrivals(t, held, places),
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="{t.language.replace("_", "-")}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{_tag("title", title)}'
        f"<style>{_STYLE}</style></head><body>"
    )
    content = "\n".join((head, *body, "</body></html>\n"))
    caption: Html = e(t("Everything stored about you. Open the file to read it."))
    return Paper("my-data.html", content.encode(), caption=caption)


def _profile(t: Translator, held: PersonalData, places: PlaceTree) -> Iterable[str]:
    person = held.resident
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
            (t("Municipality"), t.marked(municipality.name) if municipality else none),
            (t("Village"), t.marked(village.name) if village else none),
            (t("Gender"), names.own_gender(t, person.gender)),
            (t("Age group"), age),
            (t("Messages from us"), t(names.REMINDERS_NAMES[person.reminders])),
            (t("Agreed"), agreed),
        ),
    )


def _roles(t: Translator, held: PersonalData, places: PlaceTree) -> Iterable[str]:
    if not held.grants:
        return
    yield _tag("h2", t("Roles"))
    named = ((places.by_id.get(grant.municipality_id), t(names.ROLE_NAMES[grant.role])) for grant in held.grants)
    yield _facts(*((role, t.marked(place.name) if place else "") for place, role in named))


def _answers(t: Translator, held: PersonalData) -> Iterable[str]:
    yield _tag("h2", t("Answers"))
    if not held.votes:
        yield _tag("p", t("None"))
    for hearing in held.hearings.values():
        votes = sorted((v for v in held.votes if v.hearing_id == hearing.id), key=lambda vote: vote.question_no)
        if votes:
            yield _tag("h3", t.marked(hearing.dossier.title))
            yield _facts(*(_answer(t, hearing, vote.question_no, dict(vote.answer)) for vote in votes))


def _answer(t: Translator, hearing: Hearing, number: int, answer: dict[int, int]) -> tuple[str, str]:
    question = hearing.dossier.question(number)
    about = answers.short_about(t, hearing.dossier, question.about)
    asked = f"{about} — {answers.question_text(t, question)}" if about else answers.question_text(t, question)
    return asked, answers.answer_words(t, hearing, question, answer)


def _comments(t: Translator, held: PersonalData, places: PlaceTree) -> Iterable[str]:
    yield _tag("h2", t("Comments"))
    if not held.comments:
        yield _tag("p", t("None"))
    for comment in held.comments:
        hearing = held.hearings[comment.hearing_id]
        yield _tag("h3", f"{t('№ {number}', number=comment.number)} · {t(names.COMMENT_KIND_NAMES[comment.kind])}")
        yield _facts(*_about_comment(t, hearing, comment, places))
        if comment.text:
            yield _tag("blockquote", comment.text)
        if comment.decision and comment.decision.reason:
            yield _tag("p", t("The commission's answer"))
            yield _tag("blockquote", comment.decision.reason)


def _about_comment(t: Translator, hearing: Hearing, comment: Comment, places: PlaceTree) -> Iterable[tuple[str, str]]:
    town = hearing.municipality_id
    yield t("Hearing"), t.marked(hearing.dossier.title)
    yield t("What it is about"), answers.short_about(t, hearing.dossier, comment.about) or t("The hearing as a whole")
    yield t("Received"), _moment(t, places, town, comment.created_at)
    if comment.amended_at:
        yield t("Changed"), _moment(t, places, town, comment.amended_at)
    if comment.withdrawn_at:
        yield t("Taken back"), _moment(t, places, town, comment.withdrawn_at)
    yield t("Where it is now"), f"{names.comment_state(t, comment)}, {t(names.VISIBILITY_NAMES[comment.visibility])}"
    if comment.media:
        yield t("Recording or photo"), names.attachment(t, comment.media)


def _supported(t: Translator, held: PersonalData) -> Iterable[str]:
    if not held.supported:
        return
    yield _tag("h2", t("Comments you support"))
    yield _facts(
        *(
            (t("№ {number}", number=comment.number), t.marked(held.hearings[comment.hearing_id].dossier.title))
            for comment in held.supported
        )
    )


def _arrivals(t: Translator, held: PersonalData, places: PlaceTree) -> Iterable[str]:
    if not held.arrivals:
        return
    yield _tag("h2", t("Posters that brought you here"))
    for hearing_id, village_id, at in held.arrivals:
        hearing = held.hearings[hearing_id]
        village = places.by_id.get(village_id) or places.by_id.get(hearing.municipality_id)
        yield _facts(
            (t("Hearing"), t.marked(hearing.dossier.title)),
            (t("Poster"), t.marked(village.name) if village else ""),
            (t("When"), _moment(t, places, hearing.municipality_id, at)),
        )


def _moment(t: Translator, places: PlaceTree, municipality: int | None, at: datetime) -> str:
    zone = places.zone(municipality or 0)
    return f"{t.moment(at, zone)} ({t.zone_name(zone, at)})"


def _facts(*pairs: tuple[str, str]) -> str:
    return "<dl>" + "".join(_tag("dt", name) + _tag("dd", value) for name, value in pairs) + "</dl>"


def _tag(name: str, content: str) -> str:
    """An element whose text is only ever text; ``dir`` lets each find its own direction."""
    return f'<{name} dir="auto">{html.escape(plain(content))}</{name}>'
