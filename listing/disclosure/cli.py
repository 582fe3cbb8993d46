"""``flask disclosure``: what a period's end makes due and why, what a company owes, how completely it discloses."""

import json
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale

from listing.bilingual.language import LANGUAGES
from listing.calendars import REGIONS
from listing.companies import rows
from listing.refusal import Refusal
from listing.rulebook.node import Broken
from listing.store.db import reading
from listing.web.page import words

from . import rules, standards, wording
from .obligations import affected, queries, told

disclosure = AppGroup("disclosure", help="What companies on display disclose, and by when.")


@disclosure.command("due")
@click.option("--company", "code", help="The code of a company: what it owes. Else a standard and a period.")
@click.option("--standard", "name", default="", help="A tier and a version, such as growth@2026.")
@click.option("--period-end", "end", type=click.DateTime(["%Y-%m-%d"]), help="The end of a period.")
@click.option("--place", type=click.Choice(REGIONS), default="CN", help="The place whose days count.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the reasons in three languages.")
def due_command(code: str | None, name: str, end: datetime | None, place: str, as_json: bool) -> None:
    """Print what a company owes, or what the end of a period makes due; exit 1 when that cannot be said."""
    if code is not None:
        _print_company(code, as_json)
        return
    if not name or end is None:
        raise click.UsageError("Give --company, or --standard with --period-end.")
    try:
        standard, tier = rules.named(name, standards.published())
        found = rules.after_period(standard, tier, end.date(), place)
    except Refusal as refusal:
        click.echo(json.dumps({"error": words(refusal)}) if as_json else words(refusal))
        raise SystemExit(1) from refusal
    if as_json:
        _print([as_data(one) for one in found])
        return
    for one in found:
        click.echo(f"{_iso(one.due and one.due.day) or 'with it':10}  {one.item.id}  {one.item.name.en}")


@disclosure.command("affected")
@click.option("--standard", "name", default="", help="A published version, such as 2027, or growth@2027 for one tier.")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Or a draft of one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def affected_command(name: str, path: Path | None, as_json: bool) -> None:
    """Say whom a version of the standard affects, from when, and what falls due first; changes nothing.

    Exit 1 for what is no version, or none that may be published.
    """
    if bool(name) == bool(path):
        raise click.UsageError("Give --standard, or --file.")
    now = current_app.extensions["clock"].now()
    try:
        standard, tier = _draft(path, now) if path else _named(name)
        with reading():
            found = affected.as_data(affected.affected(standard, now, tier=tier))
    except (Refusal, Broken) as error:
        said = words(error) if isinstance(error, Refusal) else str(error)
        click.echo(json.dumps({"error": said}, ensure_ascii=False) if as_json else said)
        raise SystemExit(1) from error
    if as_json:
        _print(found)
        return
    click.echo("{version} from {effective_from}, after {before}: {companies} companies".format(**found))
    for one in found["changes"]:
        subject = (
            f"{one['item']}  {one['name']['en']}" if one["item"] else ", ".join(w["what"] for w in one["differences"])
        )
        by = one["first_due"] or one["no_day_because"] or "-"
        click.echo(f"{one['change']:8} {one['tier']:9} {one['companies']:6}  {by:11} {subject}")


def _named(name: str) -> tuple[standards.Standard, str]:
    """A published version, and the tier if one is meant. Raises UnknownStandard."""
    tier, at, version = name.rpartition("@")
    if at:
        return rules.named(name, standards.published())
    if version not in standards.published():
        raise rules.UnknownStandard(name=name)
    return standards.published()[version], tier


def _draft(path: Path, now: datetime) -> tuple[standards.Standard, str]:
    """The version of a file, of all tiers. Raises Broken and what ``affected.check_draft`` raises."""
    standard = standards.of_file(path)
    affected.check_draft(standard, now)
    return standard, ""


def _print_company(code: str, as_json: bool) -> None:
    calendar = _calendar(code, as_json)
    if as_json:
        _print(told.lines(calendar))
        return
    for line in calendar.lines:
        click.echo(f"{line.by}  {line.state:8}  {line.item.id}  {line.item.name.en}")


@disclosure.command("completeness")
@click.option("--company", "code", required=True, help="The code of a company.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def completeness_command(code: str, as_json: bool) -> None:
    """Print how completely and punctually a company disclosed, item by item; exit 1 for a code nobody has."""
    found = told.completeness(_calendar(code, as_json))
    if as_json:
        _print(found)
        return
    whole = found["completeness"]
    shares = (f"{name} {one['part']} of {one['of']}" for name, one in found["scores"].items())
    click.echo("  ".join((found["standard"] or "no tier", f"completeness {whole['met']} of {whole['of']}", *shares)))
    for one in found["items"]:
        click.echo(f"{one['by'] or '-':10}  {one['state'] or 'nothing yet':11}  {one['item']}  {one['name']['en']}")


def _calendar(code: str, as_json: bool) -> queries.Calendar:
    company = rows.by_code(code)
    if company is None:
        unknown = f"No company has the code {code}."
        click.echo(json.dumps({"error": unknown}) if as_json else unknown)
        raise SystemExit(1)
    return queries.calendar(company, current_app.extensions["clock"].now())


def _print(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def as_data(one: rules.Obligation) -> dict[str, object]:
    """One obligation for JSON."""
    return {
        "item": one.item.id,
        "name": {"zh-Hans": one.item.name.zh_hans, "zh-Hant": one.item.name.zh_hant, "en": one.item.name.en},
        "every": one.occasion.every,
        "need": one.need,
        "deadline": one.occasion.due.text,
        "due": _iso(one.due and one.due.day),
        "last_working_day_before": _iso(one.due and one.due.at_leisure),
        "because": _because(one),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _because(one: rules.Obligation) -> dict[str, list[str]]:
    if one.due is None:
        return {}
    said = {}
    for code, language in LANGUAGES.items():
        with force_locale(language.locale):
            said[code] = wording.explained(one.due, code)
    return said
