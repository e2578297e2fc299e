"""Words for people: sentences, numbers, money and dates in the reader's language.

``Catalogues.load()`` reads the ``.po`` files once; ``catalogues["ky"]`` is a ``Translator``, and a view calls it:
``t("Hello, {name}", name=name)``. ``later("...")`` marks a sentence that stands in a table and is said elsewhere.
"""

from bot.i18n.catalogues import Catalogues, later
from bot.i18n.translator import ShownText, Translator

__all__ = ["Catalogues", "ShownText", "Translator", "later"]
