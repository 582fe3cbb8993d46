"""Who qualifies, for everybody to read: the books, one version, two versions side by side, and the self-check."""

from flask import Blueprint, abort, jsonify, render_template, request

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.admission import books, confirmed, exchange, selfcheck, shelf
from listing.admission.book_forms import SelfCheckForm
from listing.rates.queries import today
from listing.refusal import Refusal
from listing.rulebook import words
from listing.rulebook.engine import evaluate
from listing.web import formats
from listing.web.page import language, now
from listing.web.page import words as refused

bp = Blueprint("rulebooks", __name__)

BOOK = "/<ui:lang>/admission/books/<book_id>/<version>"


def _book(book_id: str, version: str):
    return books.library().version(book_id, version) or abort(404)


@bp.get("/<ui:lang>/admission")
@requires(Permission.PUBLIC)
def index():
    """Who qualifies: every book in force, in its own words."""
    on = today(now())
    return render_template(
        "admission/books.html",
        books=[book for book in books.library() if book.in_force(on)],
        reader=shelf.Reader(language()),
    )


@bp.get(BOOK)
@requires(Permission.PUBLIC)
def show(book_id: str, version: str):
    """One version of a book, both languages side by side."""
    book = _book(book_id, version)
    others = [each for each in books.library().versions(book_id) if each is not book]
    return render_template(
        "admission/book.html",
        book=book,
        others=others,
        reader=shelf.Reader(language()),
        unseen=shelf.unseen(book),
    )


@bp.get(f"{BOOK}/json")
@requires(Permission.PUBLIC)
def json(book_id: str, version: str):
    """One version for programs."""
    return jsonify(shelf.as_data(_book(book_id, version)))


@bp.get(f"{BOOK}/beside/<other>")
@requires(Permission.PUBLIC)
def beside(book_id: str, version: str, other: str):
    """Two versions of a book side by side, rule by rule."""
    before, after = _book(book_id, version), _book(book_id, other)
    reader = shelf.Reader(language())
    rows = shelf.changes(before, after, reader)
    return render_template("admission/beside.html", before=before, after=after, rows=rows, reader=reader)


@bp.get("/<ui:lang>/admission/self-check")
@requires(Permission.PUBLIC)
def check():
    """Four questions and what the books of a place make of the answers; nothing is kept."""
    library, on = books.library(), today(now())
    form = SelfCheckForm(formdata=request.args if request.args else None)
    form.offer(library, selfcheck.metrics(selfcheck.opened(library, on)), language())
    result = _result(form, on) if request.args and form.validate() else None
    manner = words.Manner(language(), formats.money, formats.day)
    page = render_template(
        "admission/self_check.html", form=form, result=result, manner=manner, told=words.told, asked=words.asked
    )
    return page, 422 if form.errors else 200


def _result(form: SelfCheckForm, on) -> dict:
    facts = selfcheck.stated(**form.answers())
    try:
        asked = confirmed.library().of_residence(form.residence.data, on)
    except Refusal as refusal:
        return {"said": selfcheck.NOT_NOW, "refusal": refused(refusal), "tried": []}
    rates = exchange.rates_for(facts, asked, on)
    tried = [(book, evaluate(book, facts, None, rates, on)) for book in asked]
    return {
        "said": selfcheck.said(decision for _, decision in tried),
        "refusal": "",
        "tried": [(book, selfcheck.telling(decision)) for book, decision in tried],
    }
