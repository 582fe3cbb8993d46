"""Which rules written from memory somebody has held against their source, and which books may be selected for it.

Where REQUIRE_VERIFIED_RULES is set, a book with a rule that nobody confirmed stays on the shelf to be read and admits
nobody. A confirmation counts for the content it was made of: a new version begins anew.
"""

from flask import current_app
from sqlalchemy import select

from listing.rulebook.book import Book
from listing.store.db import db

from . import books
from .book_models import RuleConfirmation


def confirmations(book: Book) -> dict[str, RuleConfirmation]:
    """The confirmations of a book by the id of what they confirm."""
    rows = db.session.scalars(select(RuleConfirmation).where(RuleConfirmation.digest == book.digest))
    return {row.rule: row for row in rows}


def waiting(book: Book) -> list[str]:
    """What of a book waits for somebody to see its source."""
    done = confirmations(book)
    return [rule for rule in book.unverified() if rule not in done]


def required() -> bool:
    """Whether a book has to be confirmed before it is selected."""
    return current_app.config["REQUIRE_VERIFIED_RULES"]


def library() -> books.Library:
    """The books of which one may be selected; the others are withheld. At most one statement."""
    whole = books.library()
    if not required():
        return whole
    done = {
        (row.digest, row.rule) for row in db.session.execute(select(RuleConfirmation.digest, RuleConfirmation.rule))
    }
    return whole.only(lambda book: all((book.digest, rule) in done for rule in book.unverified()))
