"""``flask disclosure``: what the end of a period makes due, on which day and why."""

import json
from datetime import date, datetime

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from listing.bilingual.language import LANGUAGES
from listing.calendars import REGIONS
from listing.refusal import Refusal
from listing.web.page import words

from . import rules, standards, wording

disclosure = AppGroup("disclosure", help="What companies on display disclose, and by when.")


@disclosure.command("due")
@click.option("--standard", "name", required=True, help="A tier and a version, such as growth@2026.")
@click.option("--period-end", "end", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The end of a period.")
@click.option("--place", type=click.Choice(REGIONS), default="CN", help="The place whose days count.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the reasons in three languages.")
def due_command(name: str, end: datetime, place: str, as_json: bool) -> None:
    """Print what the end of a period makes due; exit 1 when that cannot be said."""
    try:
        standard, tier = rules.named(name, standards.published())
        found = rules.after_period(standard, tier, end.date(), place)
    except Refusal as refusal:
        click.echo(json.dumps({"error": words(refusal)}) if as_json else words(refusal))
        raise SystemExit(1) from refusal
    if as_json:
        click.echo(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one.due.day if one.due else 'with it  ':10}  {one.item.id}  {one.item.name.en}")


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
