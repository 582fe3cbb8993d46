"""The blueprint of these pages, and how a page finds its company."""

from flask import Blueprint, abort

from listing.companies import queries as companies
from listing.companies.rules import WITHDRAWN

bp = Blueprint("obligations", __name__)


def company_of(slug: str, **_others: object):
    """The company whose obligations these are; gone and unknown ones are not there."""
    found = companies.by_slug(slug)
    if found is None or found[0].status == WITHDRAWN:
        abort(404)
    return found[0]
