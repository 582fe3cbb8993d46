"""Home, the four signed-in areas, the standing pages and the health addresses."""

from flask import Blueprint, current_app, jsonify, render_template

from listing.access.actor import Tier
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import EDITOR, OWNER
from listing.admission import queries as admissions
from listing.admission import retention
from listing.admission.ahead import ahead
from listing.admission.rules import DRAFT_KEPT
from listing.bilingual.pair import Pair
from listing.companies import choices, presentable, watched
from listing.companies import queries as companies
from listing.companies.rules import READINGS_KEPT
from listing.disclosure.announcements import queries as announcements
from listing.disclosure.announcements import under_review
from listing.disclosure.obligations import queries as obligations
from listing.profiles import queries as profiles
from listing.roadshows import lists as roadshows
from listing.roadshows import queries as questions
from listing.roadshows.meetings import queries as meetings
from listing.roadshows.operations import planning
from listing.roadshows.presenting import queries as presenting
from listing.rulebook.vocabulary import words
from listing.web import formats, paging
from listing.web.page import language, now

from . import health

bp = Blueprint("front", __name__)


def _on_display() -> dict[str, object]:
    """How many companies are on display, for the plural and as it is shown where counting stopped."""
    total = companies.displayed_count()
    return {"total": total, "total_shown": formats.count(total, language(), cap=companies.MOST_COUNTED)}


@bp.get("/<ui:lang>/")
@requires(Permission.PUBLIC)
def home():
    """What the platform is, its newest companies, and a door for each kind of visitor."""
    return render_template(
        "front/home.html",
        newest=companies.newest(limit=4),
        coming=roadshows.coming(now(), size=1).rows,
        origin_marks=choices.marks()[1],
    )


@bp.get("/<ui:lang>/help")
@requires(Permission.PUBLIC)
def help_and_contact():
    """Where to ask."""
    return render_template("front/help.html")


@bp.get("/<ui:lang>/privacy")
@requires(Permission.PUBLIC)
def privacy():
    """Who operates the platform, and what is kept about visitors, people with an account and applicants."""
    config = current_app.config
    return render_template(
        "front/privacy.html",
        readings_kept=READINGS_KEPT.days,
        draft_kept=DRAFT_KEPT.days,
        kept=retention.classes(),
        places=words("places"),
        operator=Pair(config["OPERATOR_ZH"], config["OPERATOR_EN"], "Hant").shown(language()),
        contact=config["PRIVACY_CONTACT"],
    )


@bp.get("/<ui:lang>/accessibility")
@requires(Permission.PUBLIC)
def accessibility():
    """What works for whom, and what does not yet."""
    return render_template("front/accessibility.html")


@bp.get("/<ui:lang>/studio")
@requires(Permission.STUDIO_ENTER)
def studio():
    """The enterprise's own room: its companies, people and open tasks."""
    own = accounts.organisations_of(actor(), kinds=("enterprise", "agent"))
    ids = [o.id for o in own]
    to_sign = announcements.to_sign(actor())
    signed_for = presentable.of({row.company_id for row in to_sign})
    written, own_companies = profiles.of_organisations(ids), presentable.of_organisations(ids)
    return render_template(
        "front/studio.html",
        organisations=own,
        companies=companies.of_organisations(ids),
        meetings=[(found, own_companies[n]) for found, n in meetings.open_for_companies(own_companies, now())],
        asked=[(row, own_companies[row.company_id]) for row in presenting.of_companies(own_companies, now())],
        at=now(),
        to_sign=[(row, signed_for[row.company_id]) for row in to_sign],
        clients=presentable.of(announcements.clients(ids)).values(),
        profiles=written,
        calendars=obligations.of_organisations(ids, now()),
        profile_names=profiles.names([profile.id for profile in written]),
        with_profile=set(companies.slugs([p.company_id for p in written if p.company_id]).values()),
        may_begin=any(m.kind == "enterprise" and m.role in (OWNER, EDITOR) for m in actor().memberships),
    )


@bp.get("/<ui:lang>/desk")
@requires(Permission.DESK_ENTER)
def desk():
    """The investor's own room."""
    own = accounts.organisations_of(actor(), kinds=("investor",))
    applications = admissions.last_of_each([o.id for o in own])
    standings = {standing.organisation_id: standing for standing in actor().standings}
    last = {number: application.state for number, application in applications.items()}
    return render_template(
        "front/desk.html",
        organisations=own,
        applications=applications,
        standings=standings,
        ahead={ahead(last.get(o.id), standings.get(o.id)) for o in own},
        followed=watched.of(actor().user_id)[:5],
        material=questions.material_answers(5) if actor().tier >= Tier.ADMITTED else [],
        newest=companies.newest(limit=8),
        origin_marks=choices.marks()[1],
    )


@bp.get("/<ui:lang>/events/manage")
@requires(Permission.EVENTS_ENTER)
def events():
    """The organizer's own room."""
    own = accounts.organisations_of(actor(), kinds=("organizer",))
    return render_template(
        "front/events.html",
        organisations=own,
        page=roadshows.of_organisations([o.id for o in own], below=paging.after_number("below")),
        standing=lambda show: planning.standing(show, now()),
        **_on_display(),
    )


@bp.get("/<ui:lang>/review")
@requires(Permission.REVIEW_ENTER)
def review():
    """The operator's own room."""
    waiting = profiles.under_review_count()
    tiers = len(obligations.waiting())
    shown = {"findings": health.readiness(), "waiting": waiting, "tiers": tiers}
    shown["applications"] = admissions.under_review_count()
    shown["announced"] = under_review.count()
    return render_template("front/review.html", **shown, **_on_display())


@bp.get("/healthz")
@requires(Permission.PUBLIC)
def healthz():
    """Say that the process answers; asks no database."""
    return jsonify(alive=True)


@bp.get("/readyz")
@requires(Permission.PUBLIC)
def readyz():
    """Say whether traffic may be sent here; the details are for operators."""
    findings = health.readiness()
    ready = all(f.holds for f in findings)
    details = {f.name: f.detail for f in findings} if "operator" in actor().kinds() else {}
    return jsonify(ready=ready, **details), 200 if ready else 503
