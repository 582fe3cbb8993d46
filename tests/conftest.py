"""One application a database, emptied between tests; a client that checks every page it gets."""

import gc
import os
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import create_engine, event, make_url, text

from config import Testing
from listing.clock import FixedClock
from listing.factory import create_app
from listing.store import fulltext
from listing.store.db import db

from .factories import NOW
from .page import LANGUAGES, Browser

KINDS = ("sqlite", "postgresql")
DATABASES = ["sqlite"] + (["postgresql"] if os.environ.get("TEST_POSTGRES_URL") else [])
IN_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(tryfirst=True)  # what picks the tests reads the marks in the same hook
def pytest_collection_modifyitems(items):
    """Mark what runs on each kind of database, and leave a browser time where the machine has much else to do."""
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        if any(value in KINDS for value in params.values() if isinstance(value, str)):
            item.add_marker(pytest.mark.database)
        if "browser" in item.keywords and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(300))


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)  # after what shuffles and groups
def pytest_order(items):
    """Leave out what is only said again, and begin with what takes long, so that no worker is left with it at the end.

    The tests of one database stay together, and so do those in a browser: the site they visit is made once.
    """
    items[:] = [item for item in items if not _said_again(item)]
    items.sort(key=lambda item: ("browser" not in item.keywords, _database(item), "slow" not in item.keywords))


def _said_again(item) -> bool:
    """Whether a test of all languages is one of the two that the second database need not see.

    A language changes words and hardly a statement: the first database reads each test in all three, the second in
    one, which is another one from test to test.
    """
    params = item.callspec.params if hasattr(item, "callspec") else {}
    mine = next((mark.args[0] for mark in item.iter_markers("parametrize") if _of_languages(mark)), None)
    one = LANGUAGES[crc32(item.originalname.encode()) % len(LANGUAGES)]
    return mine in params and params.get("database_url") == "postgresql" and params[mine] != one


def _of_languages(mark) -> bool:
    name, values = (*mark.args, None)[:2]
    of_three = isinstance(values, list | tuple) and len(values) == len(LANGUAGES)
    return isinstance(name, str) and of_three and all(value in LANGUAGES for value in values)


def _database(item) -> int:
    """The place of the database a test runs on; what runs on none comes last, because most of that is short."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    kind = params.get("database_url")  # without PostgreSQL what runs on it alone has a mark that names none
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def pytest_configure(config):
    gc.disable()  # until all tests are found: finding them leaves nothing to collect
    if IN_CI and not os.environ.get("TEST_POSTGRES_URL"):
        raise pytest.UsageError("CI needs PostgreSQL: TEST_POSTGRES_URL is not set")


def pytest_collection_finish():
    gc.freeze()
    gc.enable()


def pytest_runtest_logreport(report):
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session, exitstatus):
    if _skipped and exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    for name in _skipped:
        terminalreporter.write_line(f"skipped in CI, which counts as a failure: {name}", red=True)


_skipped: list[str] = []


def postgres(name: str, template: str = "template1") -> str:
    """The address of a fresh database of that name, a copy of ``template``."""
    server = make_url(os.environ["TEST_POSTGRES_URL"])
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    admin.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def worker(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request, tmp_path_factory, worker):
    """An empty database; everything that takes it, or ``app``, runs on each kind."""
    if request.param == "postgresql":
        return postgres(f"test_{worker}")
    return f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.sqlite'}"


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory, worker):
    """Templates as compiled by whichever worker met them first: compiling all of them takes five seconds."""
    run = tmp_path_factory.getbasetemp()
    folder = (run if worker == "main" else run.parent) / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def application(database_url, tmp_path_factory, compiled):
    """The application over a database whose tables stand; made once, because building it is slow."""
    app = installed(database_url, tmp_path_factory.mktemp("application"), compiled)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def installed(url: str, folder: Path, compiled: BytecodeCache) -> Flask:
    """An application that keeps what it writes in ``folder``, over an empty database, whose tables it makes."""
    settings = Testing()
    settings.SQLALCHEMY_DATABASE_URI = url
    mail, factsheets, files = folder / "mail", folder / "factsheets", folder / "files"
    for part in (mail, factsheets, files):
        part.mkdir()
    settings.MAIL_FOLDER, settings.FACTSHEET_CACHE, settings.FILES_URL = str(mail), str(factsheets), files.as_uri()
    app = create_app(settings, FixedClock(NOW))
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = compiled
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _careless)
        db.create_all()
        with db.engine.begin() as connection:
            fulltext.create(connection)
    return app


@pytest.fixture
def app(application, clock):
    application.extensions["clock"] = clock
    with application.app_context():
        yield application
        db.session.remove()
        _empty()


def _careless(connection, _record) -> None:
    """A test database may lose everything at a power cut, as scripts/with_postgres.py says of the other kind."""
    connection.execute("PRAGMA synchronous=OFF")


def _empty() -> None:
    """Delete every row and count from one again; the triggers that guard append-only tables stand aside for it."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            _empty_postgres(connection)
        else:
            _empty_sqlite(connection)


# One statement that deletes: TRUNCATE makes every table and index anew, which costs a hundred times as much.
EMPTY_POSTGRES = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DELETE FROM ' || quote_ident(name);
  END LOOP;
  PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
END $$
"""


def _empty_postgres(connection) -> None:
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.exec_driver_sql(EMPTY_POSTGRES)


def _empty_sqlite(connection) -> None:
    """Touch only what holds rows: most tests write to few tables, many to none."""
    full = _with_rows(connection, [*db.metadata.tables, "fulltext_source"])
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    triggers = connection.execute(text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type='trigger'")).all()
    guarding = [trigger for trigger in triggers if trigger.tbl_name in full]
    for trigger in guarding:
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger.name}"')
    for table in reversed(db.metadata.sorted_tables):
        if table.name in full:
            connection.execute(table.delete())
    if "fulltext_source" in full:
        fulltext.clear(connection)
    for trigger in guarding:
        connection.exec_driver_sql(trigger.sql)


def _with_rows(connection, names) -> set[str]:
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    return set(connection.scalars(text(asked)))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def statements(app):
    """Count the statements inside a block: ``with statements() as seen: …; len(seen)``."""

    @contextmanager
    def counting():
        seen = []

        def note(_connection, _cursor, statement, *_rest):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
