"""``flask roadshows``: one-to-one meetings from a file."""

import json
from typing import TextIO

import click
from flask.cli import AppGroup

from listing.refusal import Refusal

from . import solving
from .problem import read

roadshows = AppGroup("roadshows", help="One-to-one meetings of roadshows.")


@roadshows.command("solve")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--time-limit", "seconds", type=click.FloatRange(0.1, 3_600), default=solving.TIME_LIMIT, help="Seconds.")
@click.option("--fair", is_flag=True, help="Let one percent of the weight go to the party with the fewest meetings.")
@click.option("--fewest-gaps", is_flag=True, help="Exchange slots so that parties are less idle between meetings.")
def solve_command(file: TextIO, as_json: bool, **how: object) -> None:
    """Say who of FILE meets whom, when, in which room, and why a wish is not met."""
    try:
        answer = solving.solve(read(json.load(file)), **how).as_data()
    except (Refusal, ValueError, RecursionError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for meeting in answer["meetings"]:
        click.echo("{slot}\t{room}\t{investor}\t{company}".format(**meeting))
    click.echo(f"weight {answer['weight']}, at most {answer['bound']}, {len(answer['unmet'])} wishes not met")
