"""An organisation's addresses for its own server: which there are, giving one, what was delivered, sending again."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as people
from listing.accounts.freshness import fresh
from listing.refusal import Refusal
from listing.store.db import db
from listing.web.page import now
from listing.web.turn import created

from . import operations, queries, rules
from .forms import KIND_LABELS, REASON_LABELS, STATE_LABELS, STOP_LABELS, WebhookForm

bp = Blueprint("webhooks", __name__, url_prefix="/<ui:lang>/account/organisations/<int:organisation_id>/webhooks")


def _organisation(organisation_id: int, **_rest):
    return people.organisation(organisation_id) or abort(404)


def _webhook(organisation_id: int, webhook_id: int, **_rest):
    return queries.webhook(organisation_id, webhook_id) or abort(404)


def _delivery(organisation_id: int, webhook_id: int, delivery_id: int):
    return queries.delivery(organisation_id, webhook_id, delivery_id) or abort(404)


@bp.get("")
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def index(organisation_id: int):
    """The addresses of an organisation."""
    return render_template(
        "webhooks/index.html",
        organisation=_organisation(organisation_id),
        webhooks=queries.of_organisation(organisation_id),
        kinds=KIND_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@fresh
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def register(organisation_id: int):
    """Give an address, and see its secret once."""
    organisation, form, made = _organisation(organisation_id), WebhookForm(), []

    def register_once(**values):
        made.append(operations.register(**values))

    then = url_for("webhooks.index", organisation_id=organisation_id)
    kwargs = {"organisation": organisation, "actor": actor(), "now": now()}
    answer = created(form, register_once, Refusal, then=lambda _none: then, **kwargs)
    if answer and made:
        row, secret = made[0]
        return render_template("webhooks/registered.html", organisation=organisation, webhook=row, secret=secret), 201
    page = render_template("webhooks/register.html", form=form, organisation=organisation)
    return answer or (page, 422 if form.is_submitted() else 200)


@bp.get("/<int:webhook_id>")
@requires(Permission.ORGANISATION_MANAGE, subject=_webhook)
def show(organisation_id: int, webhook_id: int):
    """One address and its last deliveries."""
    row = _webhook(organisation_id, webhook_id)
    return render_template(
        "webhooks/show.html",
        organisation=_organisation(organisation_id),
        webhook=row,
        deliveries=queries.deliveries(row),
        waiting=queries.waiting(row),
        kinds=KIND_LABELS,
        states=STATE_LABELS,
        reasons=REASON_LABELS,
        stops=STOP_LABELS,
        again=(rules.DELIVERED, rules.FAILED),
    )


@bp.post("/<int:webhook_id>/stop")
@requires(Permission.ORGANISATION_MANAGE, subject=_webhook)
def stop(organisation_id: int, webhook_id: int):
    """Call an address no more."""
    row = _webhook(organisation_id, webhook_id)
    operations.stop(webhook=row, reason=rules.OWNER, actor=actor(), now=now())
    return _done(_("The address is no longer called."), "webhooks.show", row)


@bp.post("/<int:webhook_id>/start")
@requires(Permission.ORGANISATION_MANAGE, subject=_webhook)
def start(organisation_id: int, webhook_id: int):
    """Call an address again."""
    row = _webhook(organisation_id, webhook_id)
    operations.start(webhook=row, actor=actor(), now=now())
    return _done(_("The address is called again."), "webhooks.show", row)


@bp.post("/<int:webhook_id>/remove")
@requires(Permission.ORGANISATION_MANAGE, subject=_webhook)
def remove(organisation_id: int, webhook_id: int):
    """Forget a stopped address."""
    row = _webhook(organisation_id, webhook_id)
    if not operations.remove(webhook=row, actor=actor(), now=now()):
        abort(409)
    db.session.commit()
    flash(_("The address is removed."))
    return redirect(url_for("webhooks.index", organisation_id=organisation_id))


@bp.post("/<int:webhook_id>/deliveries/<int:delivery_id>/resend")
@requires(Permission.ORGANISATION_MANAGE, subject=_delivery)
def resend(organisation_id: int, webhook_id: int, delivery_id: int):
    """Send one delivery again."""
    row = _delivery(organisation_id, webhook_id, delivery_id)
    operations.resend(delivery=row, actor=actor(), now=now())
    return _done(_("The message will be sent again, with the same id."), "webhooks.show", row.webhook)


def _done(told: str, endpoint: str, row):
    place = url_for(endpoint, organisation_id=row.organisation_id, webhook_id=row.id)
    db.session.commit()
    flash(told)
    return redirect(place)
