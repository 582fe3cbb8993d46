"""Dates and times as Chinese writes them: 2025年6月30日, 二零二五年, 上世纪80年代, 2025财年, 第三季度, 晚上7点半.

Decides where they stand and their value. A number of years (3年) is a duration and is left; so are relative days
(明天).
"""

import re
from collections.abc import Iterator

from listing.bilingual.figures.dates import Moment, afternoon, clock, day, full_year, numeric, time
from listing.bilingual.figures.numerals_zh import read

_H = "零一二三四五六七八九"
_YEAR = (
    rf"(?P<year>[12]\d{{3}}(?! ?年(?:来|之久|左右的))|[{_H}]{{3,4}}|两千零?[{_H}]?|'\d\d|(?<!\d)(?:0\d"
    rf"|9[0-9])(?= ?年(?! ?[前来的后代])))"
)
_MONTH = rf"(?P<month>(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|(?<!十)[{_H[1:]}])"
_DATE = (
    rf"(?P<date>(?<![\d.])(?:[12]\d|3[01]|0?[1-9])|二十[{_H[1:]}]?|三十一?|十[{_H[1:]}]?"
    rf"|(?<!十)(?:初[{_H[1:]}十]|[{_H[1:]}]))"
)
_HALF = r"(?P<half>[上下]半年(?:度)?|前半年|后半年|[Hh][12](?![A-Za-z0-9])|[12][Hh](?![A-Za-z0-9]))"
_QUARTER = r"(?P<quarter>(?:第 ?)?[1-4一二三四] ?季度?(?!军)|[Qq][1-4]|[1-4][Qq](?![A-Za-z0-9]))"
_DAY = re.compile(
    rf"(?:(?:[农阴阳公西][历曆])?{_YEAR} ?年(?!级)(?:度)? ?(?:{_MONTH} ?月 ?(?:份"
    rf"|(?:{_DATE}) ?(?:[日号](?![线院楼房机])|(?<=[{_H[1:]}十])(?![一-龥\d])))?|{_HALF}|{_QUARTER})?"
    rf"|(?P<fiscal>[12]\d{{3}})(?:[/-]\d\d)? ?(?:(?:财政|会计)年度|财年)"
    rf"|{_MONTH.replace('month', 'm2')} ?月 ?(?:(?!个)份?)(?:{_DATE.replace('date', 'd2')} ?(?:[日号](?![线院楼房机])"
    rf"|(?<=初[{_H[1:]}十])))?"
    rf"|(?P<d3>(?<![\d.第]) ?(?:[12]\d|3[01]|0?[1-9])|(?<![{_H}十])(?:二十[{_H[1:]}]?|三十一?"
    rf"|十[{_H[1:]}]?)) ?[日号](?![线院楼房机内元游])"
    rf"|{_HALF.replace('half', 'h2')}|(?P<q2>(?:第 ?)[1-4一二三四] ?季度|(?<![前首])[一二三四] ?季度))"
)
_DECADE = re.compile(
    rf"(?:(?P<century>上个?|20|19|18|17|二十|十九|十八|二十一|21) ?世纪 ?|(?P<prefix>1[5-9]|20))?"
    rf"(?:(?P<first>(?<!\d)[1-9]|[{_H[1:]}])(?:0|十)? ?(?:[、和至与及/-]) ?|(?P<next>[{_H[1:]}](?=[{_H[1:]}]十)))?"
    rf"(?P<tens>[1-9]0|[一二三四五六七八九]十|十) ?年代"
)
_FIRST_QUARTERS = re.compile(r"[前首] ?(?P<n>[2-4二三四两]) ?个? ?季度?")
_BORN = re.compile(r"(?<![\d.])(?P<y>[5-9][05]|0[05]) ?后(?!来|的?[天日月年]|排|方|面|卫|场)")
_YEARS = re.compile(
    r"(?<![\d.,])(?!\d{4}[/-]\d\d ?财)(?P<a>[12]\d{3}) ?年? ?(?:-{1,2}|~|至|到|和|及|与|、|/) ?"
    r"(?P<b>[12]\d{3}|\d\d) ?(?P<y>财?年)"
)
_TIME = re.compile(
    rf"(?P<part>凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|午夜|晚|夜里|夜间|早)?(?:约|大约)? ?(?<![\d.])"
    rf"(?P<h>2[0-4]|1\d|0?\d|十[一二]?|(?<!十)[{_H[1:]}两])(?: ?(?:点|时(?![代期隔间候])) ?"
    rf"(?:(?P<half>半)|(?P<m>[0-5]\d|[二三四五]?十[{_H[1:]}]?|零?[{_H[1:]}]) ?分|(?P<m2>[0-5]\d)(?!\d)"
    rf"|(?P<sharp>整|钟)|(?P<none>(?![{_H}\d]))))"
)
_PM = frozenset(("下午", "傍晚", "晚上", "晚间", "晚", "夜里", "夜间"))
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_CENTURIES = {"20": 19, "二十": 19, "19": 18, "十九": 18, "18": 17, "十八": 17, "17": 16, "21": 20, "二十一": 20}


