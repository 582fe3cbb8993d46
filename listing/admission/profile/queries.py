"""What the profile of an institution holds, what of it enterprises see at an instant, and which of them looked.

A part is seen while the admission is in force and the last row of the ledger gives consent: both are looked up each
time, so that a withdrawal, a suspension or an end is felt at once.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select

from listing.store.db import db

from .. import consents, queries
from ..models import Admission
from ..rules import opens
from . import rules
from .models import InvestorProfile, ProfileOpening

_MOST = 100  # companies that a page lists


def profile(organisation_id: int) -> InvestorProfile | None:
    """What the institution typed."""
    return db.session.get(InvestorProfile, organisation_id)


def parts(organisation_id: int) -> dict[str, object]:
    """Every part that holds something, in the order of PARTS, consented or not: for the institution itself."""
    admission = queries.last_admission(organisation_id)
    found = _read(admission) if admission else {}
    return {part: value for part, value in (found | _typed(profile(organisation_id))).items() if value}


def seen(organisation_id: int, now: datetime) -> dict[str, object]:
    """The parts that enterprises which meet the institution see at this instant."""
    admission = queries.live_admission(organisation_id)
    if admission is None or not opens(admission.state, since=admission.since, until=admission.until, now=now):
        return {}
    held = consents.latest(queries.ledger([organisation_id]))
    given = {purpose for purpose, row in held.items() if row.act == consents.GIVEN}
    return {part: value for part, value in parts(organisation_id).items() if rules.purpose(part) in given}


def _read(admission: Admission) -> dict[str, object]:
    """What the admission itself says."""
    submission = queries.submission(queries.decision_by_id(admission.decision_id).submission_id)
    institution: Mapping = submission.content.get("pages", {}).get("institution", {})
    return {
        "kind": institution.get("investor_type", ""),
        "domicile": institution.get("residence", ""),
        "class": (admission.investor_class, tuple(admission.markets)),
    }


def _typed(row: InvestorProfile | None) -> dict[str, object]:
    if row is None:
        return {}
    size = rules.Size(row.least, row.most) if row.least or row.most else None
    lists = {"sectors": row.sectors, "stages": row.stages}
    return lists | {"size": size, "languages": row.languages, "text": row.text if row.text.complete else None}


def openings(organisation_id: int, *, since: date) -> list[tuple[int, int, date]]:
    """Which companies looked since that day: number, how often, when last; who looked last comes first."""
    table, last = ProfileOpening, func.max(ProfileOpening.day)
    found = select(table.company_id, func.sum(table.number), last).where(
        table.organisation_id == organisation_id, table.day >= since
    )
    rows = found.group_by(table.company_id).order_by(last.desc(), table.company_id).limit(_MOST)
    return [(company, int(number), day) for company, number, day in db.session.execute(rows)]
