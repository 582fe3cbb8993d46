"""What the profile of an investor holds, part by part, and what may be written into it.

Pure. Kind, domicile, class and markets are read from the admission and never typed. Who sees which part is a matter of
the ledger of consents, and of the admission being in force.
"""

from typing import NamedTuple

from listing.admission.consents import SHOWN
from listing.money import Money
from listing.refusal import N_, Refusal

PARTS = ("kind", "domicile", "class", "sectors", "stages", "size", "languages", "text")
READ = ("kind", "domicile", "class")  # of the admission
LANGUAGES = {
    "cmn": N_("Mandarin"),
    "yue": N_("Cantonese"),
    "en": N_("English"),
    "pt": N_("Portuguese"),
}
TEXT_LONGEST = 600


class Size(NamedTuple):
    """What is invested in one company: from, to; either may be open."""

    least: Money | None
    most: Money | None


class WrongWay(Refusal):
    message = N_("The larger amount comes second.")


class NotAboveNothing(Refusal):
    message = N_("Enter an amount above zero.")


class SavedMeanwhile(Refusal):
    message = N_(
        "Somebody in your institution saved the profile while you were writing. What they saved stands above the form;"
        " what you typed is still in it and replaces theirs when you save again."
    )


def purpose(part: str) -> str:
    """The purpose under which the ledger knows the consent to show a part."""
    return f"{SHOWN}{part}"


def check_size(least: Money | None, most: Money | None) -> None:
    """Raise NotAboveNothing, WrongWay."""
    if any(amount is not None and amount.minor <= 0 for amount in (least, most)):
        raise NotAboveNothing
    if least and most and least.minor > most.minor:
        raise WrongWay
