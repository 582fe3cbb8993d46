"""What the risk of taking a company up is weighed by: how it raises money, its stage, its figures, what holds it back.

Reads what the company shows now; which level follows, listing/suitability decides. What is not known is absent.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from listing.store.db import db

from . import figures
from .models import FINANCING, Company, Revision, without_financing

UNKNOWN = "unknown"


def facts(ids: Collection[int]) -> dict[int, dict[str, object]]:
    """The facts of these companies, by number; one statement."""
    wanted = select(Company.id, Company.stage, Company.held_back_at, Revision.content)
    rows = db.session.execute(wanted.outerjoin(Revision, Revision.id == Company.revision_id).where(Company.id.in_(ids)))
    return {row.id: weighed(row.stage, row.held_back_at is not None, row.content) for row in rows}


def weighed(stage: str, held_back: bool, content: Mapping | None) -> dict[str, object]:
    """The facts of one company; a content that is held back says nothing of its financing."""
    shown = without_financing(content) if content and held_back else content or {}
    known = figures.of_revision(shown)
    found = {
        "instrument": shown.get("sheets", {}).get(FINANCING, {}).get("instrument") or UNKNOWN,
        "stage": stage or None,
        "held_back": "yes" if held_back else "no",
        "audited": "yes" if known and known.periods[-1].audited else "no",
    }
    return found | (_of_years(known) if known else {})


def _of_years(known: figures.Figures) -> dict[str, object]:
    """Profit of the last full year, the last net assets, and how many audited years up to the last had a profit."""
    years = [period for period in known.periods if period.months == figures.YEAR]
    last = next((p.values["net_assets"] for p in reversed(known.periods) if "net_assets" in p.values), None)
    profits = [year.values.get("net_profit") for year in years]
    row = 0
    for year in reversed(years):
        if not (year.audited and year.values.get("net_profit", 0) > 0):
            break
        row += 1
    return {"net_profit": profits[-1] if profits else None, "net_assets": last, "profitable_years": row}
