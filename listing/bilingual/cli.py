"""``flask bilingual``: figures and findings as JSON lines, and how well both are found.

Decides how lines are read and written. A line that cannot be read is answered with an error on its own line, so that
one bad line does not cost the others.
"""

import json
from collections.abc import Callable
from pathlib import Path

import click

from listing.bilingual.agreement import check as findings
from listing.bilingual.agreement import evaluation
from listing.bilingual.figures import figures as read
from listing.bilingual.sentences import measuring
from listing.bilingual.terms import CompanyTerm
from listing.bilingual.terms import check as wording


@click.group("bilingual")
def bilingual() -> None:
    """Read figures and compare the two sides of texts."""


def _answer(answer: Callable[[str], dict[str, object]]) -> None:
    for line in click.open_file("-", encoding="utf-8", errors="replace"):
        if line.strip():
            try:
                record = answer(line.rstrip("\r\n"))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                record = {"error": f"{type(error).__name__}: {error}"}
            # JSON can smuggle half surrogates in (\\ud800), which no output takes.
            click.echo(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"))


@bilingual.command("figures")
@click.option("--lang", type=click.Choice(["zh", "en"]), required=True, help="The language of the lines.")
def figures(lang: str) -> None:
    """Print the figures of each line of standard input as one JSON object."""
    _answer(lambda line: {"text": line, "figures": [figure.record() for figure in read(line, lang)]})


def _worded(line: str) -> dict[str, object]:
    pair = json.loads(line)
    own = [CompanyTerm(term["zh"], term["en"]) for term in pair.get("company_terms", ())]
    return {"id": pair.get("id"), "findings": [finding.record() for finding in wording(pair["zh"], pair["en"], own)]}


@bilingual.command("terms")
def terms() -> None:
    """Print where each pair (id, zh, en) of standard input leaves the term list or holds forbidden wording."""
    _answer(_worded)


def _checked(line: str) -> dict[str, object]:
    pair = json.loads(line)
    return {"id": pair.get("id"), "findings": [finding.record() for finding in findings(pair["zh"], pair["en"])]}


@bilingual.command("check")
def check() -> None:
    """Print what does not agree in each pair (id, zh, en) of standard input as one JSON object."""
    _answer(_checked)


@bilingual.command("evaluate")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder of the data.",
)
def evaluate(data: Path) -> None:
    """Print the tables of docs/bilingual.md for a folder of pairs and cases."""
    click.echo("| table | rows | part | counted | of | share |\n|---|---|---|---:|---:|---:|")
    for row in evaluation.evaluate(data):
        click.echo(f"| {row.table} | {row.name} | {row.part} | {row.hits} | {row.rows} | {row.share} |")
    click.echo("\n| alignment of sentences | right links | found pairs |\n|---|---:|---:|")
    for found in measuring.alignment(data):
        click.echo(f"| {found.name} | {found.right} of {found.links} | {found.found} of {found.pairs} |")
    click.echo(f"\n{evaluation.speed(data):.0f} pairs of at most 60 Chinese characters in a second of one core")
