"""What was typed into a form and could not be sent: kept when the session had ended, and found again on its page.

Decides whose it is. Each form says under our signature to whom it was shown, on which page, and which form it is; what
is kept lies under the digest of that person, the page and the secret of the browser, so that neither a colleague at the
same screen nor the same person elsewhere finds it, and a form of another site, which has neither signature nor cookie,
keeps nothing. Of a page each form keeps its own: its name, its address and its hidden values tell it from the others. A
form with a password is never signed; a file is never kept. The page that shows the text again asks for its right as
always, and where it offers the form no longer, the text stands there to be copied. A button carries a signature without
a name: nothing is kept of it, and its page says that nothing was done.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, g, redirect, request, session, url_for
from itsdangerous import BadData, URLSafeSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.store import keeping
from listing.store.db import db

from .page import language, now

MOST_TYPED = 600_000  # characters of one form
SHOWN_TO = "shown_to"  # the field that carries the signature
SENT_TO = "sent_to"  # where a form would go that the script of the page keeps because another one is sent
NOT_TYPED = frozenset({"csrf_token", "idempotency_key", SHOWN_TO, SENT_TO, "seen", "go"})  # "seen": the next one counts
NOT_TOLD = NOT_TYPED | {"version"}  # hidden values that tell no form from another
_PAGE_MOST = 2000  # characters of it
UNDONE = "undone"  # in the session: the page to which a button led back without anything done

bp = Blueprint("interrupted", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as it was shown: to whom, on which page whatever its language, which one, and what tells it from others.

    A button has no name.
    """

    person: int
    page: str
    form: str = ""
    told_by: tuple[str, ...] = ()

    @property
    def page_key(self) -> str | None:
        """Under what the forms of its page are kept; None for a browser that has no secret."""
        browser = current_app.extensions["browser_secret"]()
        return keeping.digest((current_app.secret_key, browser, self.person, self.page)) if browser else None

    def key(self, to: str, told: Mapping[str, str]) -> str:
        """Under what it is kept itself."""
        return keeping.digest((self.page_key, self.form, to, *sorted(told.items())))

    @property
    def address(self) -> str:
        """The page in the language of this request."""
        return f"{request.script_root}/{language()}{self.page}"


@dataclass(slots=True)
class Kept:
    """What was found for the page of this request: where it would have gone, the hidden values that tell its form.

    ``taken`` by a form, ``offered`` where the page shows that form, ``told`` where the page says so itself.
    """

    key: str
    form: str
    to: str
    aside: bool
    typed: dict[str, list[str]]
    told_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    taken: bool = False
    offered: bool = False
    told: bool = False

    def belongs(self, form: str, address: str, told_by: Mapping[str, str]) -> bool:
        """Whether it was typed into the form of that name that goes to that address with these hidden values."""
        to = _place(address.removeprefix(request.script_root))
        return (self.form, self.to, dict(self.told_by)) == (form, to, dict(told_by))

    @property
    def texts(self) -> list[str]:
        """The words that were typed, for a page that has no form for them."""
        return [text for name, text in sent(self) if len(text) > 1 and name not in self.told_by]


def signature(form: str = "", told_by: Iterable[str] = ()) -> str | None:
    """Our word that the form is shown to whoever asks, on the page of this request; None where no page answers.

    ``told_by`` names its hidden fields. Without a name it is a button, of which nothing is kept.
    """
    page = _page()
    told = sorted(set(told_by) - NOT_TOLD)
    return _signer().dumps([actor().user_id, page, form, told]) if page and actor().authenticated else None


