"""Asking the full-text index: which rows a query finds for a visibility tier, newest first or best first.

Decides the orders, the cursors and how much is read; what a query asks for is decided by listing/bilingual/tokens.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, Subquery, bindparam, column, text
from sqlalchemy.engine import Connection

from listing.bilingual import tokens
from listing.store.fulltext.index import ROW_BITS, TIERS, Handle, Kind, bounds_of, connection_of
from listing.store.fulltext.syntax import FTS5, TSQUERY, Syntax

RANKED = 3_000  # the newest matches of a rank among which the best are sought; bounds the time of common words


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that a query finds, its score (higher is better, of meaning only within one answer) and where it stands."""

    row_id: int
    score: float
    cursor: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a query finds; with ``more`` there are more than were counted."""

    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How one database is asked: the syntax of its queries, and its SQL for a condition, a number and a score."""

    syntax: Syntax
    number: str
    condition: str
    exclusion: str
    score: str


_DIALECTS = {
    # bm25 gives lower values to better rows; the weights follow the order of the columns.
    "sqlite": _Dialect(
        FTS5,
        "rowid",
        "fulltext MATCH :query",
        "rowid NOT IN (SELECT rowid FROM fulltext WHERE fulltext MATCH :before AND rowid BETWEEN :first AND :last)",
        "-bm25(fulltext, 1.0, 10.0, 5.0, 4.0)",
    ),
    # Weights of the labels D, C, B, A: text, sound, title, name; 1 divides by the logarithm of the length.
    "postgresql": _Dialect(
        TSQUERY,
        "number",
        "tokens @@ CAST(:query AS tsquery)",
        "NOT tokens @@ CAST(:before AS tsquery)",
        "CAST(ts_rank(CAST('{0.1,0.4,0.5,1.0}' AS real[]), tokens, CAST(:words AS tsquery), 1) AS double precision)",
    ),
}


def _where(dialect: _Dialect, kind: int, tier: int, language: str | None = None) -> tuple[str, dict]:
    if not 0 <= tier < TIERS:
        raise ValueError(f"no tier {tier}")
    clause = f"{dialect.condition} AND {dialect.number} BETWEEN :first AND :last AND {dialect.number} & :tier <> 0"
    parameters: dict = {**bounds_of(kind), "tier": 1 << tier}
    if language:
        holder = "fulltext_source" if dialect.syntax is FTS5 else "fulltext AS document"
        kept = holder.split()[-1]
        clause += (
            f" AND EXISTS (SELECT 1 FROM {holder} WHERE {kept}.number = fulltext.{dialect.number}"
            f" AND {kept}.language IN (:language, ''))"
        )
        parameters["language"] = language
    return clause, parameters


def _row_id(number: int) -> int:
    return (number >> TIERS) & ((1 << ROW_BITS) - 1)


def found(handle: Handle, query: str, *, kind: Kind, tier: int, language: str | None = None) -> Subquery:
    """Return the matches as a subquery with ``row_id`` and ``number``, for a package's own filters.

    Join it on the row and order by ``number`` descending: both databases then stop at the limit. A query without words
    finds nothing.
    """
    dialect = _DIALECTS[connection_of(handle).dialect.name]
    where, parameters = _where(dialect, kind, tier, language)
    asked = tokens.query(query)
    statement = (
        f"SELECT ({dialect.number} >> {TIERS}) & {(1 << ROW_BITS) - 1} AS row_id, {dialect.number} AS number"
        f" FROM fulltext WHERE {where if asked else '0 = 1'}"
    )
    if asked:
        parameters["query"] = dialect.syntax.any_match(asked)
    binds = [bindparam(name, value, unique=True) for name, value in parameters.items()] if asked else []
    columns = (column("row_id", BigInteger), column("number", BigInteger))
    return text(statement).bindparams(*binds).columns(*columns).subquery()


def gives_newest_first(handle: Handle) -> bool:
    """Whether the index hands out its matches by their number, and so stops at a limit; else it gathers all first."""
    return _DIALECTS[connection_of(handle).dialect.name].syntax is FTS5


def among(handle: Handle, query: str, numbers: Sequence[int], *, tier: int) -> list[int]:
    """Return those of these documents that a query finds, in their order; looks at each of them and at nothing else."""
    asked = tokens.query(query)
    if not asked or not numbers:
        return []
    connection = connection_of(handle)
    dialect = _DIALECTS[connection.dialect.name]
    statement = f"SELECT {dialect.number} FROM fulltext WHERE {dialect.number} IN :numbers AND {dialect.condition}"
    given = {"query": dialect.syntax.any_match(asked), "numbers": [n for n in numbers if n & 1 << tier]}
    asking = text(statement).bindparams(bindparam("numbers", expanding=True))
    found = set(connection.execute(asking, given).scalars())
    return [number for number in numbers if number in found]


