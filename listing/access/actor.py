"""The person behind a request, as one frozen value assembled once.

Upper rooms decide from these values and never load the person again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from .scope import Scope


class Tier(IntEnum):
    """How much of a company's information someone sees; a higher tier sees all of the lower ones."""

    PUBLIC = 0
    REGISTERED = 1
    ADMITTED = 2
    STAFF = 3


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in one organisation; ``kind`` and ``role`` are codes of listing/accounts/rules.py."""

    organisation_id: int
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How the admission of an institution stands at the instant of a request; ``state`` as in listing/admission."""

    organisation_id: int
    state: str
    until: datetime
    markets: frozenset[str]
    open: bool


def _nothing(_company_id: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in; ``second_factor``: whether one is set up, ``fresh_at``: when the password was last given.

    ``scopes`` are those of the key by which a program asks; a browser has none. ``standings`` are the admissions of
    the investor institutions this person belongs to, as of this request. ``closed`` says of a company whether its
    papers are closed to the institution they act for until it is settled how it suits them; looked up when asked.
    ``documents``: the language whose documents come first, zh or en; empty for that of the page.
    """

    user_id: int
    label: str
    memberships: tuple[Membership, ...] = ()
    tier: Tier = Tier.REGISTERED
    second_factor: bool = False
    fresh_at: datetime | None = None
    language: str = "en"
    zone: str = "Asia/Hong_Kong"
    documents: str = ""
    session_id: int | None = None
    scopes: frozenset[Scope] = frozenset()
    standings: tuple[Standing, ...] = ()
    closed: Callable[[int], bool] = field(default=_nothing, compare=False, repr=False)
    authenticated: bool = field(default=True)

    def kinds(self) -> frozenset[str]:
        """The kinds of organisation this person belongs to."""
        return frozenset(m.kind for m in self.memberships)

    @property
    def acts_for(self) -> int | None:
        """The institution for which this person takes a company up: the first whose admission is in force."""
        return next((standing.organisation_id for standing in self.standings if standing.open), None)

    def membership(self, organisation_id: int | None) -> Membership | None:
        """The person's place in that organisation, if any."""
        return next((m for m in self.memberships if m.organisation_id == organisation_id), None)


NOBODY = Actor(user_id=0, label="nobody", tier=Tier.PUBLIC, authenticated=False)


@dataclass(frozen=True, slots=True)
class System:
    """The product itself as the one who acts: the scheduler, a command, an import."""

    label: str
    user_id: None = None


SYSTEM = System("system")
