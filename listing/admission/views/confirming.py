"""The operator's page where rules written from memory are held against their source, one at a time."""

from flask import Blueprint, abort, flash, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.admission import books, confirmed, shelf
from listing.admission.book_forms import ConfirmForm
from listing.admission.operations.confirming import confirm
from listing.refusal import Refusal
from listing.web.page import language, now
from listing.web.turn import created

bp = Blueprint("confirming", __name__)


@bp.get("/<ui:lang>/review/rulebooks")
@requires(Permission.ADMISSION_GOVERN)
def index():
    """Every version of every book, and how many of its rules wait."""
    rows = [(book, len(confirmed.waiting(book)), len(book.unverified())) for book in books.library()]
    return render_template(
        "admission/confirming.html", rows=rows, required=confirmed.required(), reader=shelf.Reader(language())
    )


@bp.route("/<ui:lang>/review/rulebooks/<book_id>/<version>", methods=["GET", "POST"])
@requires(Permission.ADMISSION_GOVERN)
def show(book_id: str, version: str):
    """What waits in one version, who confirmed what, and the form to confirm one more."""
    book = books.library().version(book_id, version) or abort(404)
    form, reader = ConfirmForm(), shelf.Reader(language())
    waiting = confirmed.waiting(book)
    form.rule.choices = [(key, reader.item(book, key).said(language())) for key in waiting]
    answer = created(form, confirm, Refusal, then=_again, book=book, actor=actor(), now=now())
    if answer is not None:
        flash(_("The rule is confirmed."))
        return answer
    done = confirmed.confirmations(book)
    about = {"book": book, "form": form, "waiting": waiting, "done": done, "reader": reader}
    return render_template("admission/confirm.html", **about), 422 if form.errors or form.form_errors else 200


def _again(row) -> str:
    return url_for("confirming.show", book_id=row.book, version=row.version)
