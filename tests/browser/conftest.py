"""A real Chromium before a real server over the demo market."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask_migrate import upgrade
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from config import Testing
from listing.clock import SystemClock
from listing.demo import load as demo
from listing.factory import create_app
from listing.notifications import dispatch
from listing.store.db import db

from ..conftest import IN_CI

CHROMIUM = shutil.which("chromium")
PATIENCE = 60_000  # milliseconds: the machine may stand still for seconds
expect.set_options(timeout=PATIENCE)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Site:
    """The running site, its application and the folder its mail lands in."""

    url: str
    app: object
    mail: Path

    def letters(self) -> list[str]:
        """Send what waits and return every letter so far, oldest first."""
        with self.app.app_context():
            dispatch.run(now=self.app.extensions["clock"].now())
            db.session.remove()
        return [path.read_text() for path in sorted(self.mail.glob("*.eml"), key=lambda p: p.stat().st_mtime)]


@cache
def _migrated() -> bytes:
    """A database with every table and no row, made once: running all migrations takes seconds for each site."""
    settings = Testing()
    with TemporaryDirectory() as folder:
        settings.SQLALCHEMY_DATABASE_URI = f"sqlite:///{folder}/empty.sqlite"
        with create_app(settings, SystemClock()).app_context():
            upgrade()
            db.session.remove()
            with closing(db.engine.raw_connection()) as own:
                return own.driver_connection.serialize()


@contextmanager
def served(folder: Path, clock, compiled) -> Iterator[Site]:
    """A site of its own in ``folder``, with an empty database, on a free port of this machine."""
    settings = Testing()
    (folder / "site.sqlite").write_bytes(_migrated())
    settings.SQLALCHEMY_DATABASE_URI = f"sqlite:///{folder / 'site.sqlite'}"
    settings.MAIL_FOLDER = str(folder / "mail")
    settings.DEMO = True
    server = make_server("127.0.0.1", 0, None, threaded=True)
    settings.PUBLIC_URL = f"http://localhost:{server.server_port}"
    app = create_app(settings, clock)
    app.jinja_env.bytecode_cache = compiled
    server.app = app
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(settings.PUBLIC_URL, app, folder / "mail")
    server.shutdown()


@pytest.fixture(scope="session")
def site(tmp_path_factory, compiled):
    """The site with the demo market loaded."""
    folder = tmp_path_factory.mktemp("site")
    with served(folder, SystemClock(), compiled) as site:
        with site.app.app_context():
            demo.load(keep_at=folder / "demo.json", now=site.app.extensions["clock"].now())
            db.session.commit()
            db.session.remove()
        yield site


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        message = "Chromium is missing: apt-get install chromium"
        if IN_CI:
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Open pages in a fresh browser of the given width, theme and language, with or without JavaScript."""
    contexts = []

    def open_page(width=1280, *, dark=False, locale="en", scripts=True, height=900):
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_page
    for context in contexts:
        context.close()
