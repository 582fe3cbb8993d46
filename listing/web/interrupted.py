"""What was typed into a form and could not be sent: kept when the session had ended, and found again on its page.

Decides whose it is. Each form says under our signature to whom it was shown, on which page, and which form it is; what
is kept lies under the digest of that person, the page and the secret of the browser, so that neither a colleague at the
same screen nor the same person elsewhere finds it, and a form of another site, which has neither signature nor cookie,
keeps nothing. A form with a password is never signed; a file is never kept. The page that shows the text again asks for
its right as always, and where it offers the form no longer, the text stands there to be copied.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.store import keeping
from listing.store.db import db

from .page import language, now

MOST_TYPED = 600_000  # characters of one page
SHOWN_TO = "shown_to"  # the field that carries the signature
SENT_TO = "sent_to"  # where a form would go that the script of the page keeps because another one is sent
NOT_TYPED = frozenset({"csrf_token", "idempotency_key", SHOWN_TO, SENT_TO, "seen", "go"})  # "seen": the next one counts

bp = Blueprint("interrupted", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as it was shown: to whom, on which page whatever its language, and which one."""

    person: int
    page: str
    form: str

    @property
    def key(self) -> str | None:
        """Where its text is kept; None for a browser that has no secret."""
        browser = current_app.extensions["browser_secret"]()
        whole = f"{browser}\n{self.person}\n{self.page}"
        return keeping.key(owner=f"{current_app.secret_key}\n{self.person}", what=whole) if browser else None

    @property
    def address(self) -> str:
        """The page in the language of this request."""
        return f"{request.script_root}/{language()}{self.page}"


@dataclass(slots=True)
class Kept:
    """What was found for the page of this request; ``taken`` by a form, ``offered`` where the page shows that form."""

    form: str
    to: str
    aside: bool
    typed: dict[str, list[str]]
    taken: bool = False
    offered: bool = False

    @property
    def texts(self) -> list[str]:
        """The words that were typed, for a page that has no form for them."""
        return [text for _name, text in sent(self) if len(text) > 1]


def signature(form: str) -> str | None:
    """Our word that the form is shown to whoever asks, on the page of this request; None where no page answers."""
    page = _page()
    return _signer().dumps([actor().user_id, page, form]) if page and actor().authenticated else None


def keep(sign_in: str) -> Response | None:
    """Keep what this refused POST carried and lead back to its page, through signing in; None where that is no form."""
    shown = _sent()
    if request.method != "POST" or shown is None:
        return None
    db.session.rollback()
    _keep(shown)
    if not actor().authenticated:
        return redirect(url_for(sign_in, next=shown.address), 303)
    return redirect(shown.address, 303) if actor().user_id == shown.person else None


def keep_here() -> bool:
    """Keep what somebody signed in has typed so far; whether that was possible."""
    shown = _sent()
    return shown is not None and shown.person == actor().user_id and _keep(shown)


def _keep(shown: Shown) -> bool:
    typed = {name: values for name, values in request.form.lists() if name not in NOT_TYPED}
    size = sum(len(text) for values in typed.values() for text in values)
    if not size or size > MOST_TYPED or not shown.key:
        return False
    aside = request.form.get(SENT_TO, "")[: keeping.PATH_MAX]
    content = {"form": shown.form, "to": _place(aside or request.path), "aside": bool(aside), "typed": typed}
    keeping.keep(key=shown.key, path=shown.page, typed=content, now=now())
    db.session.commit()
    return True


def kept() -> Kept | None:
    """What this person had typed in this browser on the page of this request; looked for once."""
    if "kept_typing" not in g:
        g.kept_typing = _found() if request.method in ("GET", "POST") and actor().authenticated else None
    return g.kept_typing


def back(form: str) -> Kept | None:
    """The same for the form of that name: the first to ask takes it."""
    found = kept()
    if found is None or found.taken or found.form != form:
        return None
    found.taken = True
    return found


def sent(found: Kept) -> Iterator[tuple[str, str]]:
    """What was typed, one value after the other."""
    return ((name, text) for name, values in found.typed.items() for text in values)


def found_here() -> dict[str, str] | None:
    """What was typed into the page of this request by a form sent to it; the page itself says that it is back."""
    found = kept()
    if found is None or found.to != _place(request.path):
        return None
    found.taken = found.offered = True
    g.told_typing = True
    return {name: " ".join(values) for name, values in found.typed.items()}


def forget() -> None:
    """Drop what was kept of the form that this request sends: it is taken now."""
    shown = _sent()
    if shown is None or shown.person != actor().user_id or not shown.key:
        return
    row = keeping.kept(shown.key, now())
    if row and row.get("form") == shown.form:
        keeping.forget(key=shown.key)


def _found() -> Kept | None:
    page = _page()
    key = Shown(actor().user_id, page, "").key if page else None
    row = keeping.kept(key, now()) if key else None
    return Kept(row["form"], row["to"], row.get("aside", False), row["typed"]) if row and "form" in row else None


def _sent() -> Shown | None:
    """What the form of this request says of itself; None where the signature is not ours."""
    try:
        return Shown(*_signer().loads(request.form.get(SHOWN_TO, "")))
    except (BadData, ValueError, TypeError):
        return None


def _page() -> str | None:
    """The page of this request without its language; of a form shown again, the page on which it stood first."""
    if request.method == "POST":
        shown = _sent()
        if shown and shown.person == actor().user_id:
            return shown.page
    if not request.url_rule or "GET" not in request.url_rule.methods:
        return None
    query = urlencode(list(request.args.items(multi=True)))
    return _place(request.path) + (f"?{query}" if query else "")


def _place(path: str) -> str:
    return "/" + path.split("/", 2)[2] if path.count("/") > 1 else path


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt="typing")


def notice() -> dict | None:
    """What the page says above itself where typing is back; None where there is none, or the page says it."""
    found = g.get("kept_typing")
    if found is None or g.get("told_typing"):
        return None
    return {"offered": found.offered, "aside": found.aside, "texts": found.texts, "shown_to": signature(found.form)}


@bp.post("/<ui:lang>/typing/keep")
@requires(Permission.ACCOUNT_SELF)
def keep_aside():
    """Keep what stands in one form of a page while another one of it is sent, for the script of the page."""
    return "", 204 if keep_here() else 422


@bp.post("/<ui:lang>/typing/drop")
@requires(Permission.ACCOUNT_SELF)
def drop():
    """Drop what is kept of a form, and go on from its page as it is."""
    shown = _sent()
    forget()
    db.session.commit()
    return redirect(shown.address if shown else url_for("languages.root"), 303)


def init_app(app: Flask, *, browser: Callable[[], str | None]) -> None:
    """Offer the notice to every page; ``browser`` tells the secret by which a browser is known again."""
    app.extensions["browser_secret"] = browser
    app.register_blueprint(bp)
    app.jinja_env.globals.update(typing_back=notice)
