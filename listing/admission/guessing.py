"""How often one visitor may ask for certificates that there are none of: counted by network in the table of attempts.

A code that is one is never counted, so that whoever checks many real certificates is not slowed.
"""

from datetime import datetime
from math import ceil

from flask import request
from werkzeug.exceptions import TooManyRequests

from listing.accounts import devices
from listing.accounts.operations import attempts
from listing.accounts.operations.attempts import Bucket
from listing.store.db import db, writing


def _bucket() -> Bucket:
    return Bucket("check", f"certificate {devices.network(request.remote_addr)}")


def check(now: datetime) -> None:
    """Answer 429 while this visitor has to wait."""
    wait = attempts.pause([_bucket()], now).wait
    if wait:
        raise TooManyRequests(retry_after=ceil(wait.total_seconds()))


def count(now: datetime) -> None:
    """Count a code that is none, in a transaction of its own, because the page itself only reads."""
    db.session.rollback()
    with writing():
        attempts.failed([_bucket()], now)
        db.session.commit()
