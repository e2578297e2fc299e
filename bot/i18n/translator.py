"""The translator: what a view needs to speak to a reader.

Sentences are ours, values are anybody's: a value is inserted as it is, once, never read as a template, so a resident
called ``{0.__class__}`` stays exactly that. Escaping for Telegram is the view's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bot.domain.languages import EN, KY, UZ, UZ_CYRL
from bot.domain.values import dataclass
from bot.i18n import moments, numbers, place_names
from bot.i18n.uzbek import to_cyrillic, to_latin

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from bot.domain.languages import Text
    from bot.domain.places import Place

Sentences = Mapping[tuple[str | None, str], tuple[str, ...]]
"""(context, English) to the translation; several forms where it counts."""
PluralRule = Callable[[int], int]
"""Which of a language's forms a count takes, from 0; the catalogue's header says it."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


def english_plural(count: int) -> int:
    """One thing; 0, 2, 3 things."""
    return int(count != 1)


@dataclass(frozen=True, slots=True)
class ShownText:
    """Words as a reader gets them; ``foreign`` where they are in another language than the reader's."""

    words: str
    language: str
    foreign: bool


class Translator:
    """One language's words, numbers, money and dates."""

    def __init__(
        self,
        language: str,
        sentences: Sentences,
        unknown: set[tuple[str, str]] | None = None,
        *,
        plural: PluralRule = english_plural,
    ) -> None:
        self.language = language
        self._sentences = sentences
        self._plural = plural
        self._unknown = set() if unknown is None else unknown

    def __call__(self, sentence: str, /, **values: object) -> str:
        """``sentence`` in the reader's language with ``{name}`` filled in; ``KeyError`` for a value not given."""
        found = self._found(None, sentence)
        return _filled(found[0] if found else sentence, values)

    def n(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The form for ``count``, which is ``{n}`` in it, grouped: ``t.n("{n} comment", "{n} comments", 1200)``."""
        filling = {**values, "n": self.number(count)}
        if found := self._found(None, one):
            return _filled(found[self._plural(abs(count))], filling)
        return _filled((one, many)[english_plural(abs(count))], filling)

    def p(self, context: str, word: str, /, **values: object) -> str:
        """``word`` as it is said in ``context``, e.g. ``t.p("button", "Open")``."""
        found = self._found(context, word)
        return _filled(found[0] if found else word, values)

    def number(self, value: float) -> str:
        """``12 345,6``: groups joined by no-break spaces, at most three decimals."""
        return numbers.number(self.language, value)

    def percent(self, ratio: float) -> str:
        """``0.453`` as ``45 %`` or ``45%``; a part is never shown as nothing and never as the whole."""
        return numbers.percent(self.language, ratio)

    def money(self, tyiyn: int, unit: str = "som") -> str:
        """Whole tyiyn (1/100 som) in ``unit``, ``som`` or ``thousand som``, e.g. ``1 250,5 миң сом``."""
        return f"{numbers.amount(self.language, tyiyn, unit)}{numbers.NBSP}{self.unit(unit)}"

    def round_money(self, tyiyn: int, unit: str = "som") -> str:
        """The same from a million som on in millions with one decimal, as people say it: ``52,3 млн сом``."""
        t = self
        if abs(tyiyn) < numbers.MILLION_SOM:
            return self.money(tyiyn, unit)
        said = numbers.number(self.language, Decimal(tyiyn) / numbers.MILLION_SOM, 1)
        return f"{said}{numbers.NBSP}{t.p('money', 'million som')}"

    def months(self, start: str, end: str) -> str:
        """From which month to which, as the workbook has them (``2027-03``): ``March – September 2027``."""
        return moments.months(self.language, start, end)

    def unit(self, unit: str) -> str:
        """The name of ``som`` or ``thousand som``, e.g. for a heading; raises ``ValueError`` for another unit."""
        t = self
        match unit:
            case "som":
                return t.p("money", "som")
            case "thousand som":
                return t.p("money", "thousand som")
        raise ValueError(f"no such unit of money: {unit!r}")

    def date(self, day: dt.date) -> str:
        """``06.12.2026``, the same in every language."""
        return moments.numeric(day)

    def day(self, day: dt.date, *, now: dt.datetime | None = None) -> str:
        """The long date with its weekday, e.g. ``жекшемби, 6-декабрь 2026-ж.``; ``now`` in its year, without that."""
        return moments.long(self.language, day, year=now is None or now.year != day.year)

    def day_and_time(self, at: dt.datetime, zone: dt.tzinfo, *, now: dt.datetime | None = None) -> str:
        """The long date with its weekday, and the time, of the aware ``at`` on a wall clock in ``zone``."""
        there = at.astimezone(zone)
        return f"{self.day(there.date(), now=now)}, {self.time(there)}"

    def in_words(self, day: dt.date, *, now: dt.date | None = None) -> str:
        """Day and month for a sentence, e.g. ``6-декабрь 2026``; ``now`` in its year, without that."""
        return moments.in_words(self.language, day, year=now is None or now.year != day.year)

    def moment_in_words(self, at: dt.datetime, zone: dt.tzinfo, *, now: dt.datetime | None = None) -> str:
        """The same with the time: the aware ``at`` on a wall clock in ``zone``."""
        there = at.astimezone(zone)
        return f"{self.in_words(there.date(), now=now)}, {self.time(there)}"

    def brief(self, day: dt.date) -> str:
        """The short weekday with day and month, for a button, e.g. ``жек 06.12``."""
        return moments.brief(self.language, day)

    def time(self, moment: dt.time | dt.datetime) -> str:
        """``14:00``, the same in every language; a datetime is taken as it stands, not converted."""
        return moments.clock(moment)

    def moment(self, at: dt.datetime, zone: dt.tzinfo | str) -> str:
        """``06.12.2026, 14:00``: the aware ``at`` on a wall clock in ``zone``."""
        return moments.local(at, zone)

    def zone_name(self, zone: dt.tzinfo | str, at: dt.datetime | None = None) -> str:
        """Whose time it is: ``Bishkek time`` in words, elsewhere ``UTC+5`` as it is ``at`` that moment."""
        t = self
        if str(zone) == "Asia/Bishkek":
            return t("Bishkek time")
        return moments.offset(zone, at)

    def list(self, items: Iterable[object]) -> str:
        """The items with commas between and no word for "and", which would want an ending."""
        return ", ".join(str(item) for item in items)

    def text(self, text: Text) -> ShownText:
        """What a secretary wrote, in the nearest language; Uzbek of the other script is rewritten and not foreign."""
        words, language = text.nearest(self.language)
        if (language, self.language) == (UZ_CYRL, UZ):
            words, language = to_latin(words), UZ
        elif (language, self.language) == (UZ, UZ_CYRL):
            words, language = to_cyrillic(words), UZ_CYRL
        return ShownText(words, language, language != self.language)

    def marked(self, text: Text) -> str:
        """The words of ``text``, followed by a short mark such as `` (рус.)`` where they are foreign to the reader."""
        shown = self.text(text)
        return f"{shown.words} ({self.mark(shown.language)})" if shown.foreign else shown.words

    def is_foreign(self, language: str) -> bool:
        """Whether it is another language than the reader's; Uzbek of the other script is not."""
        return language != self.language and {language, self.language} != {UZ, UZ_CYRL}

    def rewritten(self, words: str, language: str) -> str:
        """Words of ``language`` in the script of a reader of Uzbek; as they are for other readers and languages."""
        if self.language == UZ and language in (UZ, UZ_CYRL, KY):
            return to_latin(words)
        return to_cyrillic(words) if self.language == UZ_CYRL and language in (UZ, UZ_CYRL) else words

    def place(self, name: Text) -> str:
        """The name of a place in the nearest language, in the letters of the reader's alphabet."""
        words, language = name.nearest(self.language)
        if {language, self.language} == {UZ, UZ_CYRL}:
            return self.text(name).words
        return words if language == self.language else place_names.in_letters_of(self.language, words)

    def person(self, name: str) -> str:
        """The name of a person, as somebody wrote it, in the letters of the reader's alphabet."""
        return place_names.in_letters_of(self.language, name)

    def in_order(self, places: Iterable[Place]) -> tuple[Place, ...]:
        """Places as the reader's alphabet has them."""
        return tuple(sorted(places, key=lambda each: place_names.alphabetical(self.language, self.place(each.name))))

    def mark(self, language: str) -> str:
        """A language's short name, e.g. ``рус.``."""
        t = self
        match language:
            case "ky":
                return t.p("language mark", "Kyrgyz")
            case "ru":
                return t.p("language mark", "Russian")
            case "en":
                return t.p("language mark", "English")
        return t.p("language mark", "Uzbek")

    def _found(self, context: str | None, english: str) -> tuple[str, ...] | None:
        """The translation; None where the English words themselves are to be said."""
        found = self._sentences.get((context, english))
        if found is None and self.language != EN:
            self._unknown.add((self.language, english))
        return found


def _filled(template: str, values: Mapping[str, object]) -> str:
    if "{" not in template:
        return template
    return _PLACEHOLDER.sub(lambda name: str(values[name[1]]), template)
