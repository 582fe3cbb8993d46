"""How amounts, instants, days, numbers and sizes read in the three interface languages.

Pure functions of value and language that return plain text; markup, the reader's language and zone come from the
templates. Own tables, because Babel shortens Traditional amounts to 80M, prints bare ¥ and $, and costs more than the
rest of a list page.
"""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from listing import localtime
from listing.money import CURRENCIES, Money

NBSP = "\u00a0"
MINUS = "\u2212"

# code: (before the number, after it, name) in zh-Hans; the same in zh-Hant as Hong Kong writes it; name in English.
_MONEY_WORDS = {
    "CNY": (("人民币", "元", "人民币"), ("人民幣", "元", "人民幣"), "Chinese yuan (renminbi)"),
    "HKD": (("", "港元", "港元"), ("", "港元", "港元"), "Hong Kong dollar"),
    "MOP": (("", "澳门元", "澳门元"), ("", "澳門元", "澳門元"), "Macao pataca"),
    "USD": (("", "美元", "美元"), ("", "美元", "美元"), "US dollar"),
    "SGD": (("", "新加坡元", "新加坡元"), ("", "新加坡元", "新加坡元"), "Singapore dollar"),
    "EUR": (("", "欧元", "欧元"), ("", "歐元", "歐元"), "Euro"),
    "GBP": (("", "英镑", "英镑"), ("", "英鎊", "英鎊"), "Pound sterling"),
    "JPY": (("", "日元", "日元"), ("", "日圓", "日圓"), "Japanese yen"),
    "KRW": (("", "韩元", "韩元"), ("", "韓圜", "韓圜"), "South Korean won"),
    "TWD": (("新台币", "元", "新台币"), ("新台幣", "元", "新台幣"), "New Taiwan dollar"),
    "AUD": (("", "澳元", "澳元"), ("", "澳元", "澳元"), "Australian dollar"),
    "CAD": (("", "加元", "加元"), ("", "加元", "加元"), "Canadian dollar"),
    "CHF": (("", "瑞士法郎", "瑞士法郎"), ("", "瑞士法郎", "瑞士法郎"), "Swiss franc"),
    "AED": (("", "阿联酋迪拉姆", "阿联酋迪拉姆"), ("", "阿聯酋迪拉姆", "阿聯酋迪拉姆"), "UAE dirham"),
    "KWD": (("", "科威特第纳尔", "科威特第纳尔"), ("", "科威特第納爾", "科威特第納爾"), "Kuwaiti dinar"),
}
_SCALES = {
    "zh-Hans": ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")),
    "zh-Hant": ((10**12, "萬億"), (10**8, "億"), (10**4, "萬")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
}


def _dress(code: str, lang: str) -> tuple[int, str, str, tuple[tuple[int, str], ...]]:
    """What surrounds a number: minor units in one, text before, text after, and (minor units, text after) per scale."""
    hans, hant, _ = _MONEY_WORDS[code]
    before, after, _ = (code, "", "") if lang == "en" else hans if lang == "zh-Hans" else hant
    one = 10 ** CURRENCIES[code]
    scales = tuple((size * one, f"{NBSP}{word}{after}") for size, word in _SCALES[lang])
    return one, f"{before}{NBSP}" if before else "", f"{NBSP}{after}" if after else "", scales


_DRESSES = {(code, lang): _dress(code, lang) for code in CURRENCIES for lang in _SCALES}


def money(amount: Money, lang: str) -> str:
    """Return the exact amount: 人民币 8,000 万元, 12 億港元, CNY 80 million.

    Scales are 万, 亿, 万亿 and million, billion, trillion. The largest scale is taken that is not above the amount and
    in which it is exact with at most two decimals; where none is, the whole number stands, grouped, with the minor
    units only if there are any. So 12,345 元 and 99,999,999 元 stay as they are, and nothing is ever rounded. A minus
    (U+2212) stands before the figure. All spaces are no-break spaces.
    """
    one, before, after, scales = _DRESSES[amount.currency, lang]
    sign, minor = ("", amount.minor) if amount.minor >= 0 else (MINUS, -amount.minor)
    for size, word in scales:
        if minor >= size and not minor * 100 % size:
            whole, hundredths = divmod(minor * 100 // size, 100)
            decimals = f".{hundredths:02d}".rstrip("0") if hundredths else ""
            return f"{before}{sign}{whole:,}{decimals}{word}"
    whole, rest = divmod(minor, one)
    decimals = f".{str(one + rest)[1:]}" if rest else ""
    return f"{before}{sign}{whole:,}{decimals}{after}"


def currency(code: str, lang: str) -> str:
    """Return the name of a currency: 人民币, 澳門元, Hong Kong dollar."""
    hans, hant, en = _MONEY_WORDS[code]
    return en if lang == "en" else hans[2] if lang == "zh-Hans" else hant[2]


_WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NEIGHBOURS = {
    "zh-Hans": {-1: "前一日", 1: "次日"},
    "zh-Hant": {-1: "前一日", 1: "翌日"},
    "en": {-1: "previous day", 1: "next day"},
}


class UnknownZone(ValueError):
    """The name is not one of the IANA zone database."""


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):  # absent; outside the database; a folder of it; no text
        raise UnknownZone(name) from None


def zone_label(instant: datetime, zone: str) -> str:
    """Return what the clocks of a zone are called at an instant: HKT/CST (UTC+8)."""
    return localtime.called(instant.astimezone(_zone(zone)), zone)


def clock(instant: datetime, lang: str, zone: str, event: str | None = None) -> str:
    """Return what the clocks of a zone show: 06:30; with previous or next day where it is another day at ``event``."""
    local = instant.astimezone(_zone(zone))
    apart = (local.date() - instant.astimezone(_zone(event or zone)).date()).days
    if not apart:
        return _clock(local)
    neighbour = _NEIGHBOURS[lang].get(apart) or _day(local.date(), lang, weekday=False)
    return f"{_clock(local)} ({neighbour})" if lang == "en" else f"{neighbour} {_clock(local)}"


def _reader_line(local: datetime, event: datetime, lang: str, zone: str) -> str:
    apart = (local.date() - event.date()).days
    if abs(apart) > 1:  # across the date line
        return f"{_stamp(local, lang)} {localtime.called(local, zone)}"
    clock = f"{_clock(local)} {localtime.called(local, zone)}"
    if not apart:
        return clock
    neighbour = _NEIGHBOURS[lang][apart]
    return f"{clock}, {neighbour}" if lang == "en" else f"{neighbour} {clock}"


def _clock(local: datetime) -> str:
    return f"{local.hour:02d}:{local.minute:02d}"  # strftime costs five times as much


def _stamp(local: datetime, lang: str) -> str:
    joint = ", " if lang == "en" else " "
    return f"{_day(local, lang, weekday=True)}{joint}{_clock(local)}"


def when(instant: datetime, lang: str, zone: str, viewer_zone: str | None = None) -> str:
    """Return the instant in the event's zone, labelled: Tue 8 Dec 2026, 14:10 HKT/CST (UTC+8).

    A second line, after a line feed, gives the time in ``viewer_zone`` with previous or next day where the clocks of
    the two differ then. Zones are IANA names; raises UnknownZone, and ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("a naive instant has no zone to be shown in")
    event = instant.astimezone(_zone(zone))
    text = f"{_stamp(event, lang)} {localtime.called(event, zone)}"
    if viewer_zone is None:
        return text
    local = instant.astimezone(_zone(viewer_zone))
    if local.utcoffset() == event.utcoffset():
        return text
    return f"{text}\n{_reader_line(local, event, lang, viewer_zone)}"


def _day(value: date, lang: str, *, weekday: bool) -> str:
    if lang == "en":
        name = f"{_WEEKDAYS['en'][value.weekday()]} " if weekday else ""
        return f"{name}{value.day} {_MONTHS[value.month - 1]} {value.year}"
    name = f" {_WEEKDAYS['zh'][value.weekday()]}" if weekday else ""
    return f"{value.year}年{value.month}月{value.day}日{name}"


def day(value: date, lang: str, weekday: bool = False) -> str:
    """Return a day: 8 Dec 2026, 2026年12月8日 星期二. An instant raises TypeError: its day depends on a zone."""
    if isinstance(value, datetime):
        raise TypeError("an instant is not a day; choose the zone first")
    return _day(value, lang, weekday=weekday)


def month_end(month: int, lang: str) -> str:
    """Return the last day of a month as it comes every year: 31 Dec, 12月31日; February has two."""
    last = "28" if month == 2 else "30" if month in (4, 6, 9, 11) else "31"
    if lang == "en":
        return f"{last}{' or 29' if month == 2 else ''} {_MONTHS[month - 1]}"
    return f"{month}月{last}日{'或29日' if month == 2 else ''}"


def number(value: int | Decimal, lang: str) -> str:
    """Return the number as it is, thousands grouped, with a true minus sign; a float raises TypeError.

    All three languages group alike.
    """
    if isinstance(value, float):
        raise TypeError("a float has no exact figures to show")
    return (f"{value:,d}" if isinstance(value, int) else f"{value:,f}").replace("-", MINUS)


def count(value: int, lang: str, *, cap: int | None = None) -> str:
    """Return how many there are; from ``cap`` on, where counting stopped, ``1,000+``."""
    return f"{number(cap, lang)}+" if cap is not None and value >= cap else number(value, lang)


_BYTES = {"zh-Hans": ("字节", "字节"), "zh-Hant": ("位元組", "位元組"), "en": ("byte", "bytes")}


def file_size(size: int, lang: str) -> str:
    """Return a size in bytes as 812 bytes, 1.5 KB, 20 MB, in steps of 1,024 as file managers count.

    Rounded up to a tenth, so that a file over a limit never seems to be at it.
    """
    if size < 1024:
        return f"{size:,}{NBSP}{_BYTES[lang][size != 1]}"
    for power, unit in ((1, "KB"), (2, "MB"), (3, "GB")):
        tenths = -(-size * 10 // 1024**power)
        if tenths < 10240 or unit == "GB":
            break
    whole, tenth = divmod(tenths, 10)
    return f"{whole:,}{f'.{tenth}' if tenth else ''}{NBSP}{unit}"
