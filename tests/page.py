"""A client that checks what must hold on every page, whatever it shows."""

import re
from contextvars import Context

from flask import has_app_context
from flask.testing import FlaskClient
from lxml.html import HtmlElement, document_fromstring, tostring

from listing.store.db import db

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_FRAMING, _BESIDE = re.compile(r"/review/admissions/[0-9]+/rules/[0-9]+$"), re.compile(r"/evidence/[0-9a-f]+/beside$")
PARTS = ("/now/part", "/standing")  # of pages, which are checked with the page that holds them
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
BESIDE = EXACT | {  # a document in a frame of ours, the page that holds it, and what stands there in its place
    "Content-Security-Policy": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
FRAMING = EXACT | {"Content-Security-Policy": EXACT["Content-Security-Policy"] + "; frame-src 'self'"}
TURNED_AWAY = BESIDE | {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
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
        path, status = response.request.path, response.status_code
        found = status in (200, 422) or (status == 403 and _BESIDE.search(path))
        check_headers(response.headers, path=path if found else "")
        whole = response.mimetype == "text/html" and not response.request.path.endswith(PARTS)
        if whole and not 300 <= response.status_code < 400 and response.text:
            check_page(response.text)
        return response


def check_headers(headers, *, path: str = "") -> None:
    assert {name: headers.get(name) for name in EXACT} == _wanted(headers, path)
    assert "Cache-Control" in headers


def _wanted(headers, path: str) -> dict[str, str | None]:
    """What an answer found at ``path`` carries; static files, too, say that they are shown inline."""
    if path.startswith("/embed/"):
        return FRAMED
    if _FRAMING.search(path):
        return FRAMING
    given = headers.get("Content-Disposition", "").split(";")[0]
    if _BESIDE.search(path):
        return BESIDE if given == "inline" else TURNED_AWAY
    if given == "inline" and "/evidence/" in path:
        return SHOWN
    return DOWNLOAD if given == "attachment" else EXACT


def check_page(html: str) -> None:
    page = document_fromstring(html)
    assert page.get("lang") in LANGUAGES, "no language on <html>"
    assert len(page.findall(".//h1")) == 1, "exactly one h1"
    assert page.findtext(".//title").strip(), "a title"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in set(ids) if ids.count(i) > 1)}"
    _check_forms(page, set(ids))
    _check_languages(page)
    assert not page.xpath("//@style"), "inline style"
    assert not page.xpath("//style"), "inline style sheet"
    assert not page.xpath("//script[not(@src)]"), "inline script"
    assert "%(" not in page.text_content(), "an unfilled placeholder"


def _check_forms(page: HtmlElement, ids: set[str]) -> None:
    named = set(page.xpath("//label/@for"))
    for control in page.xpath("//input|//select|//textarea"):
        if control.get("type") in ("hidden", "submit"):
            continue
        labelled = control.get("id") in named or control.get("aria-label") or control.xpath("ancestor::label")
        assert labelled, f"no label: {tostring(control)}"
        for described in (control.get("aria-describedby") or "").split():
            assert described in ids, f"aria-describedby names a missing id: {described}"
    for form in page.iter("form"):
        if form.get("method", "get").lower() == "post":
            assert form.xpath(".//input[@name='csrf_token']"), "a POST form without a CSRF token"


def _check_languages(page: HtmlElement) -> None:
    for tag in page.xpath("//*[@lang]"):
        blank = not tag.text_content().strip() and tag.tag not in ("input", "textarea", "select")
        assert not blank, f"an empty block with lang: {tostring(tag)}"
        assert tag.get("lang") in LANGUAGES, tag.get("lang")
