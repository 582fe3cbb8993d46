"""``flask backup``, ``flask restore``, ``flask sbom``, and ``flask search rebuild`` beside what companies ask."""

import json
from pathlib import Path

import click
from flask import current_app

from listing.companies import evaluation
from listing.companies.search_cli import search
from listing.store.db import db

from . import backup as copying
from . import reindexing
from . import restore as returning
from . import sbom as parts
from .archive import NotABackup

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write database and files into FILE, which must not exist; exit 1 when a content was already lost."""
    try:
        written = copying.write(file, now=current_app.extensions["clock"].now())
    except (FileExistsError, copying.NotMigrated) as refused:
        raise click.ClickException(f"no backup written: {_why(refused)}") from refused
    click.echo(f"{file}: {written.rows} rows, {written.files} files; sessions, mailed links and secrets are not in it")
    _tell_missing(written.missing)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Bring the backup FILE back into an empty, migrated database, all of it or nothing; then verify it."""
    try:
        restored = returning.bring_back(file)
    except (NotABackup, returning.NotHere) as refused:
        raise click.ClickException(f"nothing restored: {refused}") from refused
    click.echo(f"{restored.rows} rows and {restored.files} files restored; the log of {restored.entries} entries holds")
    if not restored.own:
        click.echo("The backup was not signed by this installation's LOG_SIGNING_KEY and LOG_ORIGIN.", err=True)
    _tell_missing(restored.missing)


@click.command()
@click.option("--out", type=FILE, help="Write to a file instead of the screen.")
def sbom(out: Path | None) -> None:
    """Print the locked libraries the product runs on as CycloneDX 1.5 JSON."""
    text = json.dumps(parts.document(Path(current_app.root_path) / "requirements.txt"), indent=1) + "\n"
    if out:
        out.write_text(text)
    else:
        click.echo(text, nl=False)


def _why(refused: Exception) -> str:
    return f"{refused} exists" if isinstance(refused, FileExistsError) else str(refused)


def _tell_missing(missing: list[str]) -> None:
    """Name the contents that rows name and nobody has any more; see ``flask files verify``."""
    for digest in missing:
        click.echo(f"missing or changed before the backup: {digest}", err=True)
    if missing:
        raise SystemExit(1)


@search.command()
def rebuild() -> None:
    """Fill the search index anew from what is published, after an upgrade that reads words differently."""
    with click.progressbar(length=evaluation.size(), label="Indexing") as bar:
        companies, announcements = reindexing.rebuild(progress=bar.update)
    db.session.commit()
    click.echo(f"{companies} companies and {announcements} announcements can be found.")
