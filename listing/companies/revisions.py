"""The page of a company's revisions, and what changed between any two of them in each language."""

from flask import Blueprint, abort, render_template, request

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.web.page import language

from . import history, profile, queries, rules

bp = Blueprint("revisions", __name__)


@bp.get("/<ui:lang>/companies/<slug>/revisions")
@requires(Permission.PUBLIC)
def index(slug: str):
    """Every published revision, and ``old`` compared with ``new``: the last two where none are named."""
    company, revision = queries.by_slug(slug) or abort(404)
    if company.status == rules.WITHDRAWN:
        on = company.status_at.astimezone(rules.MARKET_ZONE).date()
        return render_template("companies/withdrawn.html", company=company, on=on), 410
    if company.status != rules.DISPLAYED or revision is None:
        abort(404)
    published = history.published(company.id)
    latest = published[0].number
    old, new = _asked("old", max(latest - 1, 1)), _asked("new", latest)
    found = history.contents(company.id, {old, new} & {each.number for each in published})
    return render_template(
        "companies/revisions.html",
        company=company,
        published=published,
        old=old,
        new=new,
        unknown=[number for number in dict.fromkeys((old, new)) if number not in found],
        compared=_compared(found, old, new, profile.tier_for(actor(), company)),
        on=lambda instant: instant.astimezone(rules.MARKET_ZONE).date(),
    )


def _asked(name: str, default: int) -> int:
    return request.args.get(name, default, type=int)


def _compared(found: dict[int, dict], old: int, new: int, tier) -> list[tuple[str, list[history.Change]]]:
    """By language, the reader's first; empty where there are no two to compare."""
    if len({old, new} & found.keys()) < 2:
        return []
    chinese = language() if language() != "en" else "zh-Hans"
    order = ("en", chinese) if language() == "en" else (chinese, "en")
    return [(lang, history.changes(found[old], found[new], tier=tier, lang=lang)) for lang in order]
