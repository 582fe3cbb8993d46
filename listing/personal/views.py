"""The pages about one's own data: the copy of it, and its erasure; and the requests that a supervisor answers.

Content goes out on POST only, after the password was given lately.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wsgi import FileWrapper

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.freshness import lately
from listing.accounts.operations.membership import LastOwner
from listing.files.rules import disposition
from listing.store.db import reading
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted

from . import copying, operations, queries, rules
from .forms import AnswerForm, EraseForm
from .held import groups

bp = Blueprint("personal", __name__)

OWN = "/<ui:lang>/account/data"
REVIEW = "/<ui:lang>/review/erasures"
REFUSED = (rules.NotFresh, rules.NotUnderstood, rules.AlreadyAsked, LastOwner)


@bp.get(OWN)
@lately
@requires(Permission.ACCOUNT_SELF)
def own():
    """What a copy holds."""
    return render_template("personal/own.html", groups=groups(), last=queries.last_of(actor().user_id), form=Form())


@bp.post(f"{OWN}/copy")
@requires(Permission.ACCOUNT_SELF)
def copy():
    """Hand out everything that is held about the person who asks."""
    form = Form()
    if accepted(form, operations.copy, rules.NotFresh, actor=actor(), now=now()) is None:
        for error in form.form_errors:
            flash(error, "error")
        return redirect(url_for("personal.own"), 303)
    with reading():
        head = _("What Baybridge holds about %(name)s, written %(at)s.", name=actor().label, at=now().isoformat())
        content = copying.write(actor().user_id, said=_, head=head, now=now())
    answer = Response(FileWrapper(content, 64 * 1024), content_type="application/zip")
    answer.headers["Content-Disposition"] = disposition(f"baybridge-{now():%Y%m%d}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route(f"{OWN}/erase", methods=["GET", "POST"])
@lately
@requires(Permission.ACCOUNT_SELF)
def erase():
    """Say what goes, what stays and why, and ask for it."""
    form = EraseForm()
    row = accepted(form, operations.ask, *REFUSED, actor=actor(), now=now())
    if row is not None:
        return redirect(url_for("personal.own" if row.open_of else "personal.erased"), 303)
    own = actor().user_id
    page = render_template(
        "personal/erase.html",
        kept=queries.kept(own),
        until=queries.kept_until(own),
        confirming=queries.needs_confirming(own),
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.post(f"{OWN}/erase/take-back")
@requires(Permission.ACCOUNT_SELF)
def take_back():
    """Let an open request rest."""
    row, form = queries.last_of(actor().user_id) or abort(404), Form()
    if accepted(form, operations.take_back, rules.NotOpen, erasure=row, actor=actor(), now=now()):
        flash(_("The request is taken back."))
    return redirect(url_for("personal.own"), 303)


@bp.get("/<ui:lang>/erased")
@requires(Permission.PUBLIC)
def erased():
    """Where somebody arrives who has no account any more."""
    return render_template("personal/erased.html")


@bp.get(REVIEW)
@requires(Permission.PEOPLE_MANAGE)
def requests():
    """The requests that wait for a supervisor."""
    rows = queries.waiting()
    return render_template("personal/requests.html", rows=rows, names=queries.names(rows))


@bp.route(f"{REVIEW}/<int:erasure_id>", methods=["GET", "POST"])
@requires(Permission.PEOPLE_MANAGE)
def answer(erasure_id: int):
    """What would stay of a person, and the answer."""
    row, form = queries.get(erasure_id) or abort(404), AnswerForm()
    refused = (rules.OwnRequest, rules.NoReason, rules.NotOpen, LastOwner)
    if accepted(form, operations.answer, *refused, erasure=row, actor=actor(), now=now()):
        flash(_("The request is answered."))
        return redirect(url_for("personal.requests"), 303)
    row = queries.get(erasure_id)
    kept, until = queries.kept(row.account_id), queries.kept_until(row.account_id)
    name = queries.names([row])[row.account_id]
    page = render_template("personal/answer.html", row=row, name=name, kept=kept, until=until, form=form)
    return page, 422 if form.errors or form.form_errors else 200
