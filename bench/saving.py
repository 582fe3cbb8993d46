"""What it costs to save passages and be shown them with the findings of the figure and term check.

Runs inside the worker that holds our application. The plain save is the same request with the checks taken out of the
way, and so carries the form, the session, the journal and the page; both write something new each time.
"""

import time
from contextlib import ExitStack
from itertools import count
from unittest.mock import patch
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from listing.access.actor import Actor, Membership
from listing.bilingual import agreement, terms
from listing.profiles import queries, rules
from listing.profiles.models import Profile
from listing.store.db import db

from .worker import call

SHEET = "business"
_serial = count(1)


class _Editor:
    """A browser on the page of one sheet: keeps cookies, sends the form as it stands."""

    def __init__(self, app, address: str):
        self.app, self.address, self.cookies, self.form = app, address, {}, {}

    def ask(self, method: str, sent: dict[str, str] | None = None, wanted: int = 200) -> None:
        more = {
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = urlencode(sent or {}).encode()
        status, headers, self.page = call(self.app, self.address, method=method, body=body, **more)
        if status != wanted:
            raise RuntimeError(f"{self.address} answered {status} instead of {wanted}")
        for name, value in headers:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]

    def fields(self) -> dict[str, str]:
        """What the form of the page would send as it stands."""
        form = max(BeautifulSoup(self.page, "html.parser").select("form[method=post]"), key=lambda form: len(str(form)))
        texts = {each["name"]: each.get_text().removeprefix("\n") for each in form.select("textarea[name]")}
        lists = {
            each["name"]: next((option["value"] for option in each.select("option[selected]")), "")
            for each in form.select("select[name]")
        }
        inputs = [each for each in form.select("input[name]") if each.get("type") not in ("checkbox", "radio")]
        return texts | lists | {each["name"]: each.get("value", "") for each in inputs}


def _begin(app) -> str:
    """Open a profile to its editor again; return the address of its passages."""
    with app.app_context():
        profile = db.session.scalar(db.select(Profile).where(Profile.state == rules.PUBLISHED).order_by(Profile.id))
        profile.state = rules.DRAFT
        assert queries.contents(profile)[SHEET]
        place = (Membership(profile.organisation_id, "enterprise", "owner"),)
        person = Actor(user_id=1, label="bench", memberships=place)
        address = f"/en/studio/profiles/{profile.id}/{SHEET}"
        db.session.commit()
    app.extensions["load_actor"] = lambda: person
    return address


def _save(editor: _Editor) -> float:
    """Milliseconds of a save and of the page that shows it."""
    editor.ask("GET")
    typed = editor.fields() | {"summary.en": f"We make {next(_serial)} kinds of scopes for 1,120 hospitals."}
    begun = time.process_time()
    editor.ask("POST", typed, wanted=303)
    editor.ask("GET")
    return (time.process_time() - begun) * 1000


def measured(app) -> dict:
    """Milliseconds of processor time of one save with the checks, and of one without."""
    editor = _Editor(app, _begin(app))
    _save(editor)
    checked = _save(editor)
    with ExitStack() as stack:
        for check in (agreement, terms):
            stack.enter_context(patch.object(check, "check", lambda *_texts: ()))
        return {"checked": checked, "plain": _save(editor)}
