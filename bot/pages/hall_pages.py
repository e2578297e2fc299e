"""The pages of a hall on ``PAGES_LISTEN``: the projector on its wall, and the chair's page, which alone takes a POST.

Their key stands behind ``#`` in the address, so no browser sends it and no log has it: the script puts it into the
header ``X-Hall-Key`` of every request. Without it the pages say nothing. A form or script of another site cannot set
that header, so nobody can press in the chair's name.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from bot.domain import errors
from bot.domain.errors import Refusal, StoreUnavailable
from bot.domain.hall import HallDoor
from bot.domain.hall_errors import HallKeyRefused
from bot.domain.languages import LANGUAGES
from bot.i18n import later
from bot.i18n.hall_refusals import HALL_SENTENCES
from bot.pages import chair_words, hall_words, headers, layout
from bot.pages.chair_acts import BadBody, ChairPress, act
from bot.pages.hall_doors import TooManyWrongKeys
from bot.pages.hall_streams import HallStreams
from bot.pages.reader_limits import reader_address
from bot.pages.templating import asset, rendered

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.i18n import Catalogues, Translator
    from bot.pages.hall_doors import HallDoors
    from bot.services import Services
    from bot.services.hall_keys import HallPass
    from bot.services.hall_views import HallState

    CheckInLink = Callable[[HallState], Awaitable[str]]
    """The address that checks somebody in, empty where the bot is not known yet."""

KEY_HEADER: Final = "X-Hall-Key"
LARGEST_PRESS: Final = 8 * 1024
ASSETS: Final = {
    "hall.css": "text/css; charset=utf-8",
    "chair.css": "text/css; charset=utf-8",
    "stream.js": "text/javascript; charset=utf-8",
    "projector.js": "text/javascript; charset=utf-8",
    "chair.js": "text/javascript; charset=utf-8",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors "
)
NOBODY_FRAMES: Final = "'none'"
_NOT_KEPT: Final = {"Cache-Control": "no-store"}


class HallPages:
    """Answers for the two pages. ``proxies`` stand before the server; ``language`` is that of who chooses none.

    ``framed_by`` is the site that may show them within its own pages: none but in the demo.
    """

    def __init__(
        self,
        services: Services,
        catalogues: Catalogues,
        doors: HallDoors,
        *,
        link: CheckInLink,
        language: str = "ky",
        proxies: int = 0,
        framed_by: str = NOBODY_FRAMES,
    ) -> None:
        self._services = services
        self._catalogues = catalogues
        self._doors = doors
        self._link = link
        self._language = language
        self._proxies = proxies
        self._policy = _POLICY + framed_by
        self._streams = HallStreams()
        self._assets = {name: asset(name) for name in ASSETS}
        self._edition = hashlib.sha256(b"".join(self._assets.values())).hexdigest()[:16]

    def add_routes(self, app: web.Application) -> None:
        """Serve them beside the public pages."""
        app.router.add_get("/hall/{code}", self._projector)
        app.router.add_get("/hall/{code}/events", self._watch)
        app.router.add_get("/chair/{code}", self._chair)
        app.router.add_get("/chair/{code}/events", self._follow)
        app.router.add_post("/chair/{code}/act", self._press)
        app.router.add_get("/live/{edition}/{name}", self._asset)
        app.on_shutdown.append(self._streams.close)

    async def _projector(self, request: web.Request) -> web.Response:
        t = self._translator(request)
        words = {"away": t("No connection. Trying again …"), "refused": t(_REFUSED)}
        return self._page(t, "projector.html", t("Projector"), words)

    async def _chair(self, request: web.Request) -> web.Response:
        t = self._translator(request)
        return self._page(t, "chair.html", t("The chair’s page"), chair_words.labels(t))

    def _page(self, t: Translator, template: str, title: str, words: dict[str, str]) -> web.Response:
        body = rendered(
            template,
            None,
            language=layout.tag(t.language),
            code=t.language,
            title=title,
            no_script=t("This page needs JavaScript."),
            words=json.dumps(words, ensure_ascii=False),
            at=f"/live/{self._edition}",
        )
        said = {"Content-Security-Policy": self._policy, "Cache-Control": headers.ASK_ALWAYS}
        return web.Response(body=body, headers=said, content_type="text/html", charset="utf-8")

    async def _asset(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in self._assets:
            raise web.HTTPNotFound
        said = {"Content-Type": ASSETS[name], "Cache-Control": headers.FOR_GOOD}
        if request.match_info["edition"] != self._edition:
            said["Cache-Control"] = "no-store"
        return web.Response(body=self._assets[name], headers=said)

    async def _watch(self, request: web.Request) -> web.StreamResponse:
        """What everybody in the hall may see, as it changes."""
        t = self._translator(request)

        async def look() -> tuple[object, Callable[[], dict[str, Any]]]:
            opened = await self._enter(HallDoor.PROJECTOR, request)
            state = await self._services.halls.state(opened.hearing.id, opened.sitting)
            link = await self._link(state)
            return (state, link), lambda: hall_words.wall(t, state, link)

        return await self._streamed(request, look)

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        """The hall as its chair sees it, as it changes."""
        t = self._translator(request)

        async def look() -> tuple[object, Callable[[], dict[str, Any]]]:
            opened = await self._enter(HallDoor.CHAIR, request)
            chair = await self._services.halls.chair(opened.actor, opened.hearing.id, opened.sitting)
            return chair, lambda: chair_words.desk(t, chair)

        return await self._streamed(request, look)

    async def _streamed(self, request: web.Request, look: Any) -> web.StreamResponse:
        try:
            return await self._streams.send(request, look)
        except HallKeyRefused:
            return web.Response(status=403, headers=_NOT_KEPT)
        except TooManyWrongKeys as waits:
            return _later(waits.seconds)
        except StoreUnavailable:
            return web.Response(status=503, headers={**_NOT_KEPT, "Retry-After": "2"})

    async def _press(self, request: web.Request) -> web.Response:
        """One press of the chair; answers with the hall as it stands then, and why nothing was done."""
        if request.content_type != "application/json" or request.headers.get("Sec-Fetch-Site", _OWN) != _OWN:
            return web.Response(status=415, headers=_NOT_KEPT)
        t = self._translator(request)
        try:
            opened = await self._enter(HallDoor.CHAIR, request)
            press = ChairPress.of(await _body(request))
            return await self._done(t, opened, press)
        except HallKeyRefused:
            return web.Response(status=403, headers=_NOT_KEPT)
        except TooManyWrongKeys as waits:
            return _later(waits.seconds)
        except BadBody:
            return web.Response(status=400, headers=_NOT_KEPT)
        except StoreUnavailable:
            return web.Response(status=503, headers={**_NOT_KEPT, "Retry-After": "2"})

    async def _done(self, t: Translator, opened: HallPass, press: ChairPress) -> web.Response:
        said, status = "", 200
        try:
            chair = await act(self._services, opened, press)
        except Refusal as refused:
            zone = (await self._services.directory.tree()).zone(opened.hearing.municipality_id)
            said, status = _sentence(t, refused, str(zone)), 409
            chair = await self._services.halls.chair(opened.actor, opened.hearing.id, opened.sitting)
        body = {"said": said, "desk": chair_words.desk(t, chair)}
        return web.json_response(body, status=status, headers=_NOT_KEPT)

    async def _enter(self, door: HallDoor, request: web.Request) -> HallPass:
        forwarded = request.headers.getall("X-Forwarded-For", ())
        address = reader_address(request.remote or "", forwarded, proxies=self._proxies)
        return await self._doors.enter(door, request.match_info["code"], request.headers.get(KEY_HEADER, ""), address)

    def _translator(self, request: web.Request) -> Translator:
        chosen = request.query.get("in", "")
        return self._catalogues[chosen if chosen in LANGUAGES else self._language]


_OWN: Final = "same-origin"
_REFUSED: Final = "This link opens nothing any more. Please make a new one."


async def _body(request: web.Request) -> object:
    """The JSON of a press. Raises BadBody, also where it is too large."""
    if (request.content_length or 0) > LARGEST_PRESS:
        raise BadBody
    try:
        raw = await request.content.read(LARGEST_PRESS + 1)
        if len(raw) > LARGEST_PRESS:
            raise BadBody
        return json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise BadBody from wrong


def _later(seconds: float) -> web.Response:
    return web.Response(status=429, headers={**_NOT_KEPT, "Retry-After": str(int(seconds) + 1)})


def _sentence(t: Translator, refused: Refusal, zone: str) -> str:
    """Why nothing was done."""
    for kind in type(refused).__mro__:
        if kind in HALL_SENTENCES:
            return HALL_SENTENCES[kind](t, refused, zone)
        if kind in _OTHER_SENTENCES:
            return t(_OTHER_SENTENCES[kind])
    if isinstance(refused, errors.HearingClosed):
        until = t.moment(refused.closed_at, zone)
        return t("Answers were taken until {moment}. This one was not counted.", moment=until)
    if isinstance(refused, errors.HearingNotOpen):
        opens = t.moment(refused.opens_at, zone)
        return t("Answers are taken from {moment}. Nothing was counted yet.", moment=opens)
    return t("This is no longer here. Please choose again.")


_OTHER_SENTENCES: Final[Mapping[type[Refusal], str]] = {
    errors.EnteredMeanwhile: later(
        "A colleague has entered this meanwhile. Nothing was changed. Please look at it first."
    ),
    errors.CommentChanged: later(
        "The author has changed these words meanwhile. Nothing was done. Please read the new ones."
    ),
    errors.BadCount: later("These numbers cannot be right."),
}
