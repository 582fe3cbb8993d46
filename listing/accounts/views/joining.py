"""Becoming known, proving an address, setting a new password: pages for people who are not signed in."""

from datetime import datetime, timedelta
from functools import partial

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_security.utils import login_user

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries, rules
from listing.accounts.door import answering, asking_for_mail, mailing, slowed, welcoming
from listing.accounts.forms import AddressForm, ConfirmForm, NewPasswordForm, SignUpForm
from listing.accounts.operations import links, recovery, signing_up
from listing.refusal import Refusal
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import bp

mail_slowed = partial(slowed, buckets_of=asking_for_mail, counts=False)
guess_slowed = partial(slowed, buckets_of=answering)

# How long the page after a form says which address was typed in it; the next person at this browser need not know.
ADDRESS_SHOWN = timedelta(minutes=10)


def again(template: str, **values):
    """The page with its form: 200 when asked for, 422 when it comes back."""
    return render_template(template, **values), 422 if request.method == "POST" else 200


def _onward() -> str | None:
    """The page to come back to after signing in, when the address names one of ours."""
    return rules.own_path(request.args.get("next"))


def _sent_to(email: str) -> None:
    session["mail_to"] = [email, now().isoformat()]


def _mail_page(template: str):
    """Say that a mail is on its way to the address just typed, so that a slip is noticed; whatever the mail says."""
    email, at = session.get("mail_to") or (None, None)
    if at and now() - datetime.fromisoformat(at) > ADDRESS_SHOWN:
        email = None
    return render_template(template, email=email)


@bp.route("/register", methods=["GET", "POST"])
@mail_slowed
@requires(Permission.PUBLIC)
def sign_up():
    """Create person and organisation."""
    if actor().authenticated:
        return redirect(url_for("accounts.area"))
    form = SignUpForm(kind=request.args.get("kind"))
    onward = _onward()
    kwargs = {"language": language(), "actor": actor(), "now": now(), "onward": onward}
    then = url_for("accounts.mail_sent", next=onward)
    answer = created(form, mailing(signing_up.register), then=lambda _done: then, **kwargs)
    if answer:
        _sent_to(form.email.data)
    return answer or again("accounts/sign_up.html", form=form)


@bp.get("/register/sent")
@requires(Permission.PUBLIC)
def mail_sent():
    """Lead from the form to the mail that confirms the address."""
    return _mail_page("accounts/mail_sent.html")


@bp.route("/confirm", methods=["GET", "POST"])
@mail_slowed
@requires(Permission.PUBLIC)
def resend_confirmation():
    """Send the confirmation once more."""
    form = AddressForm()
    if accepted(form, mailing(signing_up.ask_again), language=language(), now=now(), onward=_onward()):
        _sent_to(form.email.data)
        return redirect(url_for("accounts.mail_sent", next=_onward()))
    return again("accounts/resend_confirmation.html", form=form)


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@welcoming
@guess_slowed
@requires(Permission.PUBLIC)
def confirm(token: str):
    """Confirm an address by the password that was chosen, which also signs in."""
    form = ConfirmForm()
    user = accepted(form, signing_up.confirm, Refusal, token=token, now=now())
    if user:
        login_user(user, authn_via=["password"])
        flash(_("Your e-mail address is confirmed."))
        return redirect(queries.onward_of(token) or url_for("accounts.area"))
    if not queries.is_open(token, links.CONFIRM, now()):
        return _spent("accounts.resend_confirmation")
    return again("accounts/confirm.html", form=form)


@bp.route("/reset", methods=["GET", "POST"])
@mail_slowed
@requires(Permission.PUBLIC)
def forgot_password():
    """Ask for a link that sets a new password."""
    form = AddressForm()
    if accepted(form, mailing(recovery.ask), language=language(), now=now(), onward=_onward()):
        _sent_to(form.email.data)
        return redirect(url_for("accounts.reset_sent", next=_onward()))
    return again("accounts/forgot_password.html", form=form)


@bp.get("/reset/sent")
@requires(Permission.PUBLIC)
def reset_sent():
    """Lead from the form to the mail that sets a new password."""
    return _mail_page("accounts/reset_sent.html")


@bp.route("/reset/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def reset_password(token: str):
    """Set a new password."""
    form = NewPasswordForm()
    if accepted(form, recovery.set_password, Refusal, token=token, now=now()):
        flash(_("Your new password is set. Sign in with it."))
        return redirect(url_for("security.login", next=queries.onward_of(token)))
    if not queries.is_open(token, links.RESET, now()):
        return _spent("accounts.forgot_password")
    return again("accounts/reset_password.html", form=form)


def _spent(ask: str):
    """Say that a link is used up or too old; ``ask`` is where a new one comes from."""
    return render_template("accounts/link_spent.html", ask=ask), 410
