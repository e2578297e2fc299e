"""One text of a hearing, typed in the chat: asked for, read back, and taken as a new version."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.edits import LONGEST_EDITED_TEXT, TextAt, TextField, in_language, text_at, with_text
from bot.domain.errors import NotFound, TextTooLong
from bot.domain.languages import LANGUAGES
from bot.domain.message_text import checked
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind, is_new_place
from bot.domain.permissions import Permission, ensure, ensure_known
from bot.domain.values import dataclass
from bot.services.revisions import compare

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store
    from bot.services.announcements import Announcements
    from bot.services.revisions import Comparison


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text of a hearing in one language, and the words that were typed for it; empty before."""

    hearing_id: int
    at: TextAt
    language: str
    guided: bool = False
    """True where the questions about a new draft go on afterwards."""
    words: str = ""

    def to_line(self) -> str:
        """The form in which it is waited for: what it is in the first line, the words below."""
        at = self.at
        head = f"{at.field.value} {at.no} {at.option} {self.language} {int(self.guided)}"
        return f"{head}\n{self.words}"

    @classmethod
    def from_pending(cls, pending: PendingInput) -> EditedText:
        """What is waited for."""
        head, _, words = pending.text.partition("\n")
        field, no, option, language, guided = head.split(" ")
        at = TextAt(TextField(field), int(no), int(option))
        return cls(pending.hearing_id, at, language, guided=guided == "1", words=words)

    def edit(self, dossier: Dossier) -> Dossier:
        """The dossier with these words."""
        return with_text(dossier, self.at, in_language(text_at(dossier, self.at), self.language, self.words))


class Texts:
    """Changes of one text. Every method raises Forbidden for everybody who does not prepare the hearing."""

    def __init__(self, store: Store, clock: Clock, announcements: Announcements) -> None:
        self._store = store
        self._clock = clock
        self._announcements = announcements

    async def begin(self, actor: Actor, text: EditedText) -> Hearing:
        """Wait for the words; raises NotFound where the hearing has no such text or nobody speaks such a language."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            hearing = await self._prepared(repositories, actor, text.hearing_id)
            text_at(hearing.dossier, text.at)
            if text.language not in LANGUAGES:
                raise NotFound("language", text.language)
            waiting = replace(text, words="").to_line()
            until = self._clock.now() + TYPING_LASTS
            await repositories.pending_inputs.put(
                PendingInput(resident.id, PendingInputKind.TEXT, until, hearing.id, text=waiting)
            )
            return hearing

    async def keep(self, actor: Actor, words: str) -> EditedText:
        """Keep the typed words until they are taken. Raises NotFound where none are waited for, and TextRefused."""
        clean = checked(words)
        if len(clean) > LONGEST_EDITED_TEXT:
            raise TextTooLong(LONGEST_EDITED_TEXT, len(clean))
        async with self._store.writing() as repositories:
            pending = await self._pending(repositories, actor)
            text = replace(EditedText.from_pending(pending), words=clean)
            await repositories.pending_inputs.put(replace(pending, text=text.to_line()))
            return text

    async def compare(self, actor: Actor, hearing_id: int) -> tuple[EditedText, Comparison]:
        """The typed words, and what they would change of what people have read; raises NotFound before."""
        async with self._store.reading() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            text = await self._typed(repositories, actor, hearing_id)
            return text, await compare(repositories, hearing, text.edit(hearing.dossier))

    async def apply(self, actor: Actor, hearing_id: int, *, as_new_version: bool = False) -> tuple[EditedText, Hearing]:
        """Take the typed words as a new version, as ``Announcements.revise`` does; a second time raises NotFound."""
        async with self._store.reading() as repositories:
            hearing = await self._prepared(repositories, actor, hearing_id)
            text = await self._typed(repositories, actor, hearing_id)
            before = text_at(hearing.dossier, text.at).by_language.get(text.language, "")
        facts: dict[str, str | int] = {
            "field": text.at.field.value,
            "no": text.at.no,
            "language": text.language,
            "before": before,
            "after": text.words,
        }
        revised = await self._announcements.change(
            actor, hearing_id, text.edit, as_new_version=as_new_version, facts=facts
        )
        await self.drop(actor)
        return text, revised

    async def drop(self, actor: Actor) -> None:
        """Stop waiting for a text: it was used, or given up."""
        if actor.resident is None:
            return
        async with self._store.writing() as repositories:
            pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
            if pending is not None and pending.kind is PendingInputKind.TEXT:
                await repositories.pending_inputs.drop(pending.resident_id)

    async def _prepared(self, repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
        hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.PREPARE, hearing.municipality_id)
        return hearing

    async def _typed(self, repositories: Repositories, actor: Actor, hearing_id: int) -> EditedText:
        text = EditedText.from_pending(await self._pending(repositories, actor))
        if text.hearing_id != hearing_id or not text.words:
            raise NotFound("typed text")
        return text

    async def _pending(self, repositories: Repositories, actor: Actor) -> PendingInput:
        resident = ensure_known(actor)
        pending = await repositories.pending_inputs.find(resident.id, self._clock.now())
        if pending is None or pending.kind is not PendingInputKind.TEXT or is_new_place(pending):
            raise NotFound("typed text")
        return pending
