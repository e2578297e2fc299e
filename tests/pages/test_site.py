"""The public pages as a folder of files: whole, in every language, and only as much as the bot tells a stranger."""

from __future__ import annotations

import json
import re
import stat
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

import feedparser
import icalendar
from lxml import etree, html
from pyld import jsonld

from bot.domain.comments import Decision, HidingRule, Order, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.languages import LANGUAGES
from bot.domain.setbacks import SetbackReason
from bot.i18n.names import STANCE_NAMES
from bot.pages import layout
from bot.shell import COMMAND_LINE
from handlers import presses
from tests import samples
from tests.clocks import VirtualClock
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.pages.served import serving
from tests.pages.sites import BASE, HIDDEN, NUMBER, WAITING, everything, lively, pages, words_of, written
from tests.services.writing import filed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.living import Town

SCHEMA_ORG = "https://schema.org/"
ATOM = "{http://www.w3.org/2005/Atom}"
CODE = "bagysh-2026-1"
HOSTILE = "shaidan-2026-1"
COMMENT = "Суу керек"


async def test_pages_say_what_the_bot_says_to_a_stranger_and_no_more(town: Town, tmp_path: Path) -> None:
    await lively(Municipality(town.app.services, town.places))
    site = tmp_path / "site"
    done = await written(town.app.services, site)
    assert (done.made, done.unchanged, done.removed) == (2, 0, 0)

    stranger = town.person()
    await town.start(stranger)
    await town.press(stranger, "English", "👀 Just look")
    await send(town, stranger, presses.OpenQuestion(1, 1))
    page = words_of(site / layout.hearing("en", CODE))
    shown = re.findall(r"\d+% · \d+", stranger.screen.text)
    assert len(shown) == len(STANCE_NAMES)
    assert [numbers for numbers in shown if numbers not in page] == []
    document = json.loads((site / layout.api_hearing(CODE)).read_bytes())
    counts = [option["voters"] for option in document["questions"][0]["options"]]
    assert sorted(counts) == sorted(int(said.rpartition(" ")[2]) for said in shown)
    fragment = words_of(site / layout.results("en", CODE))
    assert [numbers for numbers in shown if numbers not in fragment] == []
    assert "5 people have answered" in page  # of six: as in the bot, it is renewed with every fifth
    assert COMMENT in page
    assert "Comments, proposals and questions" not in page  # four came, of which a stranger knows two
    told = dict(everything(site))
    for secret in (NUMBER, NUMBER.replace(" ", ""), HIDDEN, WAITING, "kok-art-2026"):
        assert [name for name, content in told.items() if secret.encode() in content] == []


def test_what_people_write_is_never_taken_for_markup(shared_site: Path) -> None:
    for path in pages(shared_site):
        tree = html.fromstring(path.read_bytes())
        assert {each.get("type") for each in tree.iter("script")} <= {"application/ld+json"}
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")
        assert "49" not in "".join(tree.xpath("//h1/text()"))
        assert "\u202e" not in path.read_text("utf-8")
    event = html.fromstring((shared_site / layout.hearing("ky", HOSTILE)).read_bytes()).find(".//script")
    assert event is not None
    assert "</script>" in json.loads(event.text or "")["@graph"][0]["name"]


