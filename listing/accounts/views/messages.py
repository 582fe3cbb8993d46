"""The message centre: what we wrote to this person, in the language and zone of whoever reads it now.

Nothing is marked by looking, because a GET never writes. Messages whose link is a secret are never here.
"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts.forms import EmptyForm
from listing.notifications import operations, queries, render
from listing.store.db import db
from listing.web.page import language, now

from .blueprint import bp

PAGE = 25
MOST_ROWS = 2**31 - 1

# end of the address: what is done, and what is said of it
MARKS = {
    "read": (operations.mark_read, _l("The message is marked as read.")),
    "unread": (operations.mark_unread, _l("The message is marked as unread.")),
    "all-read": (operations.mark_read_back_from, _l("All messages are marked as read.")),
}


@bp.get("/account/messages")
@requires(Permission.ACCOUNT_SELF)
def list_messages():
    """A page of the person's messages, the newest first."""
    person, before = actor(), _before()
    rows = queries.inbox(person.user_id, now(), before=before, limit=PAGE + 1)
    if before and not rows:
        abort(404)
    return render_template(
        "accounts/list_messages.html",
        messages=[(row, render.telling(row, language(), person.zone)) for row in rows[:PAGE]],
        unread=queries.unread(person.user_id, now()),
        before=before,
        further=rows[PAGE - 1].id if len(rows) > PAGE else None,
        zone=person.zone,
        form=EmptyForm(),
    )


@bp.post("/account/messages/<int:message_id>/<any('read', 'unread', 'all-read'):mark>")
@requires(Permission.ACCOUNT_SELF)
def mark_message(message_id: int, mark: str):
    """Mark one message, or this one and all before it, and come back to the same page."""
    if message_id > MOST_ROWS or queries.in_inbox(actor().user_id, message_id, now()) is None:
        abort(404)
    operate, said = MARKS[mark]
    operate(notice_id=message_id, actor=actor(), now=now())
    db.session.commit()
    flash(str(said))
    return redirect(url_for("accounts.list_messages", before=_before()))


def _before() -> int | None:
    """The last message of the page before; an address that names none or no number is that of the first page."""
    given = request.args.get("before", "")
    return min(int(given), MOST_ROWS) if given.isascii() and given.isdigit() and len(given) < 20 else None
