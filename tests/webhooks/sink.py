"""A server of somebody's on the loopback that keeps what it is told and misbehaves on request."""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HANG, DROP, SLOW = "hang", "drop", "slow"


@dataclass(frozen=True)
class Call:
    """One POST as it arrived."""

    path: str
    headers: dict
    body: str

    @property
    def key(self) -> str:
        return self.headers["webhook-id"]


class Sink:
    """``fault(call, number)`` answers a status, HANG, DROP (after reading all) or SLOW; None is 204."""

    def __init__(self, fault=None):
        self.fault = fault or (lambda call, number: None)
        self.calls: list[Call] = []
        self.drips = 1_000
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.host = f"127.0.0.1:{self.port}"

    def address(self, path="/hook") -> str:
        return f"http://{self.host}{path}"

    def keys(self) -> Counter:
        """How often each webhook-id was told."""
        return Counter(call.key for call in self.calls)

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                sent = {name.lower(): value for name, value in self.headers.items()}
                call = Call(self.path, sent, self.rfile.read(length).decode())
                sink.calls.append(call)
                sink._misbehave(self, sink.fault(call, len(sink.calls)))

            def log_message(self, *_args):
                pass

        return Handler

    def _misbehave(self, handler, fault):
        if fault == HANG:
            self._over.wait(60)
        elif fault == SLOW:  # a byte at a time, each well within any time-out for one
            for byte in (b"HTTP/1.1 200 OK\r\n" + b"X-Drip: 1\r\n" * self.drips)[: self.drips]:
                if self._over.wait(0.05):
                    break
                handler.wfile.write(bytes([byte]))
        elif fault == DROP:
            handler.connection.close()
        else:
            handler.send_response(fault or 204)
            if fault in (301, 302, 307):
                handler.send_header("Location", self.address("/elsewhere"))
            handler.send_header("Content-Length", "0")
            handler.end_headers()


def wait_for(holds, seconds=60):
    """Wait until ``holds()``."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)
