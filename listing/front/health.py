"""Whether the service is alive, ready and rightly set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from listing import calendars
from listing.companies.factsheet import press
from listing.later import alembic_migration, alembic_script
from listing.notifications import queries as notices
from listing.refusal import N_
from listing.reminders import queries as heartbeats
from listing.store.db import db
from listing.web.page import now

MAX_HEARTBEAT_AGE = timedelta(seconds=90)
MAX_MESSAGE_DELAY = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``needed`` findings decide readiness."""

    name: str
    holds: bool
    message: str  # a page says it in the reader's language, a program reads ``detail``
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """The message in English with its figures."""
        return self.message % self.params if self.params else self.message


def _database() -> Finding:
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return Finding("database", False, type(error).__name__)
    return Finding("database", True, db.engine.dialect.name)


def _migrations() -> Finding:
    heads = alembic_script.ScriptDirectory(str(Path(current_app.root_path) / "migrations")).get_heads()
    with db.engine.connect() as connection:
        current = alembic_migration.MigrationContext.configure(connection).get_current_heads()
    said = {"current": ", ".join(current) or "–", "head": ", ".join(heads)}
    return Finding("migrations", set(heads) == set(current), N_("at %(current)s, head %(head)s"), said)


def _seconds(span: timedelta) -> dict[str, int]:
    return {"seconds": int(span.total_seconds())}


def _scheduler() -> Finding:
    age = heartbeats.heartbeat_age(now())
    if age is None:
        return Finding("scheduler", False, N_("never seen"))
    return Finding("scheduler", age <= MAX_HEARTBEAT_AGE, N_("last heartbeat %(seconds)s s ago"), _seconds(age))


def _outbox() -> Finding:
    late = notices.standing(now()).overdue
    if late is None:
        return Finding("outbox", True, N_("nothing waits"))
    return Finding("outbox", late <= MAX_MESSAGE_DELAY, N_("oldest due message %(seconds)s s late"), _seconds(late))


def readiness() -> list[Finding]:
    """What must hold before traffic is sent here."""
    database = _database()
    if not database.holds:
        return [database]
    return [database, _migrations(), _scheduler(), _outbox()]


def _fonts(app: Flask) -> Finding:
    """Whether factsheets can be set."""
    missing = press.missing(app.config["FONTS_FOLDER"])
    return Finding("fonts", not missing, ", ".join(missing) + " missing" if missing else "Noto Sans CJK")


def _calendars(app: Flask) -> Finding:
    """Which years are entered of each place; every one has to have the present one."""
    entered = {region: [year for place, year in calendars.years() if place == region] for region in calendars.REGIONS}
    spans = ", ".join(f"{region} {min(years)}–{max(years)}" for region, years in entered.items())
    own = f"; {app.config['CALENDARS']} besides" if app.config["CALENDARS"] else ""
    return Finding("calendars", all(now().year in years for years in entered.values()), spans + own)


def _settings(app: Flask) -> list[Finding]:
    secrets = {name: len(app.config[name]) >= 32 for name in app.config["SECRETS"]}
    secure = app.config["SESSION_COOKIE_SECURE"]
    catalogues = sorted(Path(app.root_path).glob("translations/*/LC_MESSAGES/messages.mo"))
    return [
        Finding(
            "secrets",
            all(secrets.values()),
            ", ".join(f"{n} {'set' if ok else 'too short'}" for n, ok in secrets.items()),
        ),
        Finding("debug", not app.debug, "on" if app.debug else "off"),
        Finding(
            "cookies",
            secure or app.config["PUBLIC_URL"].startswith(("http://localhost", "http://127.0.0.1")),
            "Secure" if secure else "plain http, this machine only",
        ),
        _fonts(app),
        _calendars(app),
        Finding("catalogues", len(catalogues) == 3, f"{len(catalogues)} of 3 compiled"),
    ]


def examine(app: Flask) -> list[Finding]:
    """Settings and readiness together, for ``flask doctor``."""
    return _settings(app) + readiness()
