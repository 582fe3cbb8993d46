"""What may be kept as evidence, who may open it, and for how long a password just given counts.

Pure. A case is a kind and an id as plain values: what it is, only the room that keeps it knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from listing.access.actor import Actor
from listing.accounts.rules import VIEWER, given_lately
from listing.files import rules as files
from listing.files.rules import MB, Unfit
from listing.refusal import N_, Refusal
from listing.rulebook.vocabulary import words

MOST = 20 * MB
KINDS = tuple(kind for kind in files.KINDS if kind.is_image or kind.label == "PDF")  # hide least
NAME_SHOWN = 3  # characters at the end of a name that a list shows, besides the ending

OPENED, DOWNLOADED, LISTED, REFUSED = ACTS = ("opened", "downloaded", "listed", "refused")
ACT_WORDS = {
    OPENED: N_("Opened in the browser"),
    DOWNLOADED: N_("Downloaded"),
    LISTED: N_("Seen in a list"),
    REFUSED: N_("Asked for and refused"),
}

# Besides the papers that rules ask for, whose words stand in the vocabulary of rules.
OWN_TYPES = MappingProxyType(
    {
        "identity": N_("Identity paper"),
        "registration": N_("Certificate of registration"),
        "authority": N_("Proof of authority to sign"),
        "funds": N_("Proof of the source of funds"),
        "tax": N_("Tax self-certification"),
        "other": N_("Another document"),
    }
)


class NotEvidence(Unfit):
    message = N_("Evidence has to be a PDF, PNG, JPEG or WEBP file. Print other documents as a PDF.")


class Unopenable(Refusal):
    message = N_("This file cannot be opened at the moment. We have been told and look into it.")


class NotFresh(Refusal):
    message = N_("Confirm that it is you before you open evidence.")


class NotGranted(Refusal):
    message = N_("You may no longer open this file.")


class OnHold(Refusal):
    message = N_("This file is under a legal hold and cannot be destroyed.")


class NoRecipient(Refusal):
    message = N_("Say who may open it: one person or one organisation.")


class Case(NamedTuple):
    """What evidence was sent for, as its own room names it."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class About:
    """What the sender says of a file; ``language`` and ``region`` are empty where nobody said."""

    document_type: str
    issuer: str = ""
    dated: date | None = None
    expires: date | None = None
    language: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """A file somebody asks for, with the people and organisations it is open to at this instant.

    ``confidential``: who may not open it does not learn that it exists, staff included (listing/access/gate.py).
    """

    organisation_id: int
    people: frozenset[int]
    organisations: frozenset[int]
    confidential: bool = True


def types() -> Mapping[str, object]:
    """Every document type: a message for our own, words in three languages for the papers of the rules."""
    return {**OWN_TYPES, **words("papers")}


def check_about(about: About) -> None:
    """Raise ValueError for a type or region that is not one; the form that asked offers only those."""
    if about.document_type not in types() or (about.region and about.region not in words("places")):
        raise ValueError(f"{about.document_type}, {about.region}")


def opens(actor: Actor, subject: Sought) -> bool:
    """Who may open a file: whoever acts for its holder, and who was granted it, in person or by organisation."""
    own = actor.membership(subject.organisation_id)
    if own is not None:
        return own.role != VIEWER
    theirs = {m.organisation_id for m in actor.memberships}
    return actor.authenticated and (actor.user_id in subject.people or not theirs.isdisjoint(subject.organisations))


def check_fresh(actor: Actor, now: datetime) -> None:
    """Raise NotFresh unless the password or a passkey was given lately."""
    if not given_lately(actor.fresh_at, now):
        raise NotFresh


def masked(name: str) -> str:
    """The name of a file for a list: its ending and the last characters before it, the rest hidden."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    return "•••" + (stem[-NAME_SHOWN:] if len(stem) > 2 * NAME_SHOWN else "") + dot + ending
