"""Taking rates in: a file of the European Central Bank, or one entered by the operator."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.money import Rate
from listing.store.db import db

from . import ecb, queries, rules
from .models import StatedRate

_BATCH = 5_000


class Contradiction(ecb.Unreadable):
    message = rules.N_(
        "%(quote)s of %(day)s is already known as %(known)s, the file says %(said)s. Nothing has changed."
    )


@dataclass(frozen=True, slots=True)
class Report:
    """What a file brought: how many rates of each kind, from which day to which, and its digest."""

    added: int
    corrected: int
    unchanged: int
    passed_over: tuple[str, ...]
    first: date
    last: date
    sha256: str

    def as_data(self) -> dict[str, object]:
        """The report for JSON."""
        return asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}


def import_rates(*, data: bytes, correct: bool = False, actor: Actor | System, now: datetime) -> Report:
    """Take in all rates of a file that are not known yet, or none.

    What is known stays as it is, so a second time changes nothing. A rate that contradicts a known one refuses the
    file, unless ``correct`` lets it stand as the next number of its day. Raises ecb.Unreadable in its
    kinds, Contradiction among them.
    """
    file = ecb.read(data, today=queries.today(now))
    days = [reading.day for reading in file.readings]
    known = _known(min(days), max(days))
    new, corrected = [], 0
    for reading in file.readings:
        value, number = known.get((reading.quote, reading.day), (None, 0))
        if value == reading.value:
            continue
        if number and not correct:
            raise Contradiction(quote=reading.quote, day=reading.day, known=value, said=reading.value)
        corrected += bool(number)
        new.append(_row(reading, number + 1, actor, now))
    for at in range(0, len(new), _BATCH):
        db.session.execute(insert(StatedRate), new[at : at + _BATCH])
    report = Report(
        added=len(new) - corrected,
        corrected=corrected,
        unchanged=len(file.readings) - len(new),
        passed_over=file.passed_over,
        first=min(days),
        last=max(days),
        sha256=sha256(data).hexdigest(),
    )
    if new:
        journal.append(code="rates.imported", data=report.as_data(), actor=actor, now=now)
    return report


def _known(first: date, last: date) -> dict[tuple[str, date], tuple[Decimal, int]]:
    """Value and number of the bank's rates that count, by currency and day."""
    rows = db.session.execute(
        select(StatedRate.quote, StatedRate.day, StatedRate.value, StatedRate.number)
        .where(StatedRate.kind == rules.REFERENCE, StatedRate.base == ecb.BASE, StatedRate.day.between(first, last))
        .order_by(StatedRate.number)
    )
    return {(quote, day): (value, number) for quote, day, value, number in rows}


def _row(reading: ecb.Reading, number: int, actor: Actor | System, now: datetime) -> dict[str, object]:
    return {
        "base": ecb.BASE,
        "quote": reading.quote,
        "day": reading.day,
        "kind": rules.REFERENCE,
        "number": number,
        "value": reading.value,
        "source": ecb.SOURCE,
        "at": ecb.instant(reading.day),
    } | dict(_entered(actor, now))


def _entered(actor: Actor | System, now: datetime) -> Iterator[tuple[str, object]]:
    yield "account_id", actor.user_id or None
    yield "entered_by", str(actor.label)[:200]
    yield "entered_at", now


def check(*, base: str, quote: str, value: Decimal, day: date, source: str, now: datetime) -> Rate:
    """The rate as it would be entered. Raises SameCurrency, NotYet, Sourceless, HiddenCharacters, Covered."""
    if base == quote:
        raise rules.SameCurrency
    if day > queries.today(now):
        raise rules.NotYet
    stated = {ecb.BASE, *_reference_currencies(day)}
    if {base, quote} <= stated and len(stated) > 1:
        raise rules.Covered
    return Rate(base, quote, value, rules.source(source), now)


def _reference_currencies(day: date) -> list[str]:
    recent = StatedRate.day.between(day - rules.OLDEST[rules.REFERENCE], day)
    found = select(StatedRate.quote).where(StatedRate.kind == rules.REFERENCE, recent)
    return list(db.session.scalars(found.distinct()))


def enter(
    *, base: str, quote: str, value: Decimal, day: date, source: str, actor: Actor | System, now: datetime
) -> StatedRate:
    """Enter a rate that no reference source states, such as that of the pataca to the Hong Kong dollar.

    Raises what ``check`` raises, and Already where somebody else entered one for that day at this instant.
    """
    checked = check(base=base, quote=quote, value=value, day=day, source=source, now=now)
    same = (StatedRate.base == base, StatedRate.quote == quote, StatedRate.day == day)
    last = db.session.scalar(select(func.max(StatedRate.number)).where(*same, StatedRate.kind == rules.MANUAL))
    row = StatedRate(
        base=base,
        quote=quote,
        day=day,
        kind=rules.MANUAL,
        number=(last or 0) + 1,
        value=value,
        source=checked.source,
        at=now,
        **dict(_entered(actor, now)),
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise rules.Already from None
    data = {"base": base, "quote": quote, "value": rules.plain(value), "day": day.isoformat(), "source": row.source}
    journal.append(code="rates.entered", data=data, actor=actor, subject=("rate", row.id), now=now)
    return row
