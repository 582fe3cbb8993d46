"""What is asked before somebody takes a copy or asks for erasure, and which records the law or their own sense keeps.

Pure. Whether anything of such a record speaks of a person is looked up in ``queries``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from listing.access.actor import Actor
from listing.accounts.rules import given_lately
from listing.refusal import N_, Refusal

ERASED, DECLINED, WITHDRAWN = OUTCOMES = ("erased", "declined", "withdrawn")
CONFIRM, DECLINE = "confirm", "decline"
MOST_WORDS = 500


class NotFresh(Refusal):
    message = N_("Confirm that it is you first: give your password or a passkey again.")


class NotUnderstood(Refusal):
    message = N_("Tick that you have read what goes and what stays.")


class AlreadyAsked(Refusal):
    message = N_("You asked for this already; it waits for a supervisor.")


class NotOpen(Refusal):
    message = N_("This request is answered already.")


class OwnRequest(Refusal):
    message = N_("This is your own request; another supervisor has to answer it.")


class NoReason(Refusal):
    message = N_("Say why it is declined.")


@dataclass(frozen=True, slots=True)
class Record:
    """A record that outlives an account: what it is and why it stays, until when, and the tables it stands in."""

    why: str
    until: str
    tables: tuple[str, ...]  # the beginnings of their names


ADMISSION = "admission"
# Every table with traces of a person that no other record names belongs to the last one.
RECORDS: Mapping[str, Record] = MappingProxyType(
    {
        "log": Record(
            N_("The record of changes, with your name as it was. It cannot be erased without breaking it."),
            N_("for good; what strangers see of it holds no name"),
            ("journal_",),
        ),
        "consents": Record(
            N_("Your answers to consents: the proof that they were asked. They carry a number and no name."),
            N_("as long as the records that are based on them"),
            ("admission_consent",),
        ),
        ADMISSION: Record(
            N_("Applications for admission, papers and decisions, and who opened what: laws on money laundering."),
            N_("until years after the admission of the institution ended, by the law of its place"),
            ("admission", "evidence", "screening", "rule_confirmation"),
        ),
        "record": Record(
            N_("What you wrote, signed, filed or decided for a company or a roadshow: part of their record."),
            N_("as long as that record; your name is taken out where nothing was signed"),
            ("",),
        ),
    }
)


def record_of(table: str) -> str:
    """The record that a table belongs to."""
    return next(key for key, record in RECORDS.items() if table.startswith(record.tables))


def check_fresh(actor: Actor, now: datetime) -> None:
    """Raise NotFresh unless the password or a passkey was given lately."""
    if not given_lately(actor.fresh_at, now):
        raise NotFresh
