"""A browser over one connection a request: forms with their hidden fields, a session cookie, an address of its own."""

import http.client
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from bs4 import BeautifulSoup
from flask import current_app

from listing.store.db import db
from tests import factories

from .place import Place


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str | None
    text: str
    seconds: float


class Browser:
    """``token`` is the cookie of a session that stands in the database."""

    def __init__(self, port: int, token: str = "", address: str = "192.0.2.1", patience: float = 30):
        self.port, self.address, self.patience = port, address, patience
        self._token = token

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Raises OSError or http.client.HTTPException where no answer came."""
        began = time.monotonic()
        sent = {"X-Forwarded-For": self.address, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self._token:
            sent["Cookie"] = f"session={self._token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for cookie in response.msg.get_all("Set-Cookie", ()):
            if cookie.startswith("session="):
                self._token = cookie.split(";")[0].removeprefix("session=")
        return Answer(response.status, response.headers["Location"], text, time.monotonic() - began)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def hidden(self, path: str, at: int = 0) -> dict[str, str]:
        """The hidden fields of the form on a page."""
        form = BeautifulSoup(self.get(path).text, "html.parser").main.find_all("form")[at]
        return {tag["name"]: tag.get("value", "") for tag in form.find_all("input", type="hidden")}

    def post(self, path: str, fields: dict) -> Answer:
        body = urlencode(fields, doseq=True).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded")

    def send_file(self, path: str, fields: dict[str, str], name: str, filename: bytes, content: bytes) -> Answer:
        """A form with a file, whose name is sent byte for byte."""
        edge = secrets.token_hex(16).encode()
        parts = [
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (edge, k.encode(), v.encode())
            for k, v in fields.items()
        ]
        head = b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n' % (
            edge,
            name.encode(),
            filename,
        )
        body = b"".join([*parts, head, content, b"\r\n--%s--\r\n" % edge])
        return self.ask("POST", path, body, Content_Type=f"multipart/form-data; boundary={edge.decode()}")


def people(place: Place, count: int, **membership) -> list[str]:
    """The session tokens of that many signed-in people, each of an organisation of their own."""
    tokens = [secrets.token_urlsafe(32) for _ in range(count)]
    with place.app.app_context():
        now = current_app.extensions["clock"].now()
        for token in tokens:
            user = factories.a_member(**membership).user
            factories.a_session(user, token, created_at=now, seen_at=now, expires_at=now + timedelta(hours=8))
        db.session.commit()
    return tokens
