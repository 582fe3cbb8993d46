"""How often one visitor may check: counted in the table of attempts, by person or by network."""

from datetime import datetime
from math import ceil

from flask import request

from listing.access.gate import actor
from listing.accounts import devices
from listing.accounts.operations import attempts
from listing.accounts.operations.attempts import Bucket


def _bucket() -> Bucket:
    person = actor()
    name = f"person {person.user_id}" if person.authenticated else devices.network(request.remote_addr)
    return Bucket("check", name)


def pause(now: datetime) -> int:
    """Return how many seconds this visitor has to wait before the next check."""
    return ceil(attempts.pause([_bucket()], now).wait.total_seconds())


def count(now: datetime) -> None:
    """Count one check of this visitor."""
    attempts.failed([_bucket()], now)
