"""``flask screening``: take a list in; look a name up."""

import json
from pathlib import Path

import click
from flask import current_app, g
from flask.cli import AppGroup

from listing.access.actor import System
from listing.bilingual.language import LANGUAGES
from listing.refusal import Refusal
from listing.store.db import db, reading
from listing.web.page import words

from . import operations, queries

SHELL = System("command line")

screening = AppGroup("screening", help="Lists of sanctioned persons and of persons in public office.")


@screening.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", required=True, help="Short name of the list, the same for all its versions.")
@click.option("--version", required=True, help="Which version it is, such as its date.")
@click.option("--source", required=True, help="Where it comes from.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en", help="Language of the messages.")
def import_command(file: Path, code: str, version: str, source: str, lang: str) -> None:
    """Take in FILE, CSV in UTF-8 (docs/screening.md); exit 1 when it is refused as a whole."""
    g.language = lang
    now = current_app.extensions["clock"].now()
    about = {"code": code, "version": version, "source": source}
    try:
        row = operations.import_list(**about, content=file.read_bytes(), actor=SHELL, now=now)
    except Refusal as refusal:
        db.session.rollback()
        click.echo(words(refusal))
        raise SystemExit(1) from refusal
    db.session.commit()
    click.echo(f"{row.code} {row.version}: {row.count} persons and entities")


@screening.command("search")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def search_command(name: str, as_json: bool) -> None:
    """Print everybody on a list in force whom NAME may mean, the most alike first."""
    with reading():
        found = [
            {
                "list": one.listed.list.code,
                "reference": one.listed.reference,
                "likeness": one.likeness,
                "listed_as": one.as_name,
                "names": one.listed.names,
            }
            for one in queries.like(name)
        ]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one['likeness']:>3}  {one['list']}  {one['reference']}  {one['listed_as']}")
