"""What a figure may be found by on the other side, and how well two figures agree.

Decides equality of values across kinds (2018年 and 2018, 一半 and 50 %, 下午7点半 and 19:30, 60 days and two months).
Two figures can only agree when they share a facet, so that pairing needs no comparison of all with all.
"""

import re
from decimal import Decimal

from listing.bilingual.figures import Figure, written
from listing.bilingual.figures.figure import EXACT
from listing.bilingual.figures.money import SHARED
from listing.bilingual.figures.units import UNITS

_DATE = re.compile(r"(?:FY)?(?P<y>\d{4}|XXXX)(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d))?|-(?P<p>[HQ]\d))?")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
NUMBERS = frozenset(("number", "count", "ordinal", "duration", "quantity", "multiple"))

DAY = Decimal(86400)
# How well a pair agrees; at CONFLICT the values are equal but unit or currency are not.
SAME, LIKE, DATED, CONVERTED, CONFLICT, PART = 100, 90, 80, 60, 40, 30


def dated(value: str) -> dict[str, str]:
    """Return the parts a date says: y, m, d, p (half or quarter)."""
    found = _DATE.fullmatch(value)
    if not found:
        return {}
    return {name: part for name, part in found.groupdict().items() if part and "X" not in part}


def _number_text(text: str) -> str:
    return text.lstrip("0") or "0"


def _date_facets(value: str) -> set[str]:
    if value.endswith("X"):
        century = (
            {f"c{int(value[:2]) + 1}", str(int(value[:2]) + 1)} if value[2] == "0" and value[:2].isdigit() else set()
        )
        return century | {f"s{value[2]}", f"s{value}", f"{value[2]}0", f"{value[:2]}{value[2]}0"}
    parts = dated(value)
    facets = {f"{name}{part}" for name, part in parts.items()}
    if "p" in parts:
        facets |= {_number_text(parts["p"][1:])}
    return facets | {_number_text(part) for name, part in parts.items() if name != "p"}


def _share(figure: Figure) -> Decimal | None:
    """The plain ratio a figure stands for: 50 % and one half are 0.5, doubled is 2; None where it stands for none."""
    value = figure.value
    if figure.kind == "percent":
        power = {"%": -2, "pp": -2, "‰": -3, "bp": -4}[figure.unit or "%"]
        return EXACT.scaleb(value, power)
    if figure.kind == "multiple":
        return value + 1 if figure.unit == "+×" else value
    return value if figure.kind == "number" and 0 < value <= 4 else None


def base(figure: Figure) -> tuple[str, Decimal] | None:
    """Return dimension and amount in base units of a quantity or duration, None of anything else."""
    unit = UNITS.get(figure.unit or "")
    if unit is None or not isinstance(figure.value, Decimal):
        return None
    return unit.dimension, EXACT.multiply(figure.value, unit.size)


def _seconds(amount: tuple[str, Decimal]) -> set[Decimal]:
    """The seconds a duration may stand for: a month is 30 days, and a year is 12 months or 365 days."""
    if amount[0] == "time":
        return {amount[1]}
    days = {amount[1] * 30} | ({amount[1] / 12 * 365} if amount[1] % 12 == 0 else set())
    return {number * DAY for number in days} if amount[0] == "months" else set()


def _decimal_facets(figure: Figure) -> set[str]:
    facets = {written(abs(value)) for value in (figure.value, *figure.also)}
    share = _share(figure)
    if share is not None:
        facets.add(f"r{written(share.normalize())}")
        if figure.kind == "percent" and share >= Decimal("0.5"):
            facets.add(f"r{written((share + 1).normalize())}")
    amount = base(figure)
    if amount is not None:
        facets.add(f"{amount[0]} {written(amount[1])}")
        facets |= {f"time {written(seconds)}" for seconds in _seconds(amount)}
        if figure.unit == "century":
            facets.add(f"c{written(figure.value)}")
    return facets


def facets(figure: Figure) -> frozenset[str]:
    """Return the facets of a figure."""
    value = figure.value
    if isinstance(value, Decimal):
        return frozenset(_decimal_facets(figure))
    if figure.kind == "date":
        short = figure.text.strip()  # 88 of 1986-88
        return frozenset(_date_facets(value) | ({short} if len(short) == 2 and short.isdigit() else set()))
    if figure.kind == "time":
        hour, minute = value.split(":")
        parts = {f"t{int(hour) % 12}:{minute}", _number_text(hour), str(int(hour) % 12 or 12), _number_text(minute)}
        return frozenset(parts - {"0"})
    found = {_number_text(part) for part in _DIGITS.findall(value)[:6]}
    named = {re.sub(r"[\s-]", "", value).upper()}
    # The name without its number: CMV-22 is wanted on the other side when CMV-82 stands there.
    return frozenset(found | named | ({f"={skeleton(figure)}"} if figure.kind == "identifier" else set()))


