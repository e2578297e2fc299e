"""The page for whoever writes a form of the protocol: made of the fields themselves.

``python -m bot.reports.protocol.manual > docs/protocol-form.md`` brings the page up to date.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bot.reports.protocol.fields import PROTOCOL_SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reports.protocol.fields import Shape

_HEAD: Final = """# A form of the minutes

The minutes (protocol) of a hearing are a Word document, made from a form. A municipality can have its own: on the desk,
*Settings*, *Form of the minutes*, take ours, put the letterhead over it in Word, and send it to the bot's chat as a
file. The bot fills it in with a sample, shows that, and asks before it is used.

A field stands in double braces and is replaced by its words: `{{ title }}`. For a list, a paragraph or a row of a
table is repeated:

```
{%p for question in questions %}
{{ question.no }}. {{ question.text }}
{%p endfor %}
```

`{%p ... %}` stands in a paragraph of its own, `{%tr ... %}` in a row of its own; both disappear. What stands between
`{%p if legal_basis %}` and `{%p endif %}` is there only where the field is not empty. Fields, loops and conditions are
all there is: a form with anything else is refused, and so is one with a macro, another file, or something fetched from
elsewhere. It has at most 5 MB, and nine seconds to be filled in.

Where the minutes are asked for in two languages, `second` has the fields of the second one (`{{ second.title }}`), and
the cells of questions and proposals have both, one under the other. With one language `second` is empty.

This page is made from the program's own fields; a test holds it.

## Fields

"""


def manual() -> str:
    """The page, in English."""
    return _HEAD + "\n".join(_rows(PROTOCOL_SHAPE)) + "\n"


def _rows(shape: Shape, path: str = "", depth: int = 0) -> Iterator[str]:
    assert isinstance(shape, dict)
    for name, within in shape.items():
        indent, written = "  " * depth, f"{path}{name}"
        if isinstance(within, dict):
            yield f"{indent}- `{written}`: the same fields, in the second language, but for `questions` and `proposals`"
        elif isinstance(within, list):
            one = name.removesuffix("s") if name.endswith("s") else "item"
            yield f"{indent}- `{written}`: a list{f'; of each `{one}`:' if within[0] else ' of words'}"
            if isinstance(within[0], dict):
                yield from _rows(within[0], f"{one}.", depth + 1)
        else:
            yield f"{indent}- `{written}`"


if __name__ == "__main__":
    sys.stdout.write(manual())
