"""F14 and F24: a body of 1 GB, and 300 clients that send one byte a second."""

import contextlib
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator

from .finding import Finding, at_most, equal
from .load import Reader
from .place import ROOT, Failed, Place, Process, Server, answers, free_port, installed, wait_for

GB, MIB = 1 << 30, 1 << 20
HEAD = b"POST /en/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n"
PART = b'--b\r\nContent-Disposition: form-data; name="plan"; filename="plan.pdf"\r\n\r\n'
SLOW = 300
SECONDS = 25
PAGES = 40  # of others, while such bodies come one after another: one is refused too soon to be felt


def gigabyte(server: Server | None) -> list[Finding]:
    """F14: announced, then in chunks; memory of the web server, and pages of others meanwhile."""
    with installed(server) as place:
        web = place.web()
        with Reader(place.port) as warming:
            wait_for(lambda: len(warming.taken) > 60, 60, "pages")
        found = []
        for name, send in (("announced", _announced), ("in chunks", _chunked)):
            before, highest = web.resident(), []
            with _watching(web, highest), Reader(place.port) as reader:
                status, sent = send(place.port)
                while len(reader.taken) < PAGES:
                    send(place.port)
            grown = (max(highest) - before) / MIB
            found += [
                equal(f"{name}: answer", status, 413),
                Finding(f"{name}: sent before the end", f"{sent / MIB:,.0f} MiB"),
                at_most(f"{name}: memory of all processes grows by", max(grown, 0), 64, "MiB"),
                equal(f"{name}: pages of others that failed", reader.failed, 0),
                at_most(f"{name}: their p95", reader.p95(), 1, "s"),
            ]
        return found


@contextlib.contextmanager
def _watching(web: Process, sizes: list[int]) -> Iterator[None]:
    stopped = threading.Event()

    def look() -> None:
        while not stopped.wait(0.05):
            with contextlib.suppress(OSError):
                sizes.append(web.resident())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
        time.sleep(0.2)
    finally:
        stopped.set()
        thread.join()


def _announced(port: int) -> tuple[int, int]:
    return _sent(port, HEAD + b"Content-Length: %d\r\n\r\n" % GB + PART, lambda piece: piece)


def _chunked(port: int) -> tuple[int, int]:
    def chunk(piece: bytes) -> bytes:
        return b"%x\r\n%s\r\n" % (len(piece), piece)

    return _sent(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk(PART), chunk)


def _sent(port: int, beginning: bytes, wrapped) -> tuple[int, int]:
    """The status of the answer, and how many bytes the server let us send."""
    sent, piece = 0, wrapped(b"x" * 65536)
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(beginning)
        line.setblocking(False)
        answer = b""
        until = time.monotonic() + 120
        while sent < GB and b"\r\n" not in answer and time.monotonic() < until:
            with contextlib.suppress(BlockingIOError):
                answer += line.recv(4096)
            if answer:
                break
            try:
                sent += line.send(piece[sent % len(piece) :])
            except BlockingIOError:
                time.sleep(0.001)
            except OSError:
                break
        line.settimeout(20)
        with contextlib.suppress(OSError):
            answer = answer or line.recv(4096)
    found = re.match(rb"HTTP/1.1 (\d+)", answer)
    return int(found[1]) if found else 0, sent


def slow_clients(
    server: Server | None,
    slow: int = SLOW,
    seconds: float = SECONDS,
    straight: float = 10,
    patience: float = 20,
    within: float = 1,
) -> list[Finding]:
    """F24: behind deploy/nginx.conf; then ``straight`` seconds at gunicorn itself, which is what the proxy is for."""
    with installed(server) as place:
        ports = [place.port, free_port()]
        place.webs(ports)
        proxy = _proxy(place, ports)
        behind, held = _beside(proxy, slow, seconds, patience)
        found = [
            equal("slow clients at the proxy at the end", held, slow),
            Finding("pages of others", f"{len(behind.taken)}"),
            equal("that failed", behind.failed, 0),
            at_most("p95", behind.p95(), within, "s"),
        ]
        return found + ([_without_proxy(place.port, slow, straight, patience, within)] if straight else [])


def _without_proxy(port: int, slow: int, seconds: float, patience: float, within: float) -> Finding:
    alone, _held = _beside(port, slow, seconds, patience)
    return Finding(
        "guard off (no proxy): p95, failed",
        f"{alone.p95():.1f} s, {alone.failed} of {len(alone.taken)}",
        alone.failed > 0 or alone.p95() > within,
    )


def nginx() -> str | None:
    """Where the proxy's program lies; Debian keeps it off the path of those who are not root."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def _proxy(place: Place, ports: list[int]) -> int:
    """nginx with the shipped configuration: other addresses, no TLS, nothing else."""
    program = nginx()
    if program is None:
        raise Failed("nginx is missing: apt-get install nginx-light")
    port, text = free_port(), (ROOT / "deploy" / "nginx.conf").read_text()
    for number, web in enumerate(ports, start=1):
        text = text.replace(f"web-{number}:8000", f"127.0.0.1:{web}")
    plain = text.split("    server {\n        listen 80 ")
    text = plain[0] + "    server {\n" + plain[1].split("    server {\n", 1)[1]
    text = re.sub(r" +(ssl_\w+ |listen \[).*\n", "", text).replace("443 ssl http2", f"127.0.0.1:{port}")
    text = text.replace("/tmp/", f"{place.folder}/").replace("mime.types", "/etc/nginx/mime.types")
    (place.folder / "nginx.conf").write_text(text)
    place.run([program, "-c", str(place.folder / "nginx.conf"), "-g", "daemon off;"], name="nginx")
    wait_for(lambda: answers(port), 20, f"nginx: {(place.folder / 'nginx.log')}")
    return port


def _beside(port: int, slow: int, seconds: float, patience: float) -> tuple[Reader, int]:
    """Pages of one reader beside that many slow clients, and how many of these still send at the end."""
    with _Slow(port, slow) as clients:
        time.sleep(2)
        with Reader(port, pause=0.1, patience=patience) as reader:
            time.sleep(seconds)
        held = clients.held()
    return reader, held


class _Slow(threading.Thread):
    """Clients that each send a form of 10,000 bytes, one byte a second; who is cut off begins anew."""

    def __init__(self, port: int, count: int):
        super().__init__(daemon=True)
        self._port, self._stopped = port, threading.Event()
        self._lines: list[socket.socket | None] = [None] * count

    def __enter__(self) -> "_Slow":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopped.set()
        self.join(30)
        for line in self._lines:
            if line is not None:
                line.close()

    def held(self) -> int:
        return sum(line is not None for line in self._lines)

    def run(self) -> None:
        while not self._stopped.is_set():
            began = time.monotonic()
            for number, line in enumerate(self._lines):
                self._lines[number] = self._next_byte(line)
            self._stopped.wait(max(0.0, 1 - (time.monotonic() - began)))

    def _next_byte(self, line: socket.socket | None) -> socket.socket | None:
        try:
            if line is None:
                line = socket.create_connection(("127.0.0.1", self._port), timeout=1)
                line.sendall(HEAD.replace(b"multipart/form-data; boundary=b", b"application/x-www-form-urlencoded"))
                line.sendall(b"Content-Length: 10000\r\n\r\n")
            line.sendall(b"a")
        except OSError:
            return None
        return line
