"""The page about one's own data, and the copy of it; content goes out on POST only, after the password was given."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wsgi import FileWrapper

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.freshness import lately
from listing.files.rules import disposition
from listing.store.db import reading
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted

from . import copying, operations, rules
from .held import groups

bp = Blueprint("personal", __name__)

OWN = "/<ui:lang>/account/data"


@bp.get(OWN)
@lately
@requires(Permission.ACCOUNT_SELF)
def own():
    """What a copy holds."""
    return render_template("personal/own.html", groups=groups(), form=Form())


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
