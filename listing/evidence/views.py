"""Pages of the vault: a holder's files, one file with its access log, and its content after giving the password again.

Who may not open a file gets 404 everywhere, staff included, and leaves a line in its log. Content goes out on POST
only: a line is written before it, and no link, picture or preloading browser can fetch it.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.freshness import lately
from listing.accounts.rules import INVESTOR
from listing.files.rules import disposition
from listing.web import paging
from listing.web.form import Form
from listing.web.headers import BESIDE_CSP, DOWNLOAD_CSP, SHOWN_CSP, TURNED_AWAY_CSP
from listing.web.page import language, now
from listing.web.turn import accepted

from . import queries, rules
from .operations import opening

bp = Blueprint("evidence", __name__)

BESIDE = "beside"  # in a frame of a page of ours
ACTS = {"view": rules.OPENED, BESIDE: rules.OPENED, "download": rules.DOWNLOADED}
REFUSALS = (rules.NotFresh, rules.NotGranted, rules.Unopenable)


def _sought(uid: str, **_rest: str) -> rules.Sought | None:
    """To whom the file is open now; a refusal that follows from it is noted in the file's log."""
    file = queries.get(uid)
    if file is None:
        return None
    found, file_id = queries.sought(file, now=now()), file.id
    if not rules.opens(actor(), found):
        opening.note_refused(file_id=file_id, actor=actor(), now=now())
    return found


@bp.get("/<ui:lang>/desk/evidence")
@lately
@requires(Permission.EVIDENCE_LIST)
def index():
    """What the reader's institutions have sent, masked."""
    holders = accounts.organisations_of(actor(), kinds=(INVESTOR,))
    page = _page(queries.of_holders([holder.id for holder in holders], below=paging.after_number("below")))
    names = {holder.id: holder for holder in holders}
    return render_template("evidence/index.html", **page, holders=names, type_of=_type, masked=rules.masked)


def _page(found) -> dict:
    """The rows of a page, and the number after which the next one begins, None where nothing follows."""
    rows = found[: queries.PAGE]
    return {"rows": rows, "onward": rows[-1].id if len(found) > len(rows) else None}


@bp.get("/<ui:lang>/evidence/<uid>")
@lately
@requires(Permission.EVIDENCE_OPEN, subject=_sought)
def show(uid: str):
    """What a file is, who may open it, and, for its holder, who came near it."""
    file = queries.get(uid) or abort(404)
    own = actor().membership(file.organisation_id) is not None
    return render_template(
        "evidence/show.html",
        file=file,
        kind=_type(file.document_type),
        own=own,
        log=_page(queries.access_log_of(file, below=paging.after_number("below")) if own else ()),
        acts={act: gettext(words) for act, words in rules.ACT_WORDS.items()},
        grants=[(_recipient(grant), grant) for grant in queries.grants_on(file, now=now())] if own else (),
        form=Form(),
    )


@bp.post("/<ui:lang>/evidence/<uid>/<any(view, beside, download):how>")
@requires(Permission.EVIDENCE_OPEN, subject=_sought)
def content(uid: str, how: str):
    """Hand the content out, to look at or as a download, and leave a line."""
    file = queries.get(uid) or abort(404)
    form = Form()
    pieces = accepted(form, opening.open_file, *REFUSALS, file=file, act=ACTS[how], actor=actor(), now=now())
    if pieces is None:
        return _turned_away(uid, form, how)
    return _answer(file, pieces, how)


def _turned_away(uid: str, form: Form, how: str):
    """Say why, on the file's own page; in a frame, where no page of ours may stand, with a way to that page."""
    if how == BESIDE:
        said = render_template("evidence/turned_away.html", uid=uid, errors=form.form_errors)
        return Response(said, 403, {"Content-Security-Policy": TURNED_AWAY_CSP})
    for error in form.form_errors:
        flash(error, "error")
    return redirect(url_for("evidence.show", uid=uid))


def _answer(file, pieces, how: str) -> Response:
    answer = Response(pieces, content_type=file.media_type)
    named, shown = disposition(file.name), how != "download"
    answer.headers["Content-Disposition"] = named.replace("attachment", "inline", 1) if shown else named
    answer.headers["Content-Security-Policy"] = {"view": SHOWN_CSP, BESIDE: BESIDE_CSP}.get(how, DOWNLOAD_CSP)
    answer.headers["Cache-Control"] = "no-store"
    answer.content_length = file.size
    return answer


def _type(code: str) -> str:
    """What a document type is called in the reader's language."""
    word = rules.types()[code]
    return gettext(word) if isinstance(word, str) else word.said(language())


def _recipient(grant) -> str:
    if grant.account_id:
        return accounts.person_by_id(grant.account_id).name
    return accounts.organisation(grant.to_organisation_id).name(language())
