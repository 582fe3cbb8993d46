"""The fields of a standard form: what may be typed into each kind, and how its value is said in a language.

Pure. A value is kept as JSON: a day as ISO 8601, an amount with its currency, a name in both languages. What is said of
it is made from the value each time, so both languages say the same day, amount and number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from babel.dates import format_date

from listing.accounts.rules import CURRENCIES
from listing.disclosure.announcements import rules, texts
from listing.disclosure.deadlines import NotAPeriodEnd, is_period_end
from listing.money import Money
from listing.refusal import N_, Refusal
from listing.rulebook.vocabulary import Label
from listing.typed import amount, day, link, plain, whole
from listing.web import formats

DAY, PERIOD_END, TIME, AMOUNT, COUNT, CHOICE, NAME, PLACE, LINK, NUMBER = KINDS = (
    ("day", "period_end", "time", "amount", "count")
    + ("choice", "name", "place", "link", "number")
)  # fmt: skip
PAST, TO_COME, ANY = WHENS = ("past", "to_come", "any")
DAYS, PAIRS = (DAY, PERIOD_END), (NAME, PLACE)
TOLD = (*DAYS, TIME, AMOUNT, COUNT, CHOICE, NUMBER)  # what names nobody and is typed freely nowhere
# What the names of inputs begin and end with: an amount has one more, a name has two.
PREFIX, CURRENCY = "field_", "_currency"
PARTS = {AMOUNT: ("", CURRENCY), NAME: ("_zh", "_en"), PLACE: ("_zh", "_en")}
LONGEST = {NAME: 100, PLACE: 200, LINK: 200}
FARTHEST, OLDEST = timedelta(days=366), timedelta(days=3653)
_TIME = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})", re.ASCII)
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{6}", re.ASCII)
_NBSP = "\u00a0"
_LOCALE = "en_GB"


class Missing(Refusal):
    message = N_("Fill this in: the text of the form needs it.")


class BothLanguages(Refusal):
    message = N_("Give it in Chinese and in English: the text of the form is released in both.")


class TooLong(Refusal):
    message = N_("This is too long.")


class Passed(Refusal):
    message = N_("%(day)s has passed. The form speaks of a day to come.")


class TooFar(Refusal):
    message = N_("%(day)s is more than a year ahead. Look at the year.")


class TooLongAgo(Refusal):
    message = N_("%(day)s is more than ten years back. Look at the year.")


class NotATime(Refusal):
    message = N_("Enter a time of the day as hours and minutes, such as 14:30.")


class NotPositive(Refusal):
    message = N_("Enter a figure that is not below zero.")


class NotChosen(Refusal):
    message = N_("Choose one of the list.")


class NotANumber(Refusal):
    message = N_("Enter the number of an announcement, such as 2026-000123.")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its kind, whether its day has to have come, and the closed list of a choice.

    ``period`` says of which kind of period it is the end: one of periods.PERIODS, or the choice that says it.
    """

    id: str
    kind: str
    name: Label
    when: str | None
    choices: Mapping[str, Label]
    period: str | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of what is typed of it."""
        return tuple(PREFIX + self.id + part for part in PARTS.get(self.kind, ("",)))


def read(field: Field, typed: Mapping[str, str]) -> object:
    """The value of what was typed, by input. Raises the refusals of this module, of ``typed`` and of ``texts``."""
    given = [typed.get(name) or "" for name in field.inputs]
    if field.kind not in PAIRS and not given[0].strip():
        raise NotChosen if field.kind == CHOICE else Missing
    return _READ[field.kind](field, *given)


def _day(field: Field, text: str) -> str:
    found = day(text)
    if field.kind == PERIOD_END and not is_period_end(found):
        raise NotAPeriodEnd(day=found)
    return found.isoformat()


def _time(_field: Field, text: str) -> str:
    found = _TIME.fullmatch(plain(text)) if len(text) <= LONGEST[NAME] else None
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise NotATime
    return f"{int(found[1]):02d}:{found[2]}"


def _amount(_field: Field, text: str, currency: str) -> dict[str, str]:
    if currency not in CURRENCIES:
        raise NotChosen
    found = amount(text, currency, unit=None)
    if found.minor < 0:
        raise NotPositive
    return {"amount": f"{found.major:f}", "currency": currency}


def _count(_field: Field, text: str) -> int:
    found = whole(text)
    if found < 0:
        raise NotPositive
    return found


def _choice(field: Field, text: str) -> str:
    if text not in field.choices:
        raise NotChosen
    return text


def side(field: Field, text: str) -> str:
    """One language of a name or a place. Raises BothLanguages, TooLong, rules.Hidden, rules.SeveralLines."""
    found = texts.title(text)
    if not found:
        raise BothLanguages
    if len(found) > LONGEST[field.kind]:
        raise TooLong
    return found


def _pair(field: Field, zh: str, en: str) -> dict[str, str]:
    return {"zh": side(field, zh), "en": side(field, en)}


def _link(_field: Field, text: str) -> str:
    found = link(texts.title(text))
    if len(found) > LONGEST[LINK]:
        raise TooLong
    return found


def _number(_field: Field, text: str) -> dict[str, str]:
    found = plain(text) if len(text) <= LONGEST[NAME] else ""
    if not _NUMBER.fullmatch(found):
        raise NotANumber
    return {"number": found}


_READ = {
    DAY: _day,
    PERIOD_END: _day,
    TIME: _time,
    AMOUNT: _amount,
    COUNT: _count,
    CHOICE: _choice,
    NAME: _pair,
    PLACE: _pair,
    LINK: _link,
    NUMBER: _number,
}


def typed(field: Field, value) -> dict[str, str]:
    """What has to be typed into each input for a value."""
    if field.kind in PAIRS:
        texts_of = (value["zh"], value["en"])
    elif field.kind == AMOUNT:
        texts_of = (f"{Money.parse(value['amount'], value['currency']).major:,f}", value["currency"])
    elif field.kind == COUNT:
        texts_of = (f"{value:,d}",)
    else:
        texts_of = (value["number"] if field.kind == NUMBER else value,)
    return dict(zip(field.inputs, texts_of, strict=True))


def look(field: Field, value, today: date) -> None:
    """Look that a day has come, or is still to come. Raises rules.NotYet, Passed, TooFar, TooLongAgo."""
    if field.kind not in DAYS:
        return
    found = date.fromisoformat(value)
    if field.when == PAST and found > today:
        raise rules.NotYet(day=value)
    if field.when == TO_COME and found < today:
        raise Passed(day=value)
    if found - today > FARTHEST:
        raise TooFar(day=value)
    if today - found > OLDEST:
        raise TooLongAgo(day=value)


def said(field: Field, value, language: str) -> str:
    """A value in a language: zh-Hans, zh-Hant or en."""
    return _SAID[field.kind](field, value, language)


def _day_said(_field: Field, value: str, language: str) -> str:
    found = date.fromisoformat(value)
    return format_date(found, "d MMMM y", locale=_LOCALE) if language == "en" else formats.day(found, language)


def _time_said(_field: Field, value: str, language: str) -> str:
    found = time.fromisoformat(value)
    hour = found.hour % 12 or 12
    if language == "en":
        return f"{hour}:{found.minute:02d} {'a.m.' if found.hour < 12 else 'p.m.'}"
    minutes = f"{found.minute}分" if found.minute else ""
    if found.hour in (0, 12):
        return f"{'凌晨' if found.hour == 0 else '中午'}{found.hour}{'时' if language == 'zh-Hans' else '時'}{minutes}"
    return f"{'上午' if found.hour < 12 else '下午'}{hour}{'时' if language == 'zh-Hans' else '時'}{minutes}"


def _amount_said(_field: Field, value: Mapping[str, str], language: str) -> str:
    return formats.money(Money.parse(value["amount"], value["currency"]), language).replace(_NBSP, " ")


def _count_said(_field: Field, value: int, language: str) -> str:
    return formats.number(value, language)


def _choice_said(field: Field, value: str, language: str) -> str:
    return field.choices[value].said(language)


def _pair_said(_field: Field, value: Mapping[str, str], language: str) -> str:
    return value["en" if language == "en" else "zh"]


def _plain_said(_field: Field, value: str, _language: str) -> str:
    return value


def _number_said(field: Field, value: Mapping[str, str], language: str) -> str:
    number, on = value["number"], _day_said(field, value["on"], language)
    if language == "en":
        return f"the announcement of {on} (No. {number})"
    return f"{on}的公告（编号 {number}）" if language == "zh-Hans" else f"{on}的公告（編號 {number}）"


_SAID = {
    DAY: _day_said,
    PERIOD_END: _day_said,
    TIME: _time_said,
    AMOUNT: _amount_said,
    COUNT: _count_said,
    CHOICE: _choice_said,
    NAME: _pair_said,
    PLACE: _pair_said,
    LINK: _plain_said,
    NUMBER: _number_said,
}
