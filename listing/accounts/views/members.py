"""An organisation's members: who they are, inviting, changing roles, removing, leaving, joining."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries
from listing.accounts.door import mailing
from listing.accounts.forms import (
    KIND_LABELS,
    ROLE_HINTS,
    ROLE_LABELS,
    EmptyForm,
    InviteForm,
    JoinForm,
    NamesForm,
    NamingForm,
    RoleForm,
    role_choices,
)
from listing.accounts.freshness import fresh
from listing.accounts.models import Membership, Organisation
from listing.accounts.operations import membership, organisations
from listing.accounts.rules import INVESTOR
from listing.refusal import Refusal
from listing.store.db import db
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import bp
from .joining import again, mail_slowed

PATH = "/account/organisations/<int:organisation_id>"


def _organisation(organisation_id: int, **_rest) -> Organisation:
    return queries.organisation(organisation_id) or abort(404)


def _member(organisation_id: int, user_id: int) -> Membership:
    return queries.membership(organisation_id, user_id) or abort(404)


@bp.get(PATH)
@requires(Permission.ORGANISATION_VIEW, subject=_organisation)
def organisation(organisation_id: int):
    """Members and open invitations."""
    row = _organisation(organisation_id)
    return render_template(
        "accounts/organisation.html",
        organisation=row,
        kind=KIND_LABELS[row.kind],
        members=queries.members(row),
        invitations=queries.open_invitations(row, now()),
        roles=ROLE_LABELS,
        form=EmptyForm(),
    )


@bp.route(f"{PATH}/names", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def change_names(organisation_id: int):
    """Fill in or change the names of an organisation."""
    row = _organisation(organisation_id)
    form = NamesForm(obj=row)
    kwargs = {"organisation": row, "actor": actor(), "now": now()}
    if accepted(form, organisations.rename, **kwargs):
        flash(_("The names of the organisation are saved."))
        return redirect(url_for("accounts.organisation", organisation_id=organisation_id))
    return again("accounts/change_names.html", form=form, organisation=row)


@bp.route(f"{PATH}/naming", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def change_naming(organisation_id: int):
    """Whether companies see that people of this institution read them; of investors only, for nobody else is named."""
    row = _organisation(organisation_id)
    if row.kind != INVESTOR:
        abort(404)
    form = NamingForm(data={"hidden": "yes" if row.hidden else "no"})
    if accepted(form, organisations.hide, organisation=row, actor=actor(), now=now()):
        flash(_("Saved. It holds from now on, for what companies see of the past too."))
        return redirect(url_for("accounts.organisation", organisation_id=organisation_id))
    return again("accounts/change_naming.html", form=form, organisation=row)


@bp.route(f"{PATH}/invite", methods=["GET", "POST"])
@mail_slowed
@fresh
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def invite(organisation_id: int):
    """Offer a role to an address."""
    row = _organisation(organisation_id)
    form = InviteForm()
    form.role.choices = role_choices(row.kind)
    kwargs = {"organisation": row, "language": language(), "actor": actor(), "now": now()}
    then = url_for("accounts.organisation", organisation_id=organisation_id)
    answer = created(form, mailing(membership.invite), Refusal, then=lambda _invitation: then, **kwargs)
    if answer:
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
    return answer or again("accounts/invite.html", form=form, organisation=row, hints=ROLE_HINTS)


@bp.post(f"{PATH}/invitations/<int:invitation_id>/withdraw")
@requires(Permission.ORGANISATION_MANAGE, subject=_organisation)
def withdraw_invitation(organisation_id: int, invitation_id: int):
    """Take an invitation back."""
    row = _organisation(organisation_id)
    if not membership.withdraw(organisation=row, invitation_id=invitation_id, actor=actor(), now=now()):
        abort(404)
    db.session.commit()
    flash(_("The invitation is withdrawn."))
    return redirect(url_for("accounts.organisation", organisation_id=organisation_id))


@bp.route(f"{PATH}/members/<int:user_id>", methods=["GET", "POST"])
@fresh
@requires(Permission.ORGANISATION_MANAGE, subject=_member)
def change_role(organisation_id: int, user_id: int):
    """Give a member another role."""
    row = _member(organisation_id, user_id)
    form = RoleForm(obj=row)
    form.role.choices = role_choices(row.organisation.kind)
    kwargs = {"membership": row, "actor": actor(), "now": now()}
    if accepted(form, lambda **values: membership.change_role(**values) or True, Refusal, **kwargs):
        flash(_("The role is changed. The person has been signed out and signs in again with it."))
        return redirect(url_for("accounts.organisation", organisation_id=organisation_id))
    return again("accounts/change_role.html", form=form, member=row, hints=ROLE_HINTS)


@bp.route(f"{PATH}/members/<int:user_id>/remove", methods=["GET", "POST"])
@fresh
@requires(Permission.ORGANISATION_MANAGE, subject=_member)
def remove_member(organisation_id: int, user_id: int):
    """End a membership."""
    return _end(
        _member(organisation_id, user_id),
        "accounts/remove_member.html",
        _("The member is removed and has been signed out."),
    )


@bp.route(f"{PATH}/leave", methods=["GET", "POST"])
@fresh
@requires(Permission.ORGANISATION_VIEW, subject=_organisation)
def leave_organisation(organisation_id: int):
    """End one's own membership."""
    return _end(_member(organisation_id, actor().user_id), "accounts/leave_organisation.html", None)


def _end(row: Membership, template: str, told: str | None):
    form = EmptyForm()
    organisation_id = row.organisation_id
    kwargs = {"membership": row, "actor": actor(), "now": now()}
    if not accepted(form, lambda **values: membership.remove(**values) or True, Refusal, **kwargs):
        return again(template, form=form, member=row)
    if told is None:
        return redirect(url_for("security.login"))
    flash(told)
    return redirect(url_for("accounts.organisation", organisation_id=organisation_id))


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def join(token: str):
    """Accept an invitation: signed in under its address, or by making an account for it."""
    invitation = queries.invitation_of(token, now())
    if invitation is None:
        return render_template("accounts/invitation_over.html"), 410
    known = queries.person(email=invitation.email)
    values = {
        "invitation": invitation,
        "role": ROLE_LABELS[invitation.role],
        "kind": KIND_LABELS[invitation.organisation.kind],
    }
    if actor().authenticated:
        return _join_as_member(token, values, mine=known is not None and known.id == actor().user_id)
    if known:
        return again("accounts/join_after_sign_in.html", **values)
    return _join_as_new(token, values)


def _join_as_member(token: str, values: dict, *, mine: bool):
    form = EmptyForm()
    joined = accepted(form, membership.accept, Refusal, token=token, actor=actor(), now=now())
    if joined:
        flash(_("You are now a member of %(organisation)s.", organisation=joined.name(language())))
        return redirect(url_for("accounts.overview"))
    return again("accounts/join.html", form=form, mine=mine, **values)


def _join_as_new(token: str, values: dict):
    form = JoinForm()
    if accepted(form, membership.accept_as_new, Refusal, token=token, language=language(), now=now()):
        flash(_("Your account is ready. Sign in with your e-mail address and password."))
        return redirect(url_for("security.login"))
    return again("accounts/join_as_new.html", form=form, **values)
