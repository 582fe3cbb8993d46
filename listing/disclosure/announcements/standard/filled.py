"""A standard form with its values, as an announcement keeps it, and whether what is kept still stands.

Pure. Which form is in force and what it says is decided in ``book`` and ``wording``.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from listing.bilingual.pair import Pair
from listing.refusal import N_, Refusal

from . import book, wording
from .book import Form
from .wording import Values


class NoSuchForm(Refusal):
    message = N_("There is no such form. Choose one of the list.")


class OtherVersion(Refusal):
    message = N_("The form has another version now. Open it anew, read its wording and fill it in.")


class ByItsForm(Refusal):
    message = N_("What a standard form says is changed and corrected by filling in that form alone.")


class NotAsFilled(Refusal):
    message = N_("The texts are not what the form makes of its fields now. Open it and save it anew.")


class Filled(NamedTuple):
    """A version of a form and the values of its fields."""

    form: Form
    values: Values

    def as_json(self) -> dict[str, object]:
        """Id, version and values, as they are kept, signed and published."""
        return {"id": self.form.id, "version": self.form.version, "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping | None) -> "Filled | None":
        """The same as it was kept; None of a text that people wrote."""
        return cls(book.published()[kept["id"], kept["version"]], kept["values"]) if kept else None

    def texts(self, company: Pair, script: str) -> tuple[Pair, Pair]:
        """Title and body in both languages."""
        return tuple(make(self.form, self.values, company, script) for make in (wording.title, wording.body))


def in_force(form_id: str, version: int) -> Form:
    """The form of that id, if that is its version now. Raises NoSuchForm, OtherVersion."""
    form = book.in_force().get(form_id)
    if form is None:
        raise NoSuchForm
    if form.version != version:
        raise OtherVersion
    return form


def look_same_way(kept: Mapping | None, given: Mapping | None) -> None:
    """Look that a form stays that form, and that a text that people wrote stays one. Raises ByItsForm."""
    if (kept or {}).get("id") != (given or {}).get("id"):
        raise ByItsForm


def look(kept: Mapping, title: Pair, body: Pair, company: Pair, today: date, year_end: int | None) -> None:
    """Look that it may be released on a day as it is kept, to the letter; ``year_end`` as for ``wording.look``.

    Raises OtherVersion, NotAsFilled and what ``wording.look`` raises.
    """
    filled = Filled.from_json(kept)
    in_force(filled.form.id, filled.form.version)
    wording.look(filled.form, filled.values, today, year_end)
    if filled.texts(company, title.script) != (title, body):
        raise NotAsFilled
