"""Bring the database up to date, load the demo market on the first run, then run web server and scheduler together."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLASK = [sys.executable, "-m", "flask"]


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


def _web() -> list[str]:
    bind = f"{HOST}:{PORT}"
    return [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", bind, "app:app"]


def main() -> int:
    """Run until either process ends or Ctrl-C; return the exit code."""
    os.chdir(ROOT)
    os.environ.setdefault("WEB_GRACE", "2")  # browsers keep connections open that nothing will come through
    if not _is_free():
        print(f"Port {PORT} is in use. Try another one: PORT={int(PORT) + 1} make serve", file=sys.stderr)
        return 1
    if subprocess.run([*FLASK, "prepare"], check=False).returncode:
        return 1
    children = [subprocess.Popen(_web()), subprocess.Popen([*FLASK, "scheduler", "run"])]
    ended = {"asked": False}

    def stop(*_signal: object) -> None:
        ended["asked"] = True
        for child in children:
            if child.poll() is None:
                child.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    os.wait()
    stop() if not ended["asked"] else None
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if ended["asked"] else 1


if __name__ == "__main__":
    sys.exit(main())
