"""Whom an announcement tells what: those who sign or review, that it waits for them; its writers, what became of it.

Only queues, in the transaction of what happened; templates/mail/<message>/ holds the words. Nothing typed stands in a
letter: it leads to the page.
"""

from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.notifications import operations as outbox

from . import checkers, queries, rules
from .models import Announcement

SIGN = frozenset({people.OWNER, people.APPROVER})
CHECK = SIGN | {people.EDITOR}
REVIEW = frozenset({people.REVIEWER})
CHECKED, RETURNED, RELEASED, OVERRIDE = "checked", "returned", "released", "override"


def waits(row: Announcement, now: datetime, *, unchecked: bool = False) -> None:
    """Tell those who may sign or read it next, and have written none of it, that it waits for them.

    ``unchecked``, it waits first for somebody who translated none of it.
    """
    message, organisations, roles, path = _to_check(row) if unchecked else _next(row)
    done = checkers.translators(row) if unchecked else row.writers
    members = [m for each in organisations for m in accounts.members(each) if m.role in roles]
    readers = {m.user_id: m.user for m in members if m.user_id not in done}
    _tell(message, CHECKED if unchecked else row.state, list(readers.values()), row, now, path)


def _to_check(row: Announcement) -> tuple[str, list, frozenset[str], str]:
    """The same for those who may check it: people of the company and of its agents."""
    agents = accounts.organisations({mandate.agent_id for mandate in queries.mandates(row.company_id)})
    own = accounts.organisation(row.organisation_id)
    return "announcement_to_check", [own, *agents.values()], CHECK, ""


def _next(row: Announcement) -> tuple[str, list, frozenset[str], str]:
    """The message, whose members it goes to, their roles, and the page it leads to."""
    if row.state == rules.REVIEW:
        operator = accounts.first_of_kind(people.OPERATOR)
        return "announcement_to_review", [operator] if operator else [], REVIEW, f"review/announcements/{row.id}"
    if row.state == rules.SPONSOR:
        agents = accounts.organisations({mandate.agent_id for mandate in queries.mandates(row.company_id)})
        return "announcement_to_endorse", list(agents.values()), SIGN, ""
    return "announcement_to_sign", [accounts.organisation(row.organisation_id)], SIGN, ""


def asked_to_override(row: Announcement, actor: Actor, now: datetime) -> None:
    """Tell the supervisors that somebody asks to release it outside the windows."""
    operator = accounts.first_of_kind(people.OPERATOR)
    members = accounts.members(operator) if operator else []
    others = [m.user for m in members if m.role == people.SUPERVISOR and m.user_id != actor.user_id]
    _tell("announcement_override", OVERRIDE, others, row, now, f"review/announcements/queued/{row.id}")


def returned(row: Announcement, now: datetime, signatory: int | None = None) -> None:
    """Tell its writers, and whoever had signed it for the company, that it came back."""
    signed = accounts.people([signatory]) if signatory else {}
    _tell("announcement_returned", RETURNED, [*_writers(row), *signed.values()], row, now)


def released(row: Announcement, now: datetime) -> None:
    """Tell its writers that everybody reads it."""
    _tell("announcement_released", RELEASED, _writers(row), row, now)


def _writers(row: Announcement) -> list:
    return list(accounts.people(row.writers).values())


def _tell(message: str, event: str, users: list, row: Announcement, now: datetime, path: str = "") -> None:
    path = path or f"studio/announcements/{row.id}"
    for user in users:
        if user.active:
            to = letters.address(user)
            told = {"path": f"/{to.language}/{path}", "at": now.isoformat()}
            key = f"announcement:{row.id}:{row.version}:{event}:{now.isoformat()}:{user.id}"
            outbox.queue(key=key, message=message, to=to, data=told, now=now)
