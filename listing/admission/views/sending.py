"""Checking every answer with what the rules say of it, and signing."""

from flask import render_template, url_for

from listing import turnaround
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.freshness import fresh
from listing.admission import completeness, consents, contradictions, eligibility, judging, papers, queries, rules, told
from listing.admission.forms import SendForm
from listing.admission.operations import applying
from listing.admission.pages import pages, risk_level
from listing.admission.paper_forms import said
from listing.rates.queries import today
from listing.web.page import language, now, words
from listing.web.turn import created

from .blueprint import PATH, bp, of_address
from .consenting import consented


@bp.get(f"{PATH}/check")
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def check(application_id: int):
    """Every answer, what is missing, and the signature for those who may sign."""
    return _check(application_id, SendForm())


@bp.route(f"{PATH}/send", methods=["GET", "POST"])
@fresh
@requires(Permission.ADMISSION_SEND, subject=of_address)
def send(application_id: int):
    """Sign the application and send it; asks for the password again where it was given long ago."""
    form = SendForm()
    there = url_for("admission.sent", application_id=application_id)
    answer = created(
        form,
        applying.send,
        rules.NotDeclared,
        rules.ChangedSinceRead,
        rules.NotReady,
        rules.NotNow,
        then=lambda _submission: there,
        application=queries.application(application_id),
        actor=actor(),
        now=now(),
    )
    return answer if answer is not None else _check(application_id, form)


def _check(application_id: int, form: SendForm):
    application = queries.application(application_id)
    contents = queries.contents(application)
    whole = applying.whole(application)
    form.seen.data = applying.digest(whole)  # of what this page shows, whatever was sent
    missing = completeness.to_send(contents)
    ledger = queries.ledger([application.organisation_id])
    unanswered = consents.lacking(queries.residence(application), ledger)
    judged = judging.judged(contents, whole["evidence"], cleared=False, on=today(now()))
    page = render_template(
        "admission/check.html",
        application=application,
        pages=pages(),
        sections=told.sections(contents, language()),
        missing=missing,
        odd=contradictions.found(contents),
        books=eligibility.sections(judged, language()),
        why=words(judged.why) if judged.why else "",
        papers=papers.of(application),
        called=lambda code: said(code, language()),
        level=risk_level(contents),
        unanswered=unanswered,
        **consented(application),
        ready=not missing and not unanswered and (application.state, "submit") in rules.STEPS,
        editable=application.state in rules.EDITABLE and may(Permission.ADMISSION_ANSWER, application),
        signs=may(Permission.ADMISSION_SEND, application),
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get(f"{PATH}/sent")
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def sent(application_id: int):
    """The reference, what happens next, and by when."""
    application = queries.application(application_id)
    last = queries.last_submission(application)
    residence = last.content["pages"]["institution"]["residence"] if last else ""
    clock = (
        turnaround.clock(sent_at=last.submitted_at, now=now(), domicile=residence, limit=rules.REVIEW_DAYS)
        if last
        else None
    )
    return render_template("admission/sent.html", application=application, last=last, clock=clock)
