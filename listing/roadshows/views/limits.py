"""The words of what a roadshow may be limited to: markets, rule books and sectors, in the reader's language.

And of the classes in whose order people may wait.
"""

from datetime import date

from listing.admission import books, pages
from listing.companies import catalogue
from listing.roadshows import attendance
from listing.roadshows.models import Roadshow
from listing.rulebook.vocabulary import words
from listing.web.page import language


def choices(today: date) -> dict[str, list[tuple[str, str]]]:
    """What an organizer may choose today, as the form shows it."""
    current = {book.id: book for book in books.library() if book.in_force(today)}
    return {
        "markets": [(key, entry.label(language())) for key, entry in pages.choices("markets").items()],
        "books": [(key, _book(book)) for key, book in sorted(current.items())],
        "sectors": sectors(catalogue.groups()),
        "grades": list(grades().items()),
    }


def grades() -> dict[str, str]:
    """The classes of investors."""
    return {key: word.said(language()) for key, word in words("grades").items()}


def sectors(keys) -> list[tuple[str, str]]:
    """These sectors as a form shows them; one that is on the list no more is left out."""
    every = catalogue.groups()
    return [(key, every[key].label(language())) for key in keys if key in every]


def _book(book) -> str:
    return f"{book.head.name.said(language())} ({book.id})"


def labels() -> dict[str, dict[str, str]]:
    """Every code of a rule with its words; books of earlier times among them."""
    return {
        attendance.MARKETS: {key: entry.label(language()) for key, entry in pages.choices("markets").items()},
        attendance.CLASSES: {book.id: _book(book) for book in books.library()},
        attendance.SECTORS: dict(sectors(catalogue.groups())),
    }


def is_limited(show: Roadshow) -> bool:
    """Whether a roadshow is for certain investors only."""
    return bool(show.markets or show.classes or show.sectors)
