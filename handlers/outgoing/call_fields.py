"""What a call of the Bot API carries: a screen as Telegram's fields, and the id in its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from handlers.views.screen import fitting

if TYPE_CHECKING:
    from handlers.views.screen import Button, Paper, Screen, Spot

NO_PREVIEW: Final = {"is_disabled": True}


def id_of_message(answer: Any) -> int | None:
    """The id of the message in an answer; None where there is none."""
    found = answer.get("message_id") if isinstance(answer, dict) else None
    return found if isinstance(found, int) else None


def thread_fields(thread_id: int | None) -> dict[str, Any]:
    """The topic of a chat; no field where there is none."""
    return {} if thread_id is None else {"message_thread_id": thread_id}


def text_fields(screen: Screen) -> dict[str, Any]:
    """A screen as a text, without a preview of its links."""
    return {
        "text": screen.text,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        **keyboard_fields(screen),
    }


def caption_fields(text: str) -> dict[str, Any]:
    """Words under a picture or file."""
    return {"caption": text, "parse_mode": "HTML"}


def keyboard_fields(screen: Screen | Paper | Spot) -> dict[str, Any]:
    """The buttons of a screen, below a file or a place; no field where there are none."""
    if not screen.rows:
        return {}
    rows = [[_button(button) for button in row] for row in fitting(screen.rows)]
    return {"reply_markup": {"inline_keyboard": rows}}


def _button(button: Button) -> dict[str, Any]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    if button.copy is not None:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": button.data}
