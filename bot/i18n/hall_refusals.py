"""What is refused in the hall of a sitting, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain import hall_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.domain.errors import Refusal
    from bot.i18n import Translator


def _code(t: Translator, error: hall_errors.HallCodeRefused, zone: str) -> str:
    if error.until is None:
        return t("This is not the code of the day. It stands on the wall of the hall.")
    return t("Too many wrong codes. Please try again at {time}.", time=t.moment(error.until, zone))


HALL_SENTENCES: Final[dict[type[Refusal], Callable[[Translator, Any, str], str]]] = {
    hall_errors.HallMoved: lambda t, _error, _zone: t("The hall has moved on meanwhile. Nothing was done."),
    hall_errors.HallNotRunning: lambda t, _error, _zone: t("The sitting has not begun, or is over."),
    hall_errors.HallQuestionClosed: lambda t, _error, _zone: t(
        "This question is closed in the hall. This press was not counted."
    ),
    hall_errors.HallCodeRefused: _code,
    hall_errors.HallKeyRefused: lambda t, _error, _zone: t("This link opens nothing any more. Please make a new one."),
    hall_errors.NobodyWaits: lambda t, _error, _zone: t("Nobody has asked for the floor."),
    hall_errors.NothingToUndo: lambda t, _error, _zone: t("There is nothing to undo."),
}
