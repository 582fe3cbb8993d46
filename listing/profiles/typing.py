"""From the content of a sheet back to what stands in its fields: the reverse of ``reading``, name for name."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from listing.companies.sheets import Field, Sheet, unit
from listing.money import Money

from . import texts


def typed(sheet: Sheet, content: Mapping) -> dict[str, str]:
    """What the fields of a sheet hold, as texts."""
    return dict(_typed(sheet.fields, "", content, content))


def _typed(fields: tuple[Field, ...], prefix: str, content: Mapping, whole: Mapping) -> Iterator[tuple[str, str]]:
    for each in fields:
        place = content.get(each.rule("under"), {}) if each.rule("under") else content
        if each.id not in place:
            continue
        value, name = place[each.id], prefix + each.id
        if each.kind == "rows":
            for number, row in enumerate(value):
                yield f"{name}.{number}.id", row["id"]
                yield from _typed(each.fields, f"{name}.{number}.", row, whole)
        elif each.is_pair:
            yield from _pair(name, value)
        else:
            yield name, _one(each, value, whole)


def _pair(name: str, value: Mapping) -> Iterator[tuple[str, str]]:
    yield f"{name}.zh", value["zh"]
    yield f"{name}.en", value["en"]
    if value.get("evidence"):
        yield f"{name}.evidence", str(value["evidence"])
    if value.get("other"):
        yield f"{name}.other", texts.other(value)[0]


def _one(each: Field, value, whole: Mapping) -> str:
    if each.kind == "amount":
        return amount(value, whole["currency"], whole["unit"])
    if each.kind == "several":
        return " ".join(value)
    if each.kind == "share":
        return value.rstrip("0").rstrip(".")
    return "1" if value is True else str(value)


def amount(minor: int, currency: str, unit_key: str) -> str:
    """The exact number to stand before that unit: 8000 for 80 million in 万元."""
    number = Money(minor, currency).major / Decimal(unit(unit_key))
    return f"{number.normalize():f}"
