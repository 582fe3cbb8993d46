"""The pages of those who meet: wishes while there is time, then one's own timetable and why a wish was not met."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.roadshows import rules as shows
from listing.roadshows.meetings import queries, rules
from listing.roadshows.meetings.forms import TimesForm, WishForm, wish_form
from listing.roadshows.meetings.models import Round
from listing.roadshows.meetings.operations import wishing
from listing.suitability import queries as suitability
from listing.suitability.rules import Unconfirmed, Unsuitable
from listing.web.page import language, now
from listing.web.turn import accepted

from .blueprint import INVESTOR, STUDIO, bp, company_of, labels, names_of, place_of, presenter_of

_REFUSALS = (shows.NotNow, rules.WishesClosed, rules.NoPlace, rules.CompanyAway, Unsuitable, Unconfirmed)


@bp.route(INVESTOR, methods=["GET", "POST"])
@requires(Permission.ROADSHOW_REGISTER)
def investor(code: str, day_id: int):
    """Whom an investor with a place wishes to meet, and then meets."""
    show, found, row = place_of(code, day_id)
    if row is None or row.state != shows.CONFIRMED:
        return render_template("roadshows/meetings/no_place.html", show=show, day=found.day)
    sessions = [(s.begins_at, s.ends_at) for s in found.day.sessions if s.id in row.sessions]
    presenters = queries.presenters(found.day)
    suited = suitability.suited(row.organisation_id, presenters, now())
    others = [(number, company.name.shown(language()).text) for number, company in presenters.items()]
    kept = queries.party(found, registration_id=row.id)
    first = {"available": found.slots.beside(sessions), "interpretation": row.interpretation}
    form = wish_form(labels(found), others, kept, **first)
    return _page(found, form, wishing.of_investor, registration=row) or _shown(
        found, form, kept, rules.INVESTOR, row.id, show, suited=suited, presenters=presenters, row=row
    )


def _page(found: Round, form: WishForm, operation, **who):
    if accepted(form, operation, *_REFUSALS, found=found, actor=actor(), now=now(), **who):
        flash(_("Your wishes are kept. You can change them until their time is over."))
        return redirect(request.path, 303)
    return None


def _shown(found: Round, form: WishForm, kept, side: str, own: int, show, company=None, guests=(), **seen):
    """The page of one party: its form while wishes are open, its meetings once they are published."""
    run, place = queries.published(found), rules.SIDES.index(side)
    key = ("registration_id", "company_id")[place]
    return render_template(
        "roadshows/meetings/wishes.html",
        show=show,
        day=found.day,
        round=found,
        form=form,
        kept=kept,
        side=side,
        company=company,
        run=run,
        times=found.slots.times(),
        own=[meeting for meeting in run.meetings if getattr(meeting, key) == own] if run else [],
        unmet=[row for row in run.unmet if row[place] == own and kept and row[1 - place] in kept.wishes] if run else [],
        reasons=rules.TOLD,
        anew=TimesForm(slots=labels(found), formdata=None, data={"available": kept.available})
        if run and kept
        else None,
        open=now() < found.closes_at and not run,
        at=now(),
        **{"suited": {}, "presenters": {}, "row": None} | seen,
        **names_of(run, guests=guests),
    ), 422 if form.errors or form.form_errors else 200


@bp.route(STUDIO, methods=["GET", "POST"])
@requires(Permission.PROFILE_EDIT, subject=company_of)
def company(slug: str, day_id: int):
    """Whom a company on the agenda wishes to meet, and then meets."""
    own, found = presenter_of(slug, day_id)
    guests = queries.guests(found, now())
    known = names_of(None, guests=guests)
    others = [
        (
            row.id,
            f"{known['institutions'][row.organisation_id].name(language())} ({known['people'][row.account_id].name})",
        )
        for row in guests
    ]
    sessions = [(s.begins_at, s.ends_at) for s in found.day.sessions if s.company_id == own.id]
    kept = queries.party(found, company_id=own.id)
    form = wish_form(labels(found), others, kept, available=found.slots.beside(sessions))
    return _page(found, form, wishing.of_company, company_id=own.id) or _shown(
        found, form, kept, rules.COMPANY, own.id, found.day.roadshow, own, guests
    )
