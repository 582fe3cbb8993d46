"""``flask retention``: what is kept until when, what is destroyed, and what a legal hold keeps."""

import json

import click
from flask import current_app
from flask.cli import AppGroup

from listing import calendars
from listing.access.actor import System
from listing.evidence import queries as vault
from listing.evidence.operations import ending
from listing.store.db import db

from . import retention as classes

OPERATOR = System("command line")

retention = AppGroup("retention", help="How long papers are kept.")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would be destroyed, and destroy nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def run_command(dry_run: bool, as_json: bool) -> None:
    """Destroy the papers whose time is over; the scheduler does so every hour."""
    now = current_app.extensions["clock"].now()
    on, last, rows = now.astimezone(calendars.ZONES["HK"]).date(), 0, []
    while found := classes.kept(after=last):
        rows += [_row(one, on) for one in found]
        last = found[-1].file.id
    if not dry_run:
        classes.run(now=now)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("{id}  {class:10} {until:10}  {verdict:9} {source}".format(**row))
    over = sum(row["verdict"] == "over" for row in rows)
    click.echo(f"{len(rows)} papers, {over} {'would be' if dry_run else 'were'} destroyed.")


def _row(one: classes.Kept, on) -> dict[str, str]:
    verdict = "held" if one.held else "over" if one.is_over(on) else "kept"
    until = one.until.isoformat() if one.until else "-"
    return {"id": one.file.uid, "class": one.kind, "until": until, "verdict": verdict, "source": one.source}


@retention.command("hold")
@click.argument("uid")
@click.option("--why", required=True, help="The proceedings or order that ask for it.")
def hold_command(uid: str, why: str) -> None:
    """Keep a paper whatever its class says."""
    ending.hold(file=_file(uid), why=why, actor=OPERATOR, now=current_app.extensions["clock"].now())
    db.session.commit()


@retention.command("release")
@click.argument("uid")
def release_command(uid: str) -> None:
    """End the hold on a paper."""
    ending.release(file=_file(uid), actor=OPERATOR, now=current_app.extensions["clock"].now())
    db.session.commit()


def _file(uid: str) -> vault.Evidence:
    found = vault.get(uid)
    if found is None:
        raise click.ClickException(f"There is no paper {uid}.")
    return found
