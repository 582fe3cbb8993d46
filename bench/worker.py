"""One application in a process of its own, answering orders on standard input: the measured side.

``python -m bench.worker plain|application|product DATABASE``. Each order and each answer is one line of JSON. Calls go
through the WSGI callable itself, so that neither a socket nor a test client is measured; the clock is the processor
time of this process.
"""

import gc
import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path

KINDS = {
    "plain": ("bench.floors", "plain"),
    "application": ("bench.floor_application", "application"),
    "product": ("bench.product", "product"),
}


def call(app, path: str, *, method: str = "GET", body: bytes = b"", **more: str) -> tuple[int, list, bytes]:
    """Ask ``app`` once; return status, headers and body. ``more`` goes into the WSGI environment."""
    name, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": name,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_LANGUAGE": "en",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **more,
    }
    started: list = []

    def start(status, headers, _error=None):
        started[:] = [int(status[:3]), headers]
        return lambda _data: None

    answer = app(environ, start)
    try:
        content = b"".join(answer)
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return started[0], started[1], content


def cpu(work: Callable[[], object], times: int) -> float:
    """Milliseconds of processor time that ``work`` takes, over ``times`` runs."""
    gc.collect()
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) * 1000 / times


def _get(app, path: str, times: int) -> dict:
    visitor = app.extensions.get("visitor", {})
    status = call(app, path, **visitor)[0]
    return {"status": status, "cpu": cpu(lambda: call(app, path, **visitor), times)}


def _look(app, path: str) -> dict:
    """What one page is made of: statements sent, bytes as written and compressed, the page itself."""
    sent = import_module("bench.statements").watched(lambda: call(app, path, **app.extensions.get("visitor", {})))
    status, headers, body = sent.answer
    return {
        "status": status,
        "statements": len(sent.statements),
        "bytes": len(body),
        "gzip": len(gzip.compress(body, 6)),
        "body": body.decode("utf-8", "replace"),
    }


def _memory(app, path: str, times: int) -> dict:
    for _ in range(times):
        call(app, path)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {"bytes": pages * resource.getpagesize()}


def _signing_in(app, **order) -> dict:
    return import_module("bench.signing_in").measured(app, **order)


def _become(app, tier: str, at: str, role: str = "") -> dict:
    """Let the following requests come from somebody of that tier who has been on a page before; nobody signs in.

    With a ``role`` it is somebody of the operator, with a second factor.
    """
    access = import_module("listing.access.actor")
    places = (access.Membership(1, "operator", role),) if role else ()
    who = {"user_id": 1, "label": "bench", "tier": access.Tier[tier]}
    person = access.Actor(**who, memberships=places, second_factor=bool(role))
    app.extensions["load_actor"] = lambda: person
    cookies = [value.partition(";")[0] for name, value in call(app, at)[1] if name == "Set-Cookie"]
    app.extensions["visitor"] = {"HTTP_COOKIE": "; ".join(cookies)}
    return {}


def _saving(app, **order) -> dict:
    return import_module("bench.saving").measured(app, **order)


ORDERS = {
    "get": _get,
    "look": _look,
    "memory": _memory,
    "signing_in": _signing_in,
    "become": _become,
    "saving": _saving,
}


def main() -> None:
    """Build the application, say so with the first answer, then obey until the input ends."""
    kind, database, first = sys.argv[1:4]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # nothing the application prints may stand among the answers
    sys.modules["rich"] = None  # a tool of developers, which structlog loads where it is installed; no server has it
    module, name = KINDS[kind]
    app = getattr(import_module(module), name)(Path(database))
    status = call(app, first)[0]
    answers.write(json.dumps({"status": status, "cpu": time.process_time() * 1000}) + "\n")
    answers.flush()
    for line in sys.stdin:
        order = json.loads(line)
        answers.write(json.dumps(ORDERS[order.pop("do")](app, **order)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
