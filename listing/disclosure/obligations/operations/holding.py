"""Holding a company while something about it is decided, so that what was read stays true until the end."""

from listing.store.db import db


def hold(company) -> None:
    """Lock the row of the company until the transaction ends, and read it anew."""
    db.session.refresh(company, with_for_update=True)
