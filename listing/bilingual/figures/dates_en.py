"""Dates and times as English writes them: 30 June 2025, Dec. 31, 1994, the 1980s, FY2025, 1H2025, Q3 2025, 5.30pm.

Decides where they stand and their value. Input is the plain, lower-case form; ``original`` tells May from may.
"""

import re
from collections.abc import Iterator

from listing.bilingual.figures.dates import Moment, afternoon, clock, day, full_year, numeric, time

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER = {name: place for place, name in enumerate(_MONTHS, start=1)}
_NUMBER |= {name[:3]: place for name, place in _NUMBER.items()} | {"sept": 9}
_M = "|".join(sorted(_NUMBER, key=len, reverse=True))
_Y = r"(?P<{y}>1\d{{3}}|20\d\d|21\d\d)(?![\d,]\d|\d|\.\d)"
_D = (
    r"(?P<{d}>(?<![\d.,:$])(?:3[01]|[12]\d|0?[1-9]))(?![\d:]|[.,]\d)(?: ?(?:st|nd|rd"
    r"|th)(?![a-z]))?(?! ?(?:per ?cent|%|million|billion))"
)
_MONTH = r"(?<![a-z])(?P<{m}>" + _M + r")(?![a-z])\.?"


def _named(pattern: str, **names: str) -> str:
    return pattern.format(**names) if "{m}" not in pattern else pattern.replace("{m}", names["m"])


_BETWEEN = r"(?:[ -]|, | of | in |/)"
_DATE = re.compile(
    rf"(?:{_D.format(d='d1')}\.?{_BETWEEN}(?:of )?{_named(_MONTH, m='m1')}(?: ?,|(?: of"
    rf"| in)(?= \d))?(?:[ /-]{_Y.format(y='y1')})?"
    rf"|{_Y.format(y='y4')}[-/](?:{_named(_MONTH, m='m4')}[-/](?P<d4>\d{{1,2}})"
    rf"|(?P<d5>\d{{1,2}})[-/]{_named(_MONTH, m='m5')})(?!\d)"
    rf"|{_named(_MONTH, m='m2')}[ -]{{0,2}}(?:the )?{_D.format(d='d2')}(?:(?:,| ,|,? of| in)? {_Y.format(y='y2')})?"
    rf"|{_named(_MONTH, m='m3')}(?:,? | of |-|/|, of | in )?(?: ?(?:the )?year )?{_Y.format(y='y3')}"
    rf"|(?<![a-z])the (?P<d6>3[01]|[12]?\d)(?:st|nd|rd|th) (?:of (?:this|last|next|the) month|day of)"
    rf"|{_named(_MONTH, m='m6')})"
)
_PERIOD = re.compile(
    rf"(?<![a-z0-9])(?:(?:fy|fiscal(?: year)? |financial year )(?P<fy>\d{{4}}|\d\d)(?:/\d\d)?(?!\d)"
    rf"|(?P<a>[1-4][hq]|[hq][1-4])[ -]?(?P<ya>20\d\d|19\d\d|\d\d(?![\d%,.]))?(?![a-z0-9])"
    rf"|(?P<yb>20\d\d|19\d\d)[ -]?(?P<b>[1-4][hq]|[hq][1-4])(?![a-z0-9])"
    rf"|(?P<c>first|second|third|fourth|1st|2nd|3rd|4th)[ -](?P<what>half|quarter)"
    rf"(?!-?final|s)(?:(?: of(?: the year| fiscal| fy)?|,)? {_Y.format(y='yc')})?)"
)
_FIRST_QUARTERS = re.compile(r"(?<![a-z])first[ -](?P<n>two|three|four|[2-4])[ -]quarters(?![a-z])")
_COUNTED = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_DECADE = re.compile(r"(?:(?<![\d,.$])(?P<century>1[0-9]|20)|(?<![\d\w,.$])'?)(?P<tens>\d)0'?s(?![a-z])")
_YEARS = re.compile(
    r"(?<![\d.,$£€¥/-])(?P<a>1[5-9]\d\d|20\d\d)(?: ?[-~/] ?| to | through | and )(?P<b>1[5-9]\d\d|20\d\d"
    r"|\d\d)(?![\d,.:/%-]\d|\d|%)"
)
_CONTEXT = re.compile(
    r"(?:(?<![a-z])(?:in|since|by|of|from|until|till|to|during|before|after|year|years|early|late|mid|between"
    r"|circa|for|and"
    r"|summer|winter|spring|autumn|through|end|than)[ -]|^\W*|[(=]|(?<=[a-z]), ?|-)$"
)
_YEAR = re.compile(
    r"(?<![\d.,$£€¥/:%])(?P<y>1[5-9]\d\d|20\d\d|21\d\d)(?![\d/:%]|[.,-]\d| ?(?:per ?cent|million|billion|thousand))"
)
_TIME = re.compile(
    r"(?<![\d.,:$])(?P<h>1[0-2]|0?\d|2[0-4])(?:[:.](?P<m>[0-5]\d))? ?(?P<half>(?<![a-z])[ap])\.? ?m(?:\.|(?![a-z0-9]))"
)

