"""Turns a declared permission into a refusal, before the view runs.

A view without a declaration is refused. Somebody signed out is asked to sign in; another tenant's object does not
exist for a stranger (404); a right one lacks over what one may see is a plain refusal (403). A view with a scope is
for programs: it is opened by a key that carries the scope, never by a browser's session, and no other view by a key.
"""

from collections.abc import Callable, Mapping, Sequence

import structlog
from flask import Flask, abort, current_app, g, request

from .actor import NOBODY, Actor
from .permission import Permission
from .scope import Scope

Predicate = Callable[[Actor, object], bool]
Policy = Mapping[Permission, Sequence[Sequence[Predicate]]]

log = structlog.get_logger()


def requires(permission: Permission, subject: Callable | None = None, scope: Scope | None = None):
    """Declare what a view needs; ``subject`` loads the row from the URL arguments, ``scope`` makes it one for keys."""

    def mark(view):
        view.permission, view.load_subject, view.scope = permission, subject, scope
        return view

    return mark


def declare(app: Flask, endpoint: str, permission: Permission) -> None:
    """Declare what a library's view needs, which cannot carry the mark itself."""
    view = app.view_functions[endpoint]

    def marked(*args, **kwargs):
        return view(*args, **kwargs)

    app.view_functions[endpoint] = requires(permission)(marked)


def allows(policy: Policy, permission: Permission, actor: Actor, subject: object = None) -> bool:
    """Whether any row of ``permission`` holds with all its predicates."""
    return any(all(holds(actor, subject) for holds in row) for row in policy[permission])


def permits(permission: Permission, person: Actor, subject: object = None) -> bool:
    """Whether somebody has ``permission`` by the policy of this application."""
    return allows(current_app.extensions["policy"], permission, person, subject)


def may(permission: Permission, subject: object = None) -> bool:
    """Whether the person of this request has ``permission``; for what a page offers, never for what it allows."""
    return permits(permission, actor(), subject)


def actor() -> Actor:
    """The person of this request."""
    if "actor" not in g:
        g.actor = current_app.extensions["load_actor"]() or NOBODY
    return g.actor


def scope_asked() -> Scope | None:
    """The scope that the view of this request asks for; None where it is a browser's."""
    return getattr(current_app.view_functions.get(request.endpoint), "scope", None)


def scopes_in_use() -> list[Scope]:
    """The scopes that any view asks for, in the order of their list: what a new key can be of use for."""
    asked = {getattr(view, "scope", None) for view in current_app.view_functions.values()}
    return [scope for scope in Scope if scope in asked]


def init_app(app: Flask, policy: Policy, load_actor: Callable[[], Actor | None]) -> None:
    """Put the gate before every view; ``load_actor`` assembles the person of a request."""
    app.extensions["policy"] = policy
    app.extensions["load_actor"] = load_actor
    app.before_request(_check)
    app.jinja_env.globals.update(may=may, actor=actor, Permission=Permission)


def _check() -> None:
    if request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    permission = getattr(view, "permission", None)
    if permission is None:
        _refuse(403, "undeclared")
    scope = scope_asked()
    if (scope or permission is not Permission.PUBLIC) and not actor().authenticated:
        _refuse(401, permission)
    if scope and scope not in actor().scopes:
        _refuse(403, scope)
    loader = getattr(view, "load_subject", None)
    g.subject = loader(**request.view_args) if loader else None
    if permission is Permission.PUBLIC:  # nobody need be asked for: a static file costs no look at the session
        return
    if loader and g.subject is None:  # answered like another tenant's, so that numbers cannot be told apart
        _refuse(404, permission)
    if not may(permission, g.subject):
        _refuse(403 if _concerns(actor(), g.subject) else 404, permission)


def _concerns(person: Actor, subject: object) -> bool:
    """Whether the person may know that the subject exists: it has no owner, or one the person belongs to.

    Staff know of everything that is not marked ``confidential``.
    """
    owner = getattr(subject, "organisation_id", None)
    staff = "operator" in person.kinds() and not getattr(subject, "confidential", False)
    return subject is None or person.membership(owner) is not None or staff


def _refuse(status: int, permission: str) -> None:
    log.info("refused", status=status, permission=str(permission), actor=actor().label, endpoint=request.endpoint)
    abort(status)
