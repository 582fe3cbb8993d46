"""Taking a list in, checking the names of a case, and resolving a hit.

The journal says which lists and how many hits, never a name: who was checked is nobody's business but the case's.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256

from sqlalchemy import insert, select, update

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store.db import db

from . import queries, rules
from .models import ListedName, Screening, ScreeningHit, ScreeningList

_BATCH = 2_000


def import_list(
    *, code: str, version: str, source: str, content: bytes, actor: Actor | System, now: datetime
) -> ScreeningList:
    """Take in a version of a list whole, or nothing; the same one again changes nothing.

    Raises rules.TooLong, NotAList, BadLine, OtherContent.
    """
    digest = sha256(content).hexdigest()
    known = db.session.scalar(select(ScreeningList).filter_by(code=code, version=version))
    if known:
        if known.digest != digest:
            raise rules.OtherContent(version=version)
        return known
    listed = rules.read(content)
    row = ScreeningList(
        code=code,
        version=version,
        source=source,
        digest=digest,
        count=len(listed),
        imported_at=now,
        imported_by=actor.label,
    )
    db.session.add(row)
    db.session.flush()
    lines = [{"list_id": row.id, **asdict(one), "names": list(one.names)} for one in listed]
    for at in range(0, len(lines), _BATCH):
        db.session.execute(insert(ListedName), lines[at : at + _BATCH])
    data = {"list": code, "version": version, "sha256": digest, "count": row.count}
    journal.append(code="screening.list_imported", data=data, actor=actor, now=now)
    return row


def screen(*, case: rules.Case, subjects: Sequence[rules.Subject], actor: Actor | System, now: datetime) -> Screening:
    """Check every name of a case against every list in force and keep each hit for a person. Raises rules.NoLists."""
    lists = [[one.code, one.version] for one in queries.in_force()]
    if not lists:
        raise rules.NoLists
    screening = Screening(
        case_kind=case.kind,
        case_number=case.number,
        lists=lists,
        subjects=[asdict(one) | {"names": list(one.names)} for one in subjects],
        at=now,
        hits=[hit for place, one in enumerate(subjects) for hit in _hits(place, one)],
    )
    db.session.add(screening)
    db.session.flush()
    data = {"case": [case.kind, case.number], "lists": lists, "names": _count(subjects), "hits": len(screening.hits)}
    journal.append(code="screening.run", data=data, actor=actor, now=now)
    return screening


def _hits(place: int, subject: rules.Subject) -> list[ScreeningHit]:
    """One hit for each listed name a subject may be, under the most alike of its names."""
    best: dict[int, ScreeningHit] = {}
    for name in subject.names:
        for found in queries.like(name):
            before = best.get(found.listed.id)
            if before is None or found.likeness > before.likeness:
                best[found.listed.id] = ScreeningHit(
                    listed_id=found.listed.id,
                    subject=place,
                    name=name[: rules.MOST_NAME],
                    listed_as=found.as_name,
                    likeness=found.likeness,
                    outcome=rules.OPEN,
                )
    return sorted(best.values(), key=lambda hit: -hit.likeness)


def _count(subjects: Sequence[rules.Subject]) -> int:
    return sum(len(one.names) for one in subjects)


def resolve(*, hit: ScreeningHit, outcome: str, reason: str, actor: Actor, now: datetime) -> ScreeningHit:
    """Say whether a hit means the subject, once. Raises rules.NoReason, AlreadyResolved."""
    if not reason.strip():
        raise rules.NoReason
    said = {"outcome": outcome, "reason": reason.strip(), "resolved_at": now}
    by = {"resolved_by": actor.label, "resolver_id": actor.user_id}
    still_open = (ScreeningHit.id == hit.id, ScreeningHit.outcome == rules.OPEN)
    if not db.session.execute(update(ScreeningHit).where(*still_open).values(said | by)).rowcount:
        db.session.refresh(hit)
        raise rules.AlreadyResolved(name=hit.resolved_by)
    db.session.refresh(hit)
    case = hit.screening
    data = {"case": [case.case_kind, case.case_number], "hit": hit.id, "outcome": outcome}
    journal.append(code="screening.resolved", data=data, actor=actor, now=now)
    return hit
