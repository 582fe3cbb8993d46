"""``flask demo``: load the demo market, and say how to sign in to it."""

import json

import click
from flask import current_app
from flask.cli import AppGroup

from listing.refusal import Refusal

from . import admissions
from . import load as market
from .people import SignIn

demo = AppGroup("demo", help="The fictional demo market.")


@demo.command("load")
@click.option("--companies", type=click.IntRange(0, 200_000), default=0, help="Fill up with copies to this many.")
@click.option("--investors", type=click.IntRange(0, 20_000), default=0, help="Add this many numbered investors.")
def load_command(companies: int, investors: int) -> None:
    """Load the demo market into an empty database; refuses in production."""
    try:
        if not current_app.config["DEMO"]:
            raise market.NotHere
        loaded = _load(companies, investors)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{loaded.companies} companies, {len(loaded.sign_ins)} people loaded.")
    show_accounts()


def _load(companies: int = 0, investors: int = 0) -> market.Loaded:
    now = current_app.extensions["clock"].now()
    keep_at = market.sign_ins_file(current_app)
    return market.load(keep_at=keep_at, now=now, company_count=companies, investor_count=investors)


@demo.command("accounts")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def accounts_command(as_json: bool) -> None:
    """Print the sign-ins of the demo market, with the seed of one-time codes where one is set."""
    if not as_json:
        show_accounts(every=True)
        return
    found = market.kept(market.sign_ins_file(current_app))
    told = [sign_in.as_data() | {"admission": admissions.standing(sign_in)} for sign_in in found]
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def load_if_empty() -> None:
    """Load the demo market on the first start."""
    if market.is_empty():
        loaded = _load()
        click.echo(f"Demo market: {loaded.companies} fictional companies, {len(loaded.sign_ins)} people.")


def show_accounts(*, every: bool = False) -> None:
    """Print how to sign in: one person for each role, or ``every`` one."""
    found = market.kept(market.sign_ins_file(current_app))
    first = {(sign_in.kind, sign_in.role): sign_in for sign_in in reversed(found)}
    shown = [sign_in for sign_in in found if every or first[sign_in.kind, sign_in.role] is sign_in]
    if shown:
        click.echo("Demo sign-ins (all of them: flask demo accounts --json)")
    for sign_in in shown:
        click.echo(_line(sign_in))


def _line(sign_in: SignIn) -> str:
    who = f"{sign_in.kind} {sign_in.role}"
    seed = f"  TOTP {sign_in.totp_seed}" if sign_in.totp_seed else ""
    standing = admissions.standing(sign_in)
    return f"  {who:22} {sign_in.email:40} {sign_in.password}{seed}{f'  {standing}' if standing else ''}"
