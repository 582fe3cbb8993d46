"""Bring the database up to date, load the demo market on the first run, then run web server and scheduler together.

Run from the folder of the product. Both processes are forks of this one, so that a start imports the application once.
"""

import multiprocessing
import os
import signal
import socket
import sys
from multiprocessing.connection import wait

from flask.cli import FlaskGroup
from gunicorn.app.wsgiapp import WSGIApplication

from app import app
from listing.store.db import db

HOST, PORT = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")


def _is_free() -> bool:
    """Whether nobody listens where the web server is to listen."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except OSError:
            return False
    return True


def _flask(*words: str) -> int:
    """Run a command of the application in this process; return its exit code."""
    try:
        FlaskGroup(create_app=lambda: app).main(args=words, prog_name="flask")
    except SystemExit as end:
        return int(bool(end.code))
    return 0


def _web() -> None:
    sys.argv = ["gunicorn", "--config", "gunicorn.conf.py", "--bind", f"{HOST}:{PORT}", "app:app"]
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


def _both() -> int:
    """Run web server and scheduler until either ends or somebody asks; return 0 when somebody asked."""
    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=_web), fork.Process(target=_flask, args=("scheduler", "run"))]
    for child in children:
        child.start()
    asked = []

    def stop(*signal_: object) -> None:
        asked.extend(signal_)
        for child in children:
            child.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    wait([child.sentinel for child in children])
    stop()
    for child in children:
        child.join(timeout=10)
        child.kill()
    return 0 if asked else 1


def main() -> int:
    """Prepare, then run; return the exit code."""
    os.environ.setdefault("WEB_GRACE", "2")  # browsers keep connections open that nothing will come through
    if not _is_free():
        print(f"Port {PORT} is in use. Try another one: PORT={int(PORT) + 1} make serve", file=sys.stderr)
        return 1
    if _flask("prepare"):
        return 1
    with app.app_context():
        db.engine.dispose()  # a connection must not be shared over a fork
    return _both()


if __name__ == "__main__":
    sys.exit(main())
