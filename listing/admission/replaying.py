"""A decision made again from its entry in the log, and whether every rule comes out as it did.

Reads and changes nothing. Facts, papers, rates and the day are those of the entry; only the book is looked up, by its
version, and held to the digest that the entry names. What is stored beside the log must say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from listing.journal import queries as journal
from listing.rulebook import decision as decisions
from listing.rulebook import plain
from listing.rulebook.engine import decide
from listing.store.db import db

from . import books, queries, rules
from .models import Decision

CODES = tuple(f"application.{verdict}" for verdict in rules.VERDICTS)


class NotRecorded(LookupError):
    """There is no such decision, or the log has no record of what it rests on."""


@dataclass(frozen=True, slots=True)
class Again:
    """One book decided again: the rules that came out otherwise, and why it could not be decided, if it could not."""

    book: str
    version: str
    digest: str
    same: bool
    rules: tuple[str, ...] = ()
    why: str = ""

    def as_data(self) -> dict[str, object]:
        """The line for JSON."""
        kept = {"book": self.book, "version": self.version, "digest": self.digest, "identical": self.same}
        return kept | {"rules": list(self.rules), "why": self.why}


@dataclass(frozen=True, slots=True)
class Replay:
    """Each book decided again; whether the log still holds the entry as written, and the stored basis agrees."""

    decision_id: int
    entry: int
    logged: bool
    stored: bool
    again: tuple[Again, ...]

    @property
    def identical(self) -> bool:
        """Whether nothing differs."""
        return self.logged and self.stored and all(one.same for one in self.again)

    def as_data(self) -> dict[str, object]:
        """The report for JSON."""
        kept = {"decision": self.decision_id, "entry": self.entry, "identical": self.identical}
        kept |= {"entry_as_written": self.logged, "stored_as_logged": self.stored}
        return kept | {"decisions": [one.as_data() for one in self.again]}


def replay(decision_id: int) -> Replay:
    """Make a decision again from the log. Raises NotRecorded."""
    row = queries.decision_by_id(decision_id)
    entry = _entry(row) if row else None
    basis = entry.data.get("basis") if entry else None
    if not basis or "decisions" not in basis:
        raise NotRecorded(f"the log has no record of a decision {decision_id}")
    again = tuple(_again(record) for record in basis["decisions"])
    return Replay(row.id, entry.index, journal.is_as_written(entry), row.basis == basis, again)


def _entry(row: Decision) -> journal.Entry | None:
    application = queries.submission(row.submission_id).application_id
    entries = db.session.scalars(journal.about("application", application, codes=CODES))
    return next((entry for entry in entries if entry.data.get("decision") == row.id), None)


def _again(record: Mapping) -> Again:
    named = record["book"], record["version"], record["digest"]
    book = books.library().version(*named[:2])
    if book is None or book.digest != record["digest"]:
        return Again(*named, same=False, why="book gone" if book is None else "book changed")
    try:
        found = decisions.record(decide(book, plain.read(record["case"])))
    except plain.NotACase as error:
        return Again(*named, same=False, why=str(error))
    return Again(*named, same=found == record, rules=_turned(record["trace"], found["trace"]))


def _turned(before: list[Mapping], after: list[Mapping]) -> tuple[str, ...]:
    """The rules whose lines differ, in the order of the later trace, then those that are gone."""
    old, new = ({(line["branch"], line["rule"]): line for line in lines} for lines in (before, after))
    return tuple(key[1] for key in dict.fromkeys([*new, *old]) if old.get(key) != new.get(key))
