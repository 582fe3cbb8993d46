"""How to tell us of a security weakness: the page people read, and ``security.txt`` (RFC 9116) that programs read.

Decides what is promised and how long the file holds; what protects whom is decided elsewhere (docs/security.md).
"""

from datetime import timedelta

from flask import Blueprint, Response, current_app, render_template, url_for

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.bilingual.language import LANGUAGES
from listing.web.page import now

HOLDS_FOR = timedelta(days=180)  # RFC 9116, 2.5.5 recommends less than a year

bp = Blueprint("reporting", __name__)


@bp.get("/<ui:lang>/security")
@requires(Permission.PUBLIC)
def policy():
    """How to report a weakness, and what whoever does so may expect."""
    contact = current_app.config["SECURITY_CONTACT"]
    return render_template("front/security.html", contact=contact, shown=contact.removeprefix("mailto:"))


@bp.get("/.well-known/security.txt")
@requires(Permission.PUBLIC)
def security_txt():
    """Where to write, in which languages, and until when this holds."""
    address = current_app.config["PUBLIC_URL"].rstrip("/")
    ends = (now() + HOLDS_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    fields = [
        ("Contact", current_app.config["SECURITY_CONTACT"]),
        ("Expires", ends.strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("Preferred-Languages", "zh, en"),
        ("Canonical", address + url_for("reporting.security_txt")),
        *(("Policy", address + url_for("reporting.policy", lang=language)) for language in LANGUAGES),
    ]
    text = "".join(f"{name}: {value}\n" for name, value in fields)
    return Response(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=86400"})
