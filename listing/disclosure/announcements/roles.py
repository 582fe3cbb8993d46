"""Who translated an announcement and who checks it, rule B8 of bilingual publication; which intermediary it may choose.

Pure. The text that prevails was prepared, the other one translated: whoever wrote any of that other text, or vouched
for it where a program made it, is its translator. Who checks is somebody else, and may sign as well. In which tiers a
checker is asked for stands in the standard's ``sign_off``; for what a program translated, B8 asks for one everywhere.
"""

from collections.abc import Collection, Mapping

from listing.bilingual.freshness import Freshness
from listing.bilingual.pair import Pair
from listing.disclosure.standards import CHECKER, INTERMEDIARY
from listing.refusal import N_, Refusal

from . import rules

Hands = Mapping[str, list[int]]  # by side, the accounts that wrote any of it


class TranslatedIt(Refusal):
    message = N_("You translated part of this announcement. Another person has to check that both texts say the same.")


class NotRead(Refusal):
    message = N_("Tick that you have read both texts against each other.")


class NotChecked(Refusal):
    message = N_(
        "Nobody has checked yet that both texts say the same as they stand. Somebody who translated none of it does."
    )


class NoChoice(Refusal):
    message = N_("The tier of this company lets it choose no intermediary for a single announcement.")


class NotMandated(Refusal):
    message = N_("Choose one of the agents that the company has named.")


class MandateEnded(Refusal):
    message = N_(
        "The mandate of the intermediary that was chosen has ended. Choose another or none: what is signed names the "
        "intermediary, so whatever was signed before counts no more."
    )


def may_choose(agent_id: int, choosable: Collection[str], mandated: Collection[int]) -> None:
    """Look that a company may have that agent sign an announcement, too. Raises NoChoice, NotMandated."""
    if INTERMEDIARY not in choosable:
        raise NoChoice
    if agent_id not in mandated:
        raise NotMandated


def added(hands: Hands | None, sides: Collection[str], person: int | None) -> dict[str, list[int]]:
    """Who wrote each side, once a person has written these."""
    known = {side: list((hands or {}).get(side, ())) for side in rules.SIDES}
    for side in sides:
        if person and person not in known[side]:
            known[side].append(person)
    return known


def by_program(fresh: Freshness) -> bool:
    """Whether a program ever made one of the two texts, even if people edited it since."""
    return fresh.made_zh is not None or fresh.made_en is not None


def translators(hands: Hands | None, prevailing: str, writers: Collection[int]) -> list[int]:
    """Who wrote the text that does not prevail; every writer where nobody noted which of the two they wrote."""
    if hands is None:
        return list(writers)
    return list(hands[rules.ENGLISH if prevailing == rules.CHINESE else rules.CHINESE])


def asks_for_checker(chain: Collection[str], fresh: Freshness) -> bool:
    """Whether somebody has to check it before it is signed."""
    return CHECKER in chain or by_program(fresh)


def may_check(person: int | None, translated: Collection[int]) -> None:
    """Look that who checks translated none of it. Raises TranslatedIt."""
    if person in translated:
        raise TranslatedIt


def changed(before: Collection[Pair | None], after: Collection[Pair | None]) -> list[str]:
    """The sides that were written between two states of the same pairs."""

    def said(pair: Pair | None, side: str) -> str:
        return getattr(pair, side) if pair else ""

    both = list(zip(before, after, strict=True))
    return [side for side in rules.SIDES if any(said(old, side) != said(new, side) for old, new in both)]
