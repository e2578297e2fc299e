"""An update goes to the handlers of the library's application, and leaves nothing behind in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram.ext import ApplicationHandlerStop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Update
    from telegram.ext import Application, BaseHandler

    AnyApplication = Application[Any, Any, Any, Any, Any, Any]


async def handle(application: AnyApplication, update: Update) -> None:
    """As ``Application.process_update`` does: the first handler of each group that wants the update gets it.

    What a handler raises goes to the error handlers. The library's method also notes the ids of everybody who writes,
    for a persistence to store; without one it never lets go of them.
    """
    context: Any = None
    for group in [tuple(group) for group in application.handlers.values()]:
        try:
            found = _first_that_wants(group, update)
            if found is None:
                continue
            handler, check = found
            context = context or application.context_types.context.from_update(update, application)
            await handler.handle_update(update, application, check, context)
        except ApplicationHandlerStop:
            return
        except Exception as error:  # noqa: BLE001 the error handlers say which
            if await application.process_error(update=update, error=error):
                return


def _first_that_wants(
    group: Sequence[BaseHandler[Any, Any, Any]], update: Update
) -> tuple[BaseHandler[Any, Any, Any], object] | None:
    for handler in group:
        check = handler.check_update(update)
        if check is not None and check is not False:
            return handler, check
    return None
