"""The one full-text index over everything that can be searched, on SQLite (FTS5) and PostgreSQL (tsvector).

A package indexes its rows with ``put`` in the operation that changes them, and asks with ``newest``, ``best``,
``count`` and ``found`` in its queries. What counts as the same word is decided by listing/bilingual/tokens.py.
"""

from listing.store.fulltext.index import (
    ROW_BITS,
    TIERS,
    Document,
    Kind,
    attach,
    bounds_of,
    clear,
    create,
    drop,
    is_index_table,
    pack,
    put,
    put_many,
    remove,
)
from listing.store.fulltext.search import Count, Hit, among, best, count, found, gives_newest_first, newest

__all__ = [
    "ROW_BITS",
    "TIERS",
    "Count",
    "Document",
    "Hit",
    "Kind",
    "among",
    "attach",
    "best",
    "bounds_of",
    "clear",
    "count",
    "create",
    "drop",
    "found",
    "gives_newest_first",
    "is_index_table",
    "newest",
    "pack",
    "put",
    "put_many",
    "remove",
]
