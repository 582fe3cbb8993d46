"""``flask supervision``: export what happened for the regulator; check a file that was exported."""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from listing.journal.checkpoint import BadKey, Signer, Verifier
from listing.store.db import reading

from . import exporting, sm2, verification
from .exporting import Beginning
from .seals import HouseSeal, Seal
from .verification import Verdict

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

supervision = AppGroup("supervision", help="What the regulator is given.")


@supervision.command("export")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="From the first entry of that day on.")
@click.option("--after", type=_FILE, help="Go on where that file ended; it is checked first.")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="A file that is not there yet; else print.")
def export_command(since: datetime | None, after: Path | None, to: Path | None) -> None:
    """Write every version of every object that the log tells of, from a day or from the end of a file on."""
    if (since is None) == (after is None):
        raise click.UsageError("Give either --since or --after.")
    with reading(), _told_without_sm2():
        seal = _seal()
        begins = exporting.since(since.date()) if since else _continued(after, seal.public)
        found = exporting.lines(begins, seal)
        _write(found, to) if to else _print(found)


@contextmanager
def _told_without_sm2() -> Iterator[None]:
    try:
        yield
    except sm2.NoSm2 as missing:
        raise click.ClickException(str(missing)) from missing


def _seal() -> Seal:
    """SM2 where the installation has such a key, else the key of the log."""
    key = current_app.config["SUPERVISION_SM2_KEY"]
    return sm2.Sm2Seal(Path(key)) if key else HouseSeal(Signer.of(current_app.config))


def _continued(file: Path, public: str) -> Beginning:
    verdict = _verdict(file, public)
    if not verdict.holds:
        raise click.ClickException(f"{file} does not hold\n{_as_text(verdict)}")
    return Beginning(verdict.cursor, verdict.end)


def _write(lines: Iterable[bytes], to: Path) -> None:
    """Write a new file whole or not at all."""
    part = to.with_name(f"{to.name}.part")
    if to.exists():
        raise click.ClickException(f"{to} is there already; what was exported is never written over")
    try:
        with part.open("wb") as target:
            target.writelines(lines)
        part.rename(to)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{to}: written")


def _print(lines: Iterable[bytes]) -> None:
    for line in lines:
        click.echo(line, nl=False)


@supervision.command("verify")
@click.argument("file", type=_FILE)
@click.option(
    "--key",
    help="The key that has to have sealed it, else this installation's: as /log/key gives it, or an SM2 key in PEM.",
)
@click.option("--after", type=_FILE, help="Check as well that it goes on where that file ended.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify_command(file: Path, key: str | None, after: Path | None, as_json: bool) -> None:
    """Check seals, shapes, versions and completeness of an exported file; exit 0 only when all of it holds."""
    with _told_without_sm2():
        public = _public(key)
        verdict = _verdict(file, public)
        if after and verdict.after != _verdict(after, public).end:
            verdict.faults.append(verification.Fault(1, f"does not go on where {after} ended"))
    click.echo(json.dumps(_as_data(verdict)) if as_json else _as_text(verdict))
    if not verdict.holds:
        raise SystemExit(1)


def _public(key: str | None) -> str:
    if key is None:
        return _seal().public
    try:
        return sm2.public_of(Path(key)) if Path(key).is_file() else b64encode(Verifier.parse(key).public).decode()
    except BadKey as refused:
        raise click.ClickException(str(refused)) from refused


def _verdict(file: Path, public: str) -> Verdict:
    with file.open("rb") as lines:
        return verification.verify(lines, public)


def _as_data(verdict: Verdict) -> dict[str, object]:
    faults = [{"line": fault.line, "reason": fault.reason} for fault in verdict.faults]
    counted = {"objects": verdict.objects, "exceptions": verdict.exceptions}
    told = counted | {"first": verdict.first, "cursor": verdict.cursor, "after": verdict.after}
    return {"holds": verdict.holds, **told, "faults": faults}


def _as_text(verdict: Verdict) -> str:
    if verdict.holds:
        left_out = f", {verdict.exceptions} exceptions" if verdict.exceptions else ""
        return (
            f"holds: {verdict.objects} objects{left_out} of the entries from {verdict.first} to before {verdict.cursor}"
        )
    return "\n".join(f"line {fault.line}: {fault.reason}" for fault in verdict.faults)
