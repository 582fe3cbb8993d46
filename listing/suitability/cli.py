"""``flask suitability``: what the matrix says of a level and a company, and the matrix itself; changes nothing."""

import json

import click
from flask import current_app
from flask.cli import AppGroup

from listing.companies import queries as companies
from listing.companies import rows, weighed
from listing.rulebook.vocabulary import Label
from listing.store.db import reading

from . import matrix as matrices
from . import queries, rules

suitability = AppGroup("suitability", help="Which investor is suited to which company.")


@suitability.command("match")
@click.option("--investor-level", "level", type=click.Choice([*matrices.INVESTOR_LEVELS, matrices.NONE]), required=True)
@click.option("--company", "name", required=True, metavar="CODE", help="A company's code, or the name in its address.")
@click.option("--book", default="CN-REM", show_default=True, help="The rule book of the admission.")
@click.option("--class", "investor_class", default=matrices.ORDINARY, show_default=True, help="Its class.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def match_command(level: str, name: str, book: str, investor_class: str, as_json: bool) -> None:
    """Say whether an investor of a level is suited to a company, by which rule and why; exit 1 when there is none."""
    now = current_app.extensions["clock"].now()
    with reading():
        company = rows.by_code(name) or next(iter(companies.by_slug(name) or ()), None)
        facts = weighed.facts([company.id])[company.id] if company else None
        risk = queries.risks([company.id], now)[company.id] if company else None
    if facts is None:
        raise click.ClickException(f"there is no company {name}")
    found, answered = queries.matrix(now), "" if level == matrices.NONE else level
    own = rules.held(found, rules.Investor(0, book, investor_class, answered, now), now)
    said = as_data(rules.match(found, own, risk), facts)
    click.echo(json.dumps(said, ensure_ascii=False, indent=1) if as_json else "\n".join(_told(said)))


def as_data(verdict: rules.Verdict, facts: dict) -> dict[str, object]:
    """A verdict in plain form, with the facts it rests on."""
    return {
        "outcome": verdict.outcome,
        "matrix": verdict.matrix.version,
        "digest": verdict.matrix.digest,
        "regime": verdict.regime.id,
        "clause": verdict.regime.standing.clause,
        "status": verdict.regime.standing.status,
        "investor_level": verdict.tolerance.level or matrices.NONE,
        "risk_level": verdict.risk.level,
        "reasons": [{"by": by, **_said(label)} for label, by in verdict.risk.reasons],
        "set_by_hand": verdict.risk.note is not None,
        "facts": facts,
    }


def _said(label: Label) -> dict[str, str]:
    return {"zh-Hans": label.zh_hans, "zh-Hant": label.zh_hant, "en": label.en}


def _told(said: dict):
    yield "{investor_level} and {risk_level}: {outcome} ({regime}, matrix {matrix}; {clause})".format(**said)
    yield from (f"  {row['en']}" + (f" ({row['by']:+d})" if row["by"] else "") for row in said["reasons"])


@suitability.command("matrix")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def matrix_command(as_json: bool) -> None:
    """Print every regime of the matrix in force with its cells."""
    found = queries.matrix(current_app.extensions["clock"].now())
    if as_json:
        click.echo(json.dumps(_matrix(found), ensure_ascii=False, indent=1))
        return
    for regime in found.regimes:
        click.echo(f"{regime.id} ({', '.join(regime.books)}; {', '.join(regime.classes)}), {regime.standing.status}")
        for level, cells in regime.cells.items():
            click.echo(f"  {level:5}" + "".join(f"{cell:10}" for cell in cells))


def _matrix(found: matrices.Matrix) -> dict[str, object]:
    return {
        "version": found.version,
        "digest": found.digest,
        "effective_from": found.effective_from.isoformat(),
        "validity": str(found.validity),
        "acts": list(found.acts),
        "regimes": [
            {
                "id": one.id,
                "books": list(one.books),
                "classes": list(one.classes),
                "clause": one.standing.clause,
                "status": one.standing.status,
                "cells": {level: list(cells) for level, cells in one.cells.items()},
            }
            for one in found.regimes
        ],
    }
