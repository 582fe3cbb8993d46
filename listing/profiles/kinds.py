"""What one field may hold, by its kind: the verdict on a single text, and the value it stands for.

Pure. What fields say together, and rows, is decided in ``reading``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from listing.companies import rules as companies
from listing.companies.sheets import Field, unit
from listing.money import Money
from listing.refusal import Refusal

from . import rules

MOST_MAJOR = 10**13  # of any currency: ten trillion
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－\u2212", "0123456789.,%--")
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_EMAIL = re.compile(r"[^\s@<>,;:()\[\]\\\"]{1,64}@[^\s@<>,;:()\[\]\\\"]+\.[A-Za-z0-9-]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,28}")
_LINK = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds an answer: who writes when, in which script by default, and which documents there are."""

    by: str
    now: datetime
    today: date
    script: str = "Hans"
    documents: frozenset[int] = frozenset()


def scale_of(typed: Mapping[str, str]) -> tuple[str, int] | None:
    """The currency and the unit that the amounts of a page are counted in."""
    try:
        return typed["currency"], unit(typed["unit"])
    except KeyError:
        return None


def document(text: str, setting: Setting) -> int | None:
    """The number of a document that there is."""
    known = {str(number): number for number in setting.documents}
    return known.get(text.strip())


def text_of(each: Field, text: str) -> str:
    """A text as it is kept. Raises TooLong and what companies.rules refuses."""
    most = each.rule("most")
    if len(text) > most * 2 or len(text.strip()) > most:  # before anything looks at each character
        raise rules.TooLong(most=f"{most:,}", has=f"{len(text.strip()):,}")
    if each.kind in ("passage", "words"):
        return companies.lines(text)
    return companies.name(text) if each.rule("legal") else companies.line(text)


def one(each: Field, name: str, typed, setting: Setting, scale):
    """The value of a field that is neither a pair nor rows; None where nothing was typed. Raises a refusal."""
    text = typed.get(name, "").strip()
    if not text:
        return None
    if each.kind == "amount":
        return _amount(each, text, scale)
    if each.kind == "registration":
        return companies.registration(typed.get(each.rule("by"), ""), text_of(each, text))[0]
    return _KINDS[each.kind](each, text, setting)


def _amount(each: Field, text: str, scale) -> int:
    if scale is None:
        raise rules.NoUnit
    currency, times = scale
    amount = Money.parse(text, currency, unit=times)
    if amount.minor < 0 and not each.rule("negative"):
        raise rules.BelowZero
    if abs(amount.major) > MOST_MAJOR:
        raise rules.Absurd
    return amount.minor


def _plain(each: Field, text: str, _setting: Setting) -> str:
    return text_of(each, text)


def _matching(pattern: re.Pattern, refusal: type[Refusal]) -> Callable:
    def check(each: Field, text: str, _setting: Setting) -> str:
        text = text_of(each, text)
        if not pattern.fullmatch(text):
            raise refusal
        return text

    return check


def _choice(each: Field, text: str, _setting: Setting) -> str | int:
    if text not in each.choices():
        raise rules.NotInList
    return int(text) if each.rule("number") else text


def _several(each: Field, text: str, _setting: Setting) -> list[str]:
    chosen = set(text.replace(",", " ").split())
    if chosen - set(each.choices()):
        raise rules.NotInList
    return [key for key in each.choices() if key in chosen]


def _integer(each: Field, text: str, _setting: Setting) -> int:
    plain = text.translate(_FULL_WIDTH).replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,12}", plain, re.ASCII):
        raise rules.NotANumber
    number = int(plain)
    if number < 0:
        raise rules.BelowZero
    if number > each.rule("most"):
        raise rules.TooHigh(most=f"{each.rule('most'):,}")
    return number


def _year(_each: Field, text: str, setting: Setting) -> int:
    if not re.fullmatch(r"[0-9]{4}", text, re.ASCII) or not 1800 <= int(text) <= setting.today.year:
        raise rules.NotAYear
    return int(text)


def _date(each: Field, text: str, setting: Setting) -> str:
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII) else None
    except ValueError:
        found = None
    if found is None or not 1800 <= found.year <= 2200:
        raise rules.NotADay
    if each.rule("past") and found > setting.today:
        raise rules.InTheFuture
    if each.rule("ahead") and found < setting.today:
        raise rules.Over
    return found.isoformat()


def _lei(each: Field, text: str, _setting: Setting) -> str:
    number, doubtful = companies.lei(text_of(each, text))
    if doubtful:
        raise rules.WrongCheckDigits
    return number


def _flag(_each: Field, text: str, _setting: Setting) -> bool:
    return text not in ("0", "no", "false")


def _share(_each: Field, text: str, _setting: Setting) -> str:
    plain = text.translate(_FULL_WIDTH).removesuffix("%").strip()
    if not _SHARE.fullmatch(plain) or not 0 < Decimal(plain) <= 100:
        raise rules.NotAShare
    return f"{Decimal(plain):.2f}"


def _document(_each: Field, text: str, setting: Setting) -> int:
    number = document(text, setting)
    if number is None:
        raise rules.NoSuchDocument
    return number


_KINDS: dict[str, Callable] = {
    "text": _plain,
    "words": _plain,
    "lei": _lei,
    "email": _matching(_EMAIL, rules.NotAnAddress),
    "phone": _matching(_PHONE, rules.NotAPhone),
    "url": _matching(_LINK, rules.NotALink),
    "choice": _choice,
    "several": _several,
    "integer": _integer,
    "year": _year,
    "date": _date,
    "flag": _flag,
    "share": _share,
    "document": _document,
}
