"""An announcement on paper: both languages in two columns, as PDF."""

from flask import Response, abort, request, url_for

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.companies.factsheet import printed as sheets
from listing.disclosure.announcements import parties, proofs, queries, sheet
from listing.disclosure.announcements.models import Release
from listing.files.rules import disposition

from .blueprint import PUBLIC, bp
from .public import found


@bp.get(f"{PUBLIC}/<number>/announcement.pdf")
@requires(Permission.PUBLIC)
def pdf(number: str):
    """The announcement as PDF, the same bytes whoever asks and when; 503 on a machine without the fonts."""
    made = printed(found(number)) or abort(503)
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{number}.pdf")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    answer.add_etag()
    return answer.make_conditional(request)


def printed(row: Release) -> bytes | None:
    """The PDF of a release; none on a machine without the fonts."""
    corrects, entry = queries.release_by_id(row.corrects_id), proofs.entry(row)
    url = url_for("announcements.show", number=row.number, lang="en", _external=True)
    data = sheet.content(
        row,
        parties.in_order(parties.behind([row.id])[row.id]),
        entry=entry.index if entry else None,
        corrects=corrects.number if corrects else None,
        url=url,
        qr=sheets.code(url),
    )
    return sheets.pdf(data, sheet.TEMPLATE)