_HOUR = re.compile(r"(?<![a-z])(?P<hour>midnight|noon|midday)(?![a-z])")


def _date(found: re.Match[str], original: str) -> str | None:
    month = next(found[name] for name in ("m1", "m2", "m3", "m4", "m5", "m6") if found[name] or name == "m6")
    date = next((found[name] for name in ("d1", "d2", "d4", "d5", "d6") if found[name]), None)
    year = next((found[name] for name in ("y1", "y2", "y3", "y4") if found[name]), None)
    alone = date is None and year is None
    if alone and (month in ("may", "mar", "jun", "dec", "jan") and _no_month(found, original)):
        return None
    if alone and original[found.start()].islower():
        return None
    return day(year, _NUMBER.get(month or ""), int(date) if date else None)


_IN = re.compile(
    r"(?<![a-z])(?:in|of|since|by|until|from|last|this|next|early|late|mid|to|between|and|during|for)[ -]$"
)


def _no_month(found: re.Match[str], original: str) -> bool:
    return not (
        original[found.start()].isupper() and _IN.search(original[max(0, found.start() - 10) : found.start()].lower())
    )


def _dates(text: str, original: str) -> Iterator[Moment]:
    for found in _DATE.finditer(text):
        value = _date(found, original)
        if value:
            yield Moment(found.start(), found.start() + len(found.group().rstrip(" ,-/.")), "date", value)


_ORDER = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


def _period(found: re.Match[str]) -> str | None:
    if found["fy"]:
        return f"FY{full_year(found['fy'])}"
    short = found["a"] or found["b"]
    if short:
        letter, digit = (short[1], short[0]) if short[0].isdigit() else (short[0], short[1])
        year = found["ya"] or found["yb"]
        if letter == "h" and digit > "2":
            return None
        return f"{full_year(year) if year else 'XXXX'}-{letter.upper()}{digit}"
    digit = _ORDER.get(found["c"], found["c"][0])
    half = found["what"] == "half"
    return None if half and digit > "2" else f"{found['yc'] or 'XXXX'}-{'H' if half else 'Q'}{digit}"


def _periods(text: str) -> Iterator[Moment]:
    for found in _PERIOD.finditer(text):
        value = _period(found)
        if value:
            yield Moment(*found.span(), "date", value)
    for found in _FIRST_QUARTERS.finditer(text) if "quarters" in text else ():
        yield Moment(*found.span(), "duration", str(3 * _COUNTED[found["n"]]))
    for found in _DECADE.finditer(text):
        yield Moment(*found.span(), "date", f"{found['century'] or 'XX'}{found['tens']}X")


def _years(text: str) -> Iterator[Moment]:
    for found in _YEARS.finditer(text):
        first, last = found["a"], found["b"]
        whole = last if len(last) == 4 else first[:2] + last
        if whole > first:
            yield Moment(found.start(), found.end("a"), "date", first)
            yield Moment(found.start("b"), found.end(), "date", whole)
    for found in _YEAR.finditer(text):
        if _CONTEXT.search(text[max(0, found.start() - 12) : found.start()]):
            yield Moment(*found.span(), "date", found["y"])


def _times(text: str) -> Iterator[Moment]:
    for found in _TIME.finditer(text):
        hour = int(found["h"])
        hour = afternoon(hour, "pm") if found["half"] == "p" else 0 if hour == 12 else hour
        yield Moment(*found.span(), "time", time(hour, int(found["m"] or 0)))
    for found in _HOUR.finditer(text):
        yield Moment(*found.span(), "time", time(0 if found["hour"] == "midnight" else 12, 0))
    yield from clock(text)


def short_periods(text: str) -> Iterator[Moment]:
    """Yield FY2025, 1H2025 and 3Q25, which Chinese texts write as well."""
    for found in _PERIOD.finditer(text):
        value = _period(found) if found["fy"] or found["ya"] or found["yb"] else None
        if value:
            yield Moment(*found.span(), "date", value)


def moments(text: str, original: str) -> list[Moment]:
    """Return the dates and times of a plain lower-case English text; earlier entries win where two overlap."""
    found = numeric(text, month_first=True)
    return [*found, *_periods(text), *_dates(text, original), *_times(text), *_years(text)]
