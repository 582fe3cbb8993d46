"""``make serve``: web server and scheduler start together, answer, and end together at Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from config import Production

ROOT = Path(__file__).parent.parent

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def start(tmp_path):
    """Start the product on a free port with its data in a folder of its own; ends what still runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "BAYBRIDGE_ENV": "production",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'own.sqlite'}",
        "FILES_URL": (tmp_path / "files").as_uri(),
        "MAIL_FOLDER": str(tmp_path / "mail"),
        "PORT": str(port),
        **dict.fromkeys(Production.SECRETS, "s" * 64),
    }
    running = []

    def start():
        command = [sys.executable, "-m", "scripts.serve"]
        told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        running.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | own, **told))
        return running[-1], port

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=60)


def _answers(port, tries=900):
    for _try in range(tries):
        try:
            return urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30).status
        except OSError:
            time.sleep(0.1)
    return None


def test_both_processes_start_answer_and_end_together_and_again(start):
    process, port = start()
    assert _answers(port) == 200
    other, _port = start()
    assert "in use" in other.communicate(timeout=90)[0]
    assert other.returncode == 1
    said = _ended(process)
    assert ("scheduler began" in said, "scheduler ended" in said) == (True, True)
    assert f"http://localhost:{port}/" in said
    assert _answers(port, tries=1) is None
    again, port = start()
    assert _answers(port) == 200
    _ended(again)
    assert _answers(port, tries=1) is None


def _ended(process) -> str:
    """What the process said, once it has ended at Ctrl-C."""
    process.send_signal(signal.SIGINT)
    said, _none = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said
