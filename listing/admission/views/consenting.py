"""Consents: asked one by one on a page of an application; read and taken back in the pages of one's account."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import APPROVER, INVESTOR, OWNER
from listing.admission import completeness, consents, queries, rules
from listing.admission.consent_forms import consent_form
from listing.admission.operations import consenting
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import PATH, bp, of_address

CONSENTS = f"{PATH}/consents"
OWN = "/<ui:lang>/account/consents"
REFUSED = (consents.NothingAnswered, consents.AnsweredMeanwhile, rules.NotNow)


@bp.get(CONSENTS)
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def list_consents(application_id: int):
    """What is asked, in full, with what was answered."""
    return _asked(application_id, _form(application_id))


@bp.post(CONSENTS)
@requires(Permission.ADMISSION_SEND, subject=of_address)
def answer_consents(application_id: int):
    """Note the answers of whoever signs for the institution."""
    form, application = _form(application_id), queries.application(application_id)
    who = {"application": application, "language": language(), "actor": actor(), "now": now()}
    if accepted(form, consenting.answer, *REFUSED, **who) is None:
        return _asked(application_id, form)
    flash(_("Your answers are noted."))
    return redirect(url_for("admission.hub", application_id=application_id), 303)


def _form(application_id: int) -> Form:
    application = queries.application(application_id)
    asked = consents.asked(queries.residence(application))
    return consent_form(asked, consents.latest(queries.ledger([application.organisation_id])), language())


def _asked(application_id: int, form: Form):
    application = queries.application(application_id)
    page = render_template(
        "admission/consents.html",
        application=application,
        asked=consents.asked(queries.residence(application)),
        held=consents.latest(queries.ledger([application.organisation_id])),
        answers=may(Permission.ADMISSION_SEND, application) and application.state not in consenting.CLOSED,
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200


def task(application) -> dict:
    """The task of the list: its state, and whether the review stands still for want of a consent."""
    residence, ledger = queries.residence(application), queries.ledger([application.organisation_id])
    asked, lacking = consents.asked(residence), consents.lacking(residence, ledger)
    done = completeness.COMPLETED if asked and not lacking else completeness.IN_PROGRESS
    begun = len(lacking) < len(asked)
    state = done if begun else completeness.NOT_STARTED
    return {"task": state, "stopped": consents.stopped(residence, ledger)}


def consented(application) -> dict:
    """What was answered so far, for who checks and who reviews."""
    residence, ledger = queries.residence(application), queries.ledger([application.organisation_id])
    held = consents.latest(ledger)
    lines = [(each, held[each.id]) for each in consents.asked(residence) if each.id in held]
    return {"consented": lines, "stopped": consents.stopped(residence, ledger)}


@bp.get(OWN)
@requires(Permission.ACCOUNT_SELF)
def own_consents():
    """What one answered oneself, and for the institutions one signs for; each with what can be done about it."""
    signs = {m.organisation_id for m in actor().memberships if m.kind == INVESTOR and m.role in (OWNER, APPROVER)}
    ids = queries.answered_for(actor().user_id) | signs
    ledger = [row for row in queries.ledger(ids) if row.organisation_id in signs or row.account_id == actor().user_id]
    return render_template(
        "admission/own_consents.html",
        rows=[(row, consents.purposes()[row.purpose]) for row in reversed(ledger)],
        open=_withdrawable(ids),
        institutions=accounts.organisations(ids) if ids else {},
    )


def _withdrawable(ids) -> set[int]:
    """The rows that hold a consent which can be taken back."""
    ledger = queries.ledger(ids)
    by_holder = [[row for row in ledger if row.organisation_id == holder] for holder in ids]
    return {row.id for rows in by_holder for row in rows if consents.may_withdraw(row, rows)}


@bp.route(f"{OWN}/<int:consent_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.CONSENT_WITHDRAW, subject=lambda consent_id, **_rest: queries.consent(consent_id))
def withdraw_consent(consent_id: int):
    """Say what follows, and take a consent back."""
    consent, form = queries.consent(consent_id), Form()
    purpose = consents.purposes()[consent.purpose]
    who = {"consent": consent, "language": language(), "actor": actor(), "now": now()}
    if accepted(form, consenting.withdraw, consents.AnsweredMeanwhile, **who):
        flash(_("The consent is withdrawn."))
        return redirect(url_for("admission.own_consents"), 303)
    status = 422 if form.errors or form.form_errors else 200
    return render_template("admission/withdraw_consent.html", consent=consent, purpose=purpose, form=form), status
