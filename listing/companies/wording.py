"""The page on which a company keeps its own terms."""

from flask import Blueprint, abort, redirect, render_template, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.web.page import language, now
from listing.web.turn import accepted, created

from . import catalogue, own_terms, queries, rules
from .forms import KIND_LABELS, DropTermForm, OwnTermForm
from .models import Company
from .operations import wording

bp = Blueprint("own_terms", __name__)

REFUSALS = (
    rules.TermKept,
    rules.TooManyTerms,
    rules.FormTooLong,
    rules.HostileCharacters,
    rules.LooksLikeFormula,
)


def company_of(slug: str, **_others: object) -> Company:
    """The company whose terms these are; gone and unknown ones are not there."""
    found = queries.by_slug(slug)
    if found is None or found[0].status == rules.WITHDRAWN:
        abort(404)
    return found[0]


def _page(company: Company, form: OwnTermForm):
    rows = own_terms.of(company.id)
    body = render_template(
        "companies/terms.html",
        company=company,
        form=form,
        rows=rows,
        kinds=KIND_LABELS,
        deviations=own_terms.deviations(company, rows),
        sections=catalogue.labels("section", language()),
    )
    return body, 422 if form.errors or form.form_errors else 200


@bp.get("/<ui:lang>/studio/companies/<slug>/terms")
@requires(Permission.PROFILE_VIEW, subject=company_of)
def index(slug: str):
    """The terms a company keeps, and where its page leaves them."""
    return _page(company_of(slug), OwnTermForm())


@bp.post("/<ui:lang>/studio/companies/<slug>/terms")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def keep(slug: str):
    """Keep one more term."""
    company, form = company_of(slug), OwnTermForm()
    there = url_for("own_terms.index", slug=slug)
    answer = created(
        form, wording.keep_term, *REFUSALS, then=lambda _term: there, company=company, actor=actor(), now=now()
    )
    return answer or _page(company_of(slug), form)


@bp.post("/<ui:lang>/studio/companies/<slug>/terms/<int:kept_id>/drop")
@requires(Permission.PROFILE_EDIT, subject=company_of)
def drop(slug: str, kept_id: int):
    """Keep a term no longer; one that has gone already is no error."""
    company = company_of(slug)
    term = own_terms.one(company.id, kept_id)
    if term:
        accepted(DropTermForm(), wording.drop_term, company=company, term=term, actor=actor(), now=now())
    return redirect(url_for("own_terms.index", slug=slug), 303)
