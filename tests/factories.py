"""One function a table; every argument optional and overridable by name. No randomness."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from time import time

from flask import current_app
from flask_security import hash_password

from listing.access.actor import SYSTEM
from listing.access.scope import Scope
from listing.accounts.devices import digest
from listing.accounts.models import AccessKey, Invitation, Membership, Organisation, User, WebSession
from listing.accounts.sessions import kept_of
from listing.admission.consent_models import Consent
from listing.companies.facts import Facts, Passage
from listing.companies.models import Reading
from listing.companies.operations import publishing
from listing.store.db import db
from listing.webhooks.models import Delivery, Webhook
from listing.webhooks.seal import sealed

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PASSWORD = "lantern harbour seven"
serial = count(1)
hashed = cache(hash_password)  # Argon2 is slow on purpose


def saved(row):
    """Add the row and flush, so that it has its id."""
    db.session.add(row)
    db.session.flush()
    return row


def an_organisation(kind="enterprise", **fields):
    n = next(serial)
    return saved(
        Organisation(**{"kind": kind, "name_zh": f"示例机构{n}", "name_en": f"Example {n}", "created_at": NOW} | fields)
    )


def a_user(**fields):
    """A confirmed person whose password is PASSWORD."""
    n = next(serial)
    defaults = {
        "email": f"person{n}@example.com",
        "name": f"Person {n}",
        "password": hashed(PASSWORD),
        "active": True,
        "confirmed_at": NOW,
        "created_at": NOW,
        "language": "en",
        "fs_uniquifier": f"person-{n}",
        "fs_webauthn_user_handle": f"handle-{n}",
    }
    return saved(User(**defaults | fields))


def a_member(organisation=None, role="owner", user=None, **fields):
    """A person in an organisation, both made when not given; returns the membership."""
    organisation = organisation or an_organisation()
    values = {"organisation": organisation, "user": user or a_user(), "role": role, "since": NOW}
    return saved(Membership(**values | fields))


def a_company(facts=None, *, market="GBA", code=None, origin="demo", passages=(), **fields):
    """A company on display with its first revision, found by searches; ``fields`` are facts by name.

    ``passages`` are tuples (section, zh, en). Give ``organisation_id`` and ``slug`` as for the operation.
    """
    n = next(serial)
    own = {name: fields.pop(name) for name in ("organisation_id", "slug", "now") if name in fields}
    named = {"name_zh": f"示例企业{n}有限公司", "name_en": f"Sample Enterprise {n} Limited"}
    texts = tuple(Passage(section, zh, en) for section, zh, en in passages)
    company = publishing.display(
        market=market,
        code=code or f"TEST-{n}",
        origin=origin,
        facts=facts or Facts(**named | fields, passages=texts),
        actor=SYSTEM,
        **{"now": NOW} | own,
    )
    db.session.flush()
    return company


def an_invitation(organisation, **fields):
    n = next(serial)
    values = {
        "organisation": organisation,
        "email": f"invited{n}@example.com",
        "role": "editor",
        "token_hash": digest(f"invitation-{n}"),
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=7),
    }
    return saved(Invitation(**values | fields))


def a_session(user, token, **fields):
    """A browser signed in as ``user`` whose cookie is ``token``; fresh by the machine's clock."""
    values = {
        "token_hash": kept_of(token, current_app.secret_key),
        "user_id": user.id,
        "data": {"_user_id": user.fs_uniquifier, "_fresh": True, "fs_paa": time()},
        "label": "Chrome · Linux",
        "network": "127.0.0.0/24",
        "created_at": NOW,
        "seen_at": NOW,
        "expires_at": NOW + timedelta(hours=1),
    }
    return saved(WebSession(**values | fields))


def signed_in(client, user):
    """The client, with the cookie of a session of ``user``; None stays signed out."""
    if user is not None:
        token = f"session-{next(serial)}"
        a_session(user, token)
        db.session.commit()
        client.set_cookie("session", token)
    return client


def a_key(user, *scopes, organisation=None, **fields):
    """A key of a person's program and its text; it may do all there is when no scope is given."""
    token = f"bbk_{next(serial):043d}"
    values = {
        "user": user,
        "organisation": organisation,
        "name": "Report",
        "scopes": sorted(scopes or Scope),
        "token_hash": kept_of(token, current_app.secret_key),
        "end": token[-4:],
        "created_at": NOW,
        "expires_at": NOW + timedelta(days=30),
    }
    return saved(AccessKey(**values | fields)), token


def a_webhook(organisation, **fields):
    """An address of an organisation's server that is told of suspensions."""
    values = {
        "organisation_id": organisation.id,
        "address": "https://hooks.example.com/baybridge",
        "kinds": ["company.suspended"],
        "secret": sealed(b"secret", current_app.secret_key),
        "since": 0,
        "created_at": NOW,
    }
    return saved(Webhook(**values | fields))


def a_delivery(webhook, **fields):
    """Something that arrived at an address."""
    n = next(serial)
    values = {
        "webhook": webhook,
        "entry": n,
        "kind": "company.suspended",
        "key": f"msg_{n}",
        "body": "{}",
        "state": "delivered",
        "created_at": NOW,
        "due_at": NOW,
        "tried_at": NOW,
        "attempts": 1,
        "status": 204,
    }
    return saved(Delivery(**values | fields))


def a_reading(company, institution_id):
    """That people of an admitted institution opened the page of a company."""
    key = {"company_id": company.id, "day": NOW.date(), "what": "page", "tier": 2, "institution_id": institution_id}
    return saved(Reading(**key, number=1))


def a_consent(organisation_id, user, **fields):
    """What a person answered for an institution; given, unless said otherwise."""
    values = {"purpose": "disclosure", "number": 1, "act": "given", "version": 1, "language": "en", "digest": ""}
    who = {"organisation_id": organisation_id, "account_id": user.id, "at": NOW}
    return saved(Consent(**values | who | fields))
