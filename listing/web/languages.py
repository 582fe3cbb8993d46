"""The interface language: in the URL, chosen at ``/``, remembered by the language links.

``/`` and every other address without a language choose: cookie (the choice made on this device), preference of the
person signed in, Accept-Language. The stored preference itself, which also rules e-mails, changes only on its own page,
because a GET never writes. The language of a content block and the prevailing language of a record are other matters.
"""

import re
from functools import cache, lru_cache

from babel import Locale
from flask import Blueprint, Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.routing import BaseConverter

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.bilingual import language as tags

COOKIE = "lang"
YEAR = 365 * 24 * 3600

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_PLAIN = re.compile(r"/[A-Za-z-]+/[A-Za-z0-9_./-]*")

bp = Blueprint("languages", __name__)


class LanguageConverter(BaseConverter):
    """One of our interface languages; any other first segment is no page."""

    regex = "|".join(tags.LANGUAGES)


def chosen() -> str:
    """The language for an address that names none."""
    cookie = request.cookies.get(COOKIE)
    if cookie in tags.LANGUAGES:
        return cookie
    if actor().authenticated:
        return actor().language
    return tags.negotiate(request.headers.get("Accept-Language", ""))


def here(language: str, *, external: bool = False) -> str:
    """The address of this page in ``language``, query kept."""
    if not request.endpoint or not current_app.url_map.is_endpoint_expecting(request.endpoint, "lang"):
        return url_for("front.home", lang=language, _external=external)
    if not request.args and _PLAIN.fullmatch(request.path):  # most pages, at a tenth of the cost
        start = request.host_url.rstrip("/") if external else ""
        return f"{start}{request.script_root}/{language}/{request.path.split('/', 2)[2]}"
    query = request.args.to_dict(flat=False)
    return url_for(request.endpoint, **{**query, **(request.view_args or {}), "lang": language}, _external=external)


def switch_to(language: str) -> str:
    """The address that remembers ``language`` and comes back to this page in it."""
    path = here(language).removeprefix(f"{request.script_root}/{language}/")
    if not path or _PLAIN.fullmatch(f"/{language}/{path}"):
        return f"{request.script_root}/language/{language}" + (f"?to={path}" if path else "")
    return url_for("languages.switch", target=language, to=path or None)


@lru_cache(maxsize=1_000)
def _kept(_root: str, _language: str, endpoint: str) -> str:
    return url_for(endpoint)


def address(endpoint: str) -> str:
    """The address of a page that needs nothing but the language; kept, because every page links to ten of them."""
    return _kept(request.script_root, g.get("language") or chosen(), endpoint)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(tags.LANGUAGES[language].locale)


def locale() -> Locale:
    """What Babel knows of the language of this request."""
    return _locale(g.get("language", "en"))


def _pull(_endpoint: str | None, values: dict | None) -> None:
    if values and "lang" in values:
        g.language = values.pop("lang")


def _default(endpoint: str, values: dict) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = g.get("language") or chosen()


def _settle() -> None:
    if "language" not in g:
        first = request.path.split("/", 2)[1]  # an address without a page may still name its language
        g.language = first if first in tags.LANGUAGES else chosen()


@bp.get("/")
@requires(Permission.PUBLIC)
def root():
    """Send the visitor to the home page in the language that suits."""
    answer = redirect(url_for("front.home", lang=chosen()))
    answer.vary.update(("Accept-Language", "Cookie"))
    return answer


@bp.get("/language/<target>")
@requires(Permission.PUBLIC)
def switch(target: str):
    """Remember a language and go on to the same page in it; ``to`` is the path without its language."""
    if target not in tags.LANGUAGES:
        abort(404)
    path = _CONTROLS.sub("", request.args.get("to", ""))
    answer = redirect(f"/{target}/{path.lstrip('/')}")
    answer.set_cookie(COOKIE, target, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True)
    return answer


def init_app(app: Flask) -> None:
    """Read the language from the address and offer it to every template."""
    app.url_map.converters["ui"] = LanguageConverter
    app.url_value_preprocessor(_pull)
    app.url_defaults(_default)
    app.before_request(_settle)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(address=address, here=here, languages=tags.LANGUAGES, switch_to=switch_to)
