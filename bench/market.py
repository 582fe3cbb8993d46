"""Fills the database of whole profiles: ``python -m bench.market FILE``.

The demo market through its own operations: every company there was written, sent, read by two and published.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from listing.demo import load

from .filling import made

NOW = datetime(2026, 11, 26, 1, tzinfo=UTC)


def main() -> None:
    """Make the database; a half-made one never gets the name."""
    path = Path(sys.argv[1])
    with made(path):
        load.load(keep_at=path.with_name("market.json"), now=NOW)


if __name__ == "__main__":
    main()
