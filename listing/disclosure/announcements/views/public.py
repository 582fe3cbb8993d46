"""What everybody reads: the announcements, newest first, and one of them in both languages."""

from datetime import date

from flask import Response, abort, render_template, request
from werkzeug.datastructures import MultiDict

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.bilingual.difference import difference
from listing.companies import presentable
from listing.companies import queries as companies
from listing.disclosure.announcements import forms, proofs, queries, rules, texts
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.queries import Asked
from listing.web.page import language

from .blueprint import PUBLIC, bp

FILTERS = ("q", "company", "category", "since", "until")
MOST_TYPED = 200
MOST_ID = 2**47


def asked(given: MultiDict) -> Asked | None:
    """What an address asks for, without what is not understood; None where it names a company we do not know."""
    company_id = None
    if slug := given.get("company", "")[:MOST_TYPED]:
        found = companies.by_slug(slug)
        if found is None:
            return None
        company_id = found[0].id
    category = given.get("category", "")
    before = given.get("before", type=int)
    return Asked(
        q=given.get("q", "")[:MOST_TYPED].replace("\0", "").strip(),
        company_id=company_id,
        category=category if category in categories() else "",
        since=_day(given.get("since", "")),
        until=_day(given.get("until", "")),
        before=before if before and 0 < before < MOST_ID else None,
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2099 else None


@bp.get(PUBLIC)
@requires(Permission.PUBLIC)
def index():
    """The announcements that the address asks for, newest first."""
    wanted = asked(request.args)
    page = queries.page(wanted) if wanted else queries.Page([], None)
    return render_template(
        "announcements/index.html",
        asked=wanted or Asked(),
        page=page,
        kept=filters(request.args),
        company=_company(wanted),
        groups=forms.choices(),
        **about(page.rows),
    )


def filters(given: MultiDict) -> dict[str, str]:
    """The filters that an address names, to be kept by the links of its page."""
    return {name: text for name, text in given.items() if name in FILTERS and text}


def _company(wanted: Asked | None):
    return companies.by_id(wanted.company_id) if wanted else None


def about(rows) -> dict:
    """What stands beside releases in a list: their companies, their categories, which of them were corrected."""
    return {
        "companies": presentable.of({row.company_id for row in rows}),
        "categories": categories(),
        "corrected": queries.corrected([row.id for row in rows]),
    }


@bp.get(f"{PUBLIC}/<number>")
@requires(Permission.PUBLIC)
def show(number: str):
    """One announcement in both languages, with its versions and its place in the log."""
    row = found(number)
    versions = queries.versions(row)
    before = next((each for each in versions if each.id == row.corrects_id), None)
    return render_template(
        "announcements/show.html",
        row=row,
        company=companies.by_id(row.company_id),
        category=categories()[row.category],
        versions=versions,
        before=before,
        correction=next((each for each in versions if each.corrects_id == row.id), None),
        changes=_changes(before, row) if before else [],
        entry=proofs.entry(row),
        sides=_sides(row),
    )


def found(number: str):
    """The release of a number; 404 where there is none."""
    return queries.release(number.replace("\0", "")) or abort(404)


def _sides(row) -> list[tuple[str, str, str, str]]:
    """Side, language tag, label of its text file and digest, the reader's language first."""
    zh, en = ("zh", row.title.zh_lang, row.digest_zh), ("en", "en", row.digest_en)
    return [en, zh] if language() == "en" else [zh, en]


def _changes(before, row) -> list[tuple[str, str, list]]:
    """What a correction says otherwise than the version before it, by language, the reader's first."""
    changed = []
    for side, lang, _digest in _sides(row):
        old, new = (plain(each, side) for each in (before, row))
        changed.append((side, lang, difference(old, new, side)))
    return changed


def plain(row, side: str) -> str:
    """The text of one language as it was released."""
    return texts.plain(getattr(row.title, side), [getattr(part, side) for part in row.passages])


@bp.get(f"{PUBLIC}/<number>/<side>.txt")
@requires(Permission.PUBLIC)
def text(number: str, side: str):
    """The text of one language, byte for byte as its digest stands in the log."""
    row = found(number)
    if side not in rules.SIDES:
        abort(404)
    return Response(plain(row, side), mimetype="text/plain")
