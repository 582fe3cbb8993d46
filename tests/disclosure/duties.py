"""Companies in a tier, as the tests of obligations need them."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from werkzeug.datastructures import FileStorage

from listing.accounts import queries as accounts
from listing.disclosure.obligations import queries, rules
from listing.disclosure.obligations.operations import filing, tiers

from ..factories import NOW, a_company, a_member, a_user, an_organisation
from ..files.samples import PDF

DAY = timedelta(days=1)
INTERIM = "D14.half_year.pe.2026-06-30"
DUE = date(2026, 9, 30)  # of the interim report
SECOND = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


def a_document():
    """A report as a browser sends it."""
    return FileStorage(io.BytesIO(PDF), "report.pdf")


def a_reviewer(role="reviewer"):
    """A person of the operator, with a second factor."""
    operator = accounts.first_of_kind("operator") or an_organisation("operator")
    return a_member(operator, role, a_user(**SECOND)).user


def a_company_in(tier="growth", *, year_end=12, since=NOW, slug="lantern"):
    """A company of an enterprise in a tier since an instant; returns it with its owner, as actors are."""
    owner = a_member(an_organisation("enterprise"), "owner").user
    company = a_company(slug=slug, organisation_id=owner.memberships[0].organisation_id, domicile="CN")
    in_tier(company, owner, tier, year_end=year_end, since=since)
    return company, owner


def in_tier(company, owner, tier="growth", *, year_end=12, since=NOW):
    """Put a company into a tier as an enterprise and a reviewer do."""
    asked = {"tier": tier, "year_end": year_end, "note": "In the profile.", "actor": accounts.as_actor(owner)}
    request = tiers.apply(company=company, **asked, now=since - DAY)
    decided = {"granted": True, "reason": "In order.", "actor": accounts.as_actor(a_reviewer())}
    tiers.decide(request=request, company=company, **decided, now=since)


def at(days):
    """Noon in the company's place, so many days after the interim report was due."""
    return datetime(2026, 9, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(days=days)


def a_company_late_with_its_report():
    """Its financing need stands on its page, in the middle tier since May; all but the interim report is filed."""
    owner = a_member(an_organisation("enterprise"), "owner", a_user(language="zh-Hant")).user
    passages = [("summary", "概要。", "In short."), ("financing", "融资八千万元。", "Eighty million are sought.")]
    own = owner.memberships[0].organisation_id
    company = a_company(slug="lantern", organisation_id=own, domicile="CN", passages=passages)
    in_tier(company, owner, since=NOW - 200 * DAY)
    for line in queries.calendar(company, NOW).in_state(rules.LATE):
        if line.owed.key != INTERIM:
            day = datetime.combine(line.by, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
            said = {"key": line.owed.key, "dated": day.date(), "document": a_document()}
            filing.file(company=company, **said, actor=accounts.as_actor(owner), now=day)
    return company
