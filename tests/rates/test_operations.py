"""Rates come in whole files or not at all, twice as once, and the journal knows who entered what."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from listing.access.actor import SYSTEM
from listing.journal.models import Entry
from listing.money import Money
from listing.rates import ecb, operations, queries, rules
from listing.rates.models import StatedRate
from listing.store.db import db

from ..factories import NOW
from .conftest import CSV, taken

ON = date(2026, 11, 23)
PEG = {"base": "HKD", "quote": "MOP", "value": Decimal("1.03"), "day": date(2026, 11, 20), "source": "AMCM"}
OTHER = CSV.replace(b"7.8509", b"7.9")


def rows():
    return db.session.scalar(select(func.count()).select_from(StatedRate))


def entries():
    return db.session.execute(select(Entry.code, Entry.data).order_by(Entry.index)).all()


def enter(**fields):
    row = operations.enter(**PEG | {"actor": SYSTEM, "now": NOW} | fields)
    db.session.commit()
    return row


def test_a_file_is_taken_in_once(app):
    first, second = taken(), taken()
    assert (first.added, first.corrected, first.unchanged) == (8, 0, 0)
    assert (second.added, second.corrected, second.unchanged, rows()) == (0, 0, 8, 8)
    assert [code for code, _data in entries()] == ["rates.imported"]


def test_the_value_is_kept_digit_by_digit(reference):
    db.session.expire_all()
    assert queries.rate("EUR", "USD", on=ON).rate.value.as_tuple().digits == (1, 1, 0, 5, 0)


def test_a_file_that_contradicts_what_is_known_changes_nothing(reference):
    with pytest.raises(operations.Contradiction, match="7.8509"):
        taken(OTHER + b"2026-11-18,1.1,157,7.8,8.6,37,\n")
    db.session.rollback()
    assert rows() == 8


def test_a_correction_stands_from_now_on_beside_what_it_corrects(reference):
    assert taken(OTHER, correct=True).corrected == 1
    assert (rows(), queries.rate("EUR", "CNY", on=ON).rate.value) == (9, Decimal("7.9"))
    assert taken(OTHER, correct=True).unchanged == 8
    assert queries.latest(on=ON)[0].value == Decimal("7.9")


def test_a_broken_file_changes_nothing(reference):
    with pytest.raises(ecb.BadLine):
        taken(CSV + b"2026-11-18,1.1,157,zero,8.6,37,\n")
    db.session.rollback()
    assert (rows(), len(entries())) == (8, 1)


def test_the_pataca_is_entered_and_then_joins_in(reference):
    assert queries.converted(Money(100, "CNY"), "MOP", on=ON) is None
    row = enter()
    found = queries.converted(Money(10_000, "CNY"), "MOP", on=ON)
    assert (found.amount, found.quoted.rate.source) == (Money(11_324, "MOP"), "ECB + AMCM")
    assert entries()[-1] == ("rates.entered", {**PEG, "value": "1.03", "day": "2026-11-20"})
    assert (row.number, enter(value=Decimal("1.031")).number) == (1, 2)
    assert queries.rate("HKD", "MOP", on=ON).rate.value == Decimal("1.031")


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"quote": "HKD"}, rules.SameCurrency),
        ({"day": date(2026, 11, 24)}, rules.NotYet),
        ({"source": "  "}, rules.Sourceless),
        ({"base": "CNY", "quote": "HKD"}, rules.Covered),
        ({"base": "EUR", "quote": "CNY"}, rules.Covered),
    ],
)
def test_what_is_not_entered(reference, fields, refusal):
    with pytest.raises(refusal):
        enter(**fields)
    db.session.rollback()
    assert rows() == 8


def test_without_reference_rates_any_pair_may_be_entered(app):
    enter(base="CNY", quote="HKD", value=Decimal("1.1"))
    assert queries.rate("HKD", "CNY", on=ON).rate.value == Decimal("1.1")


def test_two_who_enter_at_once_leave_two_numbers_or_one_refusal(app):
    enter(day=date(2026, 11, 19))

    def again(number):
        with app.app_context():
            try:
                return (
                    operations.enter(**PEG | {"value": Decimal(number), "actor": SYSTEM, "now": NOW})
                    and db.session.commit()
                )
            except rules.Already:
                db.session.rollback()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(again, range(1, 5)))
    numbers = list(
        db.session.scalars(select(StatedRate.number).where(StatedRate.day == PEG["day"]).order_by(StatedRate.number))
    )
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_one_statement_whatever_is_known(reference, statements):
    rates = queries.Rates(ON)
    with statements() as seen:
        queries.rate("CNY", "HKD", on=ON)
        assert rates.converted(Money(100, "CNY"), "HKD").amount == Money(110, "HKD")
    assert len(seen) == 1
