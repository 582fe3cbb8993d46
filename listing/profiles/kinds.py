"""What one field may hold, by its kind: the verdict on a single text, and the value it stands for.

Pure. What fields say together, and rows, is decided in ``reading``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from listing import typed
from listing.companies import rules as companies
from listing.companies.sheets import Field, unit
from listing.refusal import Refusal

from . import rules

MOST_MAJOR = 10**13  # of any currency: ten trillion
_SHARE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_EMAIL = re.compile(r"[^\s@<>,;:()\[\]\\\"]{1,64}@[^\s@<>,;:()\[\]\\\"]+\.[A-Za-z0-9-]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,28}")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds an answer: who writes when, in which script by default, and which documents there are."""

    by: str
    now: datetime
    today: date
    script: str = "Hans"
    documents: frozenset[int] = frozenset()


def scale_of(answers: Mapping[str, str]) -> tuple[str, int] | None:
    """The currency and the unit that the amounts of a page are counted in."""
    try:
        return answers["currency"], unit(answers["unit"])
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


def one(each: Field, name: str, answers, setting: Setting, scale):
    """The value of a field that is neither a pair nor rows; None where nothing was typed. Raises a refusal."""
    text = answers.get(name, "").strip()
    if not text:
        return None
    if each.kind == "amount":
        return _amount(each, text, scale)
    if each.kind == "registration":
        return companies.registration(answers.get(each.rule("by"), ""), text_of(each, text))[0]
    return _KINDS[each.kind](each, text, setting)


def _amount(each: Field, text: str, scale) -> int:
    if scale is None:
        raise rules.NoUnit
    currency, times = scale
    amount = typed.amount(text, currency, unit=times)
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
    number = typed.whole_years(text) if each.rule("years") else typed.whole(text)
    if number < 0:
        raise rules.BelowZero
    if number > each.rule("most"):
        raise rules.TooHigh(most=f"{each.rule('most'):,}")
    return number


def _year(_each: Field, text: str, setting: Setting) -> int:
    found = typed.year(text)
    if not 1800 <= found <= setting.today.year:
        raise typed.NotAYear
    return found


def _date(each: Field, text: str, setting: Setting) -> str:
    found = typed.day(text)
    if not 1800 <= found.year <= 2200:
        raise typed.NotADay
    if each.rule("past") and found > setting.today:
        raise rules.InTheFuture
    if each.rule("ahead") and found < setting.today:
        raise rules.Over
    return found.isoformat()


def _link(each: Field, text: str, _setting: Setting) -> str:
    return text_of(each, typed.link(text_of(each, text)))


def _lei(each: Field, text: str, _setting: Setting) -> str:
    number, doubtful = companies.lei(text_of(each, text))
    if doubtful:
        raise rules.WrongCheckDigits
    return number


def _flag(_each: Field, text: str, _setting: Setting) -> bool:
    return text not in ("0", "no", "false")


def _share(_each: Field, text: str, _setting: Setting) -> str:
    plain = typed.plain(text).removesuffix("%").strip()
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
    "url": _link,
    "choice": _choice,
    "several": _several,
    "integer": _integer,
    "year": _year,
    "date": _date,
    "flag": _flag,
    "share": _share,
    "document": _document,
}
