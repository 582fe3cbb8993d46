"""One POST: validate, act, commit, or show the form again; a copy of a creating POST gets the first answer."""

import hmac
import json
from collections.abc import Callable
from hashlib import file_digest, sha256

from flask import abort, current_app, redirect, request, session
from werkzeug.wrappers import Response

from listing.access.gate import actor
from listing.refusal import Refusal
from listing.store import repeats
from listing.store.db import db

from . import interrupted
from .form import CreatingForm, Form
from .page import now, words

SEE_OTHER = 303


def accepted(form, operation: Callable, *refusals: type[Refusal], **kwargs):
    """Run ``operation`` with the form's values in one transaction.

    Returns its result, or None with the refusal put on the form, which the view then shows as typed.
    """
    if not form.validate_on_submit():
        return None
    try:
        result = operation(**form.values(), **kwargs)
    except refusals as refusal:
        _put(form, refusal)
        return None
    interrupted.forget()
    db.session.commit()
    return result


def created(
    form: CreatingForm, operation: Callable, *refusals: type[Refusal], then: Callable, **kwargs
) -> Response | None:
    """Run ``operation`` once for all copies of this form, and lead every copy to the same place.

    ``then`` makes the address from the operation's result. Returns the answer (303), or None with the refusal put on
    the form, after which the same form may be sent again. A key used before for other content is answered with 409.
    """
    if not form.validate_on_submit():
        return None
    this = {"who": _sender(), "key": form.idempotency_key.data}
    try:
        first = repeats.claim(**this, digest=_content(), now=now())
        if first:
            db.session.rollback()
            return redirect(first[1], first[0])
        result = operation(**form.values(), **kwargs)
        db.session.flush()
        location = then(result)
        repeats.answer(**this, status=SEE_OTHER, location=location)
    except repeats.OtherContent:
        db.session.rollback()
        abort(409)
    except refusals as refusal:
        _put(form, refusal)
        return None
    interrupted.forget()
    db.session.commit()
    return redirect(location, SEE_OTHER)


def _put(form: Form, refusal: Refusal) -> None:
    """Show the refusal at the field it belongs to, or for the whole form."""
    db.session.rollback()
    beside = refusal.place or next((name for kind, name in form.BESIDE.items() if isinstance(refusal, kind)), None)
    if beside:
        form[beside].errors = [*form[beside].errors, words(refusal)]
    else:
        form.form_errors.append(words(refusal))


def _sender() -> str:
    """Who sends: a person, or a visitor told by the CSRF secret of the session, which each form gives one."""
    if actor().authenticated:
        return f"person:{actor().user_id}"
    return "visitor:" + sha256(session.get("csrf_token", "").encode()).hexdigest()


def _content() -> str:
    """What was sent to which address, files included, as a keyed digest: it must not tell a password from a guess."""
    sent = [(name, values) for name, values in sorted(request.form.lists()) if name not in Form.NOT_VALUES]
    uploads = sorted(request.files.lists())
    files = [(name, [(f.filename, _digest(f.stream)) for f in several]) for name, several in uploads]
    whole = json.dumps([request.path, sent, files])
    return hmac.digest(current_app.secret_key.encode(), whole.encode(), "sha256").hex()


def _digest(stream) -> str:
    stream.seek(0)
    found = file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return found
