"""``flask log``: check the whole log, sign a checkpoint of it, show one entry's content to whom it belongs."""

import json
from base64 import b64encode
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from listing.store.db import reading

from . import queries
from .checkpoint import BadCheckpoint, BadKey, Checkpoint, Signer, Verifier, verify
from .verification import Verdict
from .verification import verify as verify_log

SHOWN = 50

log = AppGroup("log", help="The append-only log of all changes.")


@log.command("verify")
@click.option("--checkpoint", "kept", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", help="Verifier key of the checkpoint, where it is not this installation's present one.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def verify_command(kept: Path | None, key: str | None, as_json: bool):
    """Check every entry and subtree, and that the log continues the one of a kept checkpoint."""
    earlier = _trusted(kept, key) if kept else None
    with reading():
        verdict = verify_log(earlier)
    click.echo(json.dumps(_as_data(verdict)) if as_json else _as_text(verdict))
    if not verdict.holds:
        raise SystemExit(1)


@log.command("checkpoint")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def checkpoint_command(out: Path):
    """Check the whole log, and write a signed checkpoint of it; write none of a log that does not hold."""
    with reading():
        verdict = verify_log()
    if not verdict.holds:
        raise click.ClickException(f"no checkpoint written\n{_as_text(verdict)}")
    signer = Signer.of(current_app.config)
    out.write_text(signer.sign(size=verdict.size, root=verdict.root))
    click.echo(f"{out}: {verdict.size} entries, key {signer.verifier()}")


@log.command("opening")
@click.argument("index", type=click.IntRange(min=0))
def opening_command(index: int):
    """Print the salt and content of an entry as JSON, for the person it concerns."""
    with reading():
        row = queries.entry(index)
    if row is None:
        raise click.ClickException(f"the log has no entry {index}")
    click.echo(json.dumps(queries.opening(row), ensure_ascii=False))


def _trusted(kept: Path, key: str | None) -> Checkpoint:
    try:
        verifier = Verifier.parse(key) if key else Signer.of(current_app.config).verifier()
        return verify(kept.read_text(), verifier)
    except (BadCheckpoint, BadKey, UnicodeDecodeError) as refused:
        raise click.ClickException(f"{kept}: {refused}") from refused


def _as_data(verdict: Verdict) -> dict[str, object]:
    faults = [{"kind": fault.kind, "first": fault.first, "last": fault.last} for fault in verdict.faults]
    root = b64encode(verdict.root).decode()
    return {"holds": verdict.holds, "size": verdict.size, "root": root, "faults": faults}


def _as_text(verdict: Verdict) -> str:
    if verdict.holds:
        return f"holds: {verdict.size} entries, root {b64encode(verdict.root).decode()}"
    lines = [f"{fault.kind}: entries {fault.first} to {fault.last}" for fault in verdict.faults[:SHOWN]]
    more = len(verdict.faults) - len(lines)
    return "\n".join([*lines, *([f"and {more} more"] if more else [])])
