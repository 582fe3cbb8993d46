"""Where each statement about a company comes from and what was checked, in the reader's words.

Claims no more than was done: the product checks the form of numbers, and a reviewer compared an identity with its
register where a revision says so; nothing here says that a document was seen.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from listing.refusal import Refusal
from listing.web import formats

from . import rules
from .models import Company, Revision


@dataclass(frozen=True, slots=True)
class Finding:
    """What a finding is about, what was found, and the kind of its tag."""

    label: str
    found: str
    kind: str


def register(scheme: str) -> str:
    """What a registration number of this scheme is called."""
    return {
        "USCC": _("Unified social credit code"),
        "HKCR": _("Company registration number (Hong Kong)"),
        "HKBR": _("Business registration number (Hong Kong)"),
        "MOCR": _("Commercial registration number (Macao)"),
    }.get(scheme, _("Registration number"))


def findings(company: Company, revision: Revision | None, reader: str) -> list[Finding]:
    """What is known about the sources of this company's page, and what the operator verified of its ``revision``."""
    stated, kind = _stated(company)
    found = [Finding(_("Names and facts"), stated, kind)]
    if day := _identity_verified(company, revision):
        verified = _("Verified by the operator on %(date)s", date=formats.day(day, reader))
        found = [
            Finding(_("Names and registration number"), verified, "ok"),
            Finding(_("Other facts"), stated, kind),
        ]
    elif company.registration_number:
        found.append(Finding(_("Registration number"), *_number(company)))
    if company.origin != rules.IMPORTED:
        text = (
            _("Invented for demonstration") if company.origin == rules.DEMO else _("Stated by the company, not audited")
        )
        found.append(Finding(_("Texts and figures"), text, kind))
    if company.origin == rules.PARTICIPANT and company.market != rules.OWN_MARKET:
        found.append(Finding(_("Before the company took part"), *_imported(company)))
    return found


def _identity_verified(company: Company, revision: Revision | None) -> date | None:
    """The day the operator compared names and number with the register; of invented companies nothing is verified."""
    day = revision.content.get("verified", {}).get("identity") if revision else None
    return date.fromisoformat(day) if day and company.origin == rules.PARTICIPANT else None


def _stated(company: Company) -> tuple[str, str]:
    if company.origin == rules.IMPORTED:
        return _imported(company)
    if company.origin == rules.DEMO:
        return _("Fictional company"), "info"
    return _("Stated by the company"), ""


def _imported(company: Company) -> tuple[str, str]:
    if not company.source:
        return _("Imported, source not stated, not verified"), "warn"
    return _("Imported from %(source)s, not verified", source=company.source), "warn"


def _number(company: Company) -> tuple[str, str]:
    try:
        _written, doubtful = rules.registration(company.registration_scheme, company.registration_number)
    except Refusal:
        return _("Not in the form this register uses"), "warn"
    if doubtful:
        return _("Check digit does not match; shown as stated"), "warn"
    if company.registration_scheme == "USCC":
        return _("Check digit is right; the register was not asked"), "ok"
    return _("Form is right; the register was not asked"), ""
