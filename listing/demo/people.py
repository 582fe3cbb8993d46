"""The people of the demo market and how they sign in.

Decides that nobody in it has a password known beforehand: each load makes new ones, with a seed for one-time codes
where the role asks for a second factor.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from flask import current_app
from flask_security import hash_password

from listing.access.actor import System
from listing.accounts import rules
from listing.accounts.operations import membership, signing_up
from listing.store.db import db

from . import profiles
from .profiles import Enterprise

LOADER = System("demo market")
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a person of the demo market signs in; ``totp_seed`` is base32, empty where no second factor is set."""

    key: str
    name: str
    email: str
    password: str
    totp_seed: str
    organisation: str
    kind: str
    role: str
    language: str

    def as_data(self) -> dict[str, str]:
        """The sign-in for JSON."""
        return asdict(self)


def load(enterprises: Iterable[Enterprise], now: datetime) -> tuple[dict[str, int], list[SignIn]]:
    """Create organisations and people; return the organisations of the enterprises by slug, and the sign-ins.

    An enterprise of which nobody is written down has its contact person for an owner, who signs and never signs in.
    """
    source = profiles.read("people.yaml")
    organisations = {row["id"]: _organisation(row, now) for row in source["organisations"]}
    db.session.flush()
    sign_ins = [_person(row, organisations[row["organisation"]], now) for row in source["people"]]
    found = {row["company"]: organisations[row["id"]].id for row in source["organisations"] if "company" in row}
    return {each.slug: found.get(each.slug) or _contact(each, now) for each in enterprises}, sign_ins


def _contact(enterprise: Enterprise, now: datetime) -> int:
    organisation = _organisation({"kind": rules.ENTERPRISE, **enterprise.row["names"]}, now)
    contact, language = enterprise.answers["contact"], enterprise.row["prevailing"]
    if language == "zh":
        language = "zh-Hant" if enterprise.script == "Hant" else "zh-Hans"
    user = signing_up.new_user(
        name=contact["person.en" if language == "en" else "person.zh"],
        email=contact["email"],
        password=None,
        language=language,
        now=now,
    )
    db.session.add(organisation)
    _admit(user, organisation, rules.OWNER, now)
    return organisation.id


def _organisation(row: dict, now: datetime):
    language = "zh-Hant" if row["script"] == "Hant" else "zh-Hans"
    organisation = signing_up.new_organisation(
        kind=row["kind"], name_zh=row["zh"], name_en=row["en"], language=language, now=now
    )
    db.session.add(organisation)
    return organisation


def _person(row: dict, organisation, now: datetime) -> SignIn:
    role = row.get("duty") or row["role"]
    name = row["name_en"] if row["language"] == "en" else row["name_zh"]
    password = new_password()
    user = signing_up.new_user(name=name, email=row["email"], password=password, language=row["language"], now=now)
    seed = _second_factor(user) if rules.must_have_second_factor(organisation.kind, role) else ""
    _admit(user, organisation, role, now)
    return SignIn(
        key=row["key"],
        name=name,
        email=row["email"],
        password=password,
        totp_seed=seed,
        organisation=organisation.name("en"),
        kind=organisation.kind,
        role=role,
        language=row["language"],
    )


def _admit(user, organisation, role: str, now: datetime) -> None:
    db.session.add(user)
    db.session.flush()
    signing_up.mark_confirmed(user, now)
    membership.admit(organisation=organisation, user=user, role=role, actor=LOADER, now=now)


def new_password() -> str:
    """A password of four groups of four, which can be typed from a screen."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _second_factor(user) -> str:
    """Set up one-time codes for the person; return the seed in base32."""
    codes = current_app.extensions["security"]._totp_factory
    user.tf_totp_secret = codes.generate_totp_secret()
    user.tf_primary_method = "authenticator"
    return re.sub(r"[^A-Z2-7]", "", codes.get_totp_pretty_key(user.tf_totp_secret).upper())


def investors(count: int, now: datetime) -> Iterator[SignIn]:
    """Create numbered investors for load tests, each with an organisation; they share one password to save time."""
    password = new_password()
    hashed = hash_password(password)
    for number in range(1, count + 1):
        organisation = signing_up.new_organisation(
            kind=rules.INVESTOR,
            name_zh=f"压力测试投资者 {number}",
            name_en=f"Load-test investor {number}",
            language="zh-Hans",
            now=now,
        )
        db.session.add(organisation)
        email = f"investor-{number}@load-test.example"
        user = signing_up.new_user(
            name=f"Load-test investor {number}", email=email, password=None, language="en", now=now
        )
        user.password = hashed
        _admit(user, organisation, rules.OWNER, now)
        yield SignIn(
            f"load-test-{number}", user.name, email, password, "", user.name, rules.INVESTOR, rules.OWNER, "en"
        )
