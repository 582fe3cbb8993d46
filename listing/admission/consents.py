"""The consents that an application needs: what is asked of whom, in which words, and what an answer is worth.

Pure; the purposes and their texts stand in consents.yaml, those of what enterprises see of an investor in
profile/consents.yaml: no application asks for these. The ledger keeps answers as rows (consent_models.py); the
last row of a purpose holds. A text is never changed: a new version asks again, and what was answered to the old one
holds until then for what is already under way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

import yaml

from listing.access.actor import Actor
from listing.companies.catalogue import Entry
from listing.refusal import N_, Refusal

from . import rules

GIVEN, REFUSED, WITHDRAWN = ACTS = ("given", "refused", "withdrawn")
# A notice is read and cannot be taken back; a statement is answered either way; a consent may be withdrawn.
NOTICE, CONSENT, STATEMENT = "notice", "consent", "statement"
EVERYWHERE = "all"
FILES = ("consents.yaml", "profile/consents.yaml")
SHOWN = "profile_"  # how the purposes begin that let enterprises see something of an investor
YES, NO = "yes", "no"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Stopped(Refusal):
    message = N_(
        "A consent that the review needs was withdrawn. It stands still until the institution gives it again or"
        " withdraws the application."
    )


class AnsweredMeanwhile(Refusal):
    message = N_("Somebody in your institution answered at the same moment. Look at the answers and send yours again.")


class NothingAnswered(Refusal):
    message = N_("Answer at least one of the questions.")


@dataclass(frozen=True, slots=True)
class Text:
    """One version of what a person reads before answering: its title, its words, and what a no means."""

    version: int
    title: Entry
    words: Entry
    without: Entry

    def digest(self, language: str) -> str:
        """The SHA-256 of what a reader of ``language`` is shown."""
        shown = "\n".join(each.label(language) for each in (self.title, self.words, self.without))
        return sha256(shown.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that is asked by itself; ``needed`` says whether an application cannot go on without a yes."""

    id: str
    kind: str
    needed: bool
    residences: frozenset[str]
    law: Entry
    status: str
    source: str
    texts: tuple[Text, ...]

    @property
    def text(self) -> Text:
        """The version that is asked now."""
        return self.texts[-1]

    def version(self, number: int) -> Text:
        """The version of that number."""
        return next(text for text in self.texts if text.version == number)

    def is_asked(self, residence: str) -> bool:
        """Whether it is asked of an institution from there."""
        return EVERYWHERE in self.residences or residence in self.residences

    def suffices(self, row) -> bool:
        """Whether this last row of the ledger, or None, lets an application be sent."""
        answered = row is not None and row.version == self.text.version
        return answered and (row.act == GIVEN or not self.needed)


def _entry(id: str, said: Mapping) -> Entry:
    return Entry(id, said["zh_hans"], said["zh_hant"], said["en"])


@cache
def purposes() -> Mapping[str, Purpose]:
    """Every purpose in the order in which it is asked."""
    sources = [resources.files(__package__).joinpath(name).read_text(encoding="utf-8") for name in FILES]
    return {row["id"]: _purpose(row) for source in sources for row in yaml.load(source, Loader=_LOADER)}


def _purpose(row: Mapping) -> Purpose:
    parts = ("title", "words", "without")
    texts = [
        Text(version["version"], *(_entry(row["id"], version[part]) for part in parts)) for version in row["texts"]
    ]
    return Purpose(
        row["id"],
        row["kind"],
        row["needed"],
        frozenset(row["residences"]),
        _entry(row["id"], row["law"]),
        row["status"],
        row["source"],
        tuple(texts),
    )


def asked(residence: str) -> list[Purpose]:
    """What is asked of an institution from there; nothing until it has said where."""
    return [each for each in purposes().values() if residence and each.is_asked(residence)]


def about_profile() -> list[Purpose]:
    """What is asked about the profile that enterprises see."""
    return [each for each in purposes().values() if each.id.startswith(SHOWN)]


def latest(rows: Iterable) -> dict[str, object]:
    """The row that holds of each purpose, of rows in the order of the ledger."""
    return {row.purpose: row for row in rows}


def lacking(residence: str, rows: Iterable) -> list[Purpose]:
    """What keeps an application from being sent: not answered, answered to an older text, or needed and refused."""
    held = latest(rows)
    return [each for each in asked(residence) if not each.suffices(held.get(each.id))]


def stopped(residence: str, rows: Iterable) -> list[Purpose]:
    """The needed consents that were asked of an institution from there and are not given any more.

    What was never asked, as before this ledger began, stops nothing that is under way.
    """
    held = latest(rows)
    return [each for each in asked(residence) if each.needed and each.id in held and held[each.id].act != GIVEN]


def record(rows: Iterable) -> list[dict[str, object]]:
    """The answers as they are signed and sent with an application."""
    return [
        {"purpose": row.purpose, "version": row.version, "act": row.act, "language": row.language, "number": row.number}
        for row in latest(rows).values()
        if not row.purpose.startswith(SHOWN)
    ]


def act(purpose: Purpose, before, answer: str) -> str:
    """What an answer amounts to after the row ``before``, or None: a no to what was given withdraws it."""
    if answer == YES:
        return GIVEN
    taken_back = purpose.kind == CONSENT and before is not None and before.act in (GIVEN, WITHDRAWN)
    return WITHDRAWN if taken_back else REFUSED


def may_withdraw(row, rows: Sequence) -> bool:
    """Whether this row of the ledger holds a consent that can be taken back."""
    return row.act == GIVEN and purposes()[row.purpose].kind == CONSENT and latest(rows)[row.purpose].id == row.id


def answered(actor: Actor, subject: object) -> bool:
    """Who answered, also after leaving the institution, and whoever signs for it; a predicate of listing/policy.py."""
    return actor.authenticated and (actor.user_id == subject.account_id or rules.sends(actor, subject))
