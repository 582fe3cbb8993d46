"""What was announced: the announcements, newest first, and one of them in both languages or who reads it."""

from dataclasses import replace
from datetime import date

from flask import Response, abort, make_response, render_template, request

from listing.access.actor import Tier
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.bilingual.difference import difference
from listing.companies import meant, presentable
from listing.companies import queries as companies
from listing.companies.meant import Meant
from listing.disclosure.announcements import (
    answering,
    asking,
    forms,
    headlines,
    papers,
    parties,
    proofs,
    queries,
    readers,
    rules,
    saying,
    searching,
    texts,
)
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.searching import Page
from listing.web.page import language, now

from . import preferring
from .blueprint import PUBLIC, bp
from .showing import standard_of


@bp.get(PUBLIC)
@requires(Permission.PUBLIC)
def index():
    """The announcements that the address asks for, newest first."""
    named = asking.company_named(request.args) or Meant(None)
    found = asking.of_company(request.args, named, actor().tier)
    known = named.company is not None or not request.args.get("company", "").strip("\0 ")
    wanted, recent = asking.as_read(request.args, found, _today()) if known else (found, False)
    page = searching.page(wanted) if known else Page([], None)
    page = page._replace(rows=readers.seen(page.rows, actor()))
    return render_template(
        "announcements/index.html",
        asked=wanted,
        page=page,
        kept=asking.filters(request.args, found),
        partly=bool(wanted.q) and wanted.tier < Tier.ADMITTED,
        company=named.company,
        others=None if known else named.others,
        typed=_typed(named),
        lately=presentable.of(parties.lately()).values(),
        recent=(wanted.since, _today()) if recent else None,
        ever=searching.count(replace(wanted, since=None, before=None)) if recent and not page.rows else 0,
        groups=forms.choices(),
        headline_groups=forms.headline_choices(),
        sides=preferring.order(),
        chosen=preferring.chosen() or preferring.PAGE,
        **about(page.rows),
    )


def _today() -> date:
    return now().astimezone(queries.ZONE).date()


def _typed(named: Meant) -> str:
    """What stands in the field of the company: its name, unless that would mean another one as well."""
    if named.company:
        name = named.company.name.shown(language()).text
        if meant.by(name).company is named.company:
            return name
    return request.args.get("company", "")


def about(rows) -> dict:
    """What stands beside releases in a list: their companies, categories, headlines, which were corrected."""
    behind = parties.behind([row.id for row in rows])
    return {
        "behind": behind,
        "companies": presentable.of({each for ids in behind.values() for each in ids}),
        "categories": categories(),
        "headlines": headlines.sheet().headlines,
        "corrected": queries.corrected([row.id for row in rows]),
    }


@bp.get(f"{PUBLIC}/<number>")
@requires(Permission.PUBLIC)
def show(number: str):
    """One announcement in both languages, with its versions and its place in the log; to others, who reads it."""
    row = found(number)
    if row.withheld:
        return _withheld(row)
    about = _around(row)
    before = about["before"]
    return render_template(
        "announcements/show.html",
        **about,
        headline=headlines.headline(row.headline),
        standard=standard_of(row.form),
        changes=_changes(before, row) if before and not before.withheld else [],
        answered=answering.kept(row),
        answered_in_words=answering.in_words,
        entry=proofs.entry(row),
        paper=papers.kept(row),
        printed=proofs.entry(row, (proofs.PRINTED,)),
        sides=_sides(row),
        figures=saying.rows(row.figures, row.title.zh_lang),
    )


def _around(row) -> dict:
    """What everybody knows of a release: its companies, what it is about, its versions as this person sees them."""
    versions = readers.seen(queries.versions(row), actor())
    return {
        "row": row,
        "company": companies.by_id(row.company_id),
        "companies": parties.in_order(parties.behind([row.id])[row.id]),
        "category": categories()[row.category],
        "versions": versions,
        "before": next((each for each in versions if each.id == row.corrects_id), None),
        "correction": next((each for each in versions if each.corrects_id == row.id), None),
    }


def _withheld(row) -> str:
    """Who reads it, and how to become one of them."""
    return render_template("announcements/withheld.html", **_around(row))


def found(number: str):
    """The release of a number as this person sees it; 404 where there is none."""
    return readers.release(number.replace("\0", ""), actor()) or abort(404)


def whole(number: str):
    """The release of a number; 404 where there is none, 401 or 403 where this person may not read it."""
    row = found(number)
    if row.withheld and not actor().authenticated:
        abort(401)
    if row.withheld:  # its roles would not help this person, so the answer is who reads it
        abort(make_response(_withheld(row), 403))
    return row


def _sides(row) -> list[tuple[str, str, str, str]]:
    """Side, language tag and digest, those of the reader's documents first."""
    zh, en = ("zh", row.title.zh_lang, row.digest_zh), ("en", "en", row.digest_en)
    return [en, zh] if preferring.order()[0] == rules.ENGLISH else [zh, en]


def _changes(before, row) -> list[tuple[str, str, list]]:
    """What a correction says otherwise than the version before it, by language, the reader's first."""
    changed = []
    for side, lang, _digest in _sides(row):
        old, new = (texts.of_release(each, side) for each in (before, row))
        changed.append((side, lang, difference(old, new, side)))
    return changed


@bp.get(f"{PUBLIC}/<number>/<side>.txt")
@requires(Permission.PUBLIC)
def text(number: str, side: str):
    """The text of one language, byte for byte as its digest stands in the log."""
    if side not in rules.SIDES:
        abort(404)
    row = whole(number)
    return Response(texts.of_release(row, side), mimetype="text/plain")
