"""The profile of an institution: what enterprises see of it, with whose consent, and what is typed for it."""

from datetime import timedelta

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission import consents, queries, worded
from listing.admission.consent_forms import consent_form
from listing.admission.operations import consenting
from listing.admission.profile import operations, rules, told
from listing.admission.profile import queries as profiles
from listing.admission.profile.forms import ProfileForm, profile_form
from listing.companies import presentable, readership
from listing.companies.rules import READINGS_KEPT
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import bp

PROFILE = "/<ui:lang>/desk/institutions/<int:institution_id>/profile"
_SAVING = (rules.SavedMeanwhile, rules.NotAboveNothing, rules.WrongWay, *worded.SOUND)


def of_institution(institution_id: int, **_rest):
    """The last application of an institution, by which its people are known; another has no profile."""
    return queries.last_of(institution_id)


@bp.get(PROFILE)
@requires(Permission.ADMISSION_VIEW, subject=of_institution)
def profile(institution_id: int):
    """Every part, whether enterprises see it, and who looked."""
    return _page(institution_id, _form(institution_id))


@bp.post(PROFILE)
@requires(Permission.ADMISSION_SEND, subject=of_institution)
def show_profile(institution_id: int):
    """Note what whoever signs for the institution lets enterprises see."""
    form = _form(institution_id)
    who = {"organisation_id": institution_id, "language": language(), "actor": actor(), "now": now()}
    refused = (consents.NothingAnswered, consents.AnsweredMeanwhile)
    if accepted(form, consenting.let_see, *refused, **who) is None:
        return _page(institution_id, form)
    flash(_("Your answers are noted."))
    return redirect(url_for("admission.profile", institution_id=institution_id), 303)


def _form(institution_id: int) -> Form:
    held = consents.latest(queries.ledger([institution_id]))
    return consent_form(consents.about_profile(), held, language())


def _page(institution_id: int, form: Form):
    since = readership.day_of(now() - READINGS_KEPT + timedelta(days=1))
    looked = profiles.openings(institution_id, since=since)
    page = render_template(
        "admission/profile.html",
        institution=accounts.organisation(institution_id),
        admitted=institution_id in queries.open_among([institution_id], now()),
        lines={line.part: line for line in told.lines(profiles.parts(institution_id), language())},
        parts={part: consents.purposes()[rules.purpose(part)] for part in rules.PARTS},
        held=consents.latest(queries.ledger([institution_id])),
        seen=profiles.seen(institution_id, now()),
        looked=looked,
        companies=presentable.of({number for number, *_rest in looked}),
        writes=may(Permission.ADMISSION_ANSWER, of_institution(institution_id)),
        signs=may(Permission.ADMISSION_SEND, of_institution(institution_id)),
        kept=READINGS_KEPT.days,
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.route(f"{PROFILE}/edit", methods=["GET", "POST"])
@requires(Permission.ADMISSION_ANSWER, subject=of_institution)
def edit_profile(institution_id: int):
    """Write what the institution says of itself."""
    form = profile_form(profiles.profile(institution_id))
    who = {"organisation_id": institution_id, "actor": actor(), "now": now()}
    if accepted(form, operations.save, *_SAVING, **who):
        flash(_("The profile is saved. Enterprises see of it what your institution consented to."))
        return redirect(url_for("admission.profile", institution_id=institution_id), 303)
    return _edited(institution_id, form)


def _edited(institution_id: int, form: ProfileForm):
    row = profiles.profile(institution_id)
    newer = row if row and form.is_submitted() and form.version.data != str(row.version) else None
    if newer:
        form.version.data = str(row.version)
    page = render_template(
        "admission/edit_profile.html",
        institution=accounts.organisation(institution_id),
        newer=told.lines(profiles.parts(institution_id), language()) if newer else [],
        form=form,
        longest=rules.TEXT_LONGEST,
    )
    return page, 422 if form.errors or form.form_errors else 200
