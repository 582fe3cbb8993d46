"""One's own account: what is set up, how to read, which browsers are signed in."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries, rules
from listing.accounts.forms import CURRENCY_LABELS, KIND_LABELS, ROLE_LABELS, EmptyForm, PreferencesForm
from listing.accounts.operations import preferences, sessions
from listing.bilingual.language import LANGUAGES
from listing.store.db import db
from listing.web.page import now
from listing.web.turn import accepted

from .blueprint import bp
from .joining import again

# kind of organisation: endpoint of its room
AREAS = {
    rules.ENTERPRISE: "front.studio",
    rules.AGENT: "front.studio",
    rules.INVESTOR: "front.desk",
    rules.ORGANIZER: "front.events",
    rules.OPERATOR: "front.review",
}


@bp.get("/account/area")
@requires(Permission.ACCOUNT_SELF)
def area():
    """Lead to the room of the first organisation."""
    first = next(iter(actor().memberships), None)
    return redirect(url_for(AREAS[first.kind] if first else "accounts.overview"))


@bp.get("/account")
@requires(Permission.ACCOUNT_SELF)
def overview():
    """What is set up, and where to change it."""
    own = {m.organisation_id: m for m in actor().memberships}
    rows = [(o, KIND_LABELS[o.kind], ROLE_LABELS[own[o.id].role]) for o in queries.organisations_of(actor())]
    return render_template(
        "accounts/overview.html",
        user=current_user,
        organisations=rows,
        passkeys=queries.passkey_count(actor()),
        codes_left=len(current_user.mf_recovery_codes or ()),
        currency=CURRENCY_LABELS[current_user.currency],
        form=EmptyForm(),
    )


@bp.get("/account/second-factor")
@requires(Permission.ACCOUNT_SELF)
def second_factor_needed():
    """Say why a second step must be set up before anything else."""
    if not queries.needs_second_factor(actor()):
        return redirect(url_for("accounts.overview"))
    return render_template("accounts/second_factor_needed.html", form=EmptyForm())


@bp.route("/account/preferences", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_SELF)
def change_preferences():
    """Name, language and script, zone, currency."""
    form = PreferencesForm(obj=current_user)
    user = accepted(form, preferences.change, actor=actor(), now=now())
    if user:
        with force_locale(LANGUAGES[user.language].locale):  # the next page is in the language just chosen
            flash(_("Your preferences are saved."))
        return redirect(url_for("accounts.overview", lang=user.language))
    return again("accounts/change_preferences.html", form=form)


@bp.get("/account/sessions")
@requires(Permission.ACCOUNT_SELF)
def list_sessions():
    """The browsers this person is signed in with."""
    rows = queries.sessions_of(actor(), now())
    return render_template("accounts/list_sessions.html", sessions=rows, own=actor().session_id, form=EmptyForm())


@bp.post("/account/sessions/<int:session_id>/end")
@requires(Permission.ACCOUNT_SELF)
def end_session(session_id: int):
    """End one session."""
    if not sessions.end_one(session_id=session_id, actor=actor(), now=now()):
        abort(404)
    db.session.commit()
    flash(_("That session is ended."))
    return redirect(url_for("accounts.list_sessions"))


@bp.post("/account/sessions/end-others")
@requires(Permission.ACCOUNT_SELF)
def end_other_sessions():
    """End all sessions but this one."""
    sessions.end_others(actor=actor(), now=now())
    db.session.commit()
    flash(_("All other sessions are ended."))
    return redirect(url_for("accounts.list_sessions"))
