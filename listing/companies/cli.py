"""``flask companies``: the operator's import from the command line."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from flask import current_app, g
from flask.cli import AppGroup
from flask_babel import gettext as _

from listing.access.actor import System
from listing.bilingual.language import LANGUAGES
from listing.store.db import db, reading
from listing.web.page import words

from . import rules
from .forms import MOST_SOURCE
from .operations.importing import ALL_OR_NOTHING, SKIP_BAD_ROWS, Report, import_companies
from .reading.findings import REFUSED, TooLarge, Unreadable
from .reading.prepared import Prepared, prepare
from .reading.tables import MOST_BYTES

MOST_SHOWN = 200
SHELL = System("command line")

companies = AppGroup("companies", help="Companies on display.")


def _source(_ctx: click.Context, _option: click.Parameter, text: str) -> str:
    try:
        return rules.line(text)[:MOST_SOURCE]
    except rules.HostileCharacters as refusal:
        raise click.BadParameter(refusal.message) from refusal


@companies.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--skip-bad-rows", is_flag=True, help="Import the sound rows although others are refused.")
@click.option("--source", default="", metavar="TEXT", callback=_source, help="Source of rows that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en", help="Language of the messages.")
def import_command(file: Path, dry_run: bool, skip_bad_rows: bool, source: str, as_json: bool, lang: str) -> None:
    """Import imported facts from FILE: CSV, XLSX or JSON lines (docs/import.md); exit 1 when something is refused."""
    g.language = lang
    mode = SKIP_BAD_ROWS if skip_bad_rows else ALL_OR_NOTHING
    try:
        prepared = _prepared(file, source, quiet=as_json)
        report = _imported(prepared, mode, dry_run, quiet=as_json)
    except Unreadable as refusal:
        click.echo(
            json.dumps({"applied": False, "error": words(refusal)}, ensure_ascii=False) if as_json else words(refusal)
        )
        raise SystemExit(1) from refusal
    click.echo(json.dumps(as_data(report), ensure_ascii=False) if as_json else _as_text(report))
    if report.refused:
        raise SystemExit(1)


def _prepared(file: Path, source: str, *, quiet: bool) -> Prepared:
    if file.stat().st_size > MOST_BYTES:
        raise TooLarge(most=MOST_BYTES // 1024**2)
    data = file.read_bytes()
    # A workbook is packed, so its rows cannot be counted beforehand.
    lines = 0 if data.startswith(b"PK") else data.count(b"\n") + 1
    with _bar(lines, _("Reading"), quiet or not lines) as progress:
        return prepare(data, progress, source)


def _imported(prepared: Prepared, mode: str, dry_run: bool, *, quiet: bool) -> Report:
    now = current_app.extensions["clock"].now()
    kwargs = {"file": prepared, "mode": mode, "dry_run": dry_run, "actor": SHELL, "now": now}
    if dry_run:
        with reading():
            return import_companies(**kwargs)
    with _bar(len(prepared.entries), _("Importing"), quiet) as progress:
        report = import_companies(**kwargs, progress=progress)
    db.session.commit()
    return report


class _Bar:
    """A progress bar told how much is done, where click's wants to be told how much more."""

    def __init__(self, length: int, label: str):
        self.bar = click.progressbar(length=length, label=label, file=sys.stderr)
        self.done = 0

    def __enter__(self):
        self.bar.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.__exit__(*exception)

    def __call__(self, done: int) -> None:
        self.bar.update(done - self.done)
        self.done = done


def _bar(length: int, label: str, quiet: bool):
    return nullcontext() if quiet else _Bar(length, label)


def as_data(report: Report) -> dict[str, object]:
    """The report for JSON."""
    found = [finding.as_data() | {"message": _(finding.message, **finding.params)} for finding in report.findings]
    about = {"sha256": report.file.digest, "format": report.file.format, "encoding": report.file.encoding}
    done = {"applied": report.applied, "dry_run": report.dry_run, "mode": report.mode}
    return done | about | report.counts() | {"findings": found}


def _as_text(report: Report) -> str:
    lines = []
    grave_first = sorted(report.findings, key=lambda finding: (finding.gravity != REFUSED, finding.line))
    for finding in grave_first[:MOST_SHOWN]:
        where = _("line %(line)s", line=finding.line) if finding.line else _("whole file")
        lines.append(f"{where}: {_(finding.message, **finding.params)}")
    if len(report.findings) > MOST_SHOWN:
        lines.append(_("and %(more)s more findings", more=len(report.findings) - MOST_SHOWN))
    lines.append(
        _(
            "%(rows)s rows: %(created)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused",
            **report.counts(),
        )
    )
    if report.applied:
        lines.append(_("Imported."))
    else:
        lines.append(_("Nothing has changed (dry run).") if report.dry_run else _("Nothing has changed."))
    return "\n".join(lines)
