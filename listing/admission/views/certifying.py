"""The certificate of an admission for its institution; what its code tells a stranger: whether it holds, not whose."""

from flask import Response, abort, current_app, jsonify, redirect, render_template, request, url_for

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.admission import books, guessing, queries
from listing.admission.certificate.content import TEMPLATE, content
from listing.admission.certificate.credential import credential
from listing.admission.models import Admission
from listing.admission.pages import choices
from listing.companies.factsheet import press, printed
from listing.files.rules import disposition
from listing.rulebook.vocabulary import words
from listing.web.page import language, now

from .blueprint import PATH, bp, of_address

LETTERS = 12  # of a code; sixty bits, so that nobody meets one by guessing


def _admission(application_id: int) -> Admission:
    last = queries.last_submission(queries.application(application_id))
    return queries.admission_of_decision(queries.decision(last)) or abort(404)


def _address(admission: Admission) -> str:
    return url_for("admission.status", code=admission.code, _external=True)


def _names(admission: Admission) -> dict[str, str]:
    holder = accounts.organisation(admission.organisation_id)
    return {"zh": holder.name_zh or "", "en": holder.name_en or ""}


@bp.get(f"{PATH}/certificate.pdf")
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def certificate(application_id: int):
    """The certificate on paper."""
    admission, folder = _admission(application_id), current_app.config["FONTS_FOLDER"]
    if press.missing(folder):
        return current_app.make_response((render_template("companies/factsheet_unavailable.html"), 503))
    url = _address(admission)
    chinese = language() if language().startswith("zh") else "zh-Hant"
    data = content(admission, name=_names(admission), chinese=chinese, url=url, qr=printed.code(url))
    made = press.pdf(data, folder=folder, template=TEMPLATE)
    name = disposition(f"baybridge-admission-{admission.code}.pdf")
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-store"}
    return Response(made, mimetype="application/pdf", headers=headers)


@bp.get(f"{PATH}/certificate.json")
@requires(Permission.ADMISSION_VIEW, subject=of_address)
def certificate_json(application_id: int):
    """The certificate for programs."""
    admission = _admission(application_id)
    book = books.library().version(admission.book, admission.book_version)
    answer = jsonify(
        credential(
            code=admission.code,
            organisation_id=admission.organisation_id,
            names=_names(admission),
            book=(book.id, book.version, book.digest),
            grade=admission.investor_class,
            markets=admission.markets,
            conditions={"zh": admission.conditions.zh, "en": admission.conditions.en},
            since=admission.since,
            until=admission.until,
            url=_address(admission),
        )
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/<ui:lang>/certificates")
@requires(Permission.PUBLIC)
def find_certificate():
    """Ask for a code, and go to what it says."""
    asked = request.args.get("code", "")
    if code := _tidied(asked):
        return redirect(url_for("admission.status", code=code), 303)
    return render_template("admission/certificate.html", asked=asked, wrong=bool(asked)), 422 if asked else 200


def _tidied(text: str) -> str:
    """A code as it is printed, however it was typed; empty where it can be none."""
    plain = "".join(each for each in text.upper() if each not in " -–—\u00a0\u3000")
    fits = len(plain) == LETTERS and plain.isascii() and plain.isalnum()
    return "-".join(plain[at : at + 4] for at in range(0, LETTERS, 4)) if fits else ""


@bp.get("/<ui:lang>/certificates/<code>")
@requires(Permission.PUBLIC)
def status(code: str):
    """Whether the certificate of a code holds at this instant, and for what; never whose it is. Guessing is slowed."""
    guessing.check(now())
    admission = queries.by_code(_tidied(code))
    if admission is None:
        guessing.count(now())
        return render_template("admission/certificate.html", asked=code[:40], wrong=True), 404
    return render_template(
        "admission/certificate.html",
        asked=admission.code,
        wrong=False,
        admission=admission,
        standing=queries.standing_of(admission, now()),
        at=now(),
        grade=words("grades")[admission.investor_class].said(language()),
        book=books.library().version(admission.book, admission.book_version),
        markets=[choices("markets")[code].label(language()) for code in admission.markets],
    )
