"""The intermediaries of an announcement: which may be chosen, and which signed, by the names its release keeps."""

from listing.accounts import queries as accounts
from listing.disclosure.standards import INTERMEDIARY
from listing.disclosure.tenures import queries as tenures

from . import parties, queries, rules
from .models import Announcement


def offered(company_id: int) -> list | None:
    """The agents of which a company may choose one for an announcement; None where its tier leaves it no choice."""
    if INTERMEDIARY not in tenures.choosable(company_id):
        return None
    named = [row.agent_id for row in queries.mandates(company_id)]
    known = accounts.organisations(set(named))
    return [known[each] for each in named]


def unasked(row: Announcement) -> bool:
    """Whether it waits for an intermediary while no agent is left that could sign."""
    return row.state == rules.SPONSOR and any(not parties.agents_for(place) for place in parties.to_endorse(row))


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
