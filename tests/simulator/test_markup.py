from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.markup import formatted, width
from bot.simulator.refusals import RefusedError


def marks(source: str) -> list[tuple[str, str]]:
    """The kind of each entity and the words it covers, cut out as Telegram counts: in UTF-16 units."""
    text, entities = formatted(source, "HTML")
    units = text.encode("utf-16-le")
    return [(m["type"], units[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le")) for m in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>Кара</b> суу", "Кара суу", [("bold", "Кара")]),
        ("😀😀 <i>күлкү</i>", "😀😀 күлкү", [("italic", "күлкү")]),
        ("<b>а<i>б</i></b>", "аб", [("bold", "аб"), ("italic", "б")]),
        ("<b>а<i>б</></>", "аб", [("bold", "аб"), ("italic", "б")]),
        ("<STRONG>а</STRONG>", "а", [("bold", "а")]),
        ("<u>1</u><ins>2</ins>", "12", [("underline", "1"), ("underline", "2")]),
        ("<s>1</s><tg-spoiler>2</tg-spoiler>", "12", [("strikethrough", "1"), ("spoiler", "2")]),
        ('<span class="tg-spoiler">с</span>', "с", [("spoiler", "с")]),
        ("<blockquote>тынч</blockquote>", "тынч", [("blockquote", "тынч")]),
        ("<blockquote expandable>узун</blockquote>", "узун", [("expandable_blockquote", "узун")]),
        ("<pre><code>x</code></pre>", "x", [("pre", "x"), ("code", "x")]),
        ('<a href="https://example.org/?a=1&amp;b=2">шилтеме</a>', "шилтеме", [("text_link", "шилтеме")]),
        ("<a>жөн сөз</a>", "жөн сөз", []),
        ("&lt;b&gt; &amp; &quot;x&quot; &#1091; &#x443;", '<b> & "x" у у', []),
        ("AT&T &copy; &nbsp; &", "AT&T &copy; &nbsp; &", []),
        ("5 > 3", "5 > 3", []),
        ("<b></b>бош", "бош", []),
        ("  <b> а </b>  ", "а", [("bold", "а")]),
        ("a\r\nb\x00c", "a\nb c", []),
        (
            "/mine, /help@hearing_bot",
            "/mine, /help@hearing_bot",
            [("bot_command", "/mine"), ("bot_command", "/help@hearing_bot")],
        ),
        ("көр https://example.org/a.", "көр https://example.org/a.", [("url", "https://example.org/a")]),
        ("@aigul_kg #бюджет", "@aigul_kg #бюджет", [("mention", "@aigul_kg"), ("hashtag", "#бюджет")]),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert formatted(source, "HTML")[0] == text
    assert marks(source) == expected


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("ө<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("3 < 5", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x'", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_html_that_telegram_cannot_read_is_refused_in_its_words(source: str, complaint: str) -> None:
    with pytest.raises(RefusedError) as refused:
        formatted(source, "HTML")
    assert refused.value.status == 400
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_half_of_a_letter_is_not_text() -> None:
    with pytest.raises(RefusedError, match="strings must be encoded in UTF-8"):
        formatted("\ud83d", None)


@given(st.text(max_size=60))
def test_escaped_words_come_back_as_they_were(words: str) -> None:
    clean = "".join(letter for letter in words if letter >= " " and not "\ud800" <= letter <= "\udfff").strip()
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text, entities = formatted(f"|<b>{escaped}|</b>", "HTML")
    assert text == f"|{clean}|"
    bold = next(entity for entity in entities if entity["type"] == "bold")
    assert (bold["offset"], bold["length"]) == (1, width(clean) + 1)


@given(st.text(alphabet='<>/&;"=abi \n', max_size=40))
def test_any_markup_is_read_or_refused_and_never_crashes(source: str) -> None:
    try:
        text, entities = formatted(source, "HTML")
    except RefusedError:
        return
    assert all(e["offset"] >= 0 and e["offset"] + e["length"] <= width(text) for e in entities)