def field_of(signed: str | None) -> Markup:
    """The hidden field that carries a signature; nothing where there is none."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(SHOWN_TO, signed) if signed else Markup()


def button_field() -> Markup:
    """The same for a form of buttons alone; made once a page."""
    if "button_field" not in g:
        g.button_field = field_of(signature())
    return g.button_field


def keep(sign_in: str) -> Response | None:
    """Keep what this refused POST carried and lead back to its page, through signing in; None where that is no form.

    Where nothing was kept, above all of a button, the page will say that nothing was done.
    """
    shown = _sent()
    if request.method != "POST" or shown is None:
        return None
    db.session.rollback()
    if actor().authenticated and actor().user_id != shown.person:
        _keep(shown)
        return None
    if not _keep(shown):
        session[UNDONE] = [shown.person, shown.page[:_PAGE_MOST]]
    if not actor().authenticated:
        return redirect(url_for(sign_in, next=shown.address), 303)
    return redirect(shown.address, 303)


def keep_here() -> bool:
    """Keep what somebody signed in has typed so far; whether that was possible."""
    shown = _sent()
    return shown is not None and shown.person == actor().user_id and _keep(shown)


def _keep(shown: Shown) -> bool:
    typed = {name: values for name, values in request.form.lists() if name not in NOT_TYPED}
    size = sum(len(text) for values in typed.values() for text in values)
    known = shown.form and shown.page_key and current_app.extensions["is_active"](shown.person)
    if not size or size > MOST_TYPED or not known:
        return False
    aside, to, told = request.form.get(SENT_TO), _goes_to(), _told(shown)
    content = {"form": shown.form, "to": to, "aside": bool(aside), "told_by": told, "typed": typed}
    whose = {"key": shown.key(to, told), "page": shown.page_key, "account_id": shown.person}
    keeping.keep(**whose, path=shown.page, typed=content, now=now())
    db.session.commit()
    return True


def kept() -> list[Kept]:
    """What this person had typed in this browser into forms of the page of this request; looked for once."""
    if "kept_typing" not in g:
        g.kept_typing = _found() if request.method in ("GET", "POST") and actor().authenticated else []
    return g.kept_typing


def back(form: str) -> Kept | None:
    """The same for the form of that name, the latest of them: the first to ask takes it."""
    return _take(found for found in kept() if found.form == form)


def back_at(form: str, address: str, told_by: Mapping[str, str]) -> Kept | None:
    """The same for one of several forms of that name: the one that goes to that address with these hidden values."""
    return _take(found for found in kept() if found.belongs(form, address, told_by))


def _take(several: Iterable[Kept]) -> Kept | None:
    found = next((one for one in several if not one.taken), None)
    if found:
        found.taken = True
    return found


def sent(found: Kept) -> Iterator[tuple[str, str]]:
    """What was typed, one value after the other."""
    return ((name, text) for name, values in found.typed.items() for text in values)


def found_here() -> dict[str, str] | None:
    """What was typed into the page of this request by a form sent to it; the page itself says that it is back."""
    here = _place(request.path)
    found = next((found for found in kept() if found.to == here), None)
    if found is None:
        return None
    found.taken = found.offered = found.told = True
    return {name: " ".join(values) for name, values in found.typed.items()}


def forget() -> None:
    """Drop what was kept of the form that this request sends: it is taken now."""
    shown = _sent()
    if shown and shown.form and shown.person == actor().user_id and shown.page_key:
        keeping.forget(key=shown.key(_goes_to(), _told(shown)), account_id=shown.person)


def _found() -> list[Kept]:
    page = _page()
    key = Shown(actor().user_id, page).page_key if page else None
    return [Kept(key, **typed) for key, typed in keeping.kept(key, actor().user_id, now())] if key else []


def _goes_to() -> str:
    """Where the form of this request goes, or would go where the script of the page keeps it."""
    return _place(request.form.get(SENT_TO, "")[: keeping.PATH_MAX] or request.path)


def _told(shown: Shown) -> dict[str, str]:
    """The hidden values of this request by which that form is told from others like it."""
    return {name: request.form.get(name, "") for name in shown.told_by}


def _sent() -> Shown | None:
    """What the form of this request says of itself; None where the signature is not ours."""
    try:
        person, page, form, told_by = _signer().loads(request.form.get(SHOWN_TO, ""))
    except (BadData, ValueError, TypeError):
        return None
    return Shown(person, page, form, tuple(told_by))


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


def notices() -> list[Kept]:
    """What the page says above itself where typing is back and it does not say so itself."""
    return [found for found in g.get("kept_typing", ()) if not found.told]


def told_here() -> str:
    """The key of what the page itself says is back."""
    return next((found.key for found in g.get("kept_typing", ()) if found.told), "")


def nothing_done() -> bool:
    """Whether this page was come back to because a button of it could not be pressed; said once."""
    if UNDONE not in session or session[UNDONE] != [actor().user_id, (_page() or "")[:_PAGE_MOST]]:
        return False
    del session[UNDONE]
    return True


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
    key = request.form.get("kept", "")
    if key.isalnum():
        keeping.forget(key=key, account_id=actor().user_id)
    db.session.commit()
    return redirect(shown.address if shown else url_for("languages.root"), 303)


def init_app(app: Flask, *, browser: Callable[[], str | None], is_active: Callable[[int], bool]) -> None:
    """Offer the notices to every page.

    ``browser`` tells the secret by which a browser is known again, ``is_active`` whether an account is still open.
    """
    app.extensions["browser_secret"], app.extensions["is_active"] = browser, is_active
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        typing_back=notices, typing_told=told_here, nothing_done=nothing_done, button_field=button_field
    )