def test_every_link_leads_somewhere_and_every_page_says_its_language(shared_site: Path) -> None:
    found = list(pages(shared_site))
    assert len(found) == 1 + len(LANGUAGES) * (1 + 2 + 2 + 2 + 2) + 2
    for path in found:
        content = path.read_bytes()
        tree = html.fromstring(content)
        assert len(content) < 100_000
        ids = tree.xpath("//@id")
        if "service-2" in ids:  # the plan and the line that pays for it lead to each other
            assert tree.xpath("//*[@id='service-2']//a/@href").count("#line-4") == 1
            assert tree.xpath("//*[@id='line-4']//a/@href") == ["#service-2"]
        assert len(ids) == len(set(ids))
        levels = [int(each.tag[1]) for each in tree.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1
        assert all(after - before < 2 for before, after in pairwise(levels)), "no level of headings is left out"
        folder = path.relative_to(shared_site).parts[0]
        if folder not in {path.name, "h"}:
            assert folder in {tree.get("lang").lower(), tree.get("lang").lower().partition("-")[0]}
        for address in (*tree.xpath("//@href"), *tree.xpath("//@src")):
            if address.startswith("#"):
                assert address[1:] in ids
            elif not address.startswith("https://"):
                assert (path.parent / unquote(address)).resolve().is_file(), (path, address)
    assert stat.S_IMODE(found[0].stat().st_mode) == 0o644
    assert stat.S_IMODE(found[-1].parent.stat().st_mode) == 0o755


async def test_a_second_run_writes_what_is_new_alone(municipality: Municipality, site: Path) -> None:
    services = municipality.services
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    done = await written(services, site)
    assert (done.made, done.unchanged) == (0, 2)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before
    await services.moderation.hide(COMMAND_LINE, 1, HidingRule.PERSONAL_DATA)
    await services.moderation.hide(COMMAND_LINE, 4, HidingRule.OFF_TOPIC)
    done = await written(services, site)
    assert (done.made, done.unchanged) == (1, 1)
    assert [name for name, content in everything(site) if COMMENT.encode() in content] == []
    assert not (site / layout.comments("ky", CODE, Order.NEWEST, 0)).exists()


async def test_a_page_that_somebody_removed_is_written_again(municipality: Municipality, site: Path) -> None:
    page = site / layout.hearing("ru", CODE)
    page.unlink()
    done = await written(municipality.services, site)
    assert (done.made, done.unchanged) == (1, 1)
    assert page.is_file()


async def test_what_is_public_no_more_is_removed_and_what_is_not_ours_stays(
    municipality: Municipality, site: Path
) -> None:
    manifest = site / ".pages.json"
    found = json.loads(manifest.read_text())
    found["hearings"]["gone-2026-1"] = {"state": "", "kept": {"a": "files/a.jpg"}, "news": {}}
    manifest.write_text(json.dumps(found))
    foreign = "ky/h/of-somebody-else/index.html"
    for place in (layout.hearing("ky", "gone-2026-1"), "files/a.jpg", foreign):
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_text("old")
    done = await written(municipality.services, site)
    assert done.removed == 1
    assert not (site / layout.hearing("ky", "gone-2026-1")).exists()
    assert not (site / "files/a.jpg").exists()
    assert (site / foreign).exists()


async def test_an_answer_of_the_commission_stands_under_its_comment_and_in_the_feed(
    municipality: Municipality, site: Path
) -> None:
    services = municipality.services
    decision = Decision(Outcome.ACCEPTED, "Жайында оңдолот", "Айыл өкмөтү", date(2027, 5, 1))
    await services.decisions.decide(COMMAND_LINE, 1, decision, edition=0, earlier=decision_mark(None))
    await written(services, site)
    page = words_of(site / layout.comments("en", CODE, Order.NEWEST, 0))
    assert "Accepted Жайында оңдолот Responsible: Айыл өкмөтү To be done by: 1 May 2027" in page
    newest = next(etree.parse(site / layout.feed("en", "bagysh")).getroot().iter(f"{ATOM}entry"))
    assert newest.findtext(f"{ATOM}id") == f"urn:hearing:{CODE}:answer:1"
    assert newest.findtext(f"{ATOM}summary") == "Жайында оңдолот"


async def test_long_comments_stand_whole_on_a_page_of_their_own_and_make_no_list_heavy(
    municipality: Municipality, site: Path
) -> None:
    services = municipality.services
    async with services.store.reading() as repositories:
        hearing = await repositories.hearings.get(1)
    long = "Суу керек, <b>жол</b> да. " * 150
    for number in range(1, layout.COMMENTS_ON_A_PAGE + 1):
        comment = await filed(municipality, await municipality.resident(number), hearing, f"{number} {long} {NUMBER}")
        await services.moderation.publish(COMMAND_LINE, comment.id)
    await written(services, site)
    lists = [site / layout.comments("ky", CODE, order, 0) for order in Order]
    assert all(path.stat().st_size < 100_000 for path in (*lists, site / layout.hearing("ky", CODE)))
    place = layout.comment("ky", CODE, comment.number)
    link = layout.relative(layout.comments("ky", CODE, Order.NEWEST, 0), place)
    tree = html.fromstring(lists[1].read_bytes())
    (begun,) = tree.xpath(f"//*[@id='c{comment.number}']")
    assert (begun.xpath(".//a/@href").count(link), begun.text_content().count("Суу керек")) == (1, 19)
    assert (words_of(site / place).count("Суу керек"), NUMBER in words_of(site / place)) == (150, False)
    async with serving(municipality) as server:
        assert (await server.ask(place)).body == (site / place).read_bytes()
        short = layout.comment("ky", CODE, 1)
        assert ((await server.ask(short)).status, (site / short).exists()) == (404, False)
        await services.moderation.hide(COMMAND_LINE, comment.id, HidingRule.INSULT)
        server.forget()
        assert (await server.ask(place)).status == 404
    await written(services, site)
    assert not (site / place).exists()


async def test_who_reads_the_feed_learns_that_a_hearing_is_put_off_and_called_off(
    municipality: Municipality, site: Path
) -> None:
    announcements, clock = municipality.services.announcements, municipality.services.clock
    assert isinstance(clock, VirtualClock)
    clock.forward(minutes=1)
    later = samples.dossier().sittings[0].starts_at + timedelta(days=1)
    await announcements.postpone(COMMAND_LINE, 1, starts_at=later, why=SetbackReason.WEATHER)
    clock.forward(minutes=1)
    await announcements.cancel(COMMAND_LINE, 1, why=SetbackReason.OWN, words="<b>Ремонт</b>")
    await written(municipality.services, site)
    feed = feedparser.parse((site / layout.feed("en", "bagysh")).read_bytes())
    assert [(each.title.partition(":")[0], each.summary) for each in feed.entries[:2]] == [
        ("Hearing cancelled", "Reason: <b>Ремонт</b>"),
        ("Hearing postponed", "Reason: The weather does not allow it."),
    ]
    assert len({each.id for each in feed.entries}) == 3


def test_feeds_calendars_and_the_map_of_the_site_can_be_read(shared_site: Path) -> None:
    feed = feedparser.parse((shared_site / layout.feed("ru", "bagysh")).read_bytes())
    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "ru")
    assert [each.id for each in feed.entries] == [f"urn:hearing:{CODE}"]
    assert all(each.title and each.updated_parsed and each.link.startswith(BASE) for each in feed.entries)
    calendar = icalendar.Calendar.from_ical((shared_site / layout.calendar("ky", "bagysh")).read_bytes())
    assert len(calendar.walk("VEVENT")) == len(samples.dossier().sittings)
    addresses = [each.text or "" for each in etree.parse(shared_site / layout.SITEMAP).getroot().iter("{*}loc")]
    assert f"{BASE}/ky/h/{CODE}/" in addresses
    for address in addresses:
        assert (shared_site / unquote(address.removeprefix(f"{BASE}/")) / "index.html").is_file()


