"""The page of one announcement for its enterprise: both texts, what holds them back, and the forms of the next step."""

from flask import render_template

from listing.access.gate import actor, may
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.bilingual import freshness
from listing.bilingual.freshness import Freshness
from listing.calendars import OutsideCalendar, region_of
from listing.companies import queries as companies
from listing.disclosure.announcements import (
    ahead,
    checkers,
    endorsers,
    figures,
    headlines,
    joint,
    markets,
    parties,
    queries,
    rules,
    saying,
    texts,
)
from listing.disclosure.announcements.categories import categories, review
from listing.disclosure.announcements.forms import CheckForm, ReasonForm, SendForm, SignForm
from listing.disclosure.announcements.operations import checking, releasing, writing
from listing.disclosure.announcements.standard import book
from listing.refusal import Refusal
from listing.web.page import now

from .blueprint import plan, written_for

OPEN = (rules.DRAFT, *rules.READ)


def status(form) -> int:
    """The status of a page that shows a form again."""
    return 422 if form.errors or form.form_errors else 200


def the_page(row, *, send=None, sign=None, check=None):
    """Both texts side by side with everything that is to be decided; a refused form is shown as it was sent."""
    form = send or sign or check
    own = form if form and (form.errors or form.form_errors) else None
    digest = writing.digest(row)
    forms = {"send": send or SendForm(), "sign": sign or SignForm(), "check": check or CheckForm()}
    for each in forms.values():
        each.seen.data = digest  # of what this page shows, whatever was sent
    page = render_template(
        "announcements/read.html",
        row=row,
        refused=own,
        company=companies.by_id(row.company_id),
        category=categories().get(row.category),
        headline=headlines.headline(row.headline),
        standard=standard_of(row.form),
        passages=passages_of(row),
        figures=saying.rows(writing.figures_of(row), row.title.zh_lang),
        sheet=figures.sheet(),
        checked=writing.checked(row, now(), actor()) if row.state in OPEN else None,
        fresh=freshness.state(texts.whole(row.title, row.body), Freshness.from_json(row.fresh)),
        corrects=queries.release_by_id(row.corrects_id),
        released_as=queries.numbers([row.id]).get(row.id),
        **(_ahead(row) if row.state in OPEN else {}),
        together=_together(row),
        plan=plan(),
        wrote=actor().user_id in row.writers,
        writes=may(Permission.ANNOUNCEMENT_EDIT, written_for(row.id)),
        signs=may(Permission.ANNOUNCEMENT_SIGN, written_for(row.id)),
        moves=row.state in rules.SIGNED
        and row.not_before
        and may(Permission.ANNOUNCEMENT_EMBARGO, written_for(row.id)),
        endorses=_endorses(row),
        unasked=endorsers.unasked(row),
        review=review(),
        at=now(),
        **_companies(row),
        **_people(row, digest),
        **forms,
    )
    return page, 422 if own else 200


def _ahead(row) -> dict:
    """The window it would have now, and who signs or reads it before that after the person who looks."""
    category, window = categories().get(row.category), _window(row)
    if row.state == rules.SPONSOR:
        waiting = parties.to_endorse(row)
        rest = [each for each in waiting if not rules.agencies(actor(), parties.agents_for(each))]
    else:
        waiting = [each for each in parties.places(row) if each.row.signed_at is None]
        rest = [each for each in waiting if not joint.signs_for(actor(), each.organisation_id)]
    found = ahead.ahead(
        row.state,
        writing.asked_of(row),
        others=bool(rest if len(rest) < len(waiting) else rest[1:]),
        window=window,
        at=now(),
        at_once=bool(category and category.at_once),
        not_before=row.not_before,
    )
    return {"window": window, "ahead": found}


def _together(row):
    """The day on which both exchanges trade again after its window, where a holiday of one side comes between."""
    window = _window(row) if row.state in OPEN else None
    opens = window.opens if window else row.window_opens
    domiciles = [company.domicile for company in parties.companies_of(row)]
    return opens and markets.together(plan(), opens, {region_of(each) for each in domiciles})


def _endorses(row) -> bool:
    """Whether it waits for the signature of the person who looks, as its intermediary."""
    waits = row.state == rules.SPONSOR and parties.asked_as_intermediary(row, actor())
    return waits and may(Permission.ANNOUNCEMENT_ENDORSE, written_for(row.id))


def _companies(row) -> dict:
    """The companies that announce it with who signed for each, those that left, and what this person is to them."""
    places, gone = parties.places(row), parties.left(row.id)
    agents = {each for place in places for each in (place.row.endorsed_for, parties.chosen(place)) if each}
    return {
        "places": list(zip(places, parties.in_order([each.company_id for each in places]), strict=True)),
        "gone": list(zip(gone, parties.in_order([each.company_id for each in gone]), strict=True)),
        "agents": accounts.organisations(agents),
        "own_unsigned": any(p.row.signed_at is None and joint.signs_for(actor(), p.organisation_id) for p in places),
        "of_first": may(
            Permission.ANNOUNCEMENT_VIEW, queries.about(company_id=row.company_id, organisation_id=row.organisation_id)
        ),
        "names_agents": may(Permission.ANNOUNCEMENT_MANDATE, companies.by_id(row.company_id)),
        "leaves": may(Permission.ANNOUNCEMENT_LEAVE, written_for(row.id)),
    }


def _people(row, digest: str) -> dict:
    """Who prepared, translated and checked it, whether a check is asked for, and what the log says of it."""
    prepared, translated = checkers.names(row)
    return {
        "prepared": prepared,
        "translated": translated,
        "translated_by_me": actor().user_id in checkers.translators(row),
        "checks": may(Permission.ANNOUNCEMENT_CHECK, written_for(row.id)),
        "check_stands": checkers.stands(row, digest),
        "unchecked": row.state in (rules.DRAFT, rules.SENT) and checking.unchecked(row),
        "history": checkers.history(row),
    }


def review_page(row, *, passing=None, returning=None):
    """What the platform reads, with the forms of its decision; a refused form is shown as it was sent."""
    own = next((form for form in (passing, returning) if form and (form.errors or form.form_errors)), None)
    passing = passing or SendForm(formdata=None)
    passing.seen.data = writing.digest(row)
    page = render_template(
        "announcements/examine.html",
        row=row,
        refused=own,
        company=companies.by_id(row.company_id),
        category=categories()[row.category],
        headline=headlines.headline(row.headline),
        standard=standard_of(row.form),
        passages=passages_of(row),
        figures=saying.rows(writing.figures_of(row), row.title.zh_lang),
        sheet=figures.sheet(),
        checked=writing.checked(row, now(), actor()),
        corrects=queries.release_by_id(row.corrects_id),
        **_companies(row),
        window=_window(row),
        at=now(),
        passing=passing,
        returning=returning or ReasonForm(formdata=None),
    )
    return page, 422 if own else 200


def standard_of(kept):
    """The standard form whose words an announcement says; None of a text that people wrote."""
    return book.published()[kept["id"], kept["version"]] if kept else None


def passages_of(row):
    """The passages as they would be released; the body as one where they do not fit each other yet."""
    body = saying.filled(row.body, writing.figures_of(row))
    try:
        return texts.passages(body)
    except Refusal:
        return [body]


def _window(row):
    """The window in which it would be released if nobody had to read it any more; None where the calendar ends."""
    try:
        return releasing.slot(row, now())
    except OutsideCalendar:
        return None
