"""F23: each way of changing the log by SQL, in a copy of the database each; and a forger who holds the key."""

import json
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from listing.journal import guards
from listing.store.db import db
from tests.journal import forger
from tests.journal.factories import a_log

from .browser import Browser
from .finding import Finding, equal
from .place import ROOT, Place, Server, installed

SIZE = 11


@dataclass(frozen=True, slots=True)
class Mutant:
    """Statements that change the log, and the leaves of which a fault must be named."""

    table: str
    how: str
    statements: tuple[str, ...]
    named: int


def _edit(table: str, what: str, where: str) -> str:
    return f"UPDATE {table} SET {what} WHERE {where}"


def _swapped(table: str, key: str, one: int, other: int, more: str = "") -> tuple[str, ...]:
    steps = ((one, 99), (other, one), (99, other))
    return tuple(_edit(table, f"{key} = {b}", f"{key} = {a}{more}") for a, b in steps)


ENTRY, NODE, HEAD = "journal_entry", "journal_node", "journal_head"
MUTANTS = (
    Mutant(ENTRY, "edit", (_edit(ENTRY, "code = 'company.withdrawn'", '"index" = 4'),), 4),
    Mutant(ENTRY, "delete", (f'DELETE FROM {ENTRY} WHERE "index" = 5',), 5),
    Mutant(ENTRY, "swap", _swapped(ENTRY, '"index"', 3, 4), 3),
    Mutant(ENTRY, "truncate", (f'DELETE FROM {ENTRY} WHERE "index" >= 8',), 8),
    Mutant(ENTRY, "truncate all", (f"DELETE FROM {ENTRY}",), 0),
    Mutant(
        NODE,
        "edit",
        (_edit(NODE, "hash = (SELECT hash FROM journal_node WHERE last = 1)", "last = 3 AND level = 1"),),
        3,
    ),
    Mutant(NODE, "delete", (f"DELETE FROM {NODE} WHERE last = 7 AND level = 2",), 7),
    Mutant(NODE, "swap", _swapped(NODE, "last", 5, 9, " AND level = 1"), 5),
    Mutant(NODE, "truncate", (f"DELETE FROM {NODE}",), 1),
    Mutant(HEAD, "edit", (_edit(HEAD, "size = 8", "id = 1"),), 8),
    Mutant(HEAD, "delete", (f"DELETE FROM {HEAD}",), 0),
)


def mutants(server: Server | None) -> list[Finding]:
    """Every mutant is refused by the guards, and named once the guards are gone; the forger fails at a checkpoint."""
    with installed(server) as place:
        with place.app.app_context():
            a_log(SIZE)
        honest = _verdict(place, place.url)
        found = [equal("the log before", honest["holds"], True)]
        for mutant in MUTANTS:
            found.append(_tried(place, mutant))
        return [*found, *_forged(place)]


def _tried(place: Place, mutant: Mutant) -> Finding:
    copy = _copied(place)
    guarded = _wrote(copy, mutant.statements)
    _wrote(copy, (*guards.removal(make_url(copy).get_backend_name()), *mutant.statements))
    verdict = _verdict(place, copy)
    named = [f"{fault['kind']} {fault['first']}–{fault['last']}" for fault in verdict["faults"]]
    hit = any(fault["first"] <= mutant.named <= fault["last"] for fault in verdict["faults"])
    refused = "refused by the guards" if not guarded else "not guarded"
    unguarded_by_design = mutant.table == HEAD and mutant.how == "edit"
    return Finding(
        f"{mutant.table}: {mutant.how}",
        f"{refused}; named: {', '.join(named[:3])}",
        not verdict["holds"] and hit and (not guarded or unguarded_by_design),
    )


def _copied(place: Place) -> str:
    """The address of a copy of the database."""
    if place.server is None:
        path = place.folder / "mutant.sqlite"
        path.unlink(missing_ok=True)
        with sqlite3.connect(place.folder / "baybridge.sqlite") as source, sqlite3.connect(path) as target:
            source.backup(target)
        return f"sqlite:///{path}"
    with place.app.app_context():
        db.session.remove()
        db.engine.dispose()
    name = make_url(place.url).database
    engine = create_engine(place.server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}_mutant WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}_mutant TEMPLATE {name}"))
    engine.dispose()
    return make_url(place.url).set(database=f"{name}_mutant").render_as_string(hide_password=False)


def _wrote(url: str, statements: tuple[str, ...]) -> bool:
    """Whether the database let all of them through."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except DBAPIError:
        return False
    finally:
        engine.dispose()
    return True


def _verdict(place: Place, url: str) -> dict:
    done = place.flask("log", "verify", "--json", check=False, DATABASE_URL=url)
    verdict = json.loads(done.stdout)
    return {**verdict, "holds": verdict["holds"] and done.returncode == 0}


def _forged(place: Place) -> list[Finding]:
    """A stranger keeps a checkpoint; then everything is rewritten and signed again with the right key."""
    place.web()
    stranger, folder = Browser(place.port), place.folder / "stranger"
    folder.mkdir()

    def fetch(path: str, name: str) -> Path:
        (folder / name).write_text(stranger.get(path).text)
        return folder / name

    key, kept = fetch("/log/key", "key.txt"), fetch("/log/checkpoint", "kept.txt")
    with place.app.app_context():
        forger.write(forger.edit(4, code="company.withdrawn"))
        forger.rebuild()
        a_log(5)
    new, proof = fetch("/log/checkpoint", "new.txt"), fetch(f"/log/consistency?from={SIZE}", "proof.json")
    script = [sys.executable, "-I", str(ROOT / "scripts" / "verify_log.py"), "consistency", str(proof)]
    told = subprocess.run(
        [*script, "--old", str(kept), "--new", str(new), "--key", str(key)], capture_output=True, text=True, check=False
    )
    said = (told.stdout + told.stderr).strip()
    against = place.flask("log", "verify", "--checkpoint", str(kept), check=False)
    shutil.rmtree(folder)
    return [
        equal("forged with the key: verify without a checkpoint", place.log_holds(), True),
        Finding("with the stranger's kept checkpoint", against.stdout.strip(), against.returncode == 1),
        Finding("offline, scripts/verify_log.py", said, told.returncode == 1),
    ]
