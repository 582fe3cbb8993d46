"""Who may take the whole history of a case away, and what its events and results are called.

Pure. A history names who opened which paper and why a listed name does not mean the applicant: it is for those who work
on the case and for supervisors, none in conflict; to other staff the address does not exist.
"""

from dataclasses import dataclass
from types import MappingProxyType

from listing.access.actor import Actor
from listing.accounts.rules import is_reviewer, is_supervisor
from listing.refusal import N_

EXPORTED = "application.history_exported"
OWN = frozenset({"application.saved", EXPORTED})  # what the lists on pages leave out

EVENTS = MappingProxyType(
    {
        "application.begun": N_("Begun"),
        "application.saved": N_("A page was saved"),
        "application.submitted": N_("Sent"),
        "application.claimed": N_("A reviewer began to work on it"),
        "application.screened": N_("Identity and duplicates looked at"),
        "application.found": N_("A reviewer sent findings"),
        "application.asked": N_("More information was asked for"),
        "application.replied": N_("A question was answered"),
        "application.admit": N_("Admitted"),
        "application.admit_conditionally": N_("Admitted with conditions"),
        "application.refuse": N_("Refused"),
        "application.differ": N_("Handed to the supervisor"),
        "application.withdrawn": N_("Withdrawn"),
        "application.appealed": N_("Appeal made"),
        "application.uphold": N_("Appeal decided: the refusal stands"),
        "application.reopen": N_("Appeal decided: looked at again"),
        "application.recused": N_("A reviewer stepped aside"),
        EXPORTED: N_("The history was exported"),
        "findings.first": N_("Findings of the first reviewer"),
        "findings.second": N_("Findings of the second reviewer"),
        "findings.third": N_("Findings of the supervisor"),
        "findings.rule": N_("Found on one rule"),
        "screening.run": N_("Names compared with the lists"),
        "screening.hit": N_("A listed name is like one of these"),
        "screening.resolved": N_("Said who is meant"),
        "evidence.kept": N_("A paper was added"),
        "evidence.opened": N_("A paper was opened in the browser"),
        "evidence.downloaded": N_("A paper was downloaded"),
        "evidence.listed": N_("A paper was seen in a list"),
        "evidence.refused": N_("A paper was asked for and refused"),
        "evidence.destroyed": N_("A paper was destroyed"),
        "admission.suspend_proposed": N_("Suspension proposed"),
        "admission.suspend": N_("Suspended"),
        "admission.suspend_declined": N_("Suspension declined"),
        "admission.restore_proposed": N_("Restoring proposed"),
        "admission.restore": N_("Restored"),
        "admission.restore_declined": N_("Restoring declined"),
        "admission.revoke_proposed": N_("Revocation proposed"),
        "admission.revoke": N_("Revoked"),
        "admission.revoke_declined": N_("Revocation declined"),
    }
)
RESULTS = MappingProxyType(
    {
        "admit": N_("Admit"),
        "admit_conditionally": N_("Admit with conditions"),
        "refuse": N_("Refuse"),
        "met": N_("Met"),
        "not_met": N_("Not met"),
        "reviewer_decides": N_("Cannot be told"),
        "cleared": N_("Somebody else is meant"),
        "confirmed": N_("This person or institution is meant"),
        "taken_over": N_("Taken over"),
    }
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A case whose history somebody asks for: who worked on it, and whether this person declared a conflict."""

    organisation_id: int
    people: frozenset[int]
    in_conflict: bool
    confidential: bool = True  # to staff outside, too (listing/access/gate.py)


def works_on(actor: Actor, subject: Sought) -> bool:
    """A reviewer who claimed the case at any time."""
    return is_reviewer(actor, None) and actor.user_id in subject.people and not subject.in_conflict


def oversees(actor: Actor, subject: Sought) -> bool:
    """A supervisor without a conflict of interest."""
    return is_supervisor(actor, None) and not subject.in_conflict
