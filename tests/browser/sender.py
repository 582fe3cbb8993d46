"""A pass over a site's outbox, in a process that a test may kill: ``python -m tests.browser.sender URL PORT AT``."""

import sys
from datetime import datetime

from listing import loading

with loading.undisturbed():
    from config import Testing
    from listing.clock import FixedClock
    from listing.factory import create_app
    from listing.notifications import dispatch


def main(url: str, port: str, at: str) -> None:
    settings = Testing()
    settings.SQLALCHEMY_DATABASE_URI = url
    settings.MAIL_BACKEND, settings.SMTP_HOST, settings.SMTP_PORT = "smtp", "127.0.0.1", int(port)
    app = create_app(settings, FixedClock(datetime.fromisoformat(at)))
    with app.app_context():
        dispatch.run(now=app.extensions["clock"].now())


if __name__ == "__main__":
    main(*sys.argv[1:])
