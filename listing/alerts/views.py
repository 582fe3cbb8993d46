"""Watching a company, saved searches, how often to be told, and stopping from a mail without signing in."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.actor import SYSTEM
from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import choices, directory, watched
from listing.companies import queries as companies
from listing.companies.counted import counted
from listing.companies.operations import watching
from listing.companies.rules import NotNow, TooManyWatched
from listing.web.page import language, now
from listing.web.turn import accepted, created

from . import links, operations, queries, rules
from .forms import CADENCE_LABELS, ChangeForm, SaveForm, StopForm, WatchForm

bp = Blueprint("alerts", __name__)


@bp.get("/<ui:lang>/desk/watching")
@requires(Permission.WATCH)
def index():
    """The companies the reader watches, the saved searches, and how often each is told of."""
    alerts = [(alert, _asked(alert), ChangeForm(obj=alert, prefix=f"a{alert.id}-")) for alert in _own_alerts()]
    return render_template(
        "alerts/index.html",
        followed=watched.of(actor().user_id),
        alerts=alerts,
        chips=choices.chips,
        labels=CADENCE_LABELS,
        form=StopForm(),
    )


def _own_alerts():
    return queries.of(actor().user_id)


def _asked(alert) -> directory.Selection | None:
    return queries.selection(alert, language()) if alert.subject == rules.SEARCH else None


@bp.post("/<ui:lang>/companies/<slug>/watch")
@requires(Permission.WATCH)
def watch(slug: str):
    """Watch a company from now on, or no longer."""
    found = companies.by_slug(slug) or abort(404)
    form = WatchForm()
    if accepted(form, _watch, NotNow, TooManyWatched, company=found[0]) is None:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("companies.show", slug=slug), 303)


def _watch(*, wanted: str, company) -> bool:
    who = {"actor": actor(), "now": now()}
    if wanted == "no":
        return watching.unwatch(company=company, **who)
    operations.follow_watched(cadence=rules.DAILY, **who)
    begun = watching.watch(company=company, **who)
    if begun:
        counted(company, "watch")
    return begun


@bp.route("/<ui:lang>/desk/searches/new", methods=["GET", "POST"])
@requires(Permission.WATCH)
def save():
    """Save a search of the directory; ``q`` and the filters stand in the address as they do there."""
    asked = directory.to_follow(choices.read(request.args, language()))
    form = SaveForm(query=_canonical(asked))
    answer = created(
        form,
        operations.save,
        rules.NothingAsked,
        rules.TooLong,
        rules.TooManySearches,
        then=lambda alert: url_for("alerts.index", _anchor=f"alert-{alert.id}"),
        actor=actor(),
        now=now(),
    )
    if answer is not None:
        return answer
    status = 422 if form.errors or form.form_errors else 200
    return render_template("alerts/save.html", form=form, asked=asked, chips=choices.chips(asked)), status


def _canonical(asked: directory.Selection) -> str:
    return "" if asked.unfiltered else asked.query_string().removeprefix("?")


@bp.post("/<ui:lang>/desk/alerts/<int:alert_id>")
@requires(Permission.WATCH)
def change(alert_id: int):
    """Be told more or less often."""
    alert = queries.own(alert_id, actor().user_id) or abort(404)
    form = ChangeForm(prefix=f"a{alert.id}-")
    if accepted(form, operations.change, alert=alert, actor=actor(), now=now()) is None:
        abort(422)
    flash(_("Saved: %(cadence)s.", cadence=CADENCE_LABELS[alert.cadence]))
    return redirect(url_for("alerts.index"), 303)


@bp.post("/<ui:lang>/desk/alerts/<int:alert_id>/remove")
@requires(Permission.WATCH)
def remove(alert_id: int):
    """Forget a saved search."""
    alert = queries.own(alert_id, actor().user_id) or abort(404)
    if alert.subject != rules.SEARCH:
        abort(404)
    form = StopForm()
    if form.validate_on_submit():
        accepted(form, operations.remove, alert=alert, actor=actor(), now=now())
        flash(_("The saved search was removed."))
    return redirect(url_for("alerts.index"), 303)


@bp.get("/<ui:lang>/alerts/<token>")
@requires(Permission.PUBLIC)
def told(token: str):
    """Where a mail leads: what it was about, and a button that stops it; needs no sign-in."""
    alert = _of(token)
    asked = _asked(alert)
    page = {"alert": alert, "asked": asked, "chips": choices.chips(asked) if asked else []}
    return render_template("alerts/told.html", form=StopForm(), token=token, **page)


@bp.post("/<ui:lang>/alerts/<token>")
@requires(Permission.PUBLIC)
def stop(token: str):
    """Stop the mails of an alert: the button of its page, or the one a mail program shows (RFC 8058).

    The token is the right to do so. It comes with no session and no form of ours, so the form token is not asked for
    (listing/factory.py); another site could stop mails only with a token it cannot know.
    """
    accepted(StopForm(meta={"csrf": False}), operations.stop, alert=_of(token), actor=SYSTEM, now=now())
    return redirect(url_for("alerts.told", token=token), 303)


def _of(token: str):
    return queries.by_id(links.alert_id(token) or 0) or abort(404)
