"""An announcement on paper: both languages in two columns, as PDF."""

from flask import Response, abort, request

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.disclosure.announcements import papers, visibility
from listing.files import serving
from listing.files.rules import disposition

from .blueprint import PUBLIC, bp
from .public import whole

EVERYBODY, OTHERS = "public, max-age=3600", "private, no-cache"


@bp.get(f"{PUBLIC}/<number>/announcement.pdf")
@requires(Permission.PUBLIC)
def pdf(number: str):
    """The announcement as PDF, the same bytes whoever may read it and when; 503 on a machine without the fonts."""
    row = whole(number)
    if file := papers.kept(row):
        answer = serving.download(file)
    else:  # released a moment ago
        answer = Response(papers.set_anew(row) or abort(503), mimetype="application/pdf")
        answer.headers["Content-Disposition"] = disposition(f"{number}.pdf")
        answer.add_etag()
    answer.headers["Cache-Control"] = EVERYBODY if row.visibility == visibility.PUBLIC else OTHERS
    return answer.make_conditional(request)
