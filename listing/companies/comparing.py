"""The page that puts two to five companies beside each other; which ones stands in its address."""

from flask import Blueprint, render_template, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.web.page import language

from . import comparison, queries
from .directory import MOST_TYPED, Selection

bp = Blueprint("comparing", __name__)

MOST_OFFERED = 6


@bp.get("/<ui:lang>/companies/compare")
@requires(Permission.PUBLIC)
def index():
    """The companies named by ``c`` beside each other, and a search that adds another."""
    asked = list(dict.fromkeys(request.args.getlist("c")))
    shown = comparison.on_display(asked[: comparison.MOST])
    words = " ".join(request.args.get("q", "")[:MOST_TYPED].split())
    slugs = [company.slug for company, _revision in shown]
    return render_template(
        "companies/compare.html",
        shown=shown,
        lines=comparison.lines(shown, person=actor(), reader=language()),
        slugs=slugs,
        words=words,
        offered=_offered(words, slugs),
        with_=lambda slug: url_for("comparing.index", c=[*slugs, slug]),
        without=lambda slug: url_for("comparing.index", c=[kept for kept in slugs if kept != slug]),
        too_many=len(asked) > comparison.MOST,
        gone=len(asked[: comparison.MOST]) - len(shown),
        most=comparison.MOST,
        least=comparison.LEAST,
    )


def _offered(words: str, slugs: list[str]):
    if not words or not words.isprintable() or len(slugs) >= comparison.MOST:
        return []
    found = queries.page(Selection(q=words, sort="relevance"), actor().tier).cards
    return [card for card in found if card.slug not in slugs][:MOST_OFFERED]
