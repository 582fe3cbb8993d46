"""``flask scheduler run`` and ``flask reminders …``."""

import json
from dataclasses import asdict, is_dataclass
from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from listing.notifications import operations as notices
from listing.notifications import queries as outbox
from listing.notifications.dispatch import Pass, never
from listing.store.db import db

from . import operations, queries
from . import scheduler as process
from .ticks import TICKS

LATE = timedelta(seconds=90)

scheduler = AppGroup("scheduler", help="The process that does what is due.")
reminders = AppGroup("reminders", help="What is due, and what became of it.")


@scheduler.command("run")
def run() -> None:
    """Tick until SIGTERM or SIGINT; several may run, one of them works."""
    process.run(current_app._get_current_object())


@reminders.command("run-once")
def run_once() -> None:
    """Run every tick once; exit 1 when one fails or no mail can be sent."""
    holds = True
    for tick in TICKS:
        result = operations.run(tick, now=_now(), stopping=never)
        holds = holds and result is not None and not (isinstance(result, Pass) and result.closed)
        click.echo(f"{tick.name}: {json.dumps(asdict(result)) if is_dataclass(result) else result}")
    if not holds:
        raise SystemExit(1)


@reminders.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Print the state of the outbox and the scheduler; exit 1 when a message is over 90 seconds late."""
    now = _now()
    standing, age = outbox.standing(now), queries.heartbeat_age(now)
    told = {
        **standing.counts,
        "oldest_due_seconds": _seconds(standing.overdue),
        "heartbeat_age_seconds": _seconds(age),
        "failures": [{"key": notice.key, "reason": notice.last_error} for notice in outbox.failed()],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else _table(told))
    if standing.overdue is not None and standing.overdue > LATE:
        raise SystemExit(1)


@reminders.command("retry-failed")
def retry_failed() -> None:
    """Give failed messages their tries again, due at once."""
    count = notices.retry_failed(now=_now())
    db.session.commit()
    click.echo(f"{count} messages will be tried again")


def _now():
    return current_app.extensions["clock"].now()


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())


def _table(told: dict) -> str:
    lines = [f"{name:24} {'-' if value is None else value}" for name, value in told.items() if name != "failures"]
    return "\n".join([*lines, *(f"failed  {item['key']}: {item['reason']}" for item in told["failures"])])
