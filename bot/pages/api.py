"""Makes the documents of ``/api/v1`` from what was gathered for the pages: they say what the pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from bot.domain.comments import Order
from bot.domain.hearings import due_phase
from bot.domain.languages import LANGUAGES
from bot.domain.questions import QuestionKind
from bot.i18n import names
from bot.pages import layout
from bot.pages.api_comments import said
from bot.pages.api_documents import (
    CommentsDocument,
    HearingDocument,
    ListedHearing,
    MunicipalitiesDocument,
    MunicipalityDocument,
    PublicAction,
    PublicAgendaItem,
    PublicContact,
    PublicDocument,
    PublicLine,
    PublicOption,
    PublicQuestion,
    PublicService,
    PublicSitting,
)
from bot.pages.gathering import CommentSpan
from bot.reports.course_document import RecordedAbout
from bot.reports.inert import plain
from bot.reports.record_document import RecordedCouncil, RecordedPlace, RecordedPresence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.attachments import Attachment
    from bot.domain.hearings import Hearing
    from bot.domain.languages import Text
    from bot.domain.places import Place
    from bot.domain.programme import Action, Service
    from bot.domain.questions import Question
    from bot.domain.sittings import Sitting
    from bot.i18n import Catalogues
    from bot.pages.files import NamedFiles
    from bot.pages.gathering import PublicComment, PublicHearing
    from bot.pages.links import BotLinks
    from bot.pages.lists import ListedMunicipality
    from bot.reports.record_document import Words


def document(made: object) -> bytes:
    """A document as it is sent. The same document, the same bytes."""
    found: bytes = TypeAdapter[Any](type(made)).dump_json(made)
    return plain(found.decode()).encode()


def span_of(page: int) -> CommentSpan:
    """The comments of such a page, from 1."""
    size = layout.COMMENTS_IN_A_DOCUMENT
    return CommentSpan(Order.NEWEST, (page - 1) * size, size)


def count_pages(shown: PublicHearing) -> int:
    """In how many documents its comments stand."""
    return -(-shown.comment_count // layout.COMMENTS_IN_A_DOCUMENT)


def municipalities(listed: Sequence[ListedMunicipality], base: str) -> MunicipalitiesDocument:
    """All that have a public hearing."""
    page = layout.API_MUNICIPALITIES
    return MunicipalitiesDocument(tuple(_municipality(each, base, page) for each in listed))


def municipality(found: ListedMunicipality, base: str) -> MunicipalityDocument:
    """One of them."""
    return _municipality(found, base, layout.api_municipality(found.place.code))


def _municipality(found: ListedMunicipality, base: str, page: str) -> MunicipalityDocument:
    return MunicipalityDocument(
        found.place.code,
        _words(found.place.name),
        tuple(map(_place, found.above)),
        tuple(_listed(found, each, base, page) for each in found.hearings),
    )


def _listed(found: ListedMunicipality, hearing: Hearing, base: str, page: str) -> ListedHearing:
    dossier, zone = hearing.dossier, found.zone
    first = min((each.starts_at for each in dossier.sittings), default=None)
    return ListedHearing(
        hearing.code,
        _words(dossier.title),
        dossier.kind,
        due_phase(hearing, found.now),
        dossier.opens_at.astimezone(zone),
        dossier.closes_at.astimezone(zone),
        first.astimezone(zone) if first else None,
        layout.named(base, page, layout.api_hearing(hearing.code)),
    )


class HearingApi:
    """Makes the documents of one hearing."""

    def __init__(
        self, catalogues: Catalogues, shown: PublicHearing, links: BotLinks, kept: NamedFiles, *, base: str
    ) -> None:
        self._catalogues = catalogues
        self._shown = shown
        self._hearing = shown.hearing
        self._links = links
        self._kept = kept
        self._base = base
        self._page = layout.api_hearing(shown.hearing.code)

    def hearing(self) -> HearingDocument:
        """Everything but its comments."""
        shown, dossier, zone = self._shown, self._hearing.dossier, self._shown.record.zone
        contact, council = shown.contact, shown.record.resolution
        return HearingDocument(
            code=self._hearing.code,
            municipality=_place(shown.municipality),
            title=_words(dossier.title),
            kind=dossier.kind,
            phase=shown.phase,
            opens_at=dossier.opens_at.astimezone(zone),
            closes_at=dossier.closes_at.astimezone(zone),
            answers_promised_by=dossier.answers_due(zone),
            results=dossier.results,
            sittings=tuple(map(self._sitting, dossier.sittings)),
            agenda=tuple(
                PublicAgendaItem(each.no, each.time, _words(each.item), _words(each.presenter))
                for each in dossier.agenda
            ),
            services=tuple(map(self._service, dossier.services)),
            fiscal_year=dossier.fiscal_year,
            budget=self._budget(),
            questions=tuple(map(self._question, dossier.questions)),
            people=shown.told.people,
            present=tuple(
                RecordedPresence(each.sitting, each.people, each.women, each.men) for each in shown.record.present
            ),
            comments=shown.comment_count,
            comment_pages=count_pages(shown),
            council=RecordedCouncil(council.number, council.day, council.adopted) if council else None,
            documents=tuple(map(self._document, shown.record.documents)),
            contact=PublicContact(contact.name, contact.phone, contact.hours),
            pages={each: self._named(layout.hearing(each, self._hearing.code)) for each in LANGUAGES},
            link=self._links.hearing(self._hearing.id) or None,
        )

    def comments(self, page: int, found: Sequence[PublicComment]) -> CommentsDocument:
        """A page of its comments, from 1: those ``found`` there."""
        shown = self._shown
        place = layout.api_comments(self._hearing.code, page)
        comments = tuple(
            said(each, shown.record.zone, self._links, self._kept, base=self._base, page=place) for each in found
        )
        return CommentsDocument(self._hearing.code, page, count_pages(shown), shown.comment_count, comments)

    def _named(self, place: str) -> str:
        return layout.named(self._base, self._page, place)

    def _sitting(self, sitting: Sitting) -> PublicSitting:
        zone = self._shown.record.zone
        village = next((each for each in self._shown.record.villages if each.id == sitting.village), None)
        was = sitting.setback.was if sitting.setback else None
        return PublicSitting(
            sitting.no,
            sitting.starts_at.astimezone(zone),
            sitting.ends_at.astimezone(zone),
            _words(sitting.place),
            _words(sitting.address),
            _place(village) if village else None,
            sitting.latitude,
            sitting.longitude,
            sitting.online_link or None,
            was.astimezone(zone) if was else None,
        )

    def _service(self, service: Service) -> PublicService:
        return PublicService(
            no=service.no,
            title=_words(service.title),
            problem=_words(service.problem),
            goal=_words(service.goal),
            indicator=_words(service.indicator),
            baseline=_words(service.baseline),
            target=_words(service.target),
            target_date=_words(service.target_date),
            cost=service.cost,
            actions=tuple(map(_action, service.actions)),
            link=self._links.service(self._hearing.id, service.no) or None,
        )

    def _budget(self) -> tuple[PublicLine, ...]:
        budget = self._hearing.dossier.budget
        return tuple(
            PublicLine(each.no, each.side, each.group, each.code, _words(each.title), each.amount, each.last_year)
            for each in (budget.lines if budget else ())
        )

    def _question(self, question: Question) -> PublicQuestion:
        tally, shown = self._shown.told.tallies.get(question.no), self._shown
        link = self._links.question(self._hearing.id, question.no) if shown.taking else ""
        options = tuple(
            PublicOption(
                number,
                self._option(question, number),
                tally.count(number).voters if tally else None,
                tally.count(number).points if tally else None,
            )
            for number in question.option_numbers
        )
        about = RecordedAbout(question.about.kind, question.about.no)
        voters = tally.voters if tally else None
        return PublicQuestion(question.no, about, question.kind, _words(question.text), voters, options, link or None)

    def _option(self, question: Question, number: int) -> Words:
        if question.kind is not QuestionKind.STANCE:
            return _words(question.options[number - 1])
        return {each: self._catalogues[each](names.STANCE_NAMES[number]) for each in LANGUAGES}

    def _document(self, attachment: Attachment) -> PublicDocument:
        place = self._kept.document(layout.PAGE, attachment.unique_id, attachment.name)
        digest = self._shown.kept.get(attachment.unique_id) if place else None
        return PublicDocument(attachment.title, self._named(place) if place else None, digest)


def _action(action: Action) -> PublicAction:
    return PublicAction(
        _words(action.title),
        action.start,
        action.end,
        _words(action.responsible),
        action.amount,
        _words(action.source),
    )


def _place(place: Place) -> RecordedPlace:
    return RecordedPlace(place.code, _words(place.name))


def _words(text: Text) -> Words:
    return dict(text.by_language)
