"""Column types: an instant, an exact number, an amount of money, a text in two languages.

Each refuses what would be silently wrong: a naive time, a float, an amount without its currency.
"""

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Dialect, String, Text
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.orm import Composite, composite, mapped_column
from sqlalchemy.types import TypeDecorator

from listing.bilingual.pair import Pair
from listing.money import Money


class Instant(TypeDecorator):
    """An aware datetime, kept in UTC without zone; a naive one raises ValueError."""

    impl = SqlDateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime given to an Instant column")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None else None


class Exact(TypeDecorator):
    """A Decimal kept as it is written, digit by digit, in every database; a float raises TypeError."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"{type(value).__name__} given to an Exact column")
        return f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return Decimal(value) if value is not None else None


def _money(minor: int | None, currency: str | None) -> Money | None:
    return None if minor is None or currency is None else Money(minor, currency)


def money(name: str, *, nullable: bool = False) -> Composite[Money]:
    """An amount as two columns, ``<name>_minor`` (integer minor units) and ``<name>_currency`` (ISO 4217)."""
    return composite(
        _money,
        mapped_column(f"{name}_minor", BigInteger, nullable=nullable),
        mapped_column(f"{name}_currency", String(3), nullable=nullable),
    )


def pair(name: str, *, nullable: bool = False, empty: bool = False) -> Composite[Pair]:
    """A bilingual text as three columns, ``<name>_zh``, ``<name>_en`` and ``<name>_script`` (Hans or Hant).

    ``empty``: both sides hold nothing where nothing is given.
    """
    side, script = ({"default": ""}, {"default": "Hans"}) if empty else ({}, {})
    return composite(
        Pair,
        mapped_column(f"{name}_zh", Text, nullable=nullable, **side),
        mapped_column(f"{name}_en", Text, nullable=nullable, **side),
        mapped_column(f"{name}_script", String(4), nullable=nullable, **script),
        return_none_on=lambda _zh, _en, script: script is None,
    )
