"""Where something about a person is held: table by table, by which columns it is theirs, and how much of a row is.

A row is theirs as a whole, or only as a trace: that they did it, when, and on what, because the rest of the row speaks
of an institution or of others. What is theirs as a whole is declared here; every other table that names a person by key
is read off the models and shown as traces, so that no room can be forgotten. What opens an account or a session stands
in no copy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sqlalchemy import Column, Select, Table, or_, select

from listing.refusal import N_
from listing.store.columns import Instant
from listing.store.db import Model

# Names of columns that hold what opens something, or that say nothing of a person.
SECRET = frozenset(
    {
        *("password", "fs_uniquifier", "fs_webauthn_user_handle", "tf_totp_secret", "totp_counter"),
        *("mf_recovery_codes", "token_hash", "credential_id", "public_key", "nonce", "salt", "leaf_hash", "wrapped"),
        *("page_hash", "claimed_by", "lease_until", "key", "last_error"),
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """One table: the columns that name the person, and whether a row is theirs as a whole."""

    name: str
    by: tuple[str, ...] = ("account_id",)
    whole: bool = True

    @property
    def table(self) -> Table:
        """The table itself."""
        return Model.metadata.tables[self.name]

    def columns(self) -> Sequence[Column]:
        """What a copy shows of a row."""
        if self.whole:
            return [column for column in self.table.columns if column.name not in SECRET | self._hidden()]
        return [column for column in self.table.columns if _is_trace(column)]

    def _hidden(self) -> frozenset[str]:
        """The data of a session is the application's own; that of a message may hold a link that still works."""
        return frozenset({"data"}) if self.name in ("web_session", "notice") else frozenset()

    def rows(self, account_id: int) -> Select:
        """The rows of a person, in the order in which they came."""
        theirs = [self.table.c[name] == account_id for name in self.by]
        return select(*self.columns()).where(or_(*theirs)).order_by(*self.table.primary_key.columns)


def _is_trace(column: Column) -> bool:
    return column.primary_key or bool(column.foreign_keys) or isinstance(column.type, Instant)


@dataclass(frozen=True, slots=True)
class Group:
    """A file of the copy: what it is about, in words, and its tables."""

    about: str
    tables: tuple[Held, ...]


TRACES = "work"
_USER = ("user_id",)
_DECLARED: Mapping[str, Group] = MappingProxyType(
    {
        "account": Group(
            N_("Your account: name, address, settings, sign-ins, passkeys and keys, without what opens them."),
            (
                Held("account", ("id",)),
                Held("passkey", _USER),
                Held("known_device", _USER),
                Held("web_session", _USER),
                Held("access_key", _USER),
                Held("account_link", _USER),
                Held("membership", _USER),
                Held("erasure", ("account_id", "answered_by"), whole=False),
            ),
        ),
        "typing": Group(
            N_("What you typed into a form when your session had ended; it is kept for 24 hours."),
            (Held("kept_typing"),),
        ),
        "messages": Group(N_("What we wrote to you and when; not the links."), (Held("notice", ("recipient_id",)),)),
        "watching": Group(
            N_("Companies you watch, searches you saved, files you began to import."),
            (Held("company_watch"), Held("alert")),
        ),
        "roadshows": Group(
            N_("Your registrations, questions and wishes at roadshows."),
            (
                Held("roadshow_registration"),
                Held("roadshow_question"),
                Held("roadshow_vote"),
                Held("roadshow_feedback"),
                Held("roadshow_feed"),
                Held("meeting_party", ("sent_by",)),
            ),
        ),
        "consents": Group(N_("Your answers to what was asked of you."), (Held("admission_consent"),)),
        TRACES: Group(
            N_(
                "What you did for institutions and companies: that you did it, when, and on what. What the record says"
                " belongs to the institution, whose members read it on its pages."
            ),
            (),
        ),
        "log": Group(
            N_("The record of changes: every entry of what you did."), (Held("journal_entry", ("actor_id",)),)
        ),
    }
)


@cache
def groups() -> Mapping[str, Group]:
    """The files of a copy, with every table that names a person."""
    declared = {held.name for group in _DECLARED.values() for held in group.tables}
    traces = [
        Held(table.name, by, whole=False)
        for table in Model.metadata.sorted_tables
        if table.name not in declared and (by := _people(table))
    ]
    return {**_DECLARED, TRACES: Group(_DECLARED[TRACES].about, tuple(traces))}


def _people(table: Table) -> tuple[str, ...]:
    return tuple(sorted(key.parent.name for key in table.foreign_keys if key.column.table.name == "account"))
