"""What a sign-in costs beside its password hash, and what one that comes too fast costs.

Runs inside the worker that holds our application. The hash is measured by itself and then taken out of the way (the
password context answers at once), because subtracting a hash of tens of milliseconds from a request of a few would
leave mostly noise.
"""

import gc
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import uuid4

from listing.accounts import devices
from listing.accounts.models import User
from listing.accounts.operations import attempts, signing_up
from listing.store.db import db

from .worker import call, cpu

SIGN_IN = "/en/login"
PASSWORD = "salted plums keep all winter long"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """A browser: keeps cookies, fills in the form."""

    def __init__(self, app, network: str):
        self.app, self.network, self.cookies = app, network, {}
        self.token = ""

    def _call(self, method: str, body: bytes = b"") -> int:
        more = {
            "HTTP_USER_AGENT": AGENT,
            "REMOTE_ADDR": self.network,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        status, headers, content = call(self.app, SIGN_IN, method=method, body=body, **more)
        for name, value in headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if found := TOKEN.search(content.decode()):
            self.token = found.group(1)
        return status

    def get(self) -> int:
        """Open the sign-in page."""
        return self._call("GET")

    def post(self, email: str, password: str) -> int:
        """Send it."""
        return self._call("POST", urlencode({"csrf_token": self.token, "email": email, "password": password}).encode())


@contextmanager
def _hash_taken_out(context) -> Iterator[None]:
    context.verify, before = lambda _secret, _hash, **_more: True, context.verify
    try:
        yield
    finally:
        context.verify = before


def _person(app) -> tuple[str, str]:
    """Somebody who may sign in, with the hash of the password."""
    email = f"{uuid4().hex}@example.com"
    with app.test_request_context():
        now = datetime.now(UTC)
        user = signing_up.new_user(name="Bench", email=email, password=PASSWORD, language="en", now=now)
        user.confirmed_at = now
        db.session.add(user)
        db.session.commit()
        return email, db.session.scalar(db.select(User.password).where(User.email == email))


def _sign_in(app, email: str, number: int, *, known: bool) -> float:
    """Milliseconds of one POST that signs in; with ``known`` the browser has done so before."""
    visitor = Visitor(app, f"10.{number % 200}.{number // 200}.9")
    visitor.get()
    if known:
        _expect(visitor.post(email, PASSWORD), 302)
        visitor.cookies.pop("session")
        visitor.get()
    begun = time.process_time()
    status = visitor.post(email, PASSWORD)
    taken = (time.process_time() - begun) * 1000
    _expect(status, 302)
    return taken


def _expect(status: int, wanted: int) -> None:
    if status != wanted:
        raise RuntimeError(f"{SIGN_IN} answered {status} instead of {wanted}")


def _throttled(app, email: str, times: int) -> float:
    visitor = Visitor(app, "10.250.0.9")
    visitor.get()
    with app.app_context():  # so often that the pause outlasts the measurement on any machine
        bucket = attempts.Bucket("account", f"{email}|{devices.network(visitor.network)}")
        for _ in range(20):
            attempts.failed([bucket], datetime.now(UTC))
        db.session.commit()
    return cpu(lambda: _expect(visitor.post(email, "not the password at all"), 429), times)


def measured(app, times: int) -> dict:
    """Milliseconds of processor time: page, known and new browser without the hash, the hash, a throttled attempt."""
    email, stored = _person(app)
    context = app.extensions["security"].pwd_context
    reader = Visitor(app, "10.251.0.9")
    result = {"get": cpu(reader.get, times)}
    result["hash"] = cpu(lambda: context.verify(PASSWORD, stored), 5)
    gc.collect()
    with _hash_taken_out(context):
        for name, known in (("known", True), ("new", False)):
            result[name] = statistics.median(_sign_in(app, email, times * known + n, known=known) for n in range(times))
    result["throttled"] = _throttled(app, email, times)
    return result
