"""The tier a company is in, and whose signatures that tier asks for under what the company announces."""

from sqlalchemy import Select, and_, false, or_, select

from listing.disclosure import standards
from listing.store.db import db

from .models import Tenure


def tenure(company_id: int) -> Tenure | None:
    """The tier a company is in."""
    return db.session.scalar(select(Tenure).where(Tenure.live_of == company_id))


def year_end(company_id: int) -> int | None:
    """The month with whose last day its financial year ends, as far as a tier made it say so."""
    held = tenure(company_id)
    return held.year_end if held else None


def signatures(company_id: int) -> tuple[str, ...]:
    """The parts of the sign-off chain that its tier asks for (standards.PARTS); none for a company in no tier."""
    held = tenure(company_id)
    return standards.published()[held.version].sign_off[held.tier] if held else ()


def asking(part: str) -> Select[tuple[int]]:
    """The companies whose tier asks for the signature of a part, for another query to hold its own against."""
    standing = [
        and_(Tenure.tier == tier, Tenure.version == version)
        for version, standard in standards.published().items()
        for tier, parts in standard.sign_off.items()
        if part in parts
    ]
    return select(Tenure.live_of).where(Tenure.live_of.is_not(None), or_(false(), *standing))


def choosable(company_id: int) -> tuple[str, ...]:
    """The parts that its tier does not ask for and that it may ask for of its own accord, for one announcement."""
    held = tenure(company_id)
    return standards.BY_CHOICE.get(held.tier, ()) if held else ()
