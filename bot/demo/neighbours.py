"""Neighbours whose phones are not shown: they have written to the open hearing, so that the secretary has work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import CommentKind
from bot.domain.people import Caller
from bot.domain.questions import About, AboutKind
from bot.domain.values import dataclass
from bot.services.incoming_message import IncomingMessage
from bot.simulator import Person

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services import Services
    from bot.simulator import Telegram


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resident with a Telegram id, and what they say."""

    id: int
    name: str
    language: str
    kind: CommentKind
    about: About
    words: str


NEIGHBOURS: Final = (
    Neighbour(
        *(700_101, "Нурбек", "ky", CommentKind.COMMENT, About(AboutKind.SERVICE, 1)),
        words="Биздин көчөдө кечинде эч нерсе көрүнбөйт. Жолду оңдогондо жарык да керек.",
    ),
    Neighbour(
        *(700_102, "Мадина", "uz_Cyrl", CommentKind.PROPOSAL, About(AboutKind.STRATEGY)),
        words="Аввал мактаб ёнидаги йўлни таъмирлаш керак: болалар ҳар куни ўша йўлдан юради.",
    ),
    Neighbour(
        *(700_103, "Ольга", "ru", CommentKind.QUESTION, About(AboutKind.BUDGET)),
        words="Сколько денег в следующем году пойдёт на детский сад?",
    ),
)


async def write_comments(services: Services, hearing: Hearing) -> None:
    """Let each neighbour agree, follow the municipality and write to its hearing, which takes answers now."""
    for each in NEIGHBOURS:
        actor = await services.people.agree(Caller(each.id, each.language))
        actor = await services.people.follow(actor, hearing.municipality_id)
        await services.submissions.begin(actor, hearing.id, each.kind, each.about)
        message = IncomingMessage(each.words, f"{each.id}.1", services.clock.now(), number=1, content=each.words)
        await services.submissions.receive(actor, message)


def move_in(telegram: Telegram) -> None:
    """Give them phones, to which the bot may write."""
    for each in NEIGHBOURS:
        Person(telegram, each.name, language=each.language[:2], id=each.id).chat.refusal = None
