"""What a number of an English text counts: a share, money, a multiple, a quantity, an ordinal, or nothing named.

Decides kind, unit and span of the figures that hold a numeral. Dates and identifiers have been taken out before.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from listing.bilingual.figures import money, phrases, units
from listing.bilingual.figures.figure import EXACT, Figure, Numeral
from listing.bilingual.figures.formula import formulas
from listing.bilingual.figures.numerals_en import numerals

_SHARE = re.compile(
    r"[ -]{0,2}(?:(?P<points>percentage[ -]points?|per ?cent points?|pp(?![a-z])|ppts?(?![a-z]))|(?P<percent>%"
    r"|per ?cents?(?![a-z])|pct(?![a-z]))"
    r"|(?P<mille>‰|per mille)|(?P<bp>basis[ -]points?|bps?(?![a-z])))"
)
_SHARE_OF = re.compile(r"(?:^|[.;:(] )(?P<p>per ?cents? of )$")
_TIMES = re.compile(r"(?: ?-?fold|[ -]times|x(?![a-z0-9]))(?![a-z])(?! as (?:many|much))?")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_PRONOUN = re.compile(r"(?<![a-z])(?:the|this|that|which|no|any|every|each|some|another) $")


def _figure(text: str, numeral: Numeral, kind: str, start: int, end: int, **fields) -> Figure:
    fields = {"value": numeral.value, "hedge": numeral.hedge, "also": numeral.also, **fields}
    return Figure(text[start:end], start, end, kind, words=numeral.words, number=(numeral.start, numeral.end), **fields)


def _share(text: str, low: str, numeral: Numeral) -> Figure | None:
    found = _SHARE.match(low, numeral.end)
    if found:
        unit = next(
            sign for name, sign in (("points", "pp"), ("percent", "%"), ("mille", "‰"), ("bp", "bp")) if found[name]
        )
        return _figure(text, numeral, "percent", numeral.start, found.end(), unit=unit)
    ahead = _SHARE_OF.search(low[max(0, numeral.start - 16) : numeral.start])
    return _figure(text, numeral, "percent", numeral.start - len(ahead["p"]), numeral.end, unit="%") if ahead else None


def _cents(low: str, end: int, code: str) -> tuple[int, Decimal]:
    found = money.MINOR_EN.match(low, end) if code in ("$", "USD", "pound", "GBP", "EUR", "HKD") else None
    if not found:
        return end, Decimal(0)
    written = found["n"] or found["b"]
    parts = [Numeral(0, 2, Decimal(written))] if written.isdigit() else list(numerals(written))
    if len(parts) != 1 or parts[0].value >= 100:
        return end, Decimal(0)
    return found.end(), EXACT.scaleb(parts[0].value, -2)


def _hundredths(text: str, low: str, numeral: Numeral, behind: tuple[int, str]) -> Figure:
    """HK5 cents and 5 HK cents as HKD 0.05; cents of no named currency stay cents."""
    ahead = money.CENTS_EN.search(low, max(0, numeral.start - 5), numeral.start)
    currency = money.CENTS[ahead["c"]] if ahead else "HKD" if behind[1] == "HKD/100" else None
    start = ahead.start() if ahead else numeral.start
    if currency is None:
        return _figure(text, numeral, "money", start, behind[0], unit="cent")
    value = EXACT.scaleb(numeral.value, -2)
    return _figure(text, numeral, "money", start, behind[0], value=value, currency=currency)


def _money(text: str, low: str, numeral: Numeral, floor: int) -> Figure | None:
    ahead = money.before(low, numeral.start, floor)
    behind = money.behind(low, numeral.end, chinese=False)
    if not ahead and not behind:
        return None
    start = ahead[0] if ahead else numeral.start
    end = behind[0] if behind else numeral.end
    if behind and behind[1] in ("cent", "HKD/100"):
        return _hundredths(text, low, numeral, behind)
    code = ahead[1] if ahead and (ahead[1] != money.OPEN or not behind) else behind[1]
    value = numeral.value
    if behind:
        end, cents = _cents(low, end, code)
        value = EXACT.add(value, cents)
    shown = None if code in money.SHARED or not code.isupper() else code
    return _figure(text, numeral, "money", start, end, value=value, currency=shown, unit=None if shown else code)


def _multiple(text: str, low: str, numeral: Numeral) -> Figure | None:
    found = _TIMES.match(low, numeral.end)
    return _figure(text, numeral, "multiple", numeral.start, found.end(), unit="×") if found else None


def _measured(text: str, low: str, numeral: Numeral) -> Figure | None:
    pattern, symbols = units.english()
    found = pattern.match(low, numeral.end)
    if found:
        symbol, end, numeral_ = symbols.get(found["l"]) or symbols[found["l"].replace(" ", "-")], found.end(), numeral
    elif numeral.also and text[numeral.end - 1] == "m":  # 1.8m: metres unless money, and perhaps a million all the same
        symbol, end = "m", numeral.end
        numeral_ = Numeral(numeral.start, numeral.end, numeral.also[0], numeral.words, numeral.hedge, (numeral.value,))
    else:
        return None
    kind = "duration" if units.UNITS[symbol].dimension in ("time", "months") else "quantity"
    return _figure(text, numeral_, kind, numeral.start, end, unit=symbol)


def _figure_of(text: str, low: str, numeral: Numeral, floor: int) -> Figure | None:
    figure = _share(text, low, numeral) or _money(text, low, numeral, floor) or _multiple(text, low, numeral)
    figure = figure or _measured(text, low, numeral)
    if figure:
        return figure
    ordinal = _ORDINAL.match(low, numeral.end)
    if ordinal and not numeral.words:
        return _figure(text, numeral, "ordinal", numeral.start, ordinal.end())
    if low[numeral.start : numeral.end] == "one" and _PRONOUN.search(low[max(0, numeral.start - 9) : numeral.start]):
        return None
    return _figure(text, numeral, "number", numeral.start, numeral.end)


def _worded(text: str) -> Callable[[phrases.Phrase], Figure]:
    def figure(phrase: phrases.Phrase) -> Figure:
        span = phrase.start, phrase.end
        fields = {"hedge": phrase.hedge, "words": True, "number": span}
        return Figure(text[slice(*span)], *span, phrase.kind, phrase.value, phrase.unit, **fields)

    return figure


def figures(text: str, low: str, masked: str) -> Iterator[Figure]:
    """Yield the figures with a numeral, and the worded ones, of a plain English text.

    ``low`` is the text in lower case, ``masked`` the same with what has been read before blotted out.
    """
    yield from map(_worded(text), phrases.ahead(masked))
    for found in money.THOUSANDS_EN.finditer(masked) if "000" in masked else ():
        written = found["c"].strip()
        code = money.BEFORE[written]
        named = None if code in money.SHARED else code
        unit = None if named else code
        yield Figure(text[slice(*found.span())], *found.span(), "money", Decimal(1000), unit, named, words=True)
    for numeral in formulas(masked):
        yield _figure(text, numeral, "number", numeral.start, numeral.end)
    floor = 0
    for numeral in numerals(masked, text):
        figure = _figure_of(text, low, numeral, floor)
        if figure:
            floor = figure.end
            yield figure
    yield from map(_worded(text), phrases.english(masked))
