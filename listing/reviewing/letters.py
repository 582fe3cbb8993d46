"""What the enterprise is told of a review: to everybody who writes or signs for it, in their own language."""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.notifications import operations as outbox

from . import rules
from .models import Decision

TOLD = frozenset({people.OWNER, people.EDITOR, people.APPROVER})


def decided(case, decision: Decision, now: datetime) -> None:
    """Tell of a return or of the publication; a first approval is not told, because nothing follows from it yet."""
    if decision.verdict == rules.RETURN:
        _tell(case.profile, "profile_returned", f"{case.submission.id}", {"comments": len(case.comments)}, now)
    elif decision.stage == rules.SECOND:
        _tell(case.profile, "profile_published", f"{case.submission.id}", {}, now)


def governed(profile, event: str, reason: str, now: datetime) -> None:
    """Tell that the display was suspended, restored or withdrawn, and why."""
    _tell(profile, "profile_governed", f"{event}:{now.isoformat()}", {"event": event, "reason": reason}, now)


def _tell(profile, message: str, key: str, data: dict, now: datetime) -> None:
    organisation = accounts.organisation(profile.organisation_id)
    for member in accounts.members(organisation):
        if member.role in TOLD and member.user.active:
            to = letters.address(member.user)
            told = {"path": f"/{to.language}/studio/profiles/{profile.id}", "at": now.isoformat(), **data}
            outbox.queue(
                key=f"{message}:{profile.id}:{key}:{member.user.id}", message=message, to=to, data=told, now=now
            )
