"""Commands of ``flask evidence``: another key for what is kept, and whether all of it still opens."""

import json

import click
from flask.cli import AppGroup
from sqlalchemy import select

from listing.store.db import db, reading

from .keyring import UnknownKey
from .models import Evidence
from .operations import opening, rewrapping
from .rules import Unopenable
from .sealing import Tampered

evidence = AppGroup("evidence", help="The vault of evidence.")


@evidence.command("rotate-keys")
def rotate_keys() -> None:
    """Wrap every file's key under the first key of EVIDENCE_KEYS; may be run again, and while all goes on."""
    try:
        click.echo(f"{rewrapping.rewrap()} wrapped anew")
    except (UnknownKey, Tampered) as error:
        raise click.ClickException(f"stopped: {type(error).__name__} {error}") from error


@evidence.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Open everything without showing it; exit 1 when some does not open."""
    wrong = []
    with reading():
        for file in db.session.scalars(select(Evidence).where(Evidence.destroyed_at.is_(None)).order_by(Evidence.id)):
            try:
                opening.plain(file).close()
            except Unopenable:
                wrong.append(file.id)
    click.echo(json.dumps(wrong) if as_json else "\n".join(map(str, wrong)) or "all of it opens")
    if wrong:
        raise SystemExit(1)
