"""What a list of announcements is asked for, read from an address: by the page, the feed, the files and programs.

What is not understood is left out; whoever refuses it instead asks ``misread``. The page alone shows the last RECENT
days unless something says otherwise; files, feeds and programs have every day that their address does not exclude.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from listing.access.actor import Tier
from listing.companies import meant, rows
from listing.companies.meant import Meant

from . import headlines, rules
from .categories import categories
from .searching import MOST_ID, Asked

FILTERS = ("q", "company", "category", "headline", "since", "until", "period", "documents")
_READ = ("category", "headline", "since", "until", "documents", "before")
MOST_TYPED = 200
RECENT = timedelta(days=30)
WHOLE = "whole"  # the period of who wants every day
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{6}")


def asked(given: Mapping[str, str], tier: Tier) -> Asked | None:
    """What an address asks for, for a reader of that tier; None where it names no company or several, however."""
    named = company_named(given)
    return None if named and not named.company else of_company(given, named, tier)


def company_named(given: Mapping[str, str]) -> Meant | None:
    """The company an address names, or those it may mean; None where it names none."""
    named = given.get("company", "")[:MOST_TYPED].replace("\0", "").strip()
    return meant.by(named) if named else None


def of_company(given: Mapping[str, str], named: Meant | None, tier: Tier) -> Asked:
    """What an address asks for beside the company that it names; of any company where that is not one."""
    company = named.company if named else None
    category, documents = given.get("category", ""), given.get("documents", "")
    headline = headlines.headline(given.get("headline", ""))
    return Asked(
        q=given.get("q", "")[:MOST_TYPED].replace("\0", "").strip(),
        company_id=company.id if company else None,
        code=company.code if company else "",
        slug=company.slug if company else "",
        category=category if category in categories() else "",
        headline=headline.id if headline else "",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        documents=documents if documents in rules.SIDES else "",
        before=_place(given.get("before", "")),
        tier=tier,
    )


def misread(given: Mapping[str, str], found: Asked | None) -> str | None:
    """The first parameter that was given and not understood."""
    if found is None:
        return "company"
    return next((name for name in _READ if name in given and not getattr(found, name)), None)


def as_read(given: Mapping[str, str], found: Asked, today: date) -> tuple[Asked, bool]:
    """What the page lists, and whether that is the last days because nobody chose any.

    Who names a company, its code or the number of an announcement has all there is: nothing within thirty days would
    read as nothing at all.
    """
    asked = replace(found, since=None, until=None) if _only_offered(given) else found
    if _says_when(given) or _names_one(asked):
        return asked, False
    return replace(asked, since=today - RECENT), True


def _only_offered(given: Mapping[str, str]) -> bool:
    """Whether the days are those that the form came with."""
    return given.get("offered", "") == f"{given.get('since')}_{given.get('until')}"


def _says_when(given: Mapping[str, str]) -> bool:
    days = ("since" in given or "until" in given) and not _only_offered(given)
    return days or given.get("period") == WHOLE


def _names_one(found: Asked) -> bool:
    named = found.company_id is not None or _NUMBER.fullmatch(found.q)
    return bool(named or (found.q and rows.by_code(found.q)))


def filters(given: Mapping[str, str], found: Asked | None) -> dict[str, str]:
    """The filters that an address names, to be kept by the links of its page; both days emptied are every day.

    A company that is known goes by its address, so that a feed means the same one when another takes a like name.
    """
    left = ("since", "until") if _only_offered(given) else ()
    kept = {name: text for name, text in given.items() if name in FILTERS and text and name not in left}
    whole = _says_when(given) and not {"since", "until"} & kept.keys()
    own = {"company": found.slug} if found and found.slug else {}
    return kept | own | ({"period": WHOLE} if whole else {})


def _place(text: str) -> int | None:
    whole = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
    return whole if 0 < whole <= MOST_ID else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2099 else None
