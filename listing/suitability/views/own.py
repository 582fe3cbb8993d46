"""The investor's own page: its level, what follows from it, and answering the risk questionnaire anew."""

from collections.abc import Mapping

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.freshness import fresh
from listing.accounts.rules import INVESTOR
from listing.admission.pages import pages
from listing.companies import presentable
from listing.profiles import controls, kinds, reading
from listing.suitability import answering, queries, rules
from listing.suitability.forms import AnswerForm
from listing.web.page import language, now
from listing.web.turn import created

from .blueprint import DESK, application_of, bp

REFUSALS = (rules.NotAdmitted, rules.Unanswered, rules.NotDeclared, rules.TooOften, rules.MeanwhileAnswered)


@bp.get(DESK)
@requires(Permission.DESK_ENTER)
def own():
    """The reader's institutions with their levels, what follows from each, and what they confirmed."""
    institutions = accounts.organisations_of(actor(), kinds=(INVESTOR,))
    known = queries.investors([one.id for one in institutions], now())
    given = {one.id: queries.of_institution(one.id) for one in institutions}
    return render_template(
        "suitability/own.html",
        institutions=institutions,
        levels={number: rules.held(queries.matrix(now()), one, now()) for number, one in known.items()},
        matrix=queries.matrix(now()),
        given=given,
        signs={one.id for one in institutions if may(Permission.ADMISSION_SEND, application_of(one.id))},
        companies=presentable.of({row.company_id for rows in given.values() for row in rows}),
    )


@bp.route("/<ui:lang>/desk/questionnaire/<int:institution_id>", methods=["GET", "POST"])
@fresh
@requires(Permission.ADMISSION_SEND, subject=application_of)
def questionnaire(institution_id: int):
    """Answer the risk questionnaire anew and sign it; asks for the password again where it was given long ago."""
    form, typed = AnswerForm(), _typed()
    if request.method == "GET":
        return _page(institution_id, form, {}, {})
    found = reading.read(pages()["risk"], typed, {}, _setting())
    lacking = {each.id: rules.Unanswered() for each in pages()["risk"].fields if each.id not in found.content}
    if errors := lacking | found.errors:
        return _page(institution_id, form, typed, errors)
    about = {"organisation_id": institution_id, "content": found.content, "language": language()}
    answer = created(form, answering.answer, *REFUSALS, then=_kept, **about, actor=actor(), now=now())
    return answer if answer is not None else _page(institution_id, form, typed, {})


def _kept(row) -> str:
    flash(_("The questionnaire is signed. The level of your institution is now %(level)s.", level=row.level))
    return url_for("suitability.own")


def _typed() -> dict[str, str]:
    return {each.id: request.form.get(each.id, "") for each in pages()["risk"].fields}


def _setting() -> kinds.Setting:
    return kinds.Setting(by=actor().label, now=now(), today=now().astimezone(rules.ZONE).date())


def _page(institution_id: int, form: AnswerForm, typed: Mapping, errors: Mapping):
    found = controls.controls(pages()["risk"], controls.Page(language(), typed, {}, errors))
    refused = bool(errors or form.errors or form.form_errors)
    known = queries.investors([institution_id], now()).get(institution_id)
    page = render_template(
        "suitability/questionnaire.html",
        organisation=accounts.organisation(institution_id),
        controls=found,
        problems=controls.errors_of(found),
        form=form,
        errors=refused,
        matrix=queries.matrix(now()),
        held=known and rules.held(queries.matrix(now()), known, now()),
    )
    return page, 422 if refused else 200
