"""``flask users``: what the operator does to accounts from the command line. Each command is journalled."""

from collections.abc import Callable

import click
from flask import current_app

from listing.access.actor import System
from listing.bilingual.language import LANGUAGES
from listing.refusal import Refusal
from listing.store.db import db

from . import queries, rules
from .models import Organisation, User
from .operations import people, sessions, signing_up

SHELL = System("command line")


@click.group()
def users() -> None:
    """Create, close and repair accounts."""


@users.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice(rules.ROLES), required=True)
@click.option("--organisation", "organisation_id", type=int, help="An organisation that exists, by number.")
@click.option(
    "--kind",
    type=click.Choice(rules.KINDS),
    default=rules.OPERATOR,
    show_default=True,
    help="Kind of a new organisation.",
)
@click.option(
    "--organisation-name", help="Name of a new organisation; the operator's existing one is used when none is given."
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
def create(
    email: str,
    name: str,
    role: str,
    organisation_id: int | None,
    kind: str,
    organisation_name: str | None,
    language: str,
) -> None:
    """Create an account and print the link with which its owner sets a password; it works once, for three days."""
    now = current_app.extensions["clock"].now()
    place = _organisation(organisation_id, kind, organisation_name, language, now)
    try:
        _user, token = people.create(
            name=name, email=email, organisation=place, role=role, language=language, actor=SHELL, now=now
        )
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{current_app.config['PUBLIC_URL'].rstrip('/')}/{language}/reset/{token}")


def _organisation(organisation_id: int | None, kind: str, name: str | None, language: str, now) -> Organisation:
    if organisation_id is not None:
        return queries.organisation(organisation_id) or _stop(f"no organisation {organisation_id}")
    if name is None:
        return queries.first_of_kind(kind) or _stop("name the organisation: --organisation-name")
    side = LANGUAGES[language].side
    names = {"name_zh": name if side == "zh" else "", "name_en": name if side == "en" else ""}
    row = signing_up.new_organisation(kind=kind, language=language, now=now, **names)
    db.session.add(row)
    db.session.flush()
    return row


def _stop(why: str):
    raise click.ClickException(why)


def _to(email: str, operation: Callable, told: str) -> None:
    user: User = queries.person(email=email) or _stop(f"no account {email}")
    operation(user=user, actor=SHELL, now=current_app.extensions["clock"].now())
    db.session.commit()
    click.echo(told)


@users.command()
@click.argument("email")
def disable(email: str) -> None:
    """Close an account; whoever is signed in with it is out at once."""
    _to(email, people.disable, "disabled")


@users.command()
@click.argument("email")
def enable(email: str) -> None:
    """Open a closed account again."""
    _to(email, people.enable, "enabled")


@users.command("end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """Sign a person out everywhere."""
    _to(email, sessions.end_all_of, "sessions ended")


@users.command("reset-2fa")
@click.argument("email")
def reset_2fa(email: str) -> None:
    """Take codes, recovery codes and passkeys away from somebody who lost them."""
    _to(email, people.reset_second_factor, "second factor reset")
