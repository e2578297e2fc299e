"""What every page has around its contents, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.values import dataclass
from bot.pages import layout
from bot.pages.templating import ICON, STYLESHEET, Frame, PageLink, asset_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.i18n import Translator


@dataclass(frozen=True, slots=True)
class Framing:
    """Makes the frames of pages in the language of ``t``; ``base`` is the address of the site, empty where unknown."""

    t: Translator
    base: str

    def frame(
        self,
        page: str,
        title: str,
        description: str,
        *,
        elsewhere: Callable[[str], str],
        picture: str = "",
        feed: str = "",
        trail: tuple[PageLink, ...] = (),
    ) -> Frame:
        """The frame of ``page``; ``elsewhere`` says where the same page lies in another language."""
        t, base = self.t, self.base
        site = t("Public hearings")
        return Frame(
            language=layout.tag(t.language),
            title=title if title == site else f"{title} · {site}",
            description=description,
            site=site,
            skip=t("To the contents"),
            choose=t("Language"),
            home=layout.relative(page, layout.front(t.language)),
            styles=layout.relative(page, asset_place(STYLESHEET)),
            icon=layout.relative(page, asset_place(ICON)),
            languages=tuple(
                PageLink(
                    OWN_NAMES[each],
                    layout.relative(page, elsewhere(each)),
                    current=each == t.language,
                    language=layout.tag(each),
                )
                for each in LANGUAGES
            ),
            note=t("Here stands what everybody may know: no names of residents, no numbers of small groups."),
            canonical=layout.absolute(base, page) if base else "",
            alternates=tuple(
                PageLink(OWN_NAMES[each], layout.absolute(base, elsewhere(each)), language=layout.tag(each))
                for each in (LANGUAGES if base else ())
            ),
            picture=layout.absolute(base, picture) if base and picture else "",
            feed=layout.relative(page, feed) if feed else "",
            trail=trail,
        )

    def link(self, page: str, other: str, words: str) -> PageLink:
        """A link from ``page`` to another page or file of the site."""
        return PageLink(words, layout.relative(page, other))
