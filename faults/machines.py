"""Two web servers and two schedulers of which one each is killed; the demo market on an empty machine."""

import json
import time
from collections import Counter

from sqlalchemy import text

from listing.demo import load as market
from listing.store.db import db
from listing.upkeep import tables
from tests.notifications.sink import Sink

from .finding import Finding, at_most, equal
from .load import Writers
from .place import Place, Server, free_port, installed, wait_for

CLIENTS = 8


def one_of_each_killed(server: Server | None, clients: int = CLIENTS) -> list[Finding]:
    """Clients write through both web servers; the leading scheduler and one web server are killed and stay away."""
    with Sink() as sink:
        mail = {"MAIL_BACKEND": "smtp", "SMTP_HOST": "127.0.0.1", "SMTP_PORT": sink.port, "REMINDER_LEASE": 20}
        with installed(server, **mail) as place:
            return _killed(place, sink, clients)


def _killed(place: Place, sink: Sink, clients: int) -> list[Finding]:
    ports = [place.port, free_port()]
    first, second = place.webs(ports)
    leading, standing_by = place.scheduler(), place.scheduler()
    with Writers(place, clients, ports) as writers:
        wait_for(lambda: writers.count >= 3 * clients and len(sink.taken) >= clients, 90, "writes and mails")
        leading.kill()
        first.kill()
        before, mails = writers.count, len(sink.taken)
        wait_for(lambda: writers.count >= before + 3 * clients, 90, "writes after the kills")
        wait_for(lambda: len(sink.taken) > mails, 60, "mails after the kills")
    lost, doubled = writers.lost_and_doubled()
    keys = set(place.column("SELECT key FROM notice"))
    wait_for(lambda: time.sleep(0.2) or keys <= set(sink.keys()), 90, "all mails")
    copies = sum(times - 1 for times in sink.keys().values())
    rows = [place.number(f"SELECT count(*) FROM {table}") for table in ("access_key", "notice")]
    return [
        Finding(f"writes of {clients} clients acknowledged, cut by the kill", f"{writers.count}, {writers.cut}"),
        equal("acknowledged and lost", lost, 0),
        equal("made twice", doubled, 0),
        equal("rows without their mail", rows[0] - rows[1], 0),
        equal("mails lost", len(keys - set(sink.keys())), 0),
        at_most("mails doubled by one killed scheduler", copies, 1),
        equal("the others still serve and send", (second.is_alive(), standing_by.is_alive()), (True, True)),
        equal("log verifies", place.log_holds(), True),
    ]


def restored(server: Server | None) -> list[Finding]:
    """`flask demo load`, `flask backup`; on another machine `flask db upgrade`, `flask restore`."""
    with installed(server) as first, installed(server) as second:
        _load_demo(first)
        archive = first.folder / "all.tar"
        first.flask("backup", str(archive))
        told = second.flask("restore", str(archive)).stdout.strip()
        here, there = _counts(first), _counts(second)
        logs = [json.loads(place.flask("log", "verify", "--json", check=False).stdout) for place in (first, second)]
        return [
            Finding("restore says", told, True),
            equal("rows that differ, table by table", sum(((here - there) + (there - here)).values()), 0),
            Finding("tables with rows, rows", f"{len(+here)}, {sum(here.values())}", sum(here.values()) > 100),
            equal("both logs hold", [log["holds"] for log in logs], [True, True]),
            equal(
                "size and root of the logs agree",
                (logs[0]["size"], logs[0]["root"]) == (logs[1]["size"], logs[1]["root"]),
                True,
            ),
            equal("files verify", second.flask("files", "verify", check=False).returncode, 0),
        ]


def _load_demo(place: Place) -> None:
    """Load it as `flask demo load` does, but leave alone the sign-ins that this folder's own demo keeps."""
    with place.app.app_context():
        now = place.app.extensions["clock"].now()
        market.load(keep_at=place.folder / "demo.json", now=now)


def _counts(place: Place) -> Counter:
    with place.app.app_context(), db.engine.connect() as connection:
        return Counter(
            {table.name: connection.scalar(text(f'SELECT count(*) FROM "{table.name}"')) for table in tables.kept()}
        )