def test_search_engines_read_when_and_where(shared_site: Path) -> None:
    page = html.fromstring((shared_site / layout.hearing("uz_Cyrl", CODE)).read_bytes())
    event = page.find(".//script")
    assert event is not None
    read = jsonld.expand(json.loads(event.text or ""), {"documentLoader": _schema_org})
    assert [each["@type"] for each in read] == [[f"{SCHEMA_ORG}Event"]] * len(samples.dossier().sittings)
    for each in read:
        told = {name.removeprefix(SCHEMA_ORG) for name in each}
        assert told >= {"name", "startDate", "endDate", "eventStatus", "location", "organizer", "url"}
        assert each[f"{SCHEMA_ORG}url"] == [{"@value": f"{BASE}/uz-cyrl/h/{CODE}/"}]


def _schema_org(address: str, _: object) -> dict[str, object]:
    """The context of schema.org, as far as every word without another meaning is one of its own."""
    assert address == SCHEMA_ORG.removesuffix("/")
    context = {"@context": {"@vocab": SCHEMA_ORG}}
    return {"contextUrl": None, "documentUrl": address, "document": context, "contentType": "application/ld+json"}


async def test_without_an_address_there_is_nothing_that_needs_one(municipality: Municipality, tmp_path: Path) -> None:
    await written(municipality.services, tmp_path / "site", base="")
    assert not list(tmp_path.rglob("feed.xml"))
    assert not (tmp_path / "site" / layout.SITEMAP).exists()
    for path in pages(tmp_path):
        assert not html.fromstring(path.read_bytes()).xpath("//link[@rel='canonical' or @rel='alternate']")
