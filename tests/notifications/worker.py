"""A process of the outbox that a test may kill: ``python -m tests.notifications.worker URL PORT WHAT [AHEAD]``.

WHAT is ``passes`` (one pass after another until nothing is left) or ``scheduler`` (the scheduler process itself);
its clock stands AHEAD seconds after NOW, so that nobody need wait for the leases of the dead to end. The machine may
stand still for seconds between two lines: what only bounds waiting is wide.
"""

import sys
import time
from datetime import timedelta

from listing import loading

with loading.undisturbed():
    from listing.clock import FixedClock
    from listing.notifications import dispatch
    from listing.notifications.models import Notice
    from listing.reminders import scheduler
    from listing.store.db import db

    from .notices import NOW
    from .small import make


def _open() -> int:
    count = db.session.scalar(db.select(db.func.count()).where(Notice.state.in_(("pending", "claimed"))))
    db.session.rollback()
    return count


def main(url: str, port: str, what: str, ahead: str = "0") -> None:
    app = make(url, FixedClock(NOW + timedelta(seconds=int(ahead))), SMTP_PORT=int(port), SMTP_TIMEOUT=60)
    if what == "scheduler":
        scheduler.LAST_WAIT = 10
        scheduler.run(app)
        return
    with app.app_context():
        while _open():
            dispatch.run(now=app.extensions["clock"].now())
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
