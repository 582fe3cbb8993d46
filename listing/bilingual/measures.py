"""A figure typed once and said in every language: shares, points, multiples, counts, quantities, ratios, periods.

Decides the words around a number; the kinds and units are those that figures/ reads, so what is said here is read back
as it was. Amounts of money, days and instants are said in listing/web/formats.py. Nothing is rounded.
"""

from dataclasses import dataclass
from decimal import Decimal

NBSP = "\u00a0"
MINUS = "\u2212"

# unit: words in zh-Hans, in zh-Hant as Hong Kong writes them, in English for one and for several
_WORDS = {
    ("percent", "pp"): ("个百分点", "個百分點", "percentage point", "percentage points"),
    ("percent", "bp"): ("个基点", "個基點", "basis point", "basis points"),
    ("multiple", "×"): ("倍", "倍", "times", "times"),
    ("count", "person"): ("人", "人", "person", "people"),
    ("count", "company"): ("家公司", "家公司", "company", "companies"),
    ("count", "customer"): ("家客户", "家客戶", "customer", "customers"),
    ("count", "shareholder"): ("名股东", "名股東", "shareholder", "shareholders"),
    ("count", "patent"): ("项专利", "項專利", "patent", "patents"),
    ("count", "share"): ("股", "股", "share", "shares"),
    ("count", "item"): ("项", "項", "item", "items"),
    ("count", "unit"): ("台", "台", "unit", "units"),
    ("duration", "day"): ("天", "天", "day", "days"),
    ("duration", "month"): ("个月", "個月", "month", "months"),
    ("duration", "year"): ("年", "年", "year", "years"),
    ("duration", "hour"): ("小时", "小時", "hour", "hours"),
    ("quantity", "nm"): ("纳米", "納米", "nm", "nm"),
    ("quantity", "mm"): ("毫米", "毫米", "mm", "mm"),
    ("quantity", "km"): ("公里", "公里", "km", "km"),
    ("quantity", "m²"): ("平方米", "平方米", "square metre", "square metres"),
    ("quantity", "ha"): ("公顷", "公頃", "hectare", "hectares"),
    ("quantity", "mu"): ("亩", "畝", "mu", "mu"),
    ("quantity", "t"): ("吨", "公噸", "tonne", "tonnes"),
    ("quantity", "kg"): ("公斤", "公斤", "kg", "kg"),
    ("quantity", "MW"): ("兆瓦", "兆瓦", "MW", "MW"),
    ("quantity", "GWh"): ("GWh", "GWh", "GWh", "GWh"),
}
_SIGNS = {("percent", "%"): "%", ("percent", "‰"): "‰"}
_PERIODS = {
    "FY": ("{year}{nbsp}财年", "{year}{nbsp}財政年度", "FY{year}"),
    "H1": ("{year}{nbsp}年上半年", "{year}{nbsp}年上半年", "first half of {year}"),
    "H2": ("{year}{nbsp}年下半年", "{year}{nbsp}年下半年", "second half of {year}"),
    "Q1": ("{year}{nbsp}年第一季度", "{year}{nbsp}年第一季", "first quarter of {year}"),
    "Q2": ("{year}{nbsp}年第二季度", "{year}{nbsp}年第二季", "second quarter of {year}"),
    "Q3": ("{year}{nbsp}年第三季度", "{year}{nbsp}年第三季", "third quarter of {year}"),
    "Q4": ("{year}{nbsp}年第四季度", "{year}{nbsp}年第四季", "fourth quarter of {year}"),
}
UNITS = frozenset((*_WORDS, *_SIGNS))
PARTS = tuple(_PERIODS)
_COLUMNS = {"zh-Hans": 0, "zh-Hant": 1, "en": 2}


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its kind and unit (``UNITS``). Raises TypeError for a float, ValueError for an unknown unit."""

    kind: str
    unit: str
    value: Decimal | int

    def __post_init__(self) -> None:
        if isinstance(self.value, float):
            raise TypeError("a float has no exact figures to say")
        if (self.kind, self.unit) not in UNITS:
            raise ValueError(f"no words for {self.kind} {self.unit}")


def _number(value: Decimal | int) -> str:
    exact = Decimal(value)
    text = f"{exact:,f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return plain.replace("-", MINUS)


def say(measure: Measure, lang: str) -> str:
    """Return a measure in an interface language: 31.5%, 2 个百分点, 1,200 square metres, 12 patents."""
    key, number = (measure.kind, measure.unit), _number(measure.value)
    if key in _SIGNS:
        return f"{number}{_SIGNS[key]}"
    column = _COLUMNS[lang] + (lang == "en" and abs(measure.value) != 1)
    return f"{number}{NBSP}{_WORDS[key][column]}"


def ratio(first: int, second: int) -> str:
    """Return a ratio of whole numbers, written alike in every language: 1:3."""
    return f"{first}:{second}"


def period(year: int, part: str, lang: str) -> str:
    """Return a financial year (FY), half (H1) or quarter (Q3) of a year in an interface language."""
    return _PERIODS[part][_COLUMNS[lang]].format(year=year, nbsp=NBSP)
