"""Loads the demo market in one transaction, and keeps its sign-ins in a file only its owner can read."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask

from listing.accounts import queries as accounts
from listing.companies import queries as companies
from listing.companies.operations import bulk
from listing.companies.rules import DEMO
from listing.journal import operations as journal
from listing.profiles.rules import PUBLISHED
from listing.refusal import N_, Refusal
from listing.store.db import db

from . import (
    admissions,
    announcements,
    duties,
    earlier,
    held,
    leaving,
    meetings,
    people,
    profiles,
    rates,
    roadshow,
    standard_forms,
)
from .enterprises import reviewers, tell
from .people import LOADER, SignIn


class NotHere(Refusal):
    message = N_("The demo market is for development only; this installation does not allow it.")


class NotEmpty(Refusal):
    message = N_("The demo market is loaded into an empty database only; this one holds companies or accounts.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded."""

    companies: int
    sign_ins: list[SignIn]


def sign_ins_file(app: Flask) -> Path:
    """Where the sign-ins of this installation are kept."""
    return Path(app.instance_path) / "demo.json"


def is_empty() -> bool:
    """Whether nothing was ever put into the database that a demo market could get mixed up with."""
    return not companies.displayed_count() and not accounts.first_of_kind("operator")


def load(*, keep_at: Path, now: datetime, company_count: int = 0, investor_count: int = 0) -> Loaded:
    """Load the written market, and copies for load tests where the counts ask for more; commits. Raises NotEmpty."""
    if not is_empty():
        raise NotEmpty
    enterprises = profiles.written() + profiles.unfinished()
    rates.state(now=now)
    organisations, sign_ins = people.load(enterprises, now)
    team = reviewers()
    for enterprise in enterprises:
        tell(enterprise, organisation_id=organisations[enterprise.slug], team=team, now=now)
    duties.tell(organisations, team=team, now=now)
    admissions.tell(sign_ins, team=team, now=now)
    admissions.consider(now=now)
    organizer = accounts.first_of_kind("organizer").id
    show = roadshow.plan(organisation_id=organizer, now=now)
    meetings.tell(show, now)
    meetings.wait(show.days[-1], profiles.read("roadshow.yaml")["guests"], now)
    roadshow.discuss(show, profiles.read("roadshow.yaml"), now)
    held.hold(organisation_id=organizer, now=now)
    earlier.announce(now=now)
    announcements.announce(now=now)
    standard_forms.fill_in(now=now)
    leaving.tell(sign_ins, now=now)
    written = [enterprise for enterprise in enterprises if enterprise.state == PUBLISHED]
    copies = list(profiles.copies(written, max(0, company_count - len(written))))
    bulk.add(copies, origin=DEMO, now=now, progress=lambda _done: None)
    sign_ins += people.investors(investor_count, now)
    data = {"companies": len(written), "copies": len(copies), "people": len(sign_ins)}
    journal.append(code="demo.loaded", data=data, actor=LOADER, now=now)
    _keep(keep_at, sign_ins)
    db.session.commit()
    return Loaded(len(written) + len(copies), sign_ins)


def _keep(path: Path, sign_ins: list[SignIn]) -> None:
    """Note the sign-ins of this database beside those of others that this installation was pointed at."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    markets = _markets(path) | {_this_database(): [sign_in.as_data() for sign_in in sign_ins]}
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(markets, ensure_ascii=False, indent=1), encoding="utf-8")


def _markets(path: Path) -> dict[str, list[dict[str, str]]]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _this_database() -> str:
    return db.engine.url.render_as_string(hide_password=True)


def kept(path: Path) -> list[SignIn]:
    """The sign-ins of the market that is in the database; none where it was emptied since, or holds another one."""
    found = [SignIn(**row) for row in _markets(path).get(_this_database(), ())]
    return found if found and accounts.person(email=found[0].email) else []
