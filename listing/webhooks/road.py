"""One POST to a stranger's server, within limits: only to the public internet, no redirects, a deadline over all.

The name is resolved once, every address it has must be public, and the connection goes to the address that was looked
at: a name that answers differently a moment later leads nowhere else. Nothing of the answer but its status is read.
Knows neither the database nor the application, so that it can run in a thread of its own.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from . import rules

SECONDS = 10.0
MOST_ADDRESSES = 4


class Unreached(Exception):
    """Nothing came back that says it arrived; ``reason`` is a code of rules.py."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def post(address: str, headers: Mapping[str, str], body: bytes, *, allowed: frozenset[str]) -> int:
    """Send and return the status of the answer. Raises Unreached."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    free = f"{parts.hostname}:{port}" in allowed
    if parts.scheme != "https" and not free:
        raise Unreached(rules.CLOSED_NETWORK)
    until = time.monotonic() + SECONDS
    try:
        where = _resolved(parts.hostname, port, free)
        connection = _Pinned(parts.hostname, port, where, until, secure=parts.scheme == "https")
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        with _cut_off(connection, until):
            connection.request("POST", target, body, dict(headers))
            status = connection.getresponse().status
        if time.monotonic() >= until:  # cut off inside the headers, which the library takes for their end
            raise TimeoutError
        return status
    except (OSError, HTTPException, ValueError) as error:
        raise Unreached(_reason(error, until)) from error


def _reason(error: Exception, until: float) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return rules.CERTIFICATE
    if isinstance(error, socket.gaierror):
        return rules.UNKNOWN_NAME
    late = isinstance(error, TimeoutError) or time.monotonic() >= until
    return rules.TIMEOUT if late else rules.BROKEN


def _resolved(host: str, port: int, free: bool) -> list[str]:
    """The addresses of a name. Raises Unreached when one of them is not public and the host not ``free`` of that."""
    found = list(dict.fromkeys(info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    if not free and not all(rules.is_public(address) for address in found):
        raise Unreached(rules.CLOSED_NETWORK)
    return found[:MOST_ADDRESSES]


class _Pinned(HTTPConnection):
    """A connection to addresses that were looked at, under the name they were asked for."""

    def __init__(self, host: str, port: int, where: list[str], until: float, *, secure: bool):
        super().__init__(host, port)
        self._where, self._until, self._secure = where, until, secure
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        """Open it, with TLS where the address says so. Raises OSError."""
        self.sock = self._reached()
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()

    def _reached(self) -> socket.socket:
        last: OSError = TimeoutError()
        for address in self._where:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                return socket.create_connection((address, self.port), left)
            except OSError as error:
                last = error
        raise last


@contextmanager
def _cut_off(connection: HTTPConnection, until: float) -> Iterator[None]:
    """End the connection at ``until``, however slowly the other side drips: a time-out alone begins anew each byte."""

    def cut() -> None:
        with suppress(OSError, AttributeError):
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, until - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()
