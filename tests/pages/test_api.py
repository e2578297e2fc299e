"""What programs read: every document as it is described, and no more than people read."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from pydantic import TypeAdapter

from bot.domain.languages import LANGUAGES
from bot.domain.people import Caller
from bot.domain.questions import Choose
from bot.pages import layout, openapi
from bot.pages.api_documents import ApiError, CommentsDocument, HearingDocument, MunicipalitiesDocument
from tests.pages.served import serving
from tests.pages.sites import BASE, NUMBER, words_of

if TYPE_CHECKING:
    from pathlib import Path

    import schemathesis
    from schemathesis.schemas import APIOperation

    from tests.municipality import Municipality

CODE = "bagysh-2026-1"


def test_the_description_is_openapi_and_stands_in_the_folder(shared_site: Path) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator, validate

    described = json.loads((shared_site / layout.API_DESCRIPTION).read_bytes())
    validate(described, cls=OpenAPIV31SpecValidator)
    assert described["servers"] == [{"url": BASE}]
    for place in (layout.API_MUNICIPALITIES, layout.api_hearing(CODE), layout.api_comments(CODE, 1)):
        assert (shared_site / place).is_file()
    assert openapi.description("") == openapi.description("")


def test_programs_read_what_people_read(shared_site: Path) -> None:
    hearing = TypeAdapter(HearingDocument).validate_json((shared_site / layout.api_hearing(CODE)).read_bytes())
    page = words_of(shared_site / layout.hearing("en", CODE))
    first = hearing.questions[0]
    assert f"{first.voters} people have answered" in page
    assert first.voters == sum(option.voters or 0 for option in first.options) == 5
    assert [question.voters for question in hearing.questions[1:]] == [None] * (len(hearing.questions) - 1)
    assert hearing.people is None  # answers are taken
    assert all(
        service.title["ky"] in words_of(shared_site / layout.hearing("ky", CODE)) for service in hearing.services
    )
    assert hearing.pages == {each: layout.absolute(BASE, layout.hearing(each, CODE)) for each in LANGUAGES}

    comments = TypeAdapter(CommentsDocument).validate_json((shared_site / layout.api_comments(CODE, 1)).read_bytes())
    assert [each.number for each in comments.comments] == [4, 1]
    assert hearing.comments == comments.published == 2
    assert NUMBER not in comments.comments[1].text
    listed = TypeAdapter(MunicipalitiesDocument).validate_json((shared_site / layout.API_MUNICIPALITIES).read_bytes())
    found = {each.code: each.document for place in listed.municipalities for each in place.hearings}
    assert found[CODE] == f"{BASE}/{layout.api_hearing(CODE)}"
    assert set(found) == {CODE, "shaidan-2026-1"}


async def test_no_two_looks_differ_by_the_answer_of_one_person(municipality: Municipality) -> None:
    told = list[tuple[int | None, int | None]]()
    async with serving(municipality) as server:
        for number in range(101, 113):
            await municipality.resident(number)
            await municipality.services.voting.cast(Caller(number, "ky"), 1, 2, Choose(1), order=1)
            server.forget()
            reply = await server.ask(layout.api_hearing(CODE))
            hearing = TypeAdapter(HearingDocument).validate_json(reply.body)
            told.append((hearing.questions[1].voters, hearing.people))
    assert told == [(None, None)] * 4 + [(5, None)] * 5 + [(10, None)] * 3


async def test_every_answer_is_as_it_is_described(municipality: Municipality) -> None:
    import schemathesis  # here: pytest rewrites its 250 modules in each process that imports it for the first time
    from schemathesis.core.result import Ok

    async with serving(municipality) as server:
        root, codes = server.root, {"code": CODE, "page": 1}
        schema = await asyncio.to_thread(schemathesis.openapi.from_url, f"{root}/{layout.API_DESCRIPTION}")
        operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
        assert len(operations) == 4
        for operation in operations:
            names = {each.name for each in operation.path_parameters}
            code = "bagysh" if "/municipalities/" in operation.path else CODE
            case = operation.Case(path_parameters={name: {**codes, "code": code}[name] for name in names})
            assert (await asyncio.to_thread(case.call_and_validate, base_url=root)).status_code == 200
            await asyncio.to_thread(_try_anything, operation, root)
        reply = await server.ask(f"{layout.API}hearings/nowhere.json")
        assert (reply.status, reply.headers["content-type"]) == (404, "application/json; charset=utf-8")
        assert TypeAdapter(ApiError).validate_json(reply.body).error == "not found"
        said = (await server.ask(layout.api_hearing(CODE))).headers
        assert said["access-control-allow-origin"] == "*"
        assert said["link"] == '<../openapi.json>; rel="service-desc"'


def _try_anything(operation: APIOperation[Any, Any, Any, Any], root: str) -> None:
    """Ask with whatever comes to schemathesis' mind, and hold each answer against the description."""

    @settings(max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=root)

    ask()
