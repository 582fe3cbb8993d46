"""What happens to a profile of the demo market: written, sent, reviewed by two people, published, or not so far.

Takes the way of every enterprise, through the same operations and with people of its own; only the origin of what is
put on display differs, so that every page calls it fictional.
"""

from collections.abc import Sequence
from datetime import datetime
from importlib import resources

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.companies.rules import DEMO
from listing.files import operations as files
from listing.profiles import kinds
from listing.profiles import operations as profiles
from listing.profiles import queries as drafts
from listing.profiles.rules import DRAFT, RETURNED, SUBMITTED
from listing.reviewing import operations as reviewing
from listing.reviewing import queries as cases
from listing.reviewing.operations import Entry

from . import telling
from .profiles import Enterprise

EVIDENCE = "evidence.pdf"  # says of itself that it is invented
_CHECKED = "Compared with the register of the demo market, which is invented as well."


def reviewers() -> list[Actor]:
    """The two who review, in the order in which they joined."""
    team = accounts.members(accounts.first_of_kind(people.OPERATOR))
    return [accounts.as_actor(member.user) for member in team if member.role == people.REVIEWER]


def tell(enterprise: Enterprise, *, organisation_id: int, team: Sequence[Actor], now: datetime) -> drafts.Profile:
    """Take one enterprise as far as its file says; published where it says nothing."""
    members = {m.role: accounts.as_actor(m.user) for m in accounts.members(accounts.organisation(organisation_id))}
    owner = members[people.OWNER]
    profile = _write(enterprise, organisation_id, members.get(people.EDITOR, owner), now)
    if enterprise.state == DRAFT:
        return profile
    signer = members.get(people.APPROVER, owner)
    sent = profiles.submit(profile=profile, declared_true=True, actor=signer, now=now)
    if enterprise.state == RETURNED:
        _send_back(sent, enterprise, team[0], now)
    elif enterprise.state != SUBMITTED:
        _publish(sent, enterprise, team, now)
    return profile


def _write(enterprise: Enterprise, organisation_id: int, editor: Actor, now: datetime) -> drafts.Profile:
    answers, file = enterprise.answers, None
    documents = frozenset()
    if telling.needs_evidence(answers):
        with resources.files(__package__).joinpath(EVIDENCE).open("rb") as stream:
            file = files.keep(
                stream=stream,
                name=EVIDENCE,
                organisation_id=organisation_id,
                visibility="admitted",
                actor=editor,
                now=now,
            )
        answers, documents = telling.proven(answers, file.id, script=enterprise.script), frozenset({file.id})
    setting = kinds.Setting(by=editor.label, now=now, today=now.date(), script=enterprise.script, documents=documents)
    contents = telling.contents(answers, setting=setting, file=telling.parts(file) if file else None)
    profile = profiles.begin(organisation_id=organisation_id, actor=editor, now=now)
    changes = {sheet: (content, 0) for sheet, content in contents.items()}
    profiles.save_together(profile=profile, changes=changes, actor=editor, now=now)
    return profile


def _publish(sent: drafts.Submission, enterprise: Enterprise, team: Sequence[Actor], now: datetime) -> None:
    first, second = team
    case = _claimed(sent, first, now)
    reviewing.check_identity(case=case, how=_CHECKED, actor=first, now=now)
    reviewing.approve(case=cases.case(sent.id, first), actor=first, now=now)
    entry = Entry(origin=DEMO, code=enterprise.code, slug=enterprise.slug)
    reviewing.approve(case=_claimed(sent, second, now), actor=second, entry=entry, now=now)


def _send_back(sent: drafts.Submission, enterprise: Enterprise, reviewer: Actor, now: datetime) -> None:
    case = _claimed(sent, reviewer, now)
    for comment in enterprise.comments:
        reviewing.comment(case=case, place=comment["place"], text=comment["text"], actor=reviewer, now=now)
    reviewing.send_back(case=cases.case(sent.id, reviewer), actor=reviewer, now=now)


def _claimed(sent: drafts.Submission, reviewer: Actor, now: datetime):
    reviewing.claim(case=cases.case(sent.id, reviewer), actor=reviewer, now=now)
    return cases.case(sent.id, reviewer)
