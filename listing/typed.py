"""What a person types into a field, as the value it can only mean: days, years, whole numbers, amounts, addresses.

Pure. Full-width digits and signs, 年月日, 万 and 亿, Han numerals and the names of currencies are read; what could mean
two things is refused in words that say how to type it. What a field allows is decided by whoever asks.
"""

import re
from datetime import date

from listing.money import CURRENCIES, Money, NotAnAmount, exponent
from listing.refusal import N_, Refusal, Said

MOST_TYPED = 64  # characters of anything read here but an address
_PLAIN = str.maketrans("０１２３４５６７８９．，％－\u2212／＋＄￥\u3000", "0123456789.,%--/+$¥ ")
_HAN = str.maketrans("萬億圓圆幣澳門兩〇壹贰貳叁肆伍陆陸柒捌玖拾佰仟", "万亿元元币澳门两零一二二三四五六六七八九十百千")
UNITS = {
    1: Said(N_("single units (yuan, dollars)")),
    1_000: Said(N_("thousands")),
    10_000: Said(N_("ten thousands (万)")),
    1_000_000: Said(N_("millions")),
    100_000_000: Said(N_("hundred millions (亿)")),
}


class NotADay(Refusal):
    message = N_("Enter a day as year, month and day, such as 2026-03-31.")


class YearNotFirst(Refusal):
    message = N_("Put the year first, in four digits, then the month and the day, such as 2026-03-31.")


class NoSuchDay(Refusal):
    message = N_("The calendar has no such day. Look at the month and the day.")


class NotAYear(Refusal):
    message = N_("Enter a year in four digits, between 1800 and this year.")


class NotANumber(Refusal):
    message = N_("Enter a whole number in figures, such as 120.")


class NotWholeYears(Refusal):
    message = N_("Enter whole years in figures, such as 8. Leave out what is not a full year.")


class NotALink(Refusal):
    message = N_("Enter an address that begins with https:// or www.")


class OtherUnit(Refusal):
    message = N_(
        "You typed “%(typed)s”, but amounts are counted in %(unit)s here. "
        "Type the figure alone, or choose another unit."
    )


class OtherCurrency(Refusal):
    message = N_(
        "You typed “%(typed)s”, but the currency chosen is %(currency)s. "
        "Type the figure alone, or choose another currency."
    )


def plain(text: str) -> str:
    """The text with half-width digits and signs, without blanks around it."""
    return text.translate(_PLAIN).strip()


_DAY = re.compile(
    r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})| ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号號])", re.ASCII
)
_YEAR_LAST = re.compile(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}", re.ASCII)


def day(text: str) -> date:
    """2015-3-31, 2015/3/31, 2015.3.31 or 2015年3月31日. Raises NotADay, YearNotFirst, NoSuchDay."""
    found = _DAY.fullmatch(plain(text)) if len(text) <= MOST_TYPED else None
    if not found:
        raise YearNotFirst if _YEAR_LAST.fullmatch(plain(text)) else NotADay
    try:
        return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    except ValueError:
        raise NoSuchDay from None


def year(text: str) -> int:
    """2019 or 2019年. Raises NotAYear."""
    found = re.fullmatch(r"([0-9]{4}) ?年?", plain(text), re.ASCII)
    if not found:
        raise NotAYear
    return int(found[1])


def whole(text: str) -> int:
    """1200 or 1,200, below zero as well. Raises NotANumber."""
    found = plain(text)
    if not re.fullmatch(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})", found, re.ASCII):
        raise NotANumber
    return int(found.replace(",", ""))


def whole_years(text: str) -> int:
    """8 or 8年. Raises NotWholeYears."""
    try:
        return whole(years(text))
    except NotANumber:
        raise NotWholeYears from None


def years(text: str) -> str:
    """A number of years without the word for them."""
    return re.sub(r" ?(?:年|years?)\Z", "", plain(text))


_LINK = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?")


def link(text: str) -> str:
    """An address of the web; www.example.com is at https. Raises NotALink."""
    text = re.sub(r"\A(https?)(?=://)", lambda found: found[1].lower(), text.strip(), flags=re.IGNORECASE)
    text = re.sub(r"\Awww\.(?=[^\s/?#@]+\.)", "https://www.", text, flags=re.IGNORECASE)
    if not _LINK.fullmatch(text):
        raise NotALink
    return text


