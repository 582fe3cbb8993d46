"""Has an opening of a company counted, as whom its reader is counted; how and when is decided in ``web.passing``."""

from listing.access.gate import actor
from listing.web import passing
from listing.web.page import now

from . import readership
from .models import Company
from .operations import counting


def counted(company: Company, what: str) -> readership.Reader | None:
    """Have this request counted if it is answered well; return as whom, None for who is never counted."""
    reader = readership.reader(actor(), company)
    if reader:
        institution_id = reader.institution.id if reader.institution else 0
        about = {"what": what, "tier": reader.tier, "institution_id": institution_id}
        passing.count_opening(counting.count, company_id=company.id, **about, now=now())
    return reader
