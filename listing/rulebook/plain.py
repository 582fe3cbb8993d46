"""The plain form of a case, both ways: texts, whole numbers, lists and mappings, as a journal or a file keeps them.

``read`` takes what came from anywhere and raises ``NotACase`` with the place of what it cannot take. Amounts are texts,
so that no reader of JSON takes one for a float.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from listing.money import CURRENCIES, Money
from listing.refusal import Refusal

from .case import Case, Evidence, Fact, Facts, Part, StatedRate
from .vocabulary import CODES, FLAG, MONEY, NUMBER, OWN, kind, words

_SHARE = re.compile(r"(?:100|\d{1,2})(?:\.\d{1,4})?")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
_RATE = re.compile(r"\d{1,9}(?:\.\d{1,12})?")
_MINOR = re.compile(r"-?\d{1,19}")
_ID = re.compile(r"[!-~]{1,200}")
MOST = 500  # entries of one list


class NotACase(ValueError):
    """Something in the plain form of a case cannot be taken; says where."""


def record(case: Case) -> dict:
    """The plain form: texts, whole numbers, lists and mappings only."""
    facts = case.facts
    return {
        "party": facts.party,
        "on": case.on.isoformat(),
        "facts": [
            {"metric": metric, "period": period} | _fact_record(fact)
            for (metric, period), fact in sorted(facts.stated.items())
        ],
        "exclusions": dict(sorted(facts.exclusions.items())),
        "evidence": None if case.evidence is None else [_paper_record(paper) for paper in case.evidence],
        "rates": record_rates(case.rates),
        "thresholds": {key: money_record(each) for key, each in sorted(case.thresholds.items())},
    }


def record_rates(rates: Iterable[StatedRate]) -> list[dict]:
    """Rates in their plain form."""
    return [
        {"id": r.id, "base": r.base, "quote": r.quote, "value": f"{r.value:f}", "day": r.day.isoformat()}
        | {"source": r.source}
        for r in rates
    ]


def money_record(amount: Money) -> dict[str, object]:
    """An amount in its plain form: minor units as a text, so that no reader of JSON takes it for a float."""
    return {"minor": str(amount.minor), "currency": amount.currency}


def _fact_record(fact: Fact) -> dict:
    if isinstance(fact, bool):
        return {"value": fact}
    if isinstance(fact, Decimal):
        return {"value": f"{fact:f}"}
    if fact and isinstance(fact[0], Part):
        return {"parts": [part_record(part) for part in fact]}
    return {"codes": list(fact)}


def part_record(part: Part) -> dict[str, object]:
    """One stated amount in its plain form."""
    share = {} if part.share is None else {"share": f"{part.share:f}"}
    return money_record(part.amount) | {"kind": part.kind, "holders": part.holders} | share


def _paper_record(paper: Evidence) -> dict:
    return {
        "id": paper.id,
        "kind": paper.kind,
        "dated": paper.dated.isoformat() if paper.dated else None,
        "expires": paper.expires.isoformat() if paper.expires else None,
    }


def read(plain: object, *, on: date | None = None) -> Case:
    """The case of a plain form; ``on`` stands in for a day it does not name. Raises NotACase."""
    whole = _mapping(plain, "the case", {"party", "on", "facts", "exclusions", "evidence", "rates", "thresholds"})
    papers = whole.get("evidence", [])
    return Case(
        facts=Facts(
            _word(whole.get("party"), "parties", "party"),
            dict(_facts(whole.get("facts", []))),
            {_word(k, "exclusions", "exclusions"): _flag(v, f"exclusions.{k}") for k, v in _pairs(whole, "exclusions")},
        ),
        on=_day(whole["on"], "on") if whole.get("on") is not None or on is None and "on" in whole else _given(on),
        evidence=None if papers is None else tuple(_paper(*each) for each in _each(papers, "evidence")),
        rates=tuple(_rate(*each) for each in _each(whole.get("rates", []), "rates")),
        thresholds={key: read_money(value, f"thresholds.{key}") for key, value in _pairs(whole, "thresholds")},
    )


def _given(on: date | None) -> date:
    if on is None:
        raise NotACase("on: no day is named")
    return on


def _facts(plain: object) -> Iterator[tuple[tuple[str, str], Fact]]:
    seen = set()
    for row, at in _each(plain, "facts"):
        fact = _mapping(row, at, {"metric", "period", "amount", "minor", "currency", "parts", "value", "codes"})
        metric = _word(fact.get("metric"), "metrics", f"{at}.metric")
        key = metric, _word(fact.get("period", "point"), "periods", f"{at}.period")
        if key in seen:
            raise NotACase(f"{at}: {metric} {key[1]} stands twice")
        seen.add(key)
        yield key, _READERS[kind(metric)](fact, at)


def _amounts(fact: dict, at: str) -> tuple[Part, ...]:
    if "parts" not in fact:
        return (Part(read_money(fact, at)),)
    parts = tuple(read_part(row, place) for row, place in _each(fact["parts"], f"{at}.parts"))
    if not parts:
        raise NotACase(f"{at}.parts: empty")
    return parts


def read_part(plain: object, at: str) -> Part:
    """One stated amount. Raises NotACase."""
    part = _mapping(plain, at, {"amount", "minor", "currency", "kind", "holders", "share"})
    holders, share = part.get("holders", 1), part.get("share")
    if type(holders) is not int or not 1 <= holders <= 100:
        raise NotACase(f"{at}.holders: not a number from 1 to 100")
    if share is not None and not (isinstance(share, str) and _SHARE.fullmatch(share) and Decimal(share) <= 100):
        raise NotACase(f"{at}.share: not a text such as 60 or 33.3333")
    kept = None if share is None else Decimal(share)
    return Part(read_money(part, at), _word(part.get("kind", OWN), "parts", f"{at}.kind"), holders, kept)


def read_money(plain: object, at: str) -> Money:
    """An amount, as "amount" in figures or "minor" in smallest units, both texts. Raises NotACase."""
    if not isinstance(plain, Mapping):
        raise NotACase(f"{at}: not an amount")
    currency, written = plain.get("currency"), plain.get("amount", plain.get("minor"))
    if not isinstance(currency, str) or not isinstance(written, str) or "amount" in plain and "minor" in plain:
        raise NotACase(f"{at}: an amount is a currency and one of amount and minor, all texts")
    try:
        if "amount" in plain:
            return Money.parse(written, currency)
        if not _MINOR.fullmatch(written):
            raise NotACase(f"{at}.minor: not a whole number")
        return Money(int(written), currency)
    except Refusal as refusal:
        raise NotACase(f"{at}: {refusal}") from None


def _amount_of_number(fact: dict, at: str) -> Decimal:
    return _decimal(fact.get("value"), _NUMBER, f"{at}.value")


def _codes(fact: dict, at: str) -> tuple[str, ...]:
    return tuple(_word(code, "codes", place) for code, place in _each(fact.get("codes"), f"{at}.codes"))


def _truth(fact: dict, at: str) -> bool:
    return _flag(fact.get("value"), f"{at}.value")


_READERS = {MONEY: _amounts, NUMBER: _amount_of_number, CODES: _codes, FLAG: _truth}


def _paper(row: object, at: str) -> Evidence:
    paper = _mapping(row, at, {"id", "kind", "dated", "expires"})
    days = {key: None if paper.get(key) is None else _day(paper[key], f"{at}.{key}") for key in ("dated", "expires")}
    return Evidence(_id(paper.get("id"), at), _word(paper.get("kind"), "papers", f"{at}.kind"), **days)


def _rate(row: object, at: str) -> StatedRate:
    rate = _mapping(row, at, {"id", "base", "quote", "value", "day", "source"})
    base, quote = rate.get("base"), rate.get("quote")
    if base not in CURRENCIES or quote not in CURRENCIES or base == quote:
        raise NotACase(f"{at}: a rate joins two different currencies")
    value = _decimal(rate.get("value"), _RATE, f"{at}.value")
    source = rate.get("source")
    if not value or not isinstance(source, str) or not source.strip():
        raise NotACase(f"{at}: a rate is above zero and names its source")
    return StatedRate(_id(rate.get("id"), at), base, quote, value, _day(rate.get("day"), f"{at}.day"), source)


def _id(value: object, at: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise NotACase(f"{at}.id: not an id")
    return value


def _decimal(value: object, form: re.Pattern[str], at: str) -> Decimal:
    if not isinstance(value, str) or not value.isascii() or not form.fullmatch(value):
        raise NotACase(f"{at}: not a text of plain figures such as 1.9")
    return Decimal(value)


def _word(value: object, name: str, at: str) -> str:
    if not isinstance(value, str) or value not in words(name):
        raise NotACase(f"{at}: {value!r} is not one of {', '.join(words(name))}")
    return value


def _flag(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise NotACase(f"{at}: not true or false")
    return value


def _day(value: object, at: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise NotACase(f"{at}: not a day such as 2026-11-26") from None


def _mapping(value: object, at: str, known: set[str]) -> dict:
    if not isinstance(value, dict):
        raise NotACase(f"{at}: not a mapping")
    if unknown := set(value) - known:
        raise NotACase(f"{at}: {sorted(map(str, unknown))[0]} is not known here")
    return value


def _each(value: object, at: str) -> Iterator[tuple[object, str]]:
    if not isinstance(value, list) or len(value) > MOST:
        raise NotACase(f"{at}: not a list of at most {MOST}")
    for place, row in enumerate(value):
        yield row, f"{at}[{place}]"


def _pairs(whole: dict, name: str):
    value = whole.get(name, {})
    if not isinstance(value, dict):
        raise NotACase(f"{name}: not a mapping")
    return value.items()
