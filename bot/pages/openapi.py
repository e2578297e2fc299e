"""The description of ``/api/v1`` in OpenAPI 3.1, made from the classes of its documents."""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic import TypeAdapter

from bot.pages import layout
from bot.pages.api_documents import (
    ApiError,
    CommentsDocument,
    HearingDocument,
    MunicipalitiesDocument,
    MunicipalityDocument,
)

API_VERSION: Final = "1.0.0"
_DOCUMENTS: Final = (ApiError, CommentsDocument, HearingDocument, MunicipalitiesDocument, MunicipalityDocument)
_REFERENCE: Final = "#/components/schemas/{model}"
_CODE: Final = {
    "name": "code",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[^/]+$"},
}
_PAGE: Final = {
    "name": "page",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 1, "maximum": 999_999},
}
_PATHS: Final[tuple[tuple[str, str, type, tuple[dict[str, Any], ...]], ...]] = (
    (layout.API_MUNICIPALITIES, "The municipalities that have a public hearing", MunicipalitiesDocument, ()),
    (layout.API + "municipalities/{code}.json", "A municipality with its hearings", MunicipalityDocument, (_CODE,)),
    (layout.API + "hearings/{code}.json", "A hearing, without its comments", HearingDocument, (_CODE,)),
    (
        layout.API + "hearings/{code}/comments/{page}.json",
        "A page of the published comments of a hearing",
        CommentsDocument,
        (_CODE, _PAGE),
    ),
)


def description(base: str) -> bytes:
    """The description; ``base`` is the address of the pages, empty where unknown."""
    _, schemas = TypeAdapter.json_schemas(
        [(each.__name__, "validation", TypeAdapter(each)) for each in _DOCUMENTS], ref_template=_REFERENCE
    )
    found = {
        "openapi": "3.1.0",
        "info": {
            "title": "Public hearings of municipalities",
            "version": API_VERSION,
            "description": "What everybody may know of public hearings, for programs to read. "
            "New fields may come at any time; none goes away in this version.",
        },
        "servers": [{"url": base or "/"}],
        "paths": {f"/{place}": {"get": _operation(said, model, given)} for place, said, model, given in _PATHS},
        "components": {"schemas": schemas["$defs"]},
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def _operation(said: str, model: type, parameters: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    failures = {"404": "There is none."} if parameters else {}
    failures |= {"429": "You ask too often: Retry-After has the seconds.", "503": "Come again after Retry-After."}
    return {
        "operationId": model.__name__.removesuffix("Document").lower(),
        "summary": said,
        "parameters": list(parameters),
        "responses": {
            "200": _response("The document.", model),
            **{status: _response(words, ApiError) for status, words in failures.items()},
        },
    }


def _response(words: str, model: type) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {"description": words, "content": {"application/json": {"schema": schema}}}
