"""The entries of the header, by who looks."""

from typing import NamedTuple

from flask import Flask, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError

from listing.access.actor import Actor
from listing.access.gate import actor
from listing.notifications import queries as notices
from listing.store.db import db
from listing.web.languages import address
from listing.web.page import now

# kind of organisation: endpoint of its area
AREAS = {
    "enterprise": "front.studio",
    "agent": "front.studio",
    "investor": "front.desk",
    "organizer": "front.events",
    "operator": "front.review",
}

MESSAGES = "accounts.list_messages"


class Entry(NamedTuple):
    label: str
    href: str
    current: bool
    unread: int = 0


def area(kinds: frozenset[str]) -> str | None:
    """The endpoint of the signed-in area of someone who belongs to organisations of these kinds."""
    return next((AREAS[kind] for kind in AREAS if kind in kinds), None)


def _entry(label: str, endpoint: str, unread: int = 0) -> Entry:
    return Entry(label, address(endpoint), False, unread)


def _messages(person: Actor) -> Entry:
    try:
        unread = notices.unread(person.user_id, now())
    except DBAPIError:  # the page that tells of a database out of reach has a header too
        db.session.rollback()
        unread = 0
    return _entry(_("Messages"), MESSAGES, unread)


def navigation() -> list[Entry]:
    """The entries for the person of this request, in order; current is the one below whose address the page lies."""
    entries = _entries()
    above = [entry.href for entry in entries if f"{request.script_root}{request.path}/".startswith(f"{entry.href}/")]
    return [entry._replace(current=entry.href == max(above, key=len, default=None)) for entry in entries]


def _entries() -> list[Entry]:
    entries = [
        _entry(_("Companies"), "companies.index"),
        _entry(_("Announcements"), "announcements.index"),
        _entry(_("Roadshows"), "roadshows.index"),
        _entry(_("Check texts"), "checking.ask"),
    ]
    person = actor()
    if not person.authenticated:
        return [*entries, _entry(_("Sign in"), "security.login"), _entry(_("Sign up"), "accounts.sign_up")]
    labels = {
        "front.studio": _("Studio"),
        "front.desk": _("Desk"),
        "front.events": _("Events"),
        "front.review": _("Review"),
    }
    own = area(person.kinds())
    if own:
        entries.append(_entry(labels[own], own))
    return [*entries, _messages(person), _entry(_("Account"), "accounts.overview")]


def init_app(app: Flask) -> None:
    """Offer the header's entries to the layout."""
    app.jinja_env.globals["navigation"] = navigation
