"""The pages as they are served: the same as in the folder, read-only, and gone as soon as they are public no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import unquote

import aiohttp
import psutil
from aiohttp import web
from lxml import html
from structlog.testing import capture_logs

from bot import config
from bot.bot_links import links_into_bot
from bot.domain.attachments import Attachment
from bot.domain.comments import CommentKind, HidingRule, Order
from bot.domain.kept_files import KeptFile
from bot.domain.media import Media, MediaKind
from bot.domain.questions import About
from bot.pages import headers, layout
from bot.pages.asked import FRESH_FOR
from bot.pages.reader_limits import MAKING, ReaderLimits, reader_address
from bot.pages.templating import assets
from bot.pages_web import serving_pages
from bot.services.media_folder import MediaFolder
from bot.shell import COMMAND_LINE
from bot.worker import process
from handlers.known_username import USERNAME_SETTING
from tests import samples
from tests.clocks import VirtualClock
from tests.pages.served import serving
from tests.pages.sites import BASE, HIDDEN, NUMBER, WAITING
from tests.services.writing import message, received

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.municipality import Municipality

CODE = "bagysh-2026-1"
HEARING = layout.hearing("ky", CODE)
NEWEST = layout.comments("ky", CODE, Order.NEWEST, 0)
COMMENT = "Суу керек"


async def test_the_server_gives_out_what_the_folder_has(municipality: Municipality, shared_site: Path) -> None:
    slow = {".pdf", ".zip", ".png"}
    places = [
        path.relative_to(shared_site).as_posix()
        for path in sorted(shared_site.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    ]
    asked = [place for place in places if not any(map(place.endswith, slow)) or place.startswith("ky/h/bagysh")]
    async with serving(municipality) as server:
        for place in asked:
            reply = await server.ask(place)
            assert reply.status == 200, place
            assert reply.body == (shared_site / unquote(place)).read_bytes(), place
        assert {place.rpartition(".")[2] for place in asked} >= {
            "html",
            "xml",
            "ics",
            "css",
            "svg",
            "txt",
            "pdf",
            "png",
        }
        assert (await server.ask("")).body == (await server.ask("index.html")).body
        moved = await server.ask(f"ky/h/{CODE}")
        assert (moved.status, moved.headers["location"]) == (308, f"{CODE}/")


async def test_every_answer_is_guarded_and_none_sets_a_cookie(municipality: Municipality) -> None:
    fragment = f"h/{CODE}/results/"
    async with serving(municipality) as server:
        replies = {place: await server.ask(place) for place in ("", HEARING, fragment, *assets(), "nothing/here")}
        replies["a post"] = await server.ask(HEARING, "POST")
        for place, reply in replies.items():
            assert set(map(str.lower, headers.SECURITY)) <= reply.headers.keys(), place
            assert "set-cookie" not in reply.headers
            assert "server" not in reply.headers
            policy = reply.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'; style-src 'self'")
            assert ("frame-ancestors *" in policy) is (place == fragment)
        assert replies["nothing/here"].status == 404
        assert replies["a post"].status == 405
        assert {replies[place].headers["cache-control"] for place in assets()} == {headers.FOR_GOOD}
        assert replies[HEARING].headers["cache-control"] == headers.ASK_ALWAYS
        words = replies[fragment].body.decode()
        assert 'href="https://t.me/bot?start=question1-1" target="_blank"' in words
        assert "https://t.me/bot?start=hearing" not in words


async def test_who_has_the_page_already_is_told_so(municipality: Municipality) -> None:
    async with serving(municipality) as server:
        whole = await server.ask(HEARING)
        head = await server.ask(HEARING, "HEAD")
        assert (head.status, head.body, head.headers["etag"]) == (200, b"", whole.headers["etag"])
        assert head.headers["content-length"] == str(len(whole.body))
        same = await server.ask(HEARING, If_None_Match=whole.headers["etag"])
        assert (same.status, same.body) == (304, b"")
        assert (await server.ask(HEARING, If_None_Match='"other"')).status == 200
        made = server.worker.done
        for place in assets():  # they are there however long the worker has other things to do
            style = await server.ask(place)
            assert (await server.ask(place, If_None_Match=style.headers["etag"])).status == 304
        assert (await server.ask("assets/other.css")).status == 404
        made += 1  # the page for what is not there
        server.forget()
        assert (await server.ask(HEARING, If_None_Match=whole.headers["etag"])).status == 304
        assert server.worker.done == made + 1


async def test_pages_lead_into_the_bot_as_soon_as_its_name_is_known(municipality: Municipality) -> None:
    async with serving(municipality, links=links_into_bot) as server:
        assert "https://t.me/" not in await server.words(HEARING)
        async with municipality.services.store.writing() as repositories:
            await repositories.housekeeping.keep_setting(USERNAME_SETTING, "hearing_bot")
        server.forget()
        found = html.fromstring((await server.ask(HEARING)).body).xpath("//a/@href[starts-with(., 'https://t.me/')]")
        assert {address.partition("?start=")[0] for address in found} == {"https://t.me/hearing_bot"}
        assert len(set(found)) > len(samples.dossier().services) + len(samples.dossier().questions)


async def test_what_is_not_there_is_said_in_the_language_of_the_address(municipality: Municipality) -> None:
    async with serving(municipality) as server:
        for place in ("en/h/nowhere-1/", "en/m/nowhere/", "en/nothing", layout.hearing("en", "kok-art-2026-1")):
            reply = await server.ask(place)
            assert reply.status == 404, place
            assert "This page does not exist." in reply.body.decode()
            assert f'href="{"../" * place.count("/")}en/index.html"' in reply.body.decode()
        assert (await server.ask("/".join("abcdefghijk"))).body == b"404\n"
        pages = (f"ky/h/{CODE}/comments/0.html", f"ky/h/{CODE}/comments/99.html")
        strange = ("..%2f..%2fhearings.db", "%00", "ky/h/%f0%9f%92%a7/", *pages)
        assert {(await server.ask(place)).status for place in strange} == {404}


async def test_hidden_words_are_gone_within_seconds_from_every_server(municipality: Municipality) -> None:
    async with serving(municipality) as one, serving(municipality) as other:
        pages = [await server.ask(NEWEST) for server in (one, other)]
        assert COMMENT in pages[0].body.decode()
        assert pages[0].headers["etag"] == pages[1].headers["etag"]
        for number in (1, 4):
            await municipality.services.moderation.hide(COMMAND_LINE, number, HidingRule.PERSONAL_DATA)
        for server in (one, other):
            server.clock.forward(seconds=FRESH_FOR)
            assert (await server.ask(NEWEST)).status == 404
            for place in (HEARING, layout.feed("ky", "bagysh"), layout.results("ky", CODE)):
                words = await server.words(place)
                assert [each for each in (COMMENT, HIDDEN, WAITING, NUMBER) if each in words] == []


async def test_photos_and_documents_come_from_the_folder_while_they_are_public(
    municipality: Municipality, tmp_path: Path
) -> None:
    services, folder = municipality.services, MediaFolder(tmp_path / "media", spared=0)
    folder.path.mkdir()
    contents = {"photo": b"\xff\xd8 photo", "plan": b"%PDF-1.7", "secret": b"\xff\xd8 secret"}
    digests = {}
    for name, content in contents.items():
        prepared = folder.prepare(content)
        folder.publish(prepared)
        digests[name] = prepared.path.name
    async with services.store.reading() as repositories:
        hearing = await repositories.hearings.find_code(CODE)
    assert hearing is not None
    person = await municipality.resident(99)
    for name in ("photo", "secret"):
        await services.submissions.begin(person, hearing.id, CommentKind.PROPOSAL, About())
        media = Media(MediaKind.PHOTO, f"file {name}", f"unique {name}")
        await received(municipality, person, message(municipality, f"Сүрөт {name}", media=media))
    now = services.clock.now()
    async with services.store.writing() as repositories:
        await repositories.attachments.add(
            Attachment(0, hearing.id, "План", "план.pdf", "file plan", "unique plan", photo=False, size=8, added_at=now)
        )
        await repositories.kept_files.add([KeptFile(f"unique {name}", f"file {name}") for name in contents], now)
        for name, digest in digests.items():
            await repositories.kept_files.name(f"unique {name}", digest, len(contents[name]))
            await repositories.kept_files.settle(f"unique {name}")
    await services.moderation.publish(COMMAND_LINE, 5)
    endings = {"photo": ".jpg", "plan": ".pdf", "secret": ".jpg"}
    photo, plan, secret = (layout.kept(digests[name], ending) for name, ending in endings.items())
    async with serving(municipality, folder=folder.path) as server:
        assert photo in await server.words(NEWEST)
        page = await server.words(HEARING)
        assert plan in page
        assert secret not in page
        for place, name, kind in ((photo, "photo", "image/jpeg"), (plan, "plan", "application/pdf")):
            reply = await server.ask(place)
            assert (reply.status, reply.body, reply.headers["content-type"]) == (200, contents[name], kind)
            assert "sandbox" in reply.headers["content-security-policy"]
        assert [(await server.ask(each)).status for each in (secret, photo.replace(".jpg", ".html"))] == [404, 404]
        await services.moderation.hide(COMMAND_LINE, 5, HidingRule.PERSONAL_DATA)
        server.forget()
        assert (await server.ask(photo)).status == 404
        assert (await server.ask(plan)).status == 200


async def test_nobody_may_ask_for_ever_and_everybody_has_points_of_their_own(
    municipality: Municipality,
) -> None:
    clock = VirtualClock()
    limits = ReaderLimits(at_once=MAKING + 4, a_second=1, monotonic=clock.monotonic)
    with capture_logs() as logged:
        await _ask_too_often(municipality, limits, clock)
    assert "198.51.100" not in str(logged)
    assert "127.0.0.1" not in str(logged)


async def _ask_too_often(municipality: Municipality, limits: ReaderLimits, clock: VirtualClock) -> None:
    async with serving(municipality, limits=limits, proxies=1) as server:
        asked = [await server.ask(HEARING, X_Forwarded_For="203.0.113.9, 198.51.100.1") for _ in range(5)]
        assert [reply.status for reply in asked] == [200, 200, 200, 200, 429]
        assert [asked[-1].headers[name] for name in ("retry-after", "refresh")] == ["1", "1"]
        assert (await server.ask(HEARING, X_Forwarded_For="203.0.113.9, 198.51.100.2")).status == 200
        clock.forward(seconds=1)
        assert (await server.ask(HEARING, X_Forwarded_For="198.51.100.1")).status == 200


def test_a_reader_is_whom_the_nearest_proxy_saw() -> None:
    said = ["203.0.113.9", "198.51.100.1, 192.0.2.7"]
    assert reader_address("10.0.0.1", said, proxies=0) == "10.0.0.1"
    assert reader_address("10.0.0.1", said, proxies=1) == "192.0.2.7"
    assert reader_address("10.0.0.1", said, proxies=2) == "198.51.100.1"
    assert reader_address("10.0.0.1", said, proxies=9) == "203.0.113.9"
    assert reader_address("10.0.0.1", ["no address"], proxies=1) == "10.0.0.1"
    assert reader_address("2001:db8:1:2:3::4", [], proxies=0) == reader_address("2001:db8:1:2:9::1", [], proxies=0)
    assert reader_address("::ffff:192.0.2.7", [], proxies=0) == "192.0.2.7"


async def test_a_process_of_its_own_makes_the_pages_and_is_gone_with_the_bot(
    lively_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "LONG_JOB", process.LONGEST_JOB)  # it stays, however busy this machine is
    database = f"sqlite:///{lively_database}"
    settings = config.load(database_url=database, pages_listen="127.0.0.1:0", pages_url=BASE)
    children = psutil.Process().children
    before = set(children())
    async with (
        serving_pages(settings, VirtualClock()) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as asker,
    ):
        assert not set(children()) - before  # of those before, a browser may just be leaving
        async with asker.get(f"/ky/h/{CODE}/") as reply:
            assert reply.status == 200
            assert COMMENT in await reply.text()
        assert len(set(children()) - before) == 1
    assert not set(children()) - before


async def test_other_pages_can_be_served_at_the_same_address(municipality: Municipality) -> None:
    async def hall(request: web.Request) -> web.Response:
        return web.json_response({"code": request.match_info["code"]}, headers={"Content-Security-Policy": "mine"})

    def add_routes(app: web.Application) -> None:
        app.router.add_get("/hall/{code}", hall)

    async with serving(municipality, more=(add_routes,)) as server:
        reply = await server.ask("hall/one")
        assert json.loads(reply.body) == {"code": "one"}
        assert reply.headers["content-security-policy"] == "mine"
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert (await server.ask("hall/one", "POST")).status == 405
