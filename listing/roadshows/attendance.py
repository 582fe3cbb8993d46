"""Who may attend a roadshow: one rule over what an institution is admitted as, checked and told from the same lines.

Pure. Sectors are those in which the institution says that it invests; nobody examines them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from listing.refusal import N_, Refusal

from . import rules

MARKETS, CLASSES, SECTORS, INVITATION = "markets", "classes", "sectors", "invitation"


class NotForSector(Refusal):
    message = N_("This roadshow is for investors in certain sectors. Tick those in which your institution invests.")


class Admitted(NamedTuple):
    """What an institution is admitted as: the rule book of its class, and the markets that it opens."""

    book: str
    markets: frozenset[str]


class Limits(NamedTuple):
    """Whom a roadshow is for; an empty list names everybody."""

    classes: Collection[str] = ()
    markets: Collection[str] = ()
    sectors: Collection[str] = ()
    invitation_only: bool = False


class Condition(NamedTuple):
    """One line of the rule: to which codes it is open, which of them somebody has, and whether that is enough."""

    name: str
    open_to: tuple[str, ...]
    own: tuple[str, ...]
    holds: bool


REFUSALS: Mapping[str, type[Refusal]] = {
    MARKETS: rules.NotForMarket,
    CLASSES: rules.NotForClass,
    SECTORS: NotForSector,
    INVITATION: rules.NotInvited,
}


def conditions(
    admitted: Admitted, limits: Limits, *, sectors: Collection[str] | None, invited: bool
) -> list[Condition]:
    """The lines of the rule as they are for an institution; ``sectors`` is None before anybody was asked."""
    found = [
        _line(CLASSES, limits.classes, [admitted.book]),
        _line(MARKETS, limits.markets, admitted.markets),
        _line(SECTORS, limits.sectors, limits.sectors if sectors is None else sectors),
    ]
    invitation = Condition(INVITATION, (), (), invited)
    return [line for line in found if line.open_to] + ([invitation] if limits.invitation_only else [])


def _line(name: str, open_to: Iterable[str], own: Iterable[str]) -> Condition:
    wanted, has = tuple(open_to), tuple(sorted(own))
    return Condition(name, wanted, has, not wanted or not set(wanted).isdisjoint(has))


def check(admitted: Admitted | None, limits: Limits, *, sectors: Collection[str] | None, invited: bool) -> None:
    """Refuse an institution that a roadshow is not for.

    Raises NotAdmitted, NotForClass, NotForMarket, NotForSector, NotInvited.
    """
    if admitted is None:
        raise rules.NotAdmitted
    for line in conditions(admitted, limits, sectors=sectors, invited=invited):
        if not line.holds:
            raise REFUSALS[line.name]


def fitting(
    institutions: Mapping[int, Admitted | None], limits: Limits, *, sectors: Collection[str] | None, invited: bool
) -> int:
    """The first of these institutions that a roadshow is for. Where none is, raises what the first of them lacks."""
    refusals: list[Refusal] = []
    for number, admitted in institutions.items():
        try:
            check(admitted, limits, sectors=sectors, invited=invited)
        except (rules.NotAdmitted, *REFUSALS.values()) as refusal:
            refusals.append(refusal)
        else:
            return number
    raise refusals[0] if refusals else rules.NotAdmitted
