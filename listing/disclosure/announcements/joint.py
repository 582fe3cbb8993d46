"""What several companies announce together: who may be invited, who signs and who may leave, and their refusals.

Pure. The company that prepares it stands first; every other one is invited, and nothing is released before all signed.
"""

from collections.abc import Collection

from listing.access.actor import Actor
from listing.accounts import rules as accounts
from listing.refusal import N_, Refusal

MOST_INVITED = 9
SIGNING = (accounts.OWNER, accounts.APPROVER)


class NoSuchCompany(Refusal):
    message = N_("No company on display here has this code and people who may sign. Look the code up on its page.")


class InvitedAlready(Refusal):
    message = N_("This company takes part already.")


class TooManyInvited(Refusal):
    message = N_("At most %(most)s further companies are possible.")


class OthersMissing(Refusal):
    message = N_("A correction is signed by every company that announced what it corrects. Invite them all again.")


class NothingToSign(Refusal):
    message = N_("Your company has signed this already. It waits for the others.")


def takes_part(actor: Actor, subject: object) -> bool:
    """A member of a company that was invited."""
    return any(actor.membership(each) for each in getattr(subject, "invited", ()))


def signs_jointly(actor: Actor, subject: object) -> bool:
    """Who signs for a company that was invited."""
    return any(signs_for(actor, each) for each in getattr(subject, "invited", ()))


def signs_for(actor: Actor, organisation_id: int) -> bool:
    """Whether a person signs for the enterprise of that number."""
    own = actor.membership(organisation_id)
    return own is not None and own.kind == accounts.ENTERPRISE and own.role in SIGNING


def may_be_invited(company, own_id: int, there: Collection[int], *, on_display: bool, has_signatory: bool) -> None:
    """Look that a company can take part. Raises NoSuchCompany, InvitedAlready, TooManyInvited."""
    if company is None or not on_display or not has_signatory:
        raise NoSuchCompany
    if company.id == own_id or company.id in there:
        raise InvitedAlready
    if len(there) >= MOST_INVITED:
        raise TooManyInvited(most=MOST_INVITED)
