"""Whose documents come first for a reader: the address, this device's cookie, the person's preference, the page.

Only the order: both languages are always there. A GET never writes, so a visitor's choice is a cookie of this device,
as that of the language is, and goes before what a person stored.
"""

from flask import abort, redirect, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.disclosure.announcements import asking, lists, rules
from listing.web.languages import YEAR
from listing.web.page import language

from .blueprint import PUBLIC, bp

COOKIE = "documents"
PAGE = "page"  # the choice to follow the language of each page


def order() -> tuple[str, ...]:
    """The languages of documents in this reader's order."""
    return lists.sides(chosen(), language())


def chosen() -> str:
    """The language this reader chose, by whichever way; empty for that of the page."""
    asked, device = request.args.get("documents", ""), request.cookies.get(COOKIE)
    if asked in rules.SIDES:
        return asked
    if device in (*rules.SIDES, PAGE):
        return "" if device == PAGE else device
    return actor().documents


@bp.get(f"{PUBLIC}/documents/<side>")
@requires(Permission.PUBLIC)
def prefer(side: str):
    """Remember on this device whose documents come first, and go back to the list."""
    if side not in (*rules.SIDES, PAGE):
        abort(404)
    kept = asking.filters(request.args, asking.asked(request.args, actor().tier))
    kept.pop("documents", None)
    answer = redirect(url_for("announcements.index", **kept))
    answer.set_cookie(COOKIE, side, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True)
    return answer