def _dates(first: str, second: str) -> int:
    if first.endswith("X") or second.endswith("X"):
        known = "X" not in first[:2] and "X" not in second[:2]
        return SAME if first == second else DATED if first[2:] == second[2:] and not known else 0
    one, other = dated(first), dated(second)
    both = one.keys() & other.keys()
    if not both or any(one[name] != other[name] for name in both):
        return 0
    return SAME if one == other else DATED + len(both)


def same_currency(first: Figure, second: Figure) -> bool | None:
    """Return whether two amounts are in one currency; None where a shared sign ($, 元) leaves it open."""
    if first.currency and second.currency:
        if first.currency == second.currency:
            return True
        yuan = "元" in (first.unit, second.unit)
        return None if yuan and {first.currency, second.currency} & {"HKD", "MOP", "TWD", "SGD", "JPY"} else False
    one, other = first.currency or second.currency, first.unit or second.unit
    if one is None:
        return first.unit == second.unit or None
    if (first.unit if not first.currency else second.unit) in SHARED:
        return None if one in SHARED[first.unit if not first.currency else second.unit] else False
    return None if other else False


def _points(figure: Figure) -> bool:
    """Whether a share is a difference of shares: 个百分点, basis points."""
    return figure.unit in ("pp", "bp")


def _equal(first: Figure, second: Figure) -> bool:
    values = (first.value, *first.also)
    return any(abs(one) == abs(other) for one in values for other in (second.value, *second.also))


def _like(first: Figure, second: Figure) -> int:
    """How well two figures of equal value agree."""
    kinds = {first.kind, second.kind}
    if kinds == {"money"}:
        return CONFLICT if same_currency(first, second) is False else SAME
    if kinds == {"percent"}:
        return SAME if _points(first) == _points(second) and _share(first) == _share(second) else CONFLICT
    if "percent" in kinds:
        return LIKE if "pp" in (first.unit, second.unit) and kinds & {"number", "count"} else CONFLICT
    if kinds <= NUMBERS:
        if "+×" in (first.unit, second.unit):
            return SAME if _share(first) == _share(second) else CONFLICT
        return SAME if first.kind == second.kind and first.unit == second.unit else LIKE
    return LIKE - 5


def _decimals(first: Figure, second: Figure) -> int:
    one, other = base(first), base(second)
    if one and other and one[0] == other[0]:
        return SAME if one[1] == other[1] else 0
    if one and other and _seconds(one) & _seconds(other):
        return CONVERTED
    share, against = _share(first), _share(second)
    if share is not None and share == against and first.kind != second.kind:
        return CONVERTED
    if _equal(first, second) or (share is not None and share == against):
        return _like(first, second)
    if share is not None and against is not None and first.kind != second.kind:
        return CONVERTED - 5
    return 0


def skeleton(figure: Figure) -> str:
    """Return an identifier without its digits: CMV-22 and CMV-82 are one name with another number."""
    return re.sub(r"\d+", "0", re.sub(r"[\s-]", "", str(figure.value))).upper()


def _day_number(date: Figure, number: Figure) -> int:
    """Whether a number says the finest part of a date: 10 for 9月10日, 2018 for 2018年, but not 1 for January 2018."""
    parts = dated(date.value)
    if "y" in parts and "m" in parts and "d" not in parts:
        return 0
    if date.text.strip() in facets(number):  # 88 of 1986-88
        return PART
    finest = parts.get("d") or parts.get("m") or parts.get("y")
    return PART if finest is None or _number_text(finest) in facets(number) or "p" in parts else 0


_CENTURIES = frozenset(f"c{number}" for number in range(1, 23))


def _texts(first: Figure, second: Figure) -> int:
    """How well two times, two ratios or two identifiers agree."""
    if first.value == second.value:
        return SAME
    if first.kind == "time":
        one, other = first.value.split(":"), second.value.split(":")
        return LIKE if one[1] == other[1] and int(one[0]) % 12 == int(other[0]) % 12 else 0
    if first.kind == "ratio":
        return LIKE if first.value.split(":") == second.value.split(":")[::-1] else 0
    one, other = (re.sub(r"[\s-]", "", figure.value).upper() for figure in (first, second))
    return LIKE if one == other or one in other or other in one else 0


def agreement(first: Figure, second: Figure) -> int:
    """Return how well two figures that share a facet agree, 0 for not at all."""
    decimals = isinstance(first.value, Decimal), isinstance(second.value, Decimal)
    if all(decimals):
        return _decimals(first, second)
    if first.kind == second.kind == "date":
        return SAME if first.text == second.text else _dates(first.value, second.value)
    if first.kind == second.kind:
        return _texts(first, second)
    if {first.kind, second.kind} == {"date", "duration"} and facets(first) & facets(second) & _CENTURIES:
        return DATED
    if "date" in (first.kind, second.kind) and any(decimals):
        return _day_number(*((first, second) if first.kind == "date" else (second, first)))
    parts = any(decimals) or "time" in (first.kind, second.kind) or "identifier" in (first.kind, second.kind)
    return PART if parts else 0
