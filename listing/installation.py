"""The commands of an installation as a whole: its routes, its first start, its health."""

import json

import click
from flask import current_app

from listing.demo import cli as demo
from listing.front import health
from listing.later import flask_migrate


@click.command("routes-policy")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def routes_policy(as_json: bool) -> None:
    """Print every route with its methods and the permission it needs."""
    rows = sorted(
        {
            "rule": rule.rule,
            "methods": sorted(rule.methods - {"HEAD", "OPTIONS"}),
            "endpoint": rule.endpoint,
            "permission": getattr(current_app.view_functions[rule.endpoint], "permission", None),
        }.items()
        for rule in current_app.url_map.iter_rules()
    )
    table = [dict(row) for row in rows]
    if as_json:
        click.echo(json.dumps(table, indent=1))
        return
    for row in table:
        click.echo(f"{','.join(row['methods']):12} {row['rule']:60} {row['permission']}")


@click.command("prepare")
def prepare() -> None:
    """Bring the database up to date, load the demo market into an empty one, and say where to sign in."""
    flask_migrate.upgrade()
    if current_app.config["DEMO"]:
        demo.load_if_empty()
        demo.show_accounts()
    if current_app.config["MAIL_BACKEND"] == "file":
        click.echo(f"Mail is not sent but written to {current_app.config['MAIL_FOLDER']}/")
    click.echo(f"Baybridge is at {current_app.config['PUBLIC_URL']}/  (Ctrl-C stops it)")


@click.command("doctor")
def doctor() -> None:
    """Check secrets, cookie flags, catalogues, fonts, database and scheduler; exit 1 when something is wrong."""
    found = health.examine(current_app)
    for item in found:
        click.echo(f"{'ok  ' if item.holds else 'FAIL'} {item.name}: {item.detail}")
    if not all(item.holds for item in found):
        raise SystemExit(1)
