"""The demo market, loaded once a database; what a test changes in it is gone before the next one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from listing.demo import load, profiles
from listing.demo.people import SignIn
from listing.store.db import db

from ..conftest import installed, postgres
from ..factories import NOW


@dataclass(frozen=True)
class Market:
    """An installation with the market of two companies, the file its sign-ins are kept in, and those sign-ins."""

    app: Flask
    keep_at: Path
    sign_ins: list[SignIn]
    restore: Callable[[], None]


@pytest.fixture
def keep_at(tmp_path):
    return tmp_path / "demo.json"


def _choose(patch: pytest.MonkeyPatch) -> None:
    chosen = [each for each in profiles.written() if each.slug in ("yanwei-medical", "lone-sampan")]
    patch.setattr(profiles, "written", lambda: chosen)


@pytest.fixture
def few(monkeypatch):
    """Two companies are enough where it does not matter how many there are."""
    _choose(monkeypatch)


@pytest.fixture(scope="session")
def loaded(database_url, worker, tmp_path_factory, compiled):
    """The market in a database of its own, and a copy of that database as the loading left it."""
    folder = tmp_path_factory.mktemp("market")
    own, copy = f"market_{worker}", f"market_{worker}_loaded"
    on_a_server = make_url(database_url).get_backend_name() == "postgresql"
    app = installed(postgres(own) if on_a_server else f"sqlite:///{folder / own}", folder, compiled)
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        _choose(patch)
        sign_ins = load.load(keep_at=folder / "demo.json", now=NOW).sign_ins
        _leave()

    def turn(source: str, target: str) -> None:
        if on_a_server:
            postgres(target, source)
            return
        for former in folder.glob(f"{target}-*"):  # the log of the one that goes
            former.unlink()
        (folder / target).unlink(missing_ok=True)
        shutil.copy(folder / source, folder / target)

    turn(own, copy)
    return Market(app, folder / "demo.json", sign_ins, lambda: turn(copy, own))


def _leave() -> None:
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def market(loaded, few):
    """Enter the market as the loading left it."""
    loaded.restore()
    with loaded.app.app_context():
        yield loaded
        _leave()
