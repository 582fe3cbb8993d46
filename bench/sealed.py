"""20 MB of evidence sent to the web server as shipped and fetched again: sealed on its way in, opened on its way out.

Measured as ``bodies`` measures what is not sealed.
"""

import re
import secrets
from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from faults.browser import Browser
from faults.place import installed
from listing.access.actor import SYSTEM
from listing.admission.operations import applying
from listing.store.db import db
from tests import factories
from tests.admission import answers
from tests.files import samples

from .bodies import MEGABYTE, SIZE, watched
from .report import Figure

ABOUT = {"kind": "custodian_statement", "dated": "2026-10-31", "expires": "", "issuer": "A custodian"}
_FILE = re.compile(r'href="(/en/evidence/\w+)"')


def sealed() -> list[Figure]:
    """Extra memory of one upload and one download, after a small one of each has warmed the process up."""
    with installed(None) as place:
        web = place.web()
        with place.app.app_context():
            token, application = _applicant()
        browser, papers = Browser(place.port, token, patience=120), f"/en/desk/admission/{application}/papers"
        _fetched(browser, _sent(browser, papers, samples.PDF))
        content = samples.PDF.replace(b"%%EOF", b"%" + secrets.token_hex(SIZE // 2 - 1024).encode() + b"\n%%EOF")
        with watched(web) as sending:
            address = _sent(browser, papers, content)
        fetch = _fetching(browser, address)
        with watched(web) as fetching:
            got = fetch()
        if got.status != 200:
            raise RuntimeError(f"the paper was not given back: {got.status}")
    return [
        Figure("sealed upload of 20 MB: memory beyond before", sending() / MEGABYTE, "MiB", most=64),
        Figure("opened download of 20 MB: memory beyond before", fetching() / MEGABYTE, "MiB", most=64),
    ]


def _applicant() -> tuple[str, int]:
    """The session of an institution's owner, and its application, which says who applies and so may have papers."""
    token, now = secrets.token_urlsafe(32), current_app.extensions["clock"].now()
    user = factories.a_member(factories.an_organisation("investor")).user
    factories.a_session(user, token, created_at=now, seen_at=now, expires_at=now + timedelta(hours=1))
    row = applying.begin(organisation_id=user.memberships[0].organisation_id, actor=SYSTEM, now=now)
    content = answers.content("institution", answers.INSTITUTION)
    applying.save(application=row, page="institution", content=content, version=0, actor=SYSTEM, now=now)
    db.session.commit()
    return token, row.id


def _sent(browser: Browser, papers: str, content: bytes) -> str:
    """The address of the paper just sent."""
    form = f"{papers}/add"
    answer = browser.send_file(form, browser.hidden(form) | ABOUT, "file", b"statement.pdf", content)
    if answer.status != 303:
        raise RuntimeError(f"the upload was refused: {answer.status} {answer.text[:2000]}")
    return _FILE.findall(browser.get(papers).text)[-1]


def _fetching(browser: Browser, address: str) -> Callable:
    """What fetches the paper; the page with its button is fetched before."""
    token = browser.hidden(address)
    return lambda: browser.post(f"{address}/download", token)


def _fetched(browser: Browser, address: str) -> None:
    _fetching(browser, address)()
