"""A process of the outbox that a test may kill: ``python -m tests.notifications.worker URL PORT LEASE WHAT``.

WHAT is ``passes`` (one pass after another until nothing is left) or ``scheduler`` (the scheduler process itself).
"""

import sys
import time

from listing import loading

with loading.undisturbed():
    from listing.notifications import dispatch
    from listing.notifications.models import Notice
    from listing.reminders import scheduler
    from listing.store.db import db

    from .small import make


def _open() -> int:
    count = db.session.scalar(db.select(db.func.count()).where(Notice.state.in_(("pending", "claimed"))))
    db.session.rollback()
    return count


def main(url: str, port: str, lease: str, what: str) -> None:
    app = make(url, SMTP_PORT=int(port), REMINDER_LEASE=int(lease))
    if what == "scheduler":
        scheduler.run(app)
        return
    with app.app_context():
        while _open():
            dispatch.run(now=app.extensions["clock"].now())
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
