"""Both databases that the product runs on: SQLite, and PostgreSQL where its programs are."""

from collections.abc import Callable

from scripts.with_postgres import binaries, server

from .report import Figure

SYNCING = "-c listen_addresses='' -c max_connections="  # unlike the server of the tests, which may lose what it says


def on_both(measured: Callable[[str, object], list[Figure]], *, connections: int = 0) -> list[Figure]:
    """Figures of the same on each, told its name and server; with ``connections`` PostgreSQL keeps what it confirms."""
    found = measured("SQLite", None)
    if programs := binaries():
        with server(programs, *([f"{SYNCING}{connections}"] if connections else [])) as postgres:
            found += measured("PostgreSQL", postgres)
    return found
