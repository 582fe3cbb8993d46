"""The tables of the full-text index and what is written to them.

Decides where tokens are kept and how a document is numbered; commits nothing.

A document's number is ``kind << 52 | row_id << 4 | tiers``, the last four bits one for each tier that sees it. So one
integer gives the order, the row and the permission without a join, and a reader meets each row at most once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from sqlalchemy import Connection, MetaData, event, text
from sqlalchemy.orm import Session, scoped_session

from listing.store.fulltext import source
from listing.store.fulltext.syntax import tsvector

Handle = Connection | Session | scoped_session

ROW_BITS = 48
TIERS = 4  # as many as listing/access/actor.py names
BATCH = 500  # documents in one statement
BULK = 5_000  # documents after which the index is packed


class Kind(IntEnum):
    """What can be searched. The numbers are stored and never change."""

    COMPANY = 1
    ANNOUNCEMENT = 2


@dataclass(frozen=True, slots=True)
class Document:
    """What a row says to the tiers from ``lowest`` to ``highest``: names, title-like fields, text.

    Each document of a row says all that its readers may find, so the ranges of one row do not overlap. ``language`` is
    zh, en or empty for both sides of a pair.
    """

    kind: Kind
    row_id: int
    names: tuple[str, ...]
    title: str = ""
    text: str = ""
    language: str = ""
    lowest: int = 0
    highest: int = TIERS - 1

    @property
    def number(self) -> int:
        """The number of the document; ValueError for a row or tier that has none."""
        if not (0 < self.row_id < 1 << ROW_BITS and 0 <= self.lowest <= self.highest < TIERS):
            raise ValueError(f"no number for row {self.row_id} and tiers {self.lowest} to {self.highest}")
        tiers = (1 << self.highest + 1) - (1 << self.lowest)
        return self.kind << ROW_BITS + TIERS | self.row_id << TIERS | tiers


_CREATE = {
    "sqlite": (
        # Contentless: the tokens are kept once. The ascii tokenizer leaves every non-ASCII character alone, where
        # unicode61 knows Unicode 6.1 only. The longest column first, because FTS5 stores its places in fewer bytes.
        "CREATE VIRTUAL TABLE fulltext USING fts5(text, name, title, sound, content='', tokenize='ascii')",
        "CREATE TABLE fulltext_source (number INTEGER PRIMARY KEY, language TEXT NOT NULL, dictionary BOOLEAN NOT NULL,"
        " source BLOB NOT NULL)",
    ),
    "postgresql": (
        "CREATE TABLE fulltext (number bigint PRIMARY KEY, language varchar(2) NOT NULL, tokens tsvector NOT NULL)",
        "CREATE INDEX ix_fulltext_tokens ON fulltext USING gin (tokens)",
    ),
}
_DROP = {"sqlite": ("DROP TABLE fulltext_source", "DROP TABLE fulltext"), "postgresql": ("DROP TABLE fulltext",)}


def connection_of(handle: Handle) -> Connection:
    """Return the connection behind a session, or the connection itself."""
    return handle if isinstance(handle, Connection) else handle.connection()


def create(connection: Connection) -> None:
    """Create the index, from a migration or after ``create_all``."""
    for statement in _CREATE[connection.dialect.name]:
        connection.execute(text(statement))


def drop(connection: Connection) -> None:
    """Drop the index."""
    for statement in _DROP[connection.dialect.name]:
        connection.execute(text(statement))


def attach(metadata: MetaData) -> None:
    """Let ``create_all`` and ``drop_all`` of these models create and drop the index as well."""
    event.listen(metadata, "after_create", lambda _target, connection, **_: create(connection))
    event.listen(metadata, "before_drop", lambda _target, connection, **_: drop(connection))


def is_index_table(name: str) -> bool:
    """Whether a table belongs to the index and not to the models, for the comparison of migrations with models."""
    return name == "fulltext" or name.startswith("fulltext_")


def bounds_of(kind: int, row_id: int | None = None) -> dict[str, int]:
    """Return the first and last number of a kind, or of one of its rows."""
    first = kind << ROW_BITS + TIERS | (row_id or 0) << TIERS
    return {"first": first, "last": first + (1 << TIERS if row_id is not None else 1 << ROW_BITS + TIERS) - 1}


_INSERT = text("INSERT INTO fulltext (rowid, text, name, title, sound) VALUES (:number, :text, :name, :title, :sound)")
_DELETE = text(
    "INSERT INTO fulltext (fulltext, rowid, text, name, title, sound)"
    " VALUES ('delete', :number, :text, :name, :title, :sound)"
)
_KEEP = text(
    "INSERT INTO fulltext_source (number, language, dictionary, source)"
    " VALUES (:number, :language, :dictionary, :source)"
)
_INSERT_VECTOR = text(
    "INSERT INTO fulltext (number, language, tokens) VALUES (:number, :language, CAST(:tokens AS tsvector))"
)


def remove(handle: Handle, kind: Kind, row_id: int) -> None:
    """Remove all documents of a row from the index; a row that has none is no error."""
    connection = connection_of(handle)
    bounds = bounds_of(kind, row_id)
    if connection.dialect.name == "postgresql":
        connection.execute(text("DELETE FROM fulltext WHERE number BETWEEN :first AND :last"), bounds)
        return
    kept = connection.execute(
        text(
            "SELECT kept.number, kept.source, known.source AS dictionary FROM fulltext_source AS kept"
            " LEFT JOIN fulltext_source AS known ON known.number = -1 AND kept.dictionary"
            " WHERE kept.number BETWEEN :first AND :last"
        ),
        bounds,
    ).all()
    if kept:
        # A contentless table deletes by the very tokens it was given; they are cut again from the kept words.
        words = [(row.number, source.unpack(row.source, row.dictionary or b"")) for row in kept]
        connection.execute(_DELETE, [{"number": number, **read.tokens()} for number, read in words])
        connection.execute(text("DELETE FROM fulltext_source WHERE number BETWEEN :first AND :last"), bounds)


def clear(handle: Handle) -> None:
    """Empty the index, before everything is indexed anew; needed whenever the tokeniser or pypinyin changes."""
    connection = connection_of(handle)
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO fulltext (fulltext) VALUES ('delete-all')"))
        connection.execute(text("DELETE FROM fulltext_source"))
    else:
        connection.execute(text("DELETE FROM fulltext"))


def put(handle: Handle, *documents: Document) -> None:
    """Index documents in place of all that was indexed for their rows; give all documents of a row in one call."""
    for kind, row_id in dict.fromkeys((document.kind, document.row_id) for document in documents):
        remove(handle, kind, row_id)
    _add(connection_of(handle), documents)


def put_many(handle: Handle, documents: Iterable[Document]) -> int:
    """Index documents of rows that are not indexed yet and return their number; a large batch packs the index."""
    connection = connection_of(handle)
    waiting: Iterator[Document] = iter(documents)
    done = 0
    while batch := list(islice(waiting, BATCH)):
        _add(connection, batch)
        done += len(batch)
    if done >= BULK:
        pack(connection)
    return done


def pack(handle: Handle) -> None:
    """Bring the index into its smallest and fastest form; seconds for 100,000 documents."""
    connection = connection_of(handle)
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO fulltext (fulltext) VALUES ('optimize')"))
    else:
        connection.execute(text("ANALYZE fulltext"))


def _dictionary(connection: Connection, batch: list[source.Words]) -> bytes:
    """The dictionary of the index, made of the first full batch; until then none."""
    known = connection.execute(text("SELECT source FROM fulltext_source WHERE number = -1")).scalar()
    if known is None and len(batch) == BATCH:
        known = source.dictionary(batch)
        connection.execute(_KEEP, {"number": -1, "language": "", "dictionary": False, "source": known})
    return known or b""


def _add(connection: Connection, documents: Iterable[Document]) -> None:
    batch = [(document, source.read(document.names, document.title, document.text)) for document in documents]
    if not batch:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(
            _INSERT_VECTOR,
            [{"number": d.number, "language": d.language, "tokens": tsvector(**words.tokens())} for d, words in batch],
        )
        return
    known = _dictionary(connection, [words for _, words in batch])
    connection.execute(_INSERT, [{"number": d.number, **words.tokens()} for d, words in batch])
    kept = [(d, source.pack(words, known)) for d, words in batch]
    about = {"dictionary": bool(known)}
    connection.execute(
        _KEEP, [{"number": d.number, "language": d.language, "source": packed, **about} for d, packed in kept]
    )
