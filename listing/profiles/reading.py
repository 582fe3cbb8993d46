"""From what somebody typed to the content of a sheet: ``typed`` is a flat mapping of names to texts.

Decides what each kind of field may hold. The editor, the XLSX template and the demo market all come through here, so
that one input has one verdict. Names are ``field``, ``field.zh``, ``field.en``, ``rows.0.field``; a row without text is
no row. An answer that is refused stays out of the content and is named in ``errors``; the page shows it as typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from listing.companies import rules as companies
from listing.companies.sheets import FILE_PARTS, Field, Sheet, unit
from listing.money import Money
from listing.refusal import Refusal

from . import rules, texts

SIDES = ("zh", "en")
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


@dataclass(slots=True)
class Read:
    """A content, and by the name of the field what is wrong with an answer."""

    content: dict = field(default_factory=dict)
    errors: dict[str, Refusal] = field(default_factory=dict)


def read(sheet: Sheet, typed: Mapping[str, str], before: Mapping, setting: Setting) -> Read:
    """Read one sheet; ``before`` is its content so far, of which pairs remember what was confirmed."""
    found = Read()
    scale = _scale(typed)
    _read_fields(sheet.fields, "", typed, before, setting, scale, found.content, found.errors)
    _compare(sheet.fields, "", found.content, found.errors)
    return found


def _scale(typed: Mapping[str, str]) -> tuple[str, int] | None:
    try:
        return typed["currency"], unit(typed["unit"])
    except KeyError:
        return None


def _read_fields(fields, prefix, typed, before, setting, scale, content, errors) -> None:
    for each in fields:
        name = prefix + each.id
        try:
            if each.kind == "rows":
                value = _rows(each, name, typed, before.get(each.id, ()), setting, scale, errors)
            elif each.is_pair:
                value = _pair(each, name, typed, before.get(each.id), setting, errors)
            else:
                value = _one(each, name, typed, setting, scale)
        except Refusal as refusal:
            errors[name] = refusal
            continue
        if value is not None and value is not False and value != "" and value != []:
            _place(content, each)[each.id] = value


def _place(content: dict, each: Field) -> dict:
    """Where the value belongs: in the content, or in the part of it that the field says."""
    under = each.rule("under")
    return content.setdefault(under, {}) if under else content


def _rows(each: Field, name, typed, before, setting, scale, errors) -> list:
    numbers = _numbers(name, typed)
    if len(numbers) > each.rule("most"):
        raise rules.TooManyRows(most=each.rule("most"))
    known = {row.get("id"): row for row in before}
    rows = []
    for n in numbers:
        prefix = f"{name}.{n}."
        old = known.get(typed.get(prefix + "id", ""), {})
        row = {"id": old.get("id") or _new_id(known, rows)}
        _read_fields(each.fields, prefix, typed, old, setting, scale, row, errors)
        _compare(each.fields, prefix, row, errors)
        rows.append(row | {key: old[key] for key in FILE_PARTS if key in old})
    _whole(each, name, rows, errors)
    return rows


def _new_id(known: Mapping, rows: list) -> str:
    taken = {key for key in known if key} | {row["id"] for row in rows}
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def _numbers(name: str, typed: Mapping[str, str]) -> list[int]:
    """The rows that hold any text and are not to be removed, in order."""
    inside = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\.(?!id$).+")
    filled = {int(found[1]) for key, text in typed.items() if (found := inside.fullmatch(key)) and text.strip()}
    return [number for number in sorted(filled) if not typed.get(f"{name}.{number}.remove")]


def _whole(each: Field, name: str, rows: list, errors: dict) -> None:
    """What holds for the rows together and cannot become right by adding some."""
    key = each.rule("whole")
    if key and (total := sum_of(rows, key)) > 100:
        errors[name] = rules.Over100(sum=f"{total:.2f}")
    key = each.rule("unique")
    seen = [row[key] for row in rows if key in row] if key else []
    if len(seen) != len(set(seen)):
        errors[name] = rules.SameTwice()


def sum_of(rows: list, key: str) -> Decimal:
    """The exact sum of the shares in these rows."""
    return sum((Decimal(row[key]) for row in rows if key in row), Decimal(0))


def _pair(each: Field, name, typed, before, setting, errors) -> dict | None:
    sides = {}
    for side in SIDES:
        try:
            sides[side] = _text(each, typed.get(f"{name}.{side}", ""))
        except Refusal as refusal:
            errors[f"{name}.{side}"] = refusal
            sides[side] = (before or {}).get(side, "")
    if not sides["zh"] and not sides["en"] and not before:
        return None
    return texts.written(
        sides["zh"],
        sides["en"],
        before,
        default_script=setting.script,
        other_text=_other(each, name, typed, errors),
        evidence=_evidence(typed.get(f"{name}.evidence", ""), setting),
        read=bool(typed.get(f"{name}.read")),
        by=setting.by,
        now=setting.now,
    )


def _other(each: Field, name: str, typed, errors) -> str | None:
    if f"{name}.other" not in typed:
        return None
    try:
        return _text(each, typed[f"{name}.other"])
    except Refusal as refusal:
        errors[f"{name}.other"] = refusal
        return None


def _evidence(text: str, setting: Setting) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) in setting.documents else None


def _text(each: Field, text: str) -> str:
    most = each.rule("most")
    if len(text) > most * 2 or len(text.strip()) > most:  # before anything looks at each character
        raise rules.TooLong(most=f"{most:,}", has=f"{len(text.strip()):,}")
    if each.kind == "passage":
        return companies.lines(text)
    return companies.name(text) if each.rule("legal") else companies.line(text)


def _one(each: Field, name: str, typed, setting: Setting, scale):
    text = typed.get(name, "").strip()
    if not text:
        return None
    if each.kind == "amount":
        return _amount(each, text, scale)
    if each.kind == "registration":
        return companies.registration(typed.get(each.rule("by"), ""), _text(each, text))[0]
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
    return _text(each, text)


def _matching(pattern: re.Pattern, refusal: type[Refusal]) -> Callable:
    def check(each: Field, text: str, _setting: Setting) -> str:
        text = _text(each, text)
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
    return found.isoformat()


def _flag(_each: Field, text: str, _setting: Setting) -> bool:
    return text not in ("0", "no", "false")


def _share(_each: Field, text: str, _setting: Setting) -> str:
    plain = text.translate(_FULL_WIDTH).removesuffix("%").strip()
    if not _SHARE.fullmatch(plain) or not 0 < Decimal(plain) <= 100:
        raise rules.NotAShare
    return f"{Decimal(plain):.2f}"


def _document(_each: Field, text: str, setting: Setting) -> int:
    number = _evidence(text, setting)
    if number is None:
        raise rules.NoSuchDocument
    return number


_KINDS: dict[str, Callable] = {
    "text": _plain,
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
_ORDER = {
    "after": (rules.TooEarly, lambda value, limit: value < limit),
    "no_less_than": (rules.TooLow, lambda value, limit: value < limit),
    "no_more_than": (rules.MoreThanTheWhole, lambda value, limit: value > limit),
}


def _compare(fields, prefix: str, content: Mapping, errors: dict) -> None:
    """Hold fields against one another that the declaration sets in relation."""
    for each in fields:
        place = content.get(each.rule("under"), {}) if each.rule("under") else content
        for rule, (refusal, wrong) in _ORDER.items():
            other = each.rule(rule)
            if other in place and each.id in place and wrong(place[each.id], place[other]):
                errors[prefix + each.id] = refusal()
