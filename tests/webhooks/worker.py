"""A process that a test may kill: ``python -m tests.webhooks.worker URL HOST AHEAD`` tells until nothing waits.

Its clock stands AHEAD seconds after NOW, so that nobody need wait for the leases of the dead to end.
"""

import sys
import time
from datetime import timedelta

from sqlalchemy import func, select

from listing import loading

with loading.undisturbed():
    from config import Testing
    from listing.clock import FixedClock
    from listing.factory import create_app
    from listing.store.db import db
    from listing.webhooks import derive, dispatch, road, rules
    from listing.webhooks.models import Delivery
    from tests.factories import NOW


def _open() -> bool:
    waiting = Delivery.state.in_((rules.PENDING, rules.CLAIMED))
    found = db.session.scalar(select(func.count()).where(waiting)) or derive.behind()
    db.session.rollback()
    return bool(found)


def main(url: str, host: str, ahead: str) -> None:
    road.SECONDS = 60  # the machine of the tests may stand still for some
    settings = Testing()
    settings.SQLALCHEMY_DATABASE_URI, settings.WEBHOOK_ALLOW = url, [host]
    app = create_app(settings, FixedClock(NOW + timedelta(seconds=int(ahead))))
    with app.app_context():
        while _open():
            dispatch.run(now=app.extensions["clock"].now())
            time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
