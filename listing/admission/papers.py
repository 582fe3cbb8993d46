"""The papers of an application: what the rules ask for, what lies in the vault, and what each is good for.

The vault (``listing.evidence``) keeps the files. Which kinds there are, how old each may be and what it proves, the
rule books say; a paper they know nothing of is kept all the same and proves nothing by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from listing.evidence import queries as vault
from listing.evidence.rules import Case
from listing.journal import canonical
from listing.refusal import N_, Refusal
from listing.rulebook.book import Book, Paper
from listing.rulebook.decision import Seen
from listing.store.db import db

from . import books
from .judging import Judged
from .models import Application, Submission

KIND = "admission"  # of a case in the vault
RETENTION = "admission"


class NotYetDated(Refusal):
    message = N_("The date of the paper is still to come. Enter the date that stands on it.")


class RunOut(Refusal):
    message = N_("This paper ran out on %(day)s. Send the one that is in force.")


class EndsBeforeDated(Refusal):
    message = N_("The paper cannot run out before the date that stands on it.")


class WasSent(Refusal):
    message = N_("This paper was sent with the application and stays with it. Add the newer one beside it.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of paper that may prove something here, as each book that takes it says."""

    kind: str
    by: tuple[tuple[Book, Paper], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that lies in the vault, and what the rules saw of it, each use once."""

    file: vault.Evidence
    seen: tuple[Seen, ...]

    @property
    def refused(self) -> tuple[Seen, ...]:
        """The uses for which it does not count any more, or not yet."""
        return tuple(one for one in self.seen if one.refused)


def check_days(dated: date, expires: date | None, on: date) -> None:
    """Raise NotYetDated, EndsBeforeDated or RunOut for a paper that proves nothing on that day."""
    if dated > on:
        raise NotYetDated
    if expires and expires < dated:
        raise EndsBeforeDated
    if expires and expires < on:
        raise RunOut(day=expires)


def case_of(application: Application) -> Case:
    """What the papers of an application lie in the vault for."""
    return Case(KIND, str(application.id))


def of(application: Application) -> Sequence[vault.Evidence]:
    """The papers of an application, in the order in which they came."""
    return vault.of_case(case_of(application), organisation_id=application.organisation_id)


def record(application: Application) -> list[dict[str, object]]:
    """The papers as they are sent with an application and told to the rules."""
    return [
        canonical.plain(
            {"id": row.uid, "kind": row.document_type, "dated": row.dated, "expires": row.expires, "digest": row.digest}
        )
        for row in of(application)
    ]


def sent(application: Application) -> set[str]:
    """The names of the papers that were sent with the application before."""
    rows = db.session.scalars(select(Submission.content).where(Submission.application_id == application.id))
    return {paper["id"] for content in rows for paper in content["evidence"] or ()}


def asked(judged: Judged, party: str) -> list[Asked]:
    """The kinds of papers that may prove a rule of the books asked, in the order of the books."""
    found: dict[str, dict[str, tuple[Book, Paper]]] = {}
    for decision in judged.decisions:
        book = books.library().version(decision.book, decision.version)
        for line in decision.trace:
            rule = book.rule(line.rule)
            for paper in book.papers_for(rule, party) if rule else ():
                found.setdefault(paper.kind, {})[book.id] = (book, paper)
    return [Asked(kind, tuple(by.values())) for kind, by in found.items()]


def kept(application: Application, judged: Judged) -> list[Kept]:
    """Each paper with what the rules saw of it."""
    seen: Mapping[str, dict[Seen, None]] = {}
    for decision in judged.decisions:
        for line in decision.trace:
            for one in line.evidence:
                seen.setdefault(one.id, {})[one] = None
    return [Kept(row, tuple(seen.get(row.uid, ()))) for row in of(application)]
