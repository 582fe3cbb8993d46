"""The keys of one's own programs: which there are, making one, ending one."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from listing.access import gate
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries, rules
from listing.accounts.forms import SCOPE_LABELS, EmptyForm, KeyForm
from listing.accounts.freshness import fresh
from listing.accounts.operations import keys
from listing.refusal import Refusal
from listing.store.db import db
from listing.web.page import language, now
from listing.web.turn import created

from .blueprint import bp
from .joining import again


@bp.get("/account/keys")
@requires(Permission.ACCOUNT_SELF)
def list_keys():
    """The keys of this person."""
    rows = queries.keys_of(actor())
    return render_template("accounts/list_keys.html", keys=rows, scopes=SCOPE_LABELS, at=now(), form=EmptyForm())


@bp.route("/account/keys/new", methods=["GET", "POST"])
@fresh
@requires(Permission.ACCOUNT_SELF)
def make_key():
    """Make a key and show it, once: no copy of this form shows it again, because only its digest is kept."""
    form = _form()
    made = []

    def make(**values):
        made.append(keys.make(**values))

    then = url_for("accounts.list_keys")
    answer = created(form, make, Refusal, then=lambda _none: then, actor=actor(), now=now())
    if answer and made:
        row, token = made[0]
        return render_template("accounts/key_made.html", key=row, token=token), 201
    return answer or again("accounts/make_key.html", form=form)


def _form() -> KeyForm:
    form = KeyForm()
    acting = {m.organisation_id for m in rules.carried(actor().memberships, None, actor().second_factor)}
    own = [o for o in queries.organisations_of(actor()) if o.id in acting]
    form.organisation_id.choices = [
        SelectChoice("", _("Yourself")),
        *(SelectChoice(o.id, o.name(language())) for o in own),
    ]
    form.scopes.choices = [SelectChoice(scope, SCOPE_LABELS[scope]) for scope in gate.scopes_in_use()]
    return form


@bp.post("/account/keys/<int:key_id>/end")
@requires(Permission.ACCOUNT_SELF)
def end_key(key_id: int):
    """End one key."""
    if not keys.end(key_id=key_id, actor=actor(), now=now()):
        abort(404)
    db.session.commit()
    flash(_("The key is ended. Programs that use it are refused from now on."))
    return redirect(url_for("accounts.list_keys"))
