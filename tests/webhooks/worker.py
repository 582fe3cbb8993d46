"""A process that a test may kill: ``python -m tests.webhooks.worker URL HOST LEASE`` tells until nothing waits."""

import sys
import time

from sqlalchemy import func, select

from listing import loading

with loading.undisturbed():
    from config import Testing
    from listing.clock import SystemClock
    from listing.factory import create_app
    from listing.store.db import db
    from listing.webhooks import derive, dispatch, rules
    from listing.webhooks.models import Delivery


def _open() -> bool:
    waiting = Delivery.state.in_((rules.PENDING, rules.CLAIMED))
    found = db.session.scalar(select(func.count()).where(waiting)) or derive.behind()
    db.session.rollback()
    return bool(found)


def main(url: str, host: str, lease: str) -> None:
    settings = Testing()
    settings.SQLALCHEMY_DATABASE_URI = url
    settings.WEBHOOK_ALLOW, settings.REMINDER_LEASE = [host], int(lease)
    app = create_app(settings, SystemClock())
    with app.app_context():
        while _open():
            dispatch.run(now=app.extensions["clock"].now())
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
