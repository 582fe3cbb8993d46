"""Leads a reader whose institution a company does not suit to the page where that is settled, and back again."""

from flask import redirect, url_for

from listing.access.gate import actor


def settled(slug: str):
    """The way to that page."""
    back = url_for("companies.show", slug=slug)
    return redirect(url_for("suitability.company", institution_id=actor().acts_for, slug=slug, then=back), 303)
