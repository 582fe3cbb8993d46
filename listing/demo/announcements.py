"""Announcements of the demo market: one was corrected, others wait for a window, a checker, another company,
the platform or an intermediary.

Takes the way of every enterprise, through the same operations and with people of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from listing.access.actor import Actor, Membership
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.companies import queries as companies
from listing.disclosure.announcements import queries, rules, windows
from listing.disclosure.announcements.categories import EVENT, categories
from listing.disclosure.announcements.embargo import Typed
from listing.disclosure.announcements.figures import Given, sheet
from listing.disclosure.announcements.figures import typed as typed_figure
from listing.disclosure.announcements.models import Announcement
from listing.disclosure.announcements.operations import (
    checking,
    figuring,
    joining,
    mandating,
    moving,
    overriding,
    signing,
    slots,
    writing,
)

from .profiles import read


def announce(*, now: datetime) -> None:
    """Write, send and sign those of the companies that were loaded; a correction follows what it corrects."""
    for row in read("announcements.yaml")["announcements"]:
        found = companies.by_slug(row["company"])
        if found is None:
            continue
        company = found[0]
        _name_agent(company, now)
        if "urgent" in row:
            then = _closed(now)
            _override(signed(company, written(row, then), then), _pair(row["urgent"]), then)
            continue
        if row.get("unchecked"):
            _sent(company, written(row, now), now)
            continue
        if "with" in row:
            _jointly(company, row, now)
            continue
        said = written(row, now) | {"intermediary_id": _agent_id() if row.get("intermediary") else None}
        first = signed(company, said, now, figures=row.get("figures"))
        if first.state == rules.SPONSOR and not row.get("unendorsed"):
            _endorsed(first, now)
        _move(first, company, row.get("moved"), now)
        if "corrected" in row:
            corrects = queries.release(queries.numbers([first.id])[first.id])
            signed(company, corrected(row, now), now, corrects)


def _name_agent(company, now: datetime) -> None:
    """The first agent of the market prepares announcements for the company, too."""
    named = {mandate.agent_id for mandate in queries.mandates(company.id)}
    owner = next(m.user for m in _members(company) if m.role == people.OWNER)
    for agent in accounts.agents()[:1]:
        if agent.id not in named:
            mandating.name(company=company, agent_id=agent.id, actor=accounts.as_actor(owner), now=now)


def _agent_id() -> int | None:
    """The first agent of the market."""
    return next((agent.id for agent in accounts.agents()), None)


def _members(company) -> list:
    return accounts.members(accounts.organisation(company.organisation_id))


def written(row: Mapping, now: datetime) -> dict:
    """What an editor types for a row of the file; the event was the day before."""
    event = categories()[row["category"]].needs == EVENT
    yesterday = (now - timedelta(days=1)).astimezone(queries.ZONE).date()
    return {
        "category": row["category"],
        "headline": row.get("headline"),
        "period_end": _period_end(row, yesterday),
        "event_on": yesterday if event else None,
        "prevailing": row["prevailing"],
        "title": _pair(row["title"]),
        "body": _pair(row["body"]),
        "note": None,
        "not_before": _held_back(row.get("held_back", 0), now),
    }


def _period_end(row: Mapping, day: date) -> date | None:
    """The end of the quarter, or of the year where figures are given, that ended last."""
    if row.get("period") == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1) - timedelta(days=1)
    return date(day.year - 1, 12, 31) if "figures" in row else None


def _held_back(days: int, now: datetime) -> Typed | None:
    """Until nine in the morning of that many days later."""
    day = (now + timedelta(days=days)).astimezone(queries.ZONE).date()
    return Typed(day, time(9), queries.ZONE.key) if days else None


def corrected(row: Mapping, now: datetime) -> dict:
    """The same with what its correction replaces."""
    wrong, right = row["corrected"]["replace"]
    body = {side: text.replace(wrong, right) for side, text in row["body"].items()}
    return written(row, now) | {"body": _pair(body), "note": _pair(row["corrected"]["note"])}


def _pair(sides: Mapping[str, str]) -> Pair:
    zh, en = sides["zh"].strip(), sides["en"].strip()
    return Pair(zh, en, script.detect(zh) or "Hans")


def signed(company, written: Mapping, now: datetime, corrects=None, figures: Mapping | None = None) -> Announcement:
    """Let the company's editor send it and its approver check and sign it."""
    return seal(company, _sent(company, written, now, corrects, figures), now)


