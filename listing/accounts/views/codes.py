"""Switching one-time codes on: the same key stays until its code fits, and recovery codes come next.

Stands in for the account library's own view, which on a wrong digit threw the key away and led to the start.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_security import auth_required
from flask_security.twofactor import tf_clean_session
from flask_security.utils import check_and_get_token_status

from listing.accounts.library_forms import CodeForm
from listing.store.db import db


@auth_required("session")
def switch_on(token: str):
    """Keep the key that ``token`` carries once a code of it is entered; else show the same key again."""
    lasts = current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    expired, invalid, state = check_and_get_token_status(token, "tf_setup", lasts)
    if expired or invalid:
        flash(_("Setting up took too long. Start again."), "error")
        return redirect(url_for("security.two_factor_setup"))
    library, secret = current_app.extensions["security"], state["totp_secret"]
    form = CodeForm()
    form.tf_totp_secret, form.primary_method, form.user, form.is_setup = secret, state["method"], current_user, True
    if form.validate_on_submit():
        library.datastore.tf_set(current_user, state["method"], secret)
        tf_clean_session()
        db.session.commit()
        flash(_("One-time codes are on."))
        return redirect(url_for("security.mf_recovery_codes"))
    shown = library.totp_factory.fetch_setup_values(secret, current_user)
    return render_template(
        "security/two_factor_setup.html",
        two_factor_verify_code_form=form,
        chosen_method=state["method"],
        choices=(),
        state_token=token,
        authr_qrcode=shown["image"],
        authr_key=shown["key"],
        authr_username=shown["username"],
        authr_issuer=shown["issuer"],
    ), 422
