"""What was typed and not saved: kept when the session had ended, or while the page is open, and found again.

Decides whose it is. Each page that asks for it says under our signature to whom it was shown; what is kept lies under
the digest of that person, the page and the secret of the browser, so that neither a colleague at the same screen nor
the same person elsewhere finds it, and a form of another site, which has neither signature nor cookie, keeps nothing.
The page that shows it again asks for the right to edit as always.
"""

from collections.abc import Callable

from flask import current_app, redirect, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from listing.access.gate import actor
from listing.accounts.devices import digest
from listing.accounts.door import device_cookie
from listing.store.db import db
from listing.web.page import now

from . import operations, queries

MOST_TYPED = 600_000  # characters of one page
SHOWN_TO = "shown_to"  # the field that carries the signature
_NOT_TYPED = ("csrf_token", SHOWN_TO, "go")


def keeps_typing(view: Callable) -> Callable:
    """Mark a view whose POST is kept where it cannot be taken; the page itself answers GET at the same address."""
    view.keeps_typing = True
    return view


def signature() -> str:
    """Our word that the page of this request is shown to whoever asks."""
    return _signer().dumps([actor().user_id, _place()])


def keep(sign_in: str) -> Response | None:
    """Keep what this refused POST carried and lead back to its page, through signing in; None where nothing is kept."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not getattr(view, "keeps_typing", False):
        return None
    key, person = _sent_key()
    if key is None:
        return None
    db.session.rollback()
    if not _kept(key):
        return None
    if not actor().authenticated:
        return redirect(url_for(sign_in, next=request.path), 303)
    return redirect(request.path, 303) if actor().user_id == person else None


def keep_here() -> bool:
    """Keep what somebody signed in has typed so far; whether that was possible."""
    key = own_key(request.path)
    return key is not None and _kept(key)


def _kept(key: str) -> bool:
    typed = {name: " ".join(values) for name, values in request.form.lists() if name not in _NOT_TYPED}
    if sum(map(len, typed.values())) > MOST_TYPED:
        return False
    operations.keep_typing(key=key, path=_place(), typed=typed, now=now())
    db.session.commit()
    return True


def found() -> dict[str, str] | None:
    """What this person had typed in this browser on the page of this request."""
    key = own_key(request.path)
    kept = queries.kept_typing(key, now()) if key else None
    return dict(kept.typed) if kept else None


def own_key(path: str) -> str | None:
    """The key of what the one who asks had typed in this browser on the page at ``path``."""
    return _key(actor().user_id, _place(path))


def _sent_key() -> tuple[str | None, int | None]:
    """The key that this form names, and the person it was shown to; None where the signature is not ours."""
    try:
        person, place = _signer().loads(request.form.get(SHOWN_TO, ""))
    except (BadData, ValueError):
        return None, None
    return (_key(person, place), person) if place == _place() else (None, None)


def _key(person: int, place: str) -> str | None:
    browser = request.cookies.get(device_cookie())
    return digest(f"{browser}\n{person}\n{place}") if browser else None


def _place(path: str | None = None) -> str:
    """The page, whatever the language it is read in."""
    return "/" + (path or request.path).split("/", 2)[2]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="typing")
