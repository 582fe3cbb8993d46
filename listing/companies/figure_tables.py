"""How key figures read in one language: the rows of a table, the bars of a chart, bands in words.

Pure. The same rows stand on the page and in the factsheet; who sees them is decided in ``figures``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from listing.access.actor import Tier
from listing.money import Money
from listing.web import formats

from . import catalogue, figures, sheets
from .catalogue import Entry
from .figures import Band, Figures, Period, Ratio
from .sheets import Field

MOST_BARS = 8
WIDTH = 320  # of a chart, in its own units: on a narrow screen one is one pixel
_BAR, _LINE, _GAP = 16, 18, 10  # heights
_WIDEST = 38  # columns of text that fit into WIDTH


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in words; ``empty`` where words stand for a figure that there is not."""

    text: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what it is, whether it was derived, and a cell for each period."""

    id: str
    label: str
    derived: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, where its two lines of text stand, and its rectangle."""

    label: str
    value: str
    label_y: int
    value_y: int
    y: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars from a line at zero, with a sentence that says the same."""

    sentence: str
    height: int
    zero: int
    bar: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Key figures in one language: heads are (period, whether it was audited)."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    chart: Chart | None


@cache
def items() -> tuple[Field, ...]:
    """The figures that an enterprise states, as its sheet declares them."""
    rows = sheets.sheets()["figures"].field("periods").fields
    return tuple(each for each in rows if each.rule("under") == "values")


@cache
def _labels(kind: str, lang: str) -> Mapping[str, str]:
    if kind == "items":
        return {item.id: item.label(lang) for item in items()}
    source = catalogue.source("figures")
    rows = source["bands"]["words"] if kind == "bands" else source[kind]
    names = ("id", "zh_hans", "zh_hant", "en")
    return {row["id"]: Entry(**{name: row[name] for name in names}).label(lang) for row in rows}


def label(key: str, lang: str) -> str:
    """What a figure, given or derived, is called."""
    return (_labels("items", lang) | _labels("ratios", lang))[key]


def period(found: Period, lang: str) -> str:
    """A period in words: 2025, or 6 months to 30 Jun 2026."""
    if found.months == figures.YEAR and (found.end.month, found.end.day) == (12, 31):
        return str(found.end.year) if lang == "en" else f"{found.end.year}年"
    return _months_to(found.end, found.months, lang)


def _months_to(end: date, months: int, lang: str) -> str:
    day = formats.day(end, lang)
    if lang == "en":
        return f"{months} months to {day}"
    return f"截至{day}止{months}{'个' if lang == 'zh-Hans' else '個'}月"


def head(found: Period, lang: str) -> tuple[str, str]:
    """A period in words, and whether its figures were audited."""
    return period(found, lang), _labels("words", lang)["audited" if found.audited else "unaudited"]


def table(found: Figures, lang: str) -> Table:
    """The whole table, the latest MOST_BARS periods, and the chart of the revenue."""
    shown = Figures(found.currency, found.periods[-MOST_BARS:])
    derived = {key: values[-MOST_BARS:] for key, values in figures.ratios(found).items()}
    rows = [*_given(shown, lang), *_derived(derived, lang)]
    heads = tuple(head(each, lang) for each in shown.periods)
    return Table(heads, tuple(rows), chart(shown, "revenue", lang))


@dataclass(frozen=True, slots=True)
class Shown:
    """What one visitor sees of the key figures: the whole table, or bands of the last full year, or nothing."""

    table: Table | None = None
    year: str = ""
    bands: tuple[tuple[str, str], ...] = ()


def shown(found: Figures | None, tier: Tier, lang: str) -> Shown:
    """The key figures as a visitor of ``tier`` sees them in their language."""
    seen = figures.seen(found, tier)
    if seen is None:
        return Shown()
    if seen is found:
        return Shown(table=table(found, lang))
    return Shown(None, *bands(found, lang))


def _given(shown: Figures, lang: str):
    missing = Cell(_labels("reasons", lang)["missing"], empty=True)
    for item in items():
        key, amount = item.id, item.kind == "amount"
        if not any(key in each.values for each in shown.periods):
            continue
        cells = (
            Cell(_text(each.values[key], shown.currency if amount else None, lang)) if key in each.values else missing
            for each in shown.periods
        )
        yield Row(key, label(key, lang), False, tuple(cells))


def _derived(derived: Mapping[str, tuple[Ratio, ...]], lang: str):
    for key, ratios in derived.items():
        if any(ratio.why not in ("missing", "first") for ratio in ratios):
            yield Row(key, label(key, lang), True, tuple(_cell(ratio, lang) for ratio in ratios))


def _cell(ratio: Ratio, lang: str) -> Cell:
    if ratio.value is None:
        return Cell(_labels("reasons", lang)[ratio.why], empty=True)
    if isinstance(ratio.value, Money):
        return Cell(formats.money(ratio.value, lang))
    return Cell(f"{formats.number(ratio.value, lang)}%")


def _text(value: int, currency: str | None, lang: str) -> str:
    return formats.money(Money(value, currency), lang) if currency else formats.number(value, lang)


def chart(found: Figures, key: str, lang: str) -> Chart | None:
    """The bars of one figure; None where fewer than two periods have it."""
    has = [each for each in found.periods if key in each.values][-MOST_BARS:]
    if len(has) < 2:
        return None
    texts = [(period(each, lang), formats.money(Money(each.values[key], found.currency), lang)) for each in has]
    return _drawn(label(key, lang), texts, [each.values[key] for each in has], lang)


def counts(title: str, rows: Sequence[tuple[str, int]], lang: str) -> Chart:
    """The bars of some counts, each with what it counts."""
    texts = [(name, formats.number(value, lang)) for name, value in rows]
    return _drawn(title, texts, [value for _name, value in rows], lang)


def percents(title: str, rows: Sequence[tuple[str, int]], lang: str) -> Chart:
    """The bars of some shares in per cent, each with what it is of; the whole width is all of it."""
    texts = [(name, f"{formats.number(value, lang)}%") for name, value in rows]
    return _drawn(title, texts, [value for _name, value in rows], lang, whole=100)


def _drawn(title: str, texts: list[tuple[str, str]], values: list[int], lang: str, whole: int = 0) -> Chart:
    bars, height, zero = _bars(texts, values, whole)
    words = _labels("words", lang)
    sentence = title + words["colon"] + words["stop"].join(f"{name} {value}" for name, value in texts)
    return Chart(sentence, height, zero, _BAR, bars)


def _bars(texts: list[tuple[str, str]], values: list[int], whole: int) -> tuple[tuple[Bar, ...], int, int]:
    """The bars to scale, ``whole`` or the longest as wide as the chart; where words and value do not fit, two lines."""
    low, high = min(0, *values), max(whole, *values)
    span = high - low or 1
    zero = -low * WIDTH // span
    lines = 2 if any(_columns(name) + _columns(value) > _WIDEST for name, value in texts) else 1
    step, made = lines * _LINE + _BAR + _GAP, []
    for at, ((name, value), size) in enumerate(zip(texts, values, strict=True)):
        top, length = at * step, max(abs(size) * WIDTH // span, 1)
        x = max(zero - length, 0) if size < 0 else min(zero, WIDTH - length)
        made.append(
            Bar(name, value, top + _LINE - 4, top + lines * _LINE - 4, top + lines * _LINE, x, min(length, WIDTH))
        )
    return tuple(made), len(texts) * step - _GAP, zero


def _columns(text: str) -> int:
    return sum(1 if char < "\u2e80" else 2 for char in text)


def band(found: Band, currency: str | None, lang: str) -> str:
    """A band in words: CNY 20 million to CNY 50 million."""
    low, high = (None if bound is None else _text(bound, currency, lang) for bound in (found.low, found.high))
    words = "below" if low is None else "above" if high is None else "between"
    return _labels("bands", lang)[words].format(low=low, high=high)


def bands(found: Figures, lang: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The last full year, and what is known of it in bands: (label, band)."""
    last = figures.last_year(found)
    rows = tuple(
        (label(key, lang), band(each, found.currency if key == "revenue" else None, lang))
        for key, each in figures.banded(found).items()
    )
    return (period(last, lang) if last else ""), rows
