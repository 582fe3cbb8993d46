"""What an enterprise sees of an investor that it meets: by its reading, its wishes, its questions or its meetings."""

from flask import Blueprint, render_template

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission.profile import operations, told
from listing.admission.profile import queries as profiles
from listing.companies import queries as companies
from listing.companies import readership
from listing.roadshows import meeting_investors
from listing.web import passing
from listing.web.page import language, now

bp = Blueprint("investors", __name__)


def company_that_meets(slug: str, institution_id: int, **_rest):
    """The company, if it meets that institution; otherwise there is nothing here."""
    found = companies.by_slug(slug)
    company = found[0] if found else None
    if company is None or company.organisation_id is None:
        return None
    met = readership.has_read(company.id, institution_id)
    return company if met or meeting_investors.is_met(company.id, institution_id, now()) else None


@bp.get("/<ui:lang>/studio/companies/<slug>/investors/<int:institution_id>")
@requires(Permission.PROFILE_VIEW, subject=company_that_meets)
def show(slug: str, institution_id: int):
    """The name, and the parts of the profile that the institution consented to show."""
    company = companies.by_slug(slug)[0]
    lines = told.lines(profiles.seen(institution_id, now()), language())
    if lines:
        passing.count_opening(operations.count, company_id=company.id, organisation_id=institution_id, now=now())
    institution = accounts.organisation(institution_id)
    return render_template("front/investor.html", company=company, institution=institution, lines=lines)