def newest(
    handle: Handle, query: str, *, kind: Kind, tier: int, after: str = "", limit: int = 25, language: str | None = None
) -> tuple[Hit, ...]:
    """Return the matches with the highest row ids first, those after the cursor ``after``; reads no more than it needs.

    A cursor that is none counts as absent.
    """
    asked = tokens.query(query)
    if not asked:
        return ()
    connection = connection_of(handle)
    dialect = _DIALECTS[connection.dialect.name]
    where, parameters = _where(dialect, kind, tier, language)
    if after.isascii() and after.isdigit() and len(after) < 16:
        parameters["last"] = min(parameters["last"], bounds_of(kind, int(after))["first"] - 1)
    statement = f"SELECT {dialect.number} FROM fulltext WHERE {where} ORDER BY {dialect.number} DESC LIMIT :limit"
    parameters |= {"query": dialect.syntax.any_match(asked), "limit": limit}
    ids = [_row_id(number) for number in connection.execute(text(statement), parameters).scalars()]
    return tuple(Hit(row_id, 0.0, str(row_id)) for row_id in ids)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer in the best-first order stopped: the rank of the match, the score in it, the number."""

    rank: int = 0
    score: float | None = None
    number: int = 0

    @classmethod
    def read(cls, cursor: str) -> "_Place":
        rank, _, rest = cursor.partition("_")
        score, _, number = rest.partition("_")
        try:
            return cls(int(rank), float(score), int(number))
        except ValueError:
            return cls()


def best(
    handle: Handle,
    query: str,
    *,
    kind: Kind,
    tier: int,
    after: str = "",
    limit: int = 25,
    language: str | None = None,
    in_name: bool = False,
) -> tuple[Hit, ...]:
    """Return the best matches first, those after the cursor ``after``.

    First the rows with exactly this name, then names that begin so, then those with all words in a name or its pinyin,
    then the rest; within each by weighted relevance. Beyond exact names the newest RANKED matches of each rank
    are weighed. A cursor that is none counts as absent. With ``in_name`` the rest is left out.
    """
    asked = tokens.query(query)
    if not asked:
        return ()
    connection = connection_of(handle)
    dialect = _DIALECTS[connection.dialect.name]
    place = _Place.read(after)
    ranks = dialect.syntax.ranks(asked)[: -1 if in_name else None]
    base, parameters = _where(dialect, kind, tier, language)
    parameters["words"] = parameters["query"] = dialect.syntax.words(asked)
    many = _floor(connection, dialect, base, parameters) is not None
    hits: list[Hit] = []
    for rank, (expression, before) in enumerate(ranks):
        if rank < place.rank or len(hits) >= limit:
            continue
        where, given = base, parameters | {"query": expression, "before": before}
        if many and rank:
            given["first"] = _floor(connection, dialect, base, given) or given["first"]
        if before:
            where += f" AND {dialect.exclusion}"
        if rank == place.rank and place.score is not None:
            where += f" AND ({dialect.score}, {dialect.number}) < (:score, :after)"
            given |= {"score": place.score, "after": place.number}
        statement = (
            f"SELECT {dialect.number} AS number, {dialect.score} AS score FROM fulltext WHERE {where}"
            " ORDER BY score DESC, number DESC LIMIT :limit"
        )
        rows = connection.execute(text(statement), given | {"limit": limit - len(hits)})
        hits += [Hit(_row_id(row.number), row.score, f"{rank}_{row.score!r}_{row.number}") for row in rows]
    return tuple(hits)


def _floor(connection: Connection, dialect: _Dialect, where: str, parameters: dict) -> int | None:
    """The number of the match after which older ones are not weighed; None where there are fewer."""
    order = f"ORDER BY {dialect.number} DESC LIMIT 1 OFFSET {RANKED - 1}"
    statement = f"SELECT {dialect.number} FROM fulltext WHERE {where} {order}"
    return connection.execute(text(statement), parameters).scalar()


def count(
    handle: Handle, query: str, *, kind: Kind, tier: int, most: int = 1_000, language: str | None = None
) -> Count:
    """Count the matches, up to ``most``."""
    asked = tokens.query(query)
    if not asked:
        return Count(0, more=False)
    connection = connection_of(handle)
    dialect = _DIALECTS[connection.dialect.name]
    where, parameters = _where(dialect, kind, tier, language)
    statement = f"SELECT count(*) FROM (SELECT 1 FROM fulltext WHERE {where} LIMIT :most) AS matches"
    parameters |= {"query": dialect.syntax.any_match(asked), "most": most + 1}
    number = connection.execute(text(statement), parameters).scalar_one()
    return Count(min(number, most), more=number > most)
