"""What an enterprise is told of its tier and its obligations: everybody who writes or signs for it.

Only queues; templates/mail/<message>/ holds the words.
"""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.notifications import operations as outbox

from .models import Request

TOLD = frozenset({people.OWNER, people.EDITOR, people.APPROVER})


def decided(request: Request, company, now: datetime) -> None:
    """Tell that an application for a tier was granted or refused, and why."""
    told = {"granted": request.granted, "reason": request.reason, "at": now.isoformat()}
    _tell(company, "tier_decided", f"tier_decided:{request.id}", "", told, now)


def _tell(company, message: str, key: str, page: str, data: dict, now: datetime, until: datetime | None = None) -> None:
    organisation = accounts.organisation(company.organisation_id) if company.organisation_id else None
    for member in accounts.members(organisation) if organisation else ():
        if member.role in TOLD and member.user.active:
            to = letters.address(member.user)
            path = {"path": f"/{to.language}/studio/companies/{company.slug}/obligations{page}"}
            told = path | {"company": company.name.shown(to.language).text} | data
            outbox.queue(key=f"{key}:{member.user.id}", message=message, to=to, data=told, now=now, until=until)