_DOLLARS = frozenset({"HKD", "USD", "SGD", "AUD", "CAD", "TWD"})
_NAMED = {code: frozenset({code}) for code in CURRENCIES} | {
    "元人民币": frozenset({"CNY"}),
    "人民币": frozenset({"CNY"}),
    "RMB": frozenset({"CNY"}),
    "¥": frozenset({"CNY", "JPY"}),
    "港元": frozenset({"HKD"}),
    "港币": frozenset({"HKD"}),
    "HK$": frozenset({"HKD"}),
    "澳门元": frozenset({"MOP"}),
    "澳门币": frozenset({"MOP"}),
    "美元": frozenset({"USD"}),
    "US$": frozenset({"USD"}),
    "欧元": frozenset({"EUR"}),
    "$": _DOLLARS,
    "元": frozenset(CURRENCIES),  # said of dollars as well
}
_NAME = "|".join(map(re.escape, sorted(_NAMED, key=len, reverse=True)))
_TIMES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 10**8}
_TIMES |= {"thousand": 1_000, "million": 10**6, "billion": 10**9}
_FIGURE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_D = "[一二两三四五六七八九]"
# Below ten thousand. 三千五 may be 3,500 or 3,005: a digit after 百 or 千 alone is not read, nor 一万三.
_BELOW = rf"(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十{_D}?|零{_D}|(?<![百千万亿]){_D})?"
_WORDED = re.compile(
    rf"(?P<before>{_NAME})? ?(?P<sign>[+-]?)"
    rf"(?:(?P<yi>{_FIGURE}) ?亿 ?(?P<wan>[0-9]{{1,3}}|[0-9],?[0-9]{{3}}) ?(?P<both>万)"
    rf"|(?P<figure>{_FIGURE}) ?(?P<scale>[十百千]?[万亿]|万亿|千|thousand|million|billion)?"
    rf"|(?P<han>(?:(?=[十一二两三四五六七八九]){_BELOW}亿)?(?:(?=[零十一二两三四五六七八九]){_BELOW}万)?{_BELOW}))"
    rf" ?(?P<behind>{_NAME})?",
    re.ASCII | re.IGNORECASE,
)


def amount(text: str, currency: str, *, unit: int | None) -> Money:
    """An amount as typed beside its currency and, where the page asks for one, the unit that figures alone count in.

    A unit typed with the amount never multiplies with the page's: both must be the same. Raises OtherUnit,
    OtherCurrency, and what ``Money.parse`` raises.
    """
    exponent(currency)
    found = _WORDED.fullmatch(plain(text).translate(_HAN)) if len(text) <= MOST_TYPED else None
    if not found or found["han"] == "":
        return Money.parse(text, currency, unit=unit or 1)
    for name in filter(None, (found["before"], found["behind"])):
        if currency not in _NAMED[name.upper()]:
            raise OtherCurrency(typed=text.strip(), currency=currency)
    counted = _counted(found)
    if counted is None:
        return Money.parse(found["sign"] + found["figure"], currency, unit=unit or 1)
    if unit is not None and unit not in counted:
        raise OtherUnit(typed=text.strip(), unit=UNITS.get(unit, f"{unit:,}"))
    read = _read(found, currency)
    return -read if found["sign"] == "-" else read


def _counted(found: re.Match) -> set[int] | None:
    """The units that an amount names: of 一千万, 万 and 千万; None of figures alone, which name none."""
    scale = found["both"] or found["scale"] or (found["han"] and re.search(r"[十百千]?[万亿]\Z|\Z", found["han"])[0])
    if not scale:
        return {1} if found["han"] or found["before"] or found["behind"] else None
    return {_times(scale), _times(scale[-1:])} if scale.lower() not in _TIMES else {_times(scale)}


def _times(scale: str) -> int:
    """What a word such as 千万 or million multiplies with."""
    if scale.lower() in _TIMES:
        return _TIMES[scale.lower()]
    return _TIMES[scale[0]] * _TIMES[scale[1]]


def _read(found: re.Match, currency: str) -> Money:
    if found["yi"]:
        yi, wan = (
            Money.parse(found[part], currency, unit=_TIMES[sign]) for part, sign in (("yi", "亿"), ("wan", "万"))
        )
        if "." in found["yi"]:
            raise NotAnAmount
        return yi + wan
    if found["figure"]:
        return Money.parse(found["figure"], currency, unit=_times(found["scale"]) if found["scale"] else 1)
    return Money.of(_han(found["han"]), currency)


def _han(text: str) -> int:
    """A Han numeral that the pattern has let through."""
    total = section = digit = 0
    for sign in text:
        if sign in "万亿":
            total, section, digit = total + (section + digit) * _TIMES[sign], 0, 0
        elif sign in _TIMES:
            section, digit = section + (digit or 1) * _TIMES[sign], 0
        else:
            digit = "零一二三四五六七八九".find(sign) if sign != "两" else 2
    return total + section + digit
