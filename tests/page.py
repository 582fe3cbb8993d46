"""A client that checks what must hold on every page, whatever it shows."""

from contextvars import Context

from bs4 import BeautifulSoup
from flask import has_app_context
from flask.testing import FlaskClient

from listing.store.db import db

# What every answer carries, errors included (docs/security.md); written out here, so that a slip in the code shows.
EXACT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DOWNLOAD = EXACT | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}
SHOWN = EXACT | {
    "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'"
}
FRAMED = EXACT | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors *",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Frame-Options": None,
}


class Browser(FlaskClient):
    """A test client that checks every HTML page it is given, and the security headers of every answer.

    Each request runs in a context of its own, as behind a server: with the test's application context it would share
    ``g``, and so the person, the language and the transaction of the request before.
    """

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.commit()
        kwargs.setdefault("buffered", True)  # a streamed answer is read within the context of its request
        response = Context().run(super().open, *args, **kwargs)
        check_headers(response.headers, path=response.request.path if response.status_code == 200 else "")
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400 and response.text:
            check_page(response.text)
        return response


def check_headers(headers, *, path: str = "") -> None:
    assert {name: headers.get(name) for name in EXACT} == _wanted(headers, path)
    assert "Cache-Control" in headers


def _wanted(headers, path: str) -> dict[str, str | None]:
    """What an answer found at ``path`` carries; static files, too, say that they are shown inline."""
    if path.startswith("/embed/"):
        return FRAMED
    given = headers.get("Content-Disposition", "").split(";")[0]
    if given == "inline" and "/evidence/" in path:
        return SHOWN
    return DOWNLOAD if given == "attachment" else EXACT


def check_page(html: str) -> None:
    page = BeautifulSoup(html, "html.parser")
    assert page.html.get("lang") in ("zh-Hans", "zh-Hant", "en"), "no language on <html>"
    assert len(page.find_all("h1")) == 1, "exactly one h1"
    assert page.title.text.strip(), "a title"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in set(ids) if ids.count(i) > 1)}"
    _check_forms(page, set(ids))
    _check_languages(page)
    assert not page.find_all(style=True), "inline style"
    assert not page.find_all("style"), "inline style sheet"
    assert all(s.get("src") for s in page.find_all("script")), "inline script"
    assert "%(" not in page.get_text(), "an unfilled placeholder"


def _check_forms(page: BeautifulSoup, ids: set[str]) -> None:
    for control in page.find_all(["input", "select", "textarea"]):
        if control.get("type") in ("hidden", "submit"):
            continue
        labelled = control.find_parent("label") or page.find("label", attrs={"for": control.get("id")})
        assert labelled or control.get("aria-label"), f"no label: {control}"
        for described in (control.get("aria-describedby") or "").split():
            assert described in ids, f"aria-describedby names a missing id: {described}"
    for form in page.find_all("form"):
        if (form.get("method") or "get").lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), "a POST form without a CSRF token"


def _check_languages(page: BeautifulSoup) -> None:
    for tag in page.find_all(lang=True):
        assert tag.get_text().strip() or tag.name in ("input", "textarea", "select"), f"an empty block with lang: {tag}"
        assert tag["lang"] in ("zh-Hans", "zh-Hant", "en"), tag["lang"]
