"""The papers of an application: what the rules ask for, what is there, adding one, taking one out."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.rules import HostileText
from listing.admission import eligibility, facts, judging, papers, queries, rules, shelf
from listing.admission.operations import proving
from listing.admission.paper_forms import PaperForm, said
from listing.evidence.rules import OnHold
from listing.files.rules import Unfit
from listing.rates.queries import today
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, of_address

PAPERS = f"{PATH}/papers"
PAPER = f"{PAPERS}/<uid>"
REFUSED = (Unfit, HostileText, papers.NotYetDated, papers.EndsBeforeDated, papers.RunOut, rules.NotNow)


def _judged(application) -> judging.Judged:
    contents = queries.contents(application)
    return judging.judged(contents, papers.record(application), cleared=False, on=today(now()))


def _asked(application, judged) -> list[papers.Asked]:
    return papers.asked(judged, facts.facts(queries.contents(application), cleared=False).party)


@bp.get(PAPERS)
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def list_papers(application_id: int):
    """Which papers the rules take, which are there, and what each is good for."""
    application = queries.application(application_id)
    judged = _judged(application)
    return render_template(
        "admission/papers.html",
        application=application,
        asked=_asked(application, judged),
        kept=papers.kept(application, judged),
        sent=papers.sent(application),
        reader=shelf.Reader(language()),
        told=eligibility.seen(language()),
        called=lambda code: said(code, language()),
        editable=application.state in rules.EDITABLE and may(Permission.ADMISSION_ANSWER, application),
    )


@bp.route(f"{PAPERS}/add", methods=["GET", "POST"])
@requires(Permission.ADMISSION_ANSWER, subject=of_address)
def add_paper(application_id: int):
    """One paper, with the days that stand on it."""
    application, form = queries.application(application_id), PaperForm()
    form.offer([one.kind for one in _asked(application, _judged(application))], language())
    there = url_for("admission.list_papers", application_id=application_id)
    who = {"application": application, "actor": actor(), "now": now()}
    answer = created(form, proving.add, *REFUSED, then=lambda _paper: there, **who)
    if answer is not None:
        flash(_("The paper is added."))
        return answer
    status = 422 if form.errors or form.form_errors else 200
    return render_template("admission/add_paper.html", application=application, form=form), status


@bp.route(f"{PAPER}/remove", methods=["GET", "POST"])
@requires(Permission.ADMISSION_ANSWER, subject=of_address)
def remove_paper(application_id: int, uid: str):
    """Ask once more, and take a paper out."""
    application, form = queries.application(application_id), Form()
    paper = next((one for one in papers.of(application) if one.uid == uid), None) or abort(404)
    who = {"application": application, "paper": paper, "actor": actor(), "now": now()}
    if accepted(form, proving.remove, papers.WasSent, OnHold, rules.NotNow, **who):
        flash(_("The paper is taken out."))
        return redirect(url_for("admission.list_papers", application_id=application_id), 303)
    status = 422 if form.errors or form.form_errors else 200
    called = said(paper.document_type, language())
    return render_template("admission/remove_paper.html", application=application, form=form, called=called), status
