"""``flask admission``: what a rule book makes of a case or of all cases; a decision made again from the log."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from listing.bilingual.language import LANGUAGES
from listing.rates.queries import today
from listing.rulebook import decision, plain, words
from listing.rulebook.book import Book
from listing.rulebook.engine import decide
from listing.store.db import reading
from listing.web import formats

from . import books
from .exchange import rates_for
from .replaying import NotRecorded, replay
from .simulating import simulate

admission = AppGroup("admission", help="Admission of investors.")
MOST_BYTES = 1024 * 1024


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


@admission.command("books")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def books_command(as_json: bool) -> None:
    """Print every published version of every rule book."""
    rows = [as_data(book) for book in books.library()]
    if as_json:
        click.echo(_as_json(rows))
        return
    for row in rows:
        click.echo(f"{row['id']:8} {row['version']:12} {row['rules']:3} rules, {len(row['unverified']):2} unverified")


def as_data(book: Book) -> dict[str, object]:
    """What a book says of itself."""
    head = book.head
    return {
        "id": book.id,
        "version": book.version,
        "kind": head.kind,
        "jurisdiction": head.jurisdiction,
        "name": {"zh-Hans": head.name.zh_hans, "zh-Hant": head.name.zh_hant, "en": head.name.en},
        "effective_from": head.effective_from.isoformat(),
        "effective_to": head.effective_to.isoformat() if head.effective_to else None,
        "superseded_by": head.superseded_by,
        "digest": book.digest,
        "rules": len(list(book.rules())),
        "unverified": list(book.unverified()),
    }


@admission.command("evaluate")
@click.option("--book", "name", required=True, metavar="ID[@VERSION]", help="A published book, or a file of one.")
@click.option("--facts", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The relevant day; else the file's, else today.")
@click.option("--json", "as_json", is_flag=True, help="Print the decision with its trace as JSON.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default="en", help="Language of the trace.")
def evaluate_command(name: str, facts: Path, on: datetime | None, as_json: bool, lang: str) -> None:
    """Evaluate a book on the facts of a JSON file (docs/rulebooks.md); exit 1 when the file cannot be taken."""
    now = current_app.extensions["clock"].now()
    try:
        stated = {"on": today(now).isoformat()} | _case(facts) | ({"on": on.date().isoformat()} if on else {})
        case = plain.read(stated)
        book = _book(name, case.on)
        if "rates" not in stated:
            with reading():
                stated["rates"] = plain.record_rates(rates_for(case.facts, (book,), case.on))
            case = plain.read({"thresholds": _thresholds()} | stated)
        found = decide(book, case)
    except (plain.NotACase, books.Broken) as error:
        click.echo(_as_json({"error": str(error)}) if as_json else str(error), err=not as_json)
        raise SystemExit(1) from error
    click.echo(_as_json(decision.record(found)) if as_json else "\n".join(_told(found, book, lang)))


@admission.command("simulate")
@click.option("--book", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def simulate_command(path: Path, as_json: bool) -> None:
    """Say who would gain or lose by a version that is not published yet; changes nothing."""
    try:
        book = books.read(path)
    except books.Broken as error:
        click.echo(_as_json({"error": str(error)}) if as_json else str(error), err=not as_json)
        raise SystemExit(1) from error
    with reading():
        found = simulate(book, current_app.extensions["clock"].now()).as_data()
    if as_json:
        click.echo(_as_json(found))
        return
    click.echo("{book} {version}: {cases} cases, {unchanged} unchanged, {unrecorded} without a record".format(**found))
    for side in ("gain", "lose", "otherwise"):
        for row in found[side]:
            click.echo(
                "{side}: institution {organisation_id}, {before} -> {after}: ".format(side=side, **row), nl=False
            )
            click.echo(", ".join(row["rules"]))


@admission.command("replay")
@click.argument("decision_id", type=click.IntRange(min=1, max=2**31 - 1), metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay_command(decision_id: int, as_json: bool) -> None:
    """Make a decision again from its entry in the log; exit 1 when anything differs or is not recorded."""
    try:
        with reading():
            found = replay(decision_id)
    except NotRecorded as error:
        click.echo(_as_json({"error": str(error)}) if as_json else str(error), err=not as_json)
        raise SystemExit(1) from error
    click.echo(_as_json(found.as_data()) if as_json else "\n".join(_replayed(found.as_data())))
    raise SystemExit(not found.identical)


def _replayed(found: dict):
    yield "decision {decision}, entry {entry}: ".format(**found) + ("identical" if found["identical"] else "DIFFERS")
    for key in ("entry_as_written", "stored_as_logged"):
        if not found[key]:
            yield f"not {key.replace('_', ' ')}"
    for one in found["decisions"]:
        told = "identical" if one["identical"] else one["why"] or ", ".join(one["rules"]) or "the outcome differs"
        yield f"{one['book']} {one['version']}: {told}"


def _case(path: Path) -> dict:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise plain.NotACase(f"{path.name}: larger than {MOST_BYTES // 1024} KB")
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=str, parse_constant=str)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise plain.NotACase(f"{path.name}: not JSON: {error}") from None
    if not isinstance(found, dict):
        raise plain.NotACase(f"{path.name}: not a mapping")
    return found


def _thresholds() -> dict[str, dict]:
    return {key: plain.money_record(amount) for key, amount in current_app.config["RULE_THRESHOLDS"].items()}


def _book(name: str, on) -> Book:
    if name.endswith(".yaml"):
        return books.read(Path(name))
    key, _, version = name.partition("@")
    library = books.library()
    found = library.version(key, version) if version else library.current(key, on)
    if found is None or found.head.kind != "test":
        known = ", ".join(sorted({book.id for book in library if book.head.kind == "test"}))
        raise click.BadParameter(f"{name} is not a book in force on {on}; known: {known}", param_hint="--book")
    return found


def _told(found: decision.Decision, book: Book, lang: str):
    manner = words.Manner(lang, formats.money, formats.day)
    until = formats.day(found.valid_until, lang) if found.valid_until else "-"
    yield f"{found.book} {found.version}: {manner.word('outcomes', found.outcome)} ({found.branch or '-'}, {until})"
    for line in found.trace:
        yield f"{line.rule}: {manner.word('outcomes', line.outcome)}"
        yield from (f"    {said}" for said in words.told(line, manner))
