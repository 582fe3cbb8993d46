"""The list of announcements as files: the same query as the page, all of it, for spreadsheets and for programs."""

from flask import request, url_for

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.disclosure.announcements import asking, lists, searching
from listing.web import exports
from listing.web.page import language, now

from . import preferring
from .blueprint import PUBLIC, bp


def _found():
    """What the address asks for, its rows, and the columns for this reader."""
    wanted = asking.asked(request.args)
    base = url_for("announcements.index", _external=True)
    columns = lists.columns(reader=language(), documents=preferring.chosen(), base=base)
    return wanted, lists.everything(wanted) if wanted else (), columns


@bp.get(f"{PUBLIC}/csv")
@requires(Permission.PUBLIC)
def csv():
    """Every announcement that the address asks for, as a table."""
    _wanted, rows, columns = _found()
    return exports.as_csv(rows, columns, name="announcements.csv")


@bp.get(f"{PUBLIC}/json")
@requires(Permission.PUBLIC)
def json():
    """Every announcement that the address asks for, for programs."""
    wanted, rows, columns = _found()
    query = url_for("announcements.index", _external=True, **asking.filters(request.args, wanted))
    about = {"query": query, "language": language(), "generated_at": now().isoformat()}
    about |= {"company": (wanted.code or None) if wanted else None}
    about |= {"period": searching.period(wanted or asking.of_company(request.args, None))}
    return exports.as_json(rows, columns, name="announcements.json", items="announcements", about=about)