def seal(company, row: Announcement, now: datetime) -> Announcement:
    """Let the company's approver check it where that is asked for, and sign it."""
    who = {"announcement": row, "seen": writing.digest(row), "actor": of_role(company, people.APPROVER), "now": now}
    if checking.unchecked(row):
        checking.confirm(read=True, **who)
    return signing.sign(declared_true=True, **who)


def _jointly(company, row: Mapping, now: datetime) -> None:
    """Invite the others, send it and let the company that prepared it sign; then it waits for the others."""
    others = [found[0].code for found in map(companies.by_slug, row["with"]) if found]
    if others:
        seal(company, _sent(company, written(row, now), now, invites=others), now)


def of_role(company, role: str) -> Actor:
    """The last of the company's people in a role, acting for it."""
    user = {member.role: member.user for member in _members(company)}[role]
    place = Membership(company.organisation_id, people.ENTERPRISE, role)
    return replace(accounts.as_actor(user), memberships=(place,))


def _sent(
    company,
    written: Mapping,
    now: datetime,
    corrects=None,
    figures: Mapping | None = None,
    invites: Sequence[str] = (),
) -> Announcement:
    """Let the company's editor write it and send it."""
    editor = of_role(company, people.EDITOR)
    row = writing.begin(company=company, corrects=corrects, actor=editor, now=now, **written)
    if figures:
        figuring.give(announcement=row, version=row.version, given=_given(figures), actor=editor, now=now)
    for code in invites:
        joining.invite(announcement=row, code=code, actor=editor, now=now)
    return writing.send(announcement=row, seen=writing.digest(row), actor=editor, now=now)


def _given(typed: Mapping) -> Given:
    """Figures as people type them."""
    asked = sheet().figures
    read = {
        period: {key: typed_figure(asked[key].kind, text, currency="CNY", unit=10_000) for key, text in values.items()}
        for period, values in typed.items()
    }
    return Given("CNY", 10_000, **read)


def _move(row: Announcement, company, moved: Mapping | None, now: datetime) -> None:
    """The approver holds it back otherwise than was signed, if the file says so."""
    if moved:
        typed, actor = _held_back(moved["held_back"], now), of_role(company, people.APPROVER)
        moving.move(announcement=row, not_before=typed, reason=moved["reason"], actor=actor, now=now)


def _closed(now: datetime) -> datetime:
    """The last full hour before in which no window was open."""
    hours = (now - timedelta(hours=ago) for ago in range(1, 24))
    return next(at for at in hours if not windows.at_or_after(slots.plan(), at).holds(at))


def _override(row: Announcement, reason: Pair, now: datetime) -> None:
    """One of the platform's people asks to release it at once, a supervisor does."""
    team = accounts.members(accounts.first_of_kind(people.OPERATOR))
    reviewer, supervisor = (
        next(accounts.as_actor(member.user) for member in team if member.role == role)
        for role in (people.REVIEWER, people.SUPERVISOR)
    )
    asked = overriding.ask(announcement=row, reason=reason, actor=reviewer, now=now)
    overriding.answer(override=asked, take=True, actor=supervisor, now=now)


def _endorsed(row: Announcement, now: datetime) -> None:
    """The agent's approver signs it as the intermediary."""
    (agent,) = accounts.agents()[:1]
    user = next(member.user for member in accounts.members(agent) if member.role == people.APPROVER)
    place = Membership(agent.id, agent.kind, people.APPROVER)
    sponsor = replace(accounts.as_actor(user), memberships=(place,))
    signing.endorse(announcement=row, declared_true=True, seen=row.signed_digest, actor=sponsor, now=now)
