"""Puts the parts together; nothing else sees them all."""

from pathlib import Path

import structlog
from flask import Flask
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Base, from_environment
from listing import almanac, cli
from listing.access import gate
from listing.accounts import bearer, door
from listing.accounts import setup as accounts
from listing.accounts.queries import is_active
from listing.admission import books
from listing.admission import views as admission
from listing.admission.queries import known
from listing.admission.views import books as rulebooks
from listing.admission.views import confirming, trying
from listing.alerts import views as alerts
from listing.api import views as api
from listing.checking import views as checking
from listing.clock import Clock, SystemClock
from listing.companies import comparing, covers, embedding, factsheets, importing, readers, revisions
from listing.companies import views as companies
from listing.companies import wording as own_terms
from listing.disclosure import standards
from listing.disclosure import views as disclosure
from listing.disclosure.announcements import categories, figures, headlines, windows
from listing.disclosure.announcements import views as announcements
from listing.disclosure.announcements.standard import book
from listing.disclosure.obligations import views as obligations
from listing.evidence import views as evidence
from listing.evidence.keyring import Keyring
from listing.files.models import StoredFile
from listing.front import investors, metrics, navigation, panels, reporting, wording
from listing.front import views as front
from listing.journal import views as journal
from listing.personal import views as personal
from listing.policy import POLICY
from listing.profiles import views as profiles
from listing.profiles.models import Profile, ProfileSheet, Submission
from listing.rates import views as rates
from listing.reviewing import views as reviewing
from listing.roadshows import views as roadshows
from listing.roadshows.meetings import views as meetings
from listing.roadshows.presenting import views as presenting
from listing.screening import views as screening
from listing.store import migrating
from listing.store.db import db
from listing.suitability import matrix
from listing.suitability import views as suitability
from listing.suitability.queries import weighing
from listing.web import assets, bodies, errors, form, headers, interrupted, languages, telemetry, templating
from listing.web import database as turns
from listing.web.page import now
from listing.webhooks import views as webhooks

ROOT = Path(__file__).parent.parent
ROOMS = (
    journal,
    checking,
    companies,
    factsheets,
    comparing,
    revisions,
    embedding,
    covers,
    importing,
    own_terms,
    readers,
    alerts,
    profiles,
    reviewing,
    admission,
    disclosure,
    announcements,
    obligations,
    rulebooks,
    evidence,
    confirming,
    trying,
    rates,
    screening,
    front,
    investors,
    api,
    webhooks,
    personal,
    suitability,
    roadshows,
    meetings,
    presenting,
    reporting,
    wording,
    metrics,
)
# Tables that no page reads yet: every table must be known before migrations are compared with the models.
UNREAD = (Profile, ProfileSheet, StoredFile, Submission)
log = structlog.get_logger()


def create_app(settings: Base | None = None, clock: Clock | None = None) -> Flask:
    """Build the application; tests pass their settings and clock.

    Raises Broken for a book or a calendar that is none, BadKeys for keys of evidence that are none.
    """
    app = Flask(
        __name__,
        root_path=str(ROOT),
        template_folder="templates",
        static_folder=None,
        instance_path=str(ROOT / "instance"),
    )
    app.static_folder = str(ROOT / "static")  # served by web/assets.py, not by a route of Flask's own
    app.config.from_object(settings or from_environment())
    almanac.install(app.config["CALENDARS"])
    standards.published()
    matrix.published()
    categories.categories()
    headlines.sheet()
    figures.sheet()
    book.published()
    windows.of(app.config["ANNOUNCEMENT_WINDOWS"])
    app.config["RULE_THRESHOLDS"] = books.thresholds(app.config["RULE_THRESHOLDS"], books.library())
    Keyring.of(app.config)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.extensions["clock"] = clock or SystemClock()
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
    db.init_app(app)
    migrating.init_app(app, ROOT / "migrations")
    telemetry.init_app(app)
    headers.init_app(app)
    turns.init_app(app)
    bodies.init_app(app)
    Babel(app, locale_selector=languages.locale)
    csrf = CSRFProtect(app)
    csrf.exempt(alerts.stop)  # the token in its address is the right to do it; see there
    languages.init_app(app)
    templating.init_app(app)
    form.init_app(app)
    assets.init_app(app)
    accounts.init_app(app)
    gate.init_app(app, POLICY, lambda: weighing(known(bearer.current_actor(), now()), now()))
    interrupted.init_app(app, browser=door.device_secret, is_active=is_active)
    errors.init_app(app, sign_in="security.login", keep=interrupted.keep)
    navigation.init_app(app)
    panels.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.bp)
    app.register_blueprint(roadshows.managing)
    csrf.exempt(api.bp)  # who asks there is known by a key and never by a cookie
    cli.init_app(app)
    return app
