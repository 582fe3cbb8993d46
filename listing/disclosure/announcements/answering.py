"""Which version of the standard a release answers, for each of its companies that is in a tier.

That is the one of the day it speaks of: the end of its period or the day of its event; what speaks of no day answers
the one of the day of its release. A correction answers what it corrects answered.
"""

from datetime import datetime

from listing.disclosure import standards
from listing.disclosure.tenures import queries as tenures

from . import queries
from .models import Announcement, Release


def answered(row: Announcement, behind: list, corrects: Release | None, now: datetime) -> list[dict[str, object]]:
    """The standard, such as growth@2026, for each company in a tier; kept in the release and in the log."""
    if corrects is not None and kept(corrects):
        return kept(corrects)
    day = row.period_end or row.event_on or now.astimezone(queries.ZONE).date()
    found = [(company, tenures.answered(company, day, now)) for company in behind]
    return [{"company": company.id, "standard": held.name} for company, held in found if held]


def kept(release: Release) -> list[dict]:
    """The standard a release answers, by company; none of what was released before that was kept."""
    return release.content.get("standard", [])


def names(release: Release) -> str | None:
    """The standards a release answers, each once; None where that was not kept."""
    return " ".join(dict.fromkeys(one["standard"] for one in kept(release))) or None


def in_words(name: str, language: str) -> str:
    """The tier of a name such as growth@2026, with its version."""
    tier, _at, version = name.partition("@")
    said = standards.published()[version].tiers[tier].said(language)
    return f"{said} ({version})" if language == "en" else f"{said}（{version}）"


def several(row: Release, companies: list, language: str) -> str:
    """What a release answers; with the companies where there are several."""
    known = {company.id: company for company in companies}
    said = [(known[one["company"]], in_words(one["standard"], language)) for one in kept(row)]
    if len(companies) < 2:
        return "".join(words for _company, words in said)
    if language == "en":
        return "; ".join(f"{company.name_en or company.name_zh}: {words}" for company, words in said)
    return "；".join(f"{company.name_zh or company.name_en}：{words}" for company, words in said)
