"""The reviewer's queue, one case, and the supervisor's page of what is on display."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing import turnaround
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import queries as companies
from listing.companies.rules import STATUSES, NotFree
from listing.companies.rules import NotNow as NotNowForCompany
from listing.files import queries as stored
from listing.files import serving
from listing.profiles import queries as profiles
from listing.profiles import rules as life
from listing.web import paging
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from . import operations, queries, reading, rules
from .forms import (
    EVENT_LABELS,
    ClaimForm,
    CommentForm,
    DecideForm,
    GovernForm,
    IdentityForm,
    IdentityOfPageForm,
    RecuseForm,
)

bp = Blueprint("reviewing", __name__)

REFUSALS = (
    rules.SamePerson,
    rules.HasConflict,
    rules.Locked,
    rules.NotYours,
    rules.NothingSaid,
    rules.IdentityUnchecked,
    rules.NoReason,
    life.NotNow,
    NotNowForCompany,
    NotFree,
)


@bp.get("/<ui:lang>/review/profiles")
@requires(Permission.PROFILE_REVIEW)
def index():
    """What waits for a decision, the longest first."""
    lines = queries.waiting(actor(), now(), after=paging.after_instant())
    beyond, lines = len(lines) > queries.PAGE, lines[: queries.PAGE]
    onward = paging.mark(lines[-1].submission.submitted_at, lines[-1].submission.id) if beyond else None
    return render_template("reviewing/index.html", lines=lines, onward=onward, total=profiles.under_review_count())


def _case(submission_id: int) -> queries.Case:
    return queries.case(submission_id, actor()) or abort(404)


@bp.get("/<ui:lang>/review/profiles/<int:submission_id>")
@requires(Permission.PROFILE_REVIEW)
def show(submission_id: int):
    """One submission: what was sent, how it differs from what is published, and what may be done."""
    return _page(_case(submission_id))


def _page(case: queries.Case, **forms):
    published = profiles.last_published(case.profile.id)
    before = published.content["sheets"] if published else None
    identity = case.contents["identity"]
    sections = reading.sections(case.contents, before, reader=language())
    blank = {
        "claim_form": ClaimForm(formdata=None),
        "comment_form": CommentForm(formdata=None),
        "identity_form": _identity_form(case)(formdata=None),
        "recuse_form": RecuseForm(formdata=None),
        "decide_form": DecideForm(formdata=None),
    }
    refused = any(form.errors or form.form_errors for form in forms.values())
    page = render_template(
        "reviewing/show.html",
        case=case,
        sections=sections,
        places={line.place: f"{section.label} · {line.label}" for section in sections for line in section.lines},
        material=reading.material(case.contents, before),
        files=reading.files(case.contents, before),
        first=before is None,
        identity=identity,
        part=case.part(actor()),
        holder=case.holder(now()),
        mine=_is_mine(case),
        clock=turnaround.clock(
            sent_at=case.submission.submitted_at,
            now=now(),
            domicile=identity.get("domicile", ""),
            limit=life.REVIEW_DAYS,
        ),
        history=queries.history(case.profile.id),
        **blank | forms,
    )
    return page, 422 if refused else 200


def _identity_form(case: queries.Case) -> type[IdentityForm]:
    return IdentityOfPageForm if case.page else IdentityForm


def _is_mine(case: queries.Case) -> bool:
    holder = case.holder(now())
    return holder is not None and holder.account_id == actor().user_id


def _turn(name: str, form, operation, case: queries.Case, **more):
    """Run one step of a case and come back to it, or show it again with the refusal on the form."""
    if accepted(form, operation, *REFUSALS, case=case, actor=actor(), now=now(), **more) is None:
        return _page(_case(case.submission.id), **{name: form})
    return redirect(url_for("reviewing.show", submission_id=case.submission.id), 303)


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/claim")
@requires(Permission.PROFILE_REVIEW)
def claim(submission_id: int):
    """Work on a submission, or take it over."""
    return _turn("claim_form", ClaimForm(), operations.claim, _case(submission_id))


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/comments")
@requires(Permission.PROFILE_REVIEW)
def comment(submission_id: int):
    """Say beside one place what should change."""
    case, form = _case(submission_id), CommentForm()
    there = url_for("reviewing.show", submission_id=submission_id, _anchor=f"at-{form.place.data or ''}")
    who = {"case": case, "actor": actor(), "now": now()}
    answer = created(form, operations.comment, *REFUSALS, then=lambda _comment: there, **who)
    return answer if answer is not None else _page(_case(submission_id), comment_form=form)


@bp.get("/<ui:lang>/review/profiles/<int:submission_id>/files/<int:file_id>")
@requires(Permission.PROFILE_REVIEW)
def file(submission_id: int, file_id: int):
    """Hand out a file that was sent."""
    sent = {row["file"] for row, _change in reading.files(_case(submission_id).contents, None)}
    return serving.download((stored.get(file_id) if file_id in sent else None) or abort(404))


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/comments/<int:comment_id>/withdraw")
@requires(Permission.PROFILE_REVIEW)
def withdraw_comment(submission_id: int, comment_id: int):
    """Take a comment of one's own back."""
    return _turn("claim_form", Form(), operations.withdraw_comment, _case(submission_id), comment_id=comment_id)


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/identity")
@requires(Permission.PROFILE_REVIEW)
def check_identity(submission_id: int):
    """Note how the identity was compared with its register."""
    case = _case(submission_id)
    form = _identity_form(case)()
    there = url_for("reviewing.show", submission_id=submission_id, _anchor="identity-check")
    who = {"case": case, "actor": actor(), "now": now()}
    answer = created(form, operations.check_identity, *REFUSALS, then=lambda _check: there, **who)
    return answer if answer is not None else _page(_case(submission_id), identity_form=form)


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/recuse")
@requires(Permission.PROFILE_REVIEW)
def recuse(submission_id: int):
    """Declare a conflict of interest."""
    return _turn("recuse_form", RecuseForm(), operations.recuse, _case(submission_id))


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/return")
@requires(Permission.PROFILE_REVIEW)
def send_back(submission_id: int):
    """Return the submission with its comments."""
    return _turn("decide_form", DecideForm(), operations.send_back, _case(submission_id))


@bp.post("/<ui:lang>/review/profiles/<int:submission_id>/approve")
@requires(Permission.PROFILE_REVIEW)
def approve(submission_id: int):
    """Approve; the second approval publishes."""
    return _turn("decide_form", DecideForm(), operations.approve, _case(submission_id))


@bp.route("/<ui:lang>/review/displayed/<slug>", methods=["GET", "POST"])
@requires(Permission.PROFILE_GOVERN)
def govern(slug: str):
    """Suspend, restore or withdraw a company that is on display."""
    company, _revision = companies.by_slug(slug) or abort(404)
    profile = profiles.of_company(company.id) or abort(404)
    form = GovernForm()
    form.event.choices = [one for one in form.event.choices if (company.status, one.value) in STATUSES]
    if accepted(form, _governed, *REFUSALS, profile=profile, actor=actor(), now=now()):
        flash(_("Done: %(step)s.", step=EVENT_LABELS[form.event.data]))
        return redirect(url_for("reviewing.govern", slug=slug), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("reviewing/govern.html", form=form, company=company, profile=profile), status


def _governed(**arguments) -> bool:
    operations.govern(**arguments)
    return True
