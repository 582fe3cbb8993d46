"""The intermediaries of an announcement: which of them signed it, by the names that its release keeps for good."""

from listing.accounts import queries as accounts

from . import parties
from .models import Announcement


def signed_by(row: Announcement) -> list[dict[str, object]]:
    """Who signed it as an intermediary, and for which of its companies; kept in the release and in the log."""
    signed = [place for place in parties.places(row) if place.row.endorsed_at]
    agents = accounts.organisations({place.row.endorsed_for for place in signed})
    return [_named(place.company_id, agents[place.row.endorsed_for]) for place in signed]


def _named(company_id: int, agent) -> dict[str, object]:
    names = {"zh": agent.name_zh or "", "en": agent.name_en or "", "script": agent.name_script}
    return {"company": company_id, "agent": agent.id, **names}


def in_words(one: dict, companies: list) -> dict[str, str]:
    """The name of an intermediary in both languages, and whom it signed for where several companies announce."""
    names = {"zh": one["zh"] or one["en"], "en": one["en"] or one["zh"]}
    if len(companies) < 2:
        return names
    company = next(each for each in companies if each.id == one["company"])
    client = {"zh": company.name_zh or company.name_en, "en": company.name_en or company.name_zh}
    return {"zh": f"{names['zh']}（{client['zh']}）", "en": f"{names['en']} ({client['en']})"}
