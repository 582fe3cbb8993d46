"""The list of announcements as files: the same query as the page, all of it, for spreadsheets and for programs."""

from flask import request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.disclosure.announcements import asking, lists, searching
from listing.web import exports
from listing.web.page import language, now

from . import preferring, unnamed
from .blueprint import PUBLIC, bp


def _columns():
    """The columns for this reader."""
    base = url_for("announcements.index", _external=True)
    return lists.columns(reader=language(), documents=preferring.chosen(), base=base)


@bp.get(f"{PUBLIC}/csv")
@requires(Permission.PUBLIC)
def csv():
    """Every announcement that the address asks for, as a table; refused where its company is several or none."""
    wanted, several = unnamed.asked()
    if several:
        return unnamed.text(several, "announcements.csv")
    return exports.as_csv(lists.everything(wanted, actor()), _columns(), name="announcements.csv")


@bp.get(f"{PUBLIC}/json")
@requires(Permission.PUBLIC)
def json():
    """Every announcement that the address asks for, for programs; refused where its company is several or none."""
    wanted, several = unnamed.asked()
    query = url_for("announcements.index", _external=True, **asking.filters(request.args, wanted))
    about = {"query": query, "language": language(), "generated_at": now().isoformat()}
    about |= {"company": wanted.code or None, "period": searching.period(wanted)}
    if several:
        return unnamed.data(several, "announcements.json", about | {"announcements": []})
    rows = lists.everything(wanted, actor())
    return exports.as_json(rows, _columns(), name="announcements.json", items="announcements", about=about)
