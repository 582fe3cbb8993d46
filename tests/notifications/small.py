"""A small application with nothing but the outbox and the scheduler; the processes that tests kill build it too.

Every table stands, because the scheduler tidies in all of them.
"""

import tempfile
from pathlib import Path

from flask import Flask
from flask_babel import Babel, get_locale
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from listing.clock import Clock, SystemClock
from listing.notifications.models import Notice
from listing.reminders import cli
from listing.reminders.models import Heartbeat
from listing.store.db import Model, db

ROOT = Path(__file__).parents[2]


def make(url: str, clock: Clock | None = None, **settings) -> Flask:
    """The application on the database ``url``; ``settings`` override the mail settings."""
    app = Flask(__name__)
    app.config.update(
        TESTING=True,
        SQLALCHEMY_DATABASE_URI=url,
        PUBLIC_URL="https://market.example",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        MAIL_BACKEND="smtp",
        MAIL_FOLDER="",
        MAIL_FROM="湾桥 Baybridge <noreply@market.example>",
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=1,
        SMTP_TIMEOUT=20,
        SMTP_TLS=False,
        SMTP_USER="",
        SMTP_PASSWORD="",
        REMINDER_LEASE=120,
        FILES_URL=Path(tempfile.gettempdir(), "baybridge-no-files").as_uri(),
    )
    app.config.update(settings)
    folders = (ROOT / "templates", Path(__file__).parent / "templates")
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["clock"] = clock or SystemClock()
    db.init_app(app)
    Babel(app)
    app.jinja_env.globals["locale"] = get_locale
    app.cli.add_command(cli.scheduler)
    app.cli.add_command(cli.reminders)
    return app


def make_tables() -> None:
    Model.metadata.create_all(db.engine)


def empty() -> None:
    for model in (Notice, Heartbeat):
        db.session.execute(db.delete(model))
    db.session.commit()
