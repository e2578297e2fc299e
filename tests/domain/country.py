"""A small country with the troubles of the real list: Russian names alone, namesakes, towns without municipalities."""

from __future__ import annotations

from typing import Final

from bot.domain.languages import RU, Text
from bot.domain.place_search import PlaceIndex
from bot.domain.places import Place, PlaceKind, PlaceTree
from bot.domain.towns import with_towns

_KINDS: Final = {
    "р": PlaceKind.REGION,
    "д": PlaceKind.DISTRICT,
    "м": PlaceKind.MUNICIPALITY,
    "с": PlaceKind.VILLAGE,
}
ROWS: Final = """
р г. Бишкек
  д Ленинский район
    м Чон-Арык
  д Свердловский район
р г. Ош
  д город Ош
р Иссык-Кульская область
  д Иссык-Кульский район
    м Тамчынский айылный аймак
      с Тамчы
  д Тонский район
    м Терт-Кульский айылный аймак
      с Терт-Куль
  д Тюпский район
    м Иссык-Кельский айылный аймак
      с Иссык-Кель
р Нарынская область
  д г. Нарын
  д Нарынский район
    м Казан-Куйганский айылный аймак
      с Казан-Куйган
  д Кочкорский район
    м Кок-Жарский айылный аймак
      с Кок-Джар
    м Кара-Сууский айылный аймак
      с Кара-Суу
  д Ат-Башынский район
    м Ат-Башынский айылный аймак
      с Ат-Башы
    м Кара-Сууский айылный аймак
      с Кара-Суу
  д Ак-Талинский район
    м Кек - Джарский айылный аймак
  д Жумгальский район
    м Джаны-Арыкский айылный аймак
      с Джаны-Арык
р Джалал-Абадская область
  д г. Джалал-Абад
    м Кельме
  д Токтогульский район
    м Токтогул
  д Аксыйский район
    м Кара-Сууский айылный аймак
      с Кара-Суу
    м Назаралиевский айылный аймак
      с Нарын
  д Ноокенский район
    м Бюргендинский айылный аймак
      с Бюргендю
      с Кичи-Бюргендю
      с Джаны-Арык
  д Сузакский район
    м Сузакский айылный аймак
      с Сузак
    м Багышский айылный аймак
      с Багыш
      с Кедей-Арык
р Ошская область
  д Алайский район
    м Жаны-Алайский айылный аймак
      с Жаны-Арык
  д Узгенский район
    м Терт-Кельский айылный аймак
    м Узген
р Чуйская область
  д Кеминский район
    м Чон-Кеминский айылный аймак
      с Торт-Куль
  д Жайылский район
    м Кара-Сууский айылный аймак
      с Кара-Суу
р Таласская область
  д Бакай-Атинский район
    м Озгорушский айылный аймак
  д Манасский район
    м Уч-Коргонский айылный аймак
      с Уч-Коргон
"""


def places(rows: str = ROWS) -> tuple[Place, ...]:
    """The places of a list in which each stands two letters to the right of the one it lies in."""
    found: list[Place] = []
    around: list[int] = []
    for row in filter(str.strip, rows.splitlines()):
        level = (len(row) - len(row.lstrip())) // 2
        kind, _, name = row.strip().partition(" ")
        number = len(found) + 1
        parent = around[level - 1] if level else None
        found.append(Place(number, f"{number:03}", _KINDS[kind], parent, Text({RU: name})))
        around[level:] = [number]
    return tuple(found)


def tree(rows: str = ROWS) -> PlaceTree:
    """The tree of them, towns as municipalities."""
    return PlaceTree(with_towns(places(rows)), "Asia/Bishkek")


def index(rows: str = ROWS) -> PlaceIndex:
    """Their names, to be searched."""
    return PlaceIndex(tree(rows).places)
