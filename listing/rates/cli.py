"""``flask rates``: take in the reference rates of the European Central Bank; print what is known."""

import json
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app, g
from flask.cli import AppGroup
from flask_babel import gettext as _

from listing.access.actor import System
from listing.bilingual.language import LANGUAGES
from listing.store.db import db, reading
from listing.web.page import words

from . import ecb, operations, queries, rules
from .models import StatedRate

SHELL = System("command line")

rates = AppGroup("rates", help="Reference rates between currencies.")


@rates.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--correct", is_flag=True, help="Let a rate that contradicts a known one of the same day stand from now on."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en", help="Language of the messages.")
def import_command(file: Path, correct: bool, as_json: bool, lang: str) -> None:
    """Take in FILE, CSV or XML of the European Central Bank (docs/rates.md); exit 1 when it is refused as a whole."""
    g.language = lang
    now = current_app.extensions["clock"].now()
    try:
        if file.stat().st_size > ecb.MOST_BYTES:
            raise ecb.TooLarge(most=ecb.MOST_BYTES // 1024**2)
        report = operations.import_rates(data=file.read_bytes(), correct=correct, actor=SHELL, now=now)
    except ecb.Unreadable as refusal:
        db.session.rollback()
        said = words(refusal)
        click.echo(json.dumps({"applied": False, "error": said}, ensure_ascii=False) if as_json else said)
        raise SystemExit(1) from refusal
    db.session.commit()
    click.echo(json.dumps({"applied": True} | report.as_data()) if as_json else _as_text(report))


def _as_text(report: operations.Report) -> str:
    said = _(
        "%(added)s rates new, %(corrected)s corrected, %(unchanged)s unchanged; %(first)s to %(last)s.",
        **report.as_data(),
    )
    if not report.passed_over:
        return said
    return f"{said}\n{_('Passed over: %(codes)s', codes=', '.join(report.passed_over))}"


@rates.command("list")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; today when not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(on: datetime | None, as_json: bool) -> None:
    """Print the latest rate of each pair, with its day, age, kind and source."""
    day = on.date() if on else queries.today(current_app.extensions["clock"].now())
    with reading():
        rows = [as_data(row, day) for row in queries.latest(on=day)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        usable = "" if row["usable"] else "  too old"
        click.echo(
            f"{row['base']}/{row['quote']}  {row['value']:>12}  {row['day']}  {row['kind']}  {row['source']}{usable}"
        )


def as_data(row: StatedRate, on: date) -> dict[str, object]:
    """One rate for JSON, and whether it may be used on a day."""
    return {
        "base": row.base,
        "quote": row.quote,
        "value": rules.plain(row.value),
        "day": row.day.isoformat(),
        "age_days": (on - row.day).days,
        "usable": bool(rules.usable([row.leg], on)),
        "kind": row.kind,
        "source": row.source,
        "at": row.at.isoformat(),
        "entered_by": row.entered_by,
        "entered_at": row.entered_at.isoformat(),
    }
