"""Commands of ``flask files``: whether all that is named is there unchanged, and away with what nobody names."""

import json

import click
from flask.cli import AppGroup

from listing.clock import SystemClock
from listing.store.db import reading

from . import operations, queries, storage

files = AppGroup("files", help="What people uploaded.")


@files.command("sweep")
def sweep() -> None:
    """Remove content that no row has named for a day."""
    click.echo(f"{operations.sweep(now=SystemClock().now())} removed")


@files.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(as_json: bool) -> None:
    """Read all content again; exit 1 when some is missing or changed."""
    place = storage.place()
    with reading():
        wrong = {digest: state for digest in queries.digests() if (state := storage.state(place, digest)) != "ok"}
    click.echo(
        json.dumps(wrong) if as_json else "\n".join(f"{s} {d}" for d, s in wrong.items()) or "all there, unchanged"
    )
    if wrong:
        raise SystemExit(1)
