"""Whom an announcement tells what: those who sign or review, that it waits for them; its writers, what became of it.

Only queues, in the transaction of what happened; templates/mail/<message>/ holds the words. Nothing typed stands in a
letter: it leads to the page.
"""

from collections.abc import Collection
from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.notifications import operations as outbox

from . import checkers, parties, queries, rules
from .models import Announcement, Override

SIGN = frozenset({people.OWNER, people.APPROVER})
CHECK = SIGN | {people.EDITOR}
REVIEW = frozenset({people.REVIEWER})
CHECKED, RETURNED, RELEASED, OVERRIDE, CLOSED, INVITED, LEFT, MOVED, LOST = (
    ("checked", "returned", "released", "override", "closed") + ("invited", "left", "moved", "lost")
)  # fmt: skip


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
        waiting = parties.to_endorse(row)
        agents = accounts.organisations({agent for place in waiting for agent in parties.agents_for(place)})
        return "announcement_to_endorse", list(agents.values()), SIGN, ""
    behind = [accounts.organisation(place.organisation_id) for place in parties.places(row)]
    return "announcement_to_sign", behind, SIGN, ""


def asked_to_override(row: Announcement, actor: Actor, now: datetime) -> None:
    """Tell the supervisors that somebody asks to release it outside the windows."""
    operator = accounts.first_of_kind(people.OPERATOR)
    members = accounts.members(operator) if operator else []
    others = [m.user for m in members if m.role == people.SUPERVISOR and m.user_id != actor.user_id]
    _tell("announcement_override", OVERRIDE, others, row, now, f"review/announcements/queued/{row.id}")


def request_closed(row: Announcement, asked: Override, now: datetime) -> None:
    """Tell who asked for its release outside the windows that nobody has to answer any more, and why."""
    told = {"asked": asked.asked_at.isoformat(), "why": asked.closed_for}
    users = list(accounts.people([asked.asked_by]).values())
    _tell("announcement_override_closed", CLOSED, users, row, now, f"review/announcements/queued/{row.id}", told)


def asked_to_endorse(row: Announcement, agent, now: datetime) -> None:
    """Tell those who sign for an agent that was named just now that it waits for them."""
    others = [user for user in _signing([agent.id]) if user.id not in row.writers]
    _tell("announcement_to_endorse", row.state, others, row, now)


def lost(
    message: str, row: Announcement, company, agent_id: int, now: datetime, signatories: Collection[int] = ()
) -> None:
    """Tell its writers, whoever had signed it and who signs for the company that it lost its intermediary."""
    gone = {user.id for user in _of(agent_id)}
    told = accounts.people([*row.writers, *signatories]) | {u.id: u for u in _signing([company.organisation_id])}
    _tell(message, LOST, [user for user in told.values() if user.id not in gone], row, now)


def _of(organisation_id: int) -> list:
    return [member.user for member in accounts.members(accounts.organisation(organisation_id))]


def returned(row: Announcement, now: datetime, signatories: Collection[int] = ()) -> None:
    """Tell its writers, and whoever had signed it, that it came back."""
    people = accounts.people([*row.writers, *signatories])
    _tell("announcement_returned", RETURNED, list(people.values()), row, now)


def invited(row: Announcement, organisation_id: int, now: datetime) -> None:
    """Tell those who sign for a company that it is to announce something together with others."""
    _tell("announcement_invited", INVITED, _signing([organisation_id]), row, now)


def left(
    row: Announcement, now: datetime, organisation_ids: Collection[int], signatories: Collection[int] = ()
) -> None:
    """Tell its writers, those who sign for these companies and whoever had signed, that the companies of it changed."""
    people = accounts.people([*row.writers, *signatories])
    others = {user.id: user for user in _signing(organisation_ids)}
    _tell("announcement_left", LEFT, list((people | others).values()), row, now)


def moved(row: Announcement, actor: Actor, now: datetime) -> None:
    """Tell its writers, whoever signed and those who sign for its companies that somebody moved its embargo."""
    people = accounts.people([*row.writers, *parties.signatories(row)])
    others = {user.id: user for user in _signing([place.organisation_id for place in parties.places(row)])}
    told = [user for user in (people | others).values() if user.id != actor.user_id]
    _tell("announcement_moved", MOVED, told, row, now)


def _signing(organisation_ids: Collection[int]) -> list:
    known = accounts.organisations(set(organisation_ids))
    return [m.user for each in known.values() for m in accounts.members(each) if m.role in SIGN]


def released(row: Announcement, now: datetime) -> None:
    """Tell its writers, and the people who signed for companies it was shared with, that everybody reads it."""
    signed = [each.signed_by for each in parties.invited(row.id) if each.signed_by]
    _tell("announcement_released", RELEASED, list(accounts.people([*row.writers, *signed]).values()), row, now)


def _tell(
    message: str, event: str, users: list, row: Announcement, now: datetime, path: str = "", more: dict | None = None
) -> None:
    path = path or f"studio/announcements/{row.id}"
    for user in users:
        if user.active:
            to = letters.address(user)
            told = {"path": f"/{to.language}/{path}", "at": now.isoformat(), **(more or {})}
            key = f"announcement:{row.id}:{row.version}:{event}:{now.isoformat()}:{user.id}"
            outbox.queue(key=key, message=message, to=to, data=told, now=now)
