"""The published rule books: loaded once, each held to its pinned digest; and which of them an investor has to pass.

A file that does not parse, has no pin or differs from it is refused with file, line and reason, so the product does not
start with one. What a book makes of a case is decided in ``listing.rulebook``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from listing.money import Money
from listing.refusal import N_, Refusal
from listing.rulebook import grammar
from listing.rulebook.book import Book
from listing.rulebook.node import Broken

FOLDER = Path(__file__).parent / "rulebooks"
PINS, CHOOSING = "pins.yaml", "choosing.yaml"
SHOWCASE, REGIONAL_MARKET = "showcase", "regional_market"


class NoBook(Refusal):
    message = N_("There is no rule book for investors of this place yet.")


class NotConfirmed(Refusal):
    message = N_("The rules for investors of this place are still being held against their sources.")


class NotOpen(Refusal):
    message = N_("Investors of this place cannot be admitted at present.")


class OutsideProvince(Refusal):
    """国办发〔2017〕11号 item 7: a regional market serves no financing of enterprises outside its own province."""

    message = N_(
        "A regional equity market may serve only enterprises of its own province, so this room cannot be opened."
    )


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which ids are asked for where; of the ids of one tuple one suffices."""

    residence: Mapping[str, tuple[str, ...]]
    venues: Mapping[str, Mapping[str, tuple[str, ...]]]
    closed: frozenset[str]


class Library:
    """All published versions."""

    def __init__(self, books: Iterable[Book], choosing: Choosing, withheld: frozenset[str] = frozenset()):
        self.books = tuple(sorted(books, key=lambda book: (book.id, book.head.effective_from)))
        self.choosing, self.withheld = choosing, withheld

    def __iter__(self):
        return iter(self.books)

    def only(self, selectable: Callable[[Book], bool]) -> "Library":
        """The library with the books that may be selected; who is led to one of the others is told so."""
        kept = [book for book in self.books if selectable(book)]
        return Library(kept, self.choosing, frozenset(book.id for book in self.books if book not in kept))

    def version(self, key: str, version: str) -> Book | None:
        """One version of a book."""
        return next((book for book in self.books if (book.id, book.version) == (key, version)), None)

    def versions(self, key: str) -> tuple[Book, ...]:
        """All versions of a book, the oldest first."""
        return tuple(book for book in self.books if book.id == key)

    def current(self, key: str, on: date) -> Book | None:
        """The version in force on a day."""
        return next((book for book in self.versions(key) if book.in_force(on)), None)

    def residences(self) -> tuple[str, ...]:
        """The places that have a book."""
        return tuple(self.choosing.residence)

    def of_residence(self, residence: str, on: date, *, opened: Iterable[str] = ()) -> tuple[Book, ...]:
        """The books in force of which an investor living there passes one. Raises NoBook, NotConfirmed, NotOpen.

        ``opened`` are closed places that the operator has opened.
        """
        if residence in self.choosing.closed and residence not in opened:
            raise NotOpen
        return self._in_force(self.choosing.residence.get(residence, ()), on)

    def of_venue(self, venue: str, issuer: str, on: date) -> tuple[Book, ...]:
        """The books in force of which one is passed to enter a room of an issuer; none where none is asked for.

        ``issuer`` is a country, or country and province (CN-GD). Raises OutsideProvince, NoBook.
        """
        places = self.choosing.venues[venue]
        asked = places.get(issuer, places.get(issuer.partition("-")[0]))
        if asked is None:
            raise OutsideProvince if venue == REGIONAL_MARKET else NoBook
        return self._in_force(asked, on) if asked else ()

    def chosen(
        self, *, residence: str, issuer: str, venue: str, on: date, opened: Iterable[str] = ()
    ) -> tuple[tuple[Book, ...], ...]:
        """What has to be passed: of each tuple one book. Raises what ``of_residence`` and ``of_venue`` raise."""
        own, room = self.of_residence(residence, on, opened=opened), self.of_venue(venue, issuer, on)
        return (own,) if not room or room == own else (own, room)

    def _in_force(self, ids: tuple[str, ...], on: date) -> tuple[Book, ...]:
        found = tuple(book for book in (self.current(key, on) for key in ids) if book)
        if not found:
            raise NotConfirmed if self.withheld & set(ids) else NoBook
        return found


