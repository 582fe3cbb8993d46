"""For which institution somebody comes, what they lack where they may not, and which colleagues come along.

Reads only. A colleague is looked for among the members of the institution alone, so that the answer to an address tells
nothing of anybody else's account.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.admission import queries as admissions

from . import attendance, queries, queue, rules
from .attendance import Admitted, Condition, Limits
from .models import Day, Roadshow
from .queue import Colleague


def limits(show: Roadshow) -> Limits:
    """Whom a roadshow is for."""
    return Limits(show.classes, show.markets, show.sectors, show.invitation_only)


def own_institution(show: Roadshow, actor: Actor, *, sectors: Collection[str] | None) -> int:
    """The institution for which the actor comes: the first of theirs that the roadshow is for.

    Raises NotAdmitted, NotForClass, NotForMarket, NotForSector, NotInvited, Withheld.
    """
    found = attendance.fitting(_admitted(actor), limits(show), sectors=sectors, invited=_invited(show, actor))
    if admissions.withholds(found, "disclosure"):
        raise rules.Withheld
    return found


def ending(day: Day, organisation_id: int | None, actor: Actor) -> datetime | None:
    """When the admission of one of the actor's institutions ends, where that is before the end of a day."""
    times = (each.until for each in actor.standings if each.open and each.organisation_id == organisation_id)
    return next((until for until in times if until < day.ends_at), None)


def own_ending(day: Day, actor: Actor) -> datetime | None:
    """The same for the institution for which the actor would come to it; None where they may not."""
    try:
        return ending(day, own_institution(day.roadshow, actor, sectors=None), actor)
    except (rules.NotAdmitted, rules.Withheld, *attendance.REFUSALS.values()):
        return None


def lacking(show: Roadshow, actor: Actor) -> list[Condition]:
    """The lines of the rule that keep the actor out, as they are for their first institution that is admitted."""
    kept = limits(show)
    if not any(kept) or not any(standing.open for standing in actor.standings):
        return []
    invited = _invited(show, actor)
    lines = [attendance.conditions(a, kept, sectors=None, invited=invited) for a in _admitted(actor).values() if a]
    missing = [[line for line in own if not line.holds] for own in lines]
    return missing[0] if missing and all(missing) else []


def rank(show: Roadshow, organisation_id: int) -> int:
    """Where an institution stands on the waiting lists of a roadshow (queue.py)."""
    held = admissions.live_admission(organisation_id) if show.priority else None
    return queue.rank(held.investor_class if held else "", show.priority)


def _admitted(actor: Actor) -> dict[int, Admitted | None]:
    rows = {n: admissions.live_admission(n) for n in sorted(s.organisation_id for s in actor.standings if s.open)}
    return {n: Admitted(row.book, frozenset(row.markets)) if row else None for n, row in rows.items()}


def _invited(show: Roadshow, actor: Actor) -> bool:
    return not show.invitation_only or queries.is_invited(show, accounts.person_by_id(actor.user_id).email)


def along(day: Day, organisation_id: int, colleagues: Sequence[Colleague], actor: Actor) -> list[tuple[int, Colleague]]:
    """The accounts of those who come along, each a member of the institution who may be registered.

    Raises TooManyColleagues, NamedTwice, NoColleague, ColleagueIn, ColleagueDeclined, ColleagueNotInvited.
    """
    if not colleagues:
        return []
    own = accounts.person_by_id(actor.user_id).email
    queue.check_along(colleagues, own=own, most=day.roadshow.colleagues)
    members = {m.user.email: m.user for m in accounts.members(accounts.organisation(organisation_id)) if m.user.active}
    return [(_account(day, members, colleague), colleague) for colleague in colleagues]


def _account(day: Day, members: dict, colleague: Colleague) -> int:
    person = members.get(colleague.email)
    if person is None:
        raise queue.NoColleague(email=colleague.email)
    if day.roadshow.invitation_only and not queries.is_invited(day.roadshow, colleague.email):
        raise queue.ColleagueNotInvited(email=colleague.email)
    row = queries.registration(day.id, person.id)
    if row and row.state in rules.LIVE:
        raise queue.ColleagueIn(email=colleague.email)
    if row and row.state == rules.DECLINED:
        raise queue.ColleagueDeclined(email=colleague.email)
    return person.id