def _number(text: str | None) -> int | None:
    return None if text is None else int(read(text.strip().removeprefix("初"))[0])


def _year(text: str | None) -> str | None:
    if text is None:
        return None
    return full_year(text.lstrip("'")) if text[-1].isdigit() and text[0] in "'0123456789" else f"{_number(text):04d}"


def _part(found: re.Match[str], half: str, quarter: str) -> str | None:
    if found[half]:
        return "H1" if any(char in "上前1" for char in found[half]) else "H2"
    if found[quarter]:
        digit = found[quarter].strip("第 季度Qq")[0]
        return f"Q{_QUARTERS.get(digit, digit)}"
    return None


def _value(found: re.Match[str]) -> str | None:
    if found["fiscal"]:
        return f"FY{found['fiscal']}"
    year = _year(found["year"])
    part = _part(found, "half", "quarter") or _part(found, "h2", "q2")
    if part:
        return f"{year or 'XXXX'}-{part}"
    month = _number(found["month"] or found["m2"])
    return day(year, month, _number(found["date"] or found["d2"] or found["d3"]))


def _days(text: str) -> Iterator[Moment]:
    for found in _DAY.finditer(text):
        value = _value(found)
        bare = found["year"] and not any(found[name] for name in ("month", "half", "quarter"))
        if value and not (bare and found["year"] in ("两千", "一千")):
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            yield Moment(start, start + len(found.group().strip()), "date", value)


def _decades(text: str) -> Iterator[Moment]:
    for found in _DECADE.finditer(text):
        tens = found["tens"][0]
        tens = tens if tens.isdigit() else "1" if tens == "十" else str(_H.index(tens))
        century = found["century"]
        before = found["prefix"] or (f"{_CENTURIES.get(century, 19):02d}" if century else "XX")
        start = found.start()
        first = found["first"] or found["next"]
        if first:
            digit = first if first.isdigit() else str(_H.index(first))
            group = "first" if found["first"] else "next"
            yield Moment(start, found.end(group), "date", f"{before}{digit}X")
            start = found.start("tens")
        yield Moment(start, found.end(), "date", f"{before}{tens}X")


def _first_quarters(text: str) -> Iterator[Moment]:
    """前三季度 and 首三季: the first nine months of a year."""
    for found in _FIRST_QUARTERS.finditer(text):
        months = 3 * (_number(found["n"]) or 0)
        yield Moment(*found.span(), "duration", str(months))


def _born(text: str) -> Iterator[Moment]:
    """The people born from a year on: 95后."""
    for found in _BORN.finditer(text):
        yield Moment(*found.span(), "date", full_year(found["y"]))


def _year_ranges(text: str) -> Iterator[Moment]:
    for found in _YEARS.finditer(text):
        first, last = found["a"], found["b"]
        yield Moment(found.start(), found.end("a"), "date", first)
        yield Moment(found.start("b"), found.end(), "date", last if len(last) == 4 else first[:2] + last)


def _times(text: str) -> Iterator[Moment]:
    for found in _TIME.finditer(text):
        plain = found["none"] is not None and not found["part"]
        if plain and not found["h"].isdigit():
            continue
        minute = 30 if found["half"] else _number(found["m"] or found["m2"]) or 0
        hour = afternoon(_number(found["h"]) or 0, found["part"] if found["part"] in _PM else "")
        yield Moment(*found.span(), "time", time(hour, minute))
    yield from clock(text)


def moments(text: str) -> list[Moment]:
    """Return the dates and times of a plain Chinese text; earlier entries of the list win where two overlap."""
    found = numeric(text, month_first=False)
    if "年" in text:
        found += [*_decades(text), *_year_ranges(text)]
    if "季" in text:
        found += _first_quarters(text)
    if "后" in text:
        found += _born(text)
    return [*found, *_days(text), *_times(text)]
