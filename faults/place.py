"""A place to break things in: an installation in a folder of its own, with its processes, gone afterwards.

Everything runs as shipped: migrated tables, production settings, gunicorn with gunicorn.conf.py, `flask scheduler run`.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from config import Production
from listing.factory import create_app
from listing.store.db import db
from scripts.with_postgres import Server

ROOT = Path(__file__).parent.parent
SECRETS = {name: f"{name.lower()}-".ljust(64, "0") for name in Production.SECRETS}


class Failed(RuntimeError):
    """What must happen before a fault can be tried did not."""


def wait_for(holds: Callable[[], object], seconds: float, what: str) -> float:
    """Wait until ``holds()``; how long it took."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise Failed(f"waited {seconds} s in vain for {what}")
        time.sleep(0.005)
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A process with all its children, so that a kill leaves none."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path):
        self.log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
            )
        self.pid = self._process.pid

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End it and its children, and wait until it is gone."""
        if self._process.poll() is None:
            os.killpg(self.pid, number)
        self._process.wait(timeout=20)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def family(self) -> list[int]:
        """Its process number and those of its children."""
        return [self.pid, *map(int, Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split())]

    def resident(self) -> int:
        """Bytes of memory that it and its children hold alone."""
        sizes = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in self.family()]
        private = ("Private_Clean:", "Private_Dirty:")
        lines = [line.split() for size in sizes for line in size.splitlines()]
        return sum(int(words[1]) * 1024 for words in lines if words[0] in private)


class Place:
    """An installation: its settings, its application in this process, and the processes it is asked for."""

    def __init__(self, folder: Path, url: str, server: Server | None, settings: dict[str, object]):
        self.folder, self.url, self.server = folder, url, server
        self.port = free_port()
        self._settings = settings
        self._started: list[Process] = []

    @property
    def kind(self) -> str:
        return "sqlite" if self.server is None else "postgresql"

    @cached_property
    def env(self) -> dict[str, str]:
        own = {
            "BAYBRIDGE_ENV": "production",
            "DATABASE_URL": self.url,
            "FILES_URL": (self.folder / "files").as_uri(),
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "MAIL_BACKEND": "file",
            "MAIL_FOLDER": str(self.folder / "mail"),
            "TRUSTED_PROXIES": "1",
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, **SECRETS, **own, **{name: str(value) for name, value in self._settings.items()}}

    @cached_property
    def app(self) -> Flask:
        """The application in this process, for making what a fault needs and counting what it left."""
        before = dict(os.environ)
        os.environ.update(self.env)
        try:
            return create_app(Production())
        finally:
            os.environ.clear()
            os.environ.update(before)

    def migrate(self) -> None:
        """Make the tables as `flask db upgrade` does, without the seconds that a process takes to begin."""
        with self.app.app_context():
            upgrade()

    def flask(self, *words: str, check: bool = True, **env: str) -> subprocess.CompletedProcess:
        """Run a command of the product to its end."""
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(command, cwd=ROOT, env={**self.env, **env}, capture_output=True, text=True, timeout=300)
        if check and done.returncode:
            raise Failed(f"flask {' '.join(words)}: {done.stdout}{done.stderr}")
        return done

    def start(self, *words: str, name: str, **env: str) -> Process:
        """Start a module of Python that is ended with the place."""
        return self.run([sys.executable, "-m", *words], name=name, **env)

    def run(self, command: list[str], *, name: str, **env: str) -> Process:
        """Start a program that is ended with the place."""
        process = Process(command, {**self.env, **env}, self.folder / f"{name}.log")
        self._started.append(process)
        return process

    def scheduler(self, **env: str) -> Process:
        return self.start("flask", "scheduler", "run", name="scheduler", **env)

    def web(self, port: int | None = None, *, wait: bool = True, **env: str) -> Process:
        """gunicorn as shipped; returns when it answers."""
        port = port or self.port
        words = ("gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", "app:app")
        process = self.start(*words, name=f"web-{port}", **env)
        if wait:
            wait_for(lambda: answers(port), 60, f"the web server: {process.log}")
        return process

    def webs(self, ports: Iterable[int]) -> list[Process]:
        """Several at once; returns when all answer."""
        started = [self.web(port, wait=False) for port in ports]
        for port in ports:
            wait_for(lambda: answers(port), 60, f"the web server at {port}")  # noqa: B023
        return started

    def number(self, statement: str) -> int:
        """The one number that a statement gives."""
        with self.app.app_context(), db.engine.connect() as connection:
            return connection.execute(text(statement)).scalar()

    def rows(self, statement: str) -> list:
        """The rows that a statement gives."""
        with self.app.app_context(), db.engine.connect() as connection:
            return list(connection.execute(text(statement)).all())

    def column(self, statement: str) -> list:
        """The first column that a statement gives."""
        return [row[0] for row in self.rows(statement)]

    def log_holds(self) -> bool:
        return self.app.test_cli_runner().invoke(args=["log", "verify"]).exit_code == 0

    def end(self) -> None:
        for process in self._started:
            process.kill()
        if "app" in self.__dict__:
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()


def answers(port: int) -> bool:
    """Whether somebody answers /healthz at the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as probe:
            probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return probe.recv(64).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@contextmanager
def installed(server: Server | None, folder: Path | None = None, **settings: object) -> Iterator[Place]:
    """A migrated, empty installation on SQLite, or on the server given; ``folder`` is where its files are to lie."""
    with TemporaryDirectory(prefix="baybridge-fault-") as own:
        folder = folder or Path(own)
        url = f"sqlite:///{folder / 'baybridge.sqlite'}" if server is None else _database(server)
        place = Place(folder, url, server, settings)
        try:
            place.migrate()
            yield place
        finally:
            place.end()
            if server is not None:
                _drop(server, url)


def _database(server: Server) -> str:
    name = f"fault_{time.monotonic_ns()}"
    _administer(server, f"CREATE DATABASE {name}")
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


def _drop(server: Server, url: str) -> None:
    _administer(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def _administer(server: Server, statement: str) -> None:
    engine = create_engine(server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
