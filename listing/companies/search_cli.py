"""``flask search QUERY``: what a visitor would find; ``flask search evaluate``: how surely names find their company.

What fills the index anew, ``flask search rebuild``, knows every room that is searched and stands in listing/upkeep.
"""

import json

import click

from listing.access.actor import Tier
from listing.store.db import reading

from . import evaluation, matches, queries

SHOWN = 25


class QueryFirst(click.Group):
    """A group whose first word is a query unless it is one of the commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``search WORDS --json`` as ``search find WORDS --json``."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["find", *args]
        return super().parse_args(ctx, args)


@click.group(cls=QueryFirst, options_metavar="QUERY", subcommand_metavar="| find QUERY | evaluate | rebuild")
def search() -> None:
    """Search the companies on display as somebody who has not signed in."""


@search.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--limit", default=SHOWN, show_default=True, type=click.IntRange(1, queries.MOST_RANKED))
def find(query: str, as_json: bool, limit: int) -> None:
    """Print the companies a query finds, best first."""
    with reading():
        found = matches.best(query, tier=Tier.PUBLIC, limit=limit)
    if as_json:
        click.echo(json.dumps([match._asdict() for match in found], ensure_ascii=False, indent=1))
        return
    for match in found:
        click.echo(f"{match.market:8} {match.code:14} {match.name_zh}  {match.name_en}  {match.score}")


@search.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(as_json: bool) -> None:
    """Search every company by each of its names and print how often it comes first; identical names tie."""
    with reading(), click.progressbar(length=evaluation.size(), label="Searching", hidden=as_json) as bar:
        results = evaluation.evaluate(lambda: bar.update(1))
    if as_json:
        rows = {kind: {**result._asdict(), "share": result.share} for kind, result in results.items()}
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for kind, result in results.items():
        click.echo(f"{kind:14} {result.first:6} of {result.asked:6}  {result.share:8.2%}")
        for query, code in result.missed[:5]:
            click.echo(f"{'':14} {code} {query}")
