"""The operator's pages where a version of a rule book is tried on past cases before anybody is decided by it."""

from collections.abc import Callable

from flask import Blueprint, abort, render_template, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission import books, shelf, trials
from listing.admission.operations import trying
from listing.admission.trial_forms import TrialForm
from listing.rulebook.vocabulary import words as listed
from listing.web import paging
from listing.web.page import language, now
from listing.web.turn import created

bp = Blueprint("trying", __name__)
PATH = "/<ui:lang>/review/rulebooks/trials"


@bp.route(PATH, methods=["GET", "POST"])
@requires(Permission.ADMISSION_GOVERN)
def index():
    """The trials that are kept, and the form for one more."""
    form = TrialForm()
    form.offer(books.library(), language())
    answer = created(form, trying.begin, then=_there, actor=actor(), now=now())
    if answer is not None:
        return answer
    if request.method == "GET":
        form.version.data = request.args.get("version", "")
    page = render_template("admission/trials.html", form=form, trials=trials.newest())
    return page, 422 if form.errors or form.form_errors else 200


def _there(row) -> str:
    return url_for("trying.show", trial_id=row.id)


@bp.get(f"{PATH}/<int:trial_id>")
@requires(Permission.ADMISSION_GOVERN)
def show(trial_id: int):
    """Who would gain, lose or come out otherwise, and by which rule; one side at a time."""
    trial = trials.trial(trial_id) or abort(404)
    side = trials.foremost(trial, request.args.get("side", ""))
    page = trials.lines(trial, side, after=paging.after_number())
    known = trials.known(trial)
    return render_template(
        "admission/trial.html",
        trial=trial,
        published=trials.is_published(trial),
        tried=known[0] if known and known[0].digest == trial.digest else None,
        since=trials.decided_since(trial),
        side=side,
        page=page,
        institutions=accounts.organisations({row.organisation_id for row in page.rows}),
        said=_sayer(known),
    )


def _sayer(known: tuple) -> Callable[[str], str]:
    """A function that says what a rule asks, with its clause."""
    reader = shelf.Reader(language())

    def said(rule: str) -> str:
        book = next((book for book in known if book.rule(rule)), None)
        if book:
            return reader.item(book, rule).said(language())
        _book, branch, name = (*rule.split("."), "", "")[:3]
        is_exclusion = branch == "exclusion" and name in listed("exclusions")
        return reader.word("exclusions", name).said(language()) if is_exclusion else rule

    return said
