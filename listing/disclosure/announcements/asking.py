"""What a list of announcements is asked for, read from an address: by the page, the feed, the files and programs.

What is not understood is left out; whoever refuses it instead asks ``misread``.
"""

from collections.abc import Mapping
from datetime import date

from listing.companies import queries as companies
from listing.companies import rows

from . import headlines, rules
from .categories import categories
from .searching import MOST_ID, Asked

FILTERS = ("q", "company", "category", "headline", "since", "until", "documents")
_READ = ("category", "headline", "since", "until", "documents", "before")
MOST_TYPED = 200


def asked(given: Mapping[str, str]) -> Asked | None:
    """What an address asks for; None where it names a company we do not know, by its address or its code."""
    company_id, code = None, ""
    if named := given.get("company", "")[:MOST_TYPED].replace("\0", ""):
        found = companies.by_slug(named)
        company = found[0] if found else rows.by_code(named)
        if company is None:
            return None
        company_id, code = company.id, company.code
    category, documents = given.get("category", ""), given.get("documents", "")
    headline = headlines.headline(given.get("headline", ""))
    return Asked(
        q=given.get("q", "")[:MOST_TYPED].replace("\0", "").strip(),
        company_id=company_id,
        code=code,
        category=category if category in categories() else "",
        headline=headline.id if headline else "",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        documents=documents if documents in rules.SIDES else "",
        before=_place(given.get("before", "")),
    )


def misread(given: Mapping[str, str], found: Asked | None) -> str | None:
    """The first parameter that was given and not understood."""
    if found is None:
        return "company"
    return next((name for name in _READ if name in given and not getattr(found, name)), None)


def filters(given: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address names, to be kept by the links of its page."""
    return {name: text for name, text in given.items() if name in FILTERS and text}


def _place(text: str) -> int | None:
    whole = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    return whole if 0 < whole <= MOST_ID else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2099 else None
