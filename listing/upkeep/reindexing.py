"""Fills the search index anew from what is published: after an upgrade that reads words differently, or a restore.

Knows every room that is searched; the index itself is no table of ours and stands in no backup.
"""

from collections.abc import Callable

from listing.companies.operations import indexing as companies
from listing.disclosure.announcements.operations import indexing as announcements


def rebuild(*, progress: Callable[[int], None] = lambda _done: None) -> tuple[int, int]:
    """Empty the index and fill it; return how many companies and announcements it holds. The caller commits."""
    return companies.rebuild(progress=progress), announcements.add_all()
