"""Which of several scheduler processes does the work: the one that holds the lock of the database.

The lock saves the others useless work. It is no condition of correctness: ticks are safe in two processes at once.
"""

import fcntl
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

LOCK_NUMBER = 0x62617962  # "bayb"; advisory locks of a database are numbers

_TAKE = text("SELECT pg_try_advisory_lock(:number)")
_LET_GO = text("SELECT pg_advisory_unlock(:number)")
_ALIVE = text("SELECT 1")


class Lock(Protocol):
    """The lock of the leader."""

    def take(self) -> bool:
        """Take the lock, or make sure it is still held; whether this process leads now."""

    def free(self) -> None:
        """Let another process lead."""


class Advisory:
    """A lock of PostgreSQL on a connection of its own; gone with the connection, whatever ends it."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._connection: Connection | None = None

    def take(self) -> bool:
        try:
            if self._connection is not None:
                return self._connection.scalar(_ALIVE) == 1  # the lock lives exactly as long as the connection
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            if connection.scalar(_TAKE, {"number": LOCK_NUMBER}):
                self._connection = connection
                return True
            connection.close()
        except SQLAlchemyError:
            self.free()
        return False

    def free(self) -> None:
        if self._connection is None:
            return
        connection, self._connection = self._connection, None
        with suppress(SQLAlchemyError):  # a connection that broke has lost the lock already
            connection.execute(_LET_GO, {"number": LOCK_NUMBER})  # the server ends a closed session in its own time
        connection.invalidate()  # closes it; returned to the pool it would keep a lock it could not let go
        connection.close()


class Beside:
    """A locked file beside the SQLite database; gone with the process."""

    def __init__(self, path: Path):
        self._path = path
        self._file: IO | None = None

    def take(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def free(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Alone:
    """A database in memory belongs to its process."""

    def take(self) -> bool:
        return True

    def free(self) -> None:
        pass


def of(engine: Engine) -> Lock:
    """The lock that suits the database."""
    if engine.dialect.name == "postgresql":
        return Advisory(engine)
    name = engine.url.database
    return Beside(Path(f"{name}.scheduler.lock")) if name and name != ":memory:" else Alone()