@cache
def library() -> Library:
    """The published books of the product. Raises Broken."""
    return load(FOLDER)


def load(folder: Path) -> Library:
    """Every book of a folder, each file held to its pin. Raises Broken."""
    pins = _mapping(folder / PINS)
    books = [_pinned(path, pins) for path in sorted(folder.glob("*@*.yaml"))]
    if missing := set(pins) - {f"{book.id}@{book.version}" for book in books}:
        raise Broken(PINS, 1, f"{min(missing)} was published and is not here any more")
    _follow(books)
    return Library(books, _choosing(folder, {book.id for book in books}))


def thresholds(entries: Iterable[str], of: Library) -> dict[str, Money]:
    """The figures that the operator sets where the law leaves them open: CN-REM.legal_person.net_assets=CNY 1000000.

    Raises Broken for a rule that leaves nothing open, and for what is no amount above zero.
    """
    left_open = {rule.id for book in of for rule in book.rules() if rule.unset}
    found = {}
    for entry in entries:
        rule, _, written = entry.partition("=")
        currency, _, amount = written.strip().partition(" ")
        if rule.strip() not in left_open:
            raise Broken("RULE_THRESHOLDS", 1, f"{rule.strip()} leaves no figure open")
        try:
            found[rule.strip()] = Money.parse(amount, currency)
        except Refusal as refusal:
            raise Broken("RULE_THRESHOLDS", 1, f"{written.strip()}: {refusal}") from None
        if found[rule.strip()].minor <= 0:
            raise Broken("RULE_THRESHOLDS", 1, f"{written.strip()} is not above zero")
    return found


def _pinned(path: Path, pins: Mapping[str, str]) -> Book:
    book = read(path)
    name = f"{book.id}@{book.version}"
    if path.name != f"{name}.yaml":
        raise Broken(path.name, 1, f"a file of {name} is called {name}.yaml")
    if name not in pins:
        raise Broken(path.name, 1, f"not published: {PINS} has no digest of it; it is {book.digest}")
    if pins[name] != book.digest:
        raise Broken(path.name, 1, f"changed after publication: pinned {pins[name]}, found {book.digest}")
    return book


def read(path: Path) -> Book:
    """The book of one file, published or not. Raises Broken."""
    try:
        return grammar.read(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise Broken(path.name, 1, f"cannot be read as UTF-8: {error}") from None


def _follow(books: list[Book]) -> None:
    """Versions of one id follow each other without overlapping, and what is named as the next one is there."""
    for book in books:
        head = book.head
        others = [other for other in books if other.id == book.id and other is not book]
        if head.superseded_by and head.superseded_by not in [other.version for other in others]:
            raise Broken(f"{book.id}@{book.version}.yaml", 1, f"superseded_by {head.superseded_by}, which is not here")
        for other in others:
            if other.in_force(max(head.effective_from, other.head.effective_from)) and book.in_force(
                max(head.effective_from, other.head.effective_from)
            ):
                raise Broken(f"{book.id}@{book.version}.yaml", 1, f"in force together with version {other.version}")


def _mapping(path: Path) -> dict:
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # NO is a country, not a no
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise Broken(path.name, 1, f"cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise Broken(path.name, 1, "not a mapping")
    return found


def _choosing(folder: Path, known: set[str]) -> Choosing:
    rows = _mapping(folder / CHOOSING)
    venues = {venue: _ids(places) for venue, places in rows["venues"].items()}
    found = Choosing(_ids(rows["residence"]), venues, frozenset(rows["closed"]))
    for ids in (*found.residence.values(), *(ids for places in venues.values() for ids in places.values())):
        if unknown := set(ids) - known:
            raise Broken(CHOOSING, 1, f"no book {min(unknown)}")
    return found


def _ids(places: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {place: tuple(ids) for place, ids in places.items()}
