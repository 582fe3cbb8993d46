"""Beginning a profile, its list of tasks, and taking back what was sent."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import EDITOR, ENTERPRISE, OWNER
from listing.companies.sheets import sheets
from listing.profiles import completeness, operations, queries, rules
from listing.profiles.forms import BeginForm
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, of_address


@bp.route("/<ui:lang>/studio/profiles/new", methods=["GET", "POST"])
@requires(Permission.STUDIO_ENTER)
def begin():
    """What is needed, how long it takes, and the beginning."""
    own = [m.organisation_id for m in actor().memberships if m.kind == ENTERPRISE and m.role in (OWNER, EDITOR)]
    if not own:
        abort(403)
    form = BeginForm()
    named = [o for o in accounts.organisations_of(actor(), kinds=(ENTERPRISE,)) if o.id in own]
    form.organisation_id.choices = [(str(o.id), o.name(language())) for o in named]
    answer = created(form, operations.begin, then=_first_page, actor=actor(), now=now())
    if answer is not None:
        return answer
    status = 422 if form.errors or form.form_errors else 200
    return render_template("profiles/begin.html", form=form, several=len(own) > 1), status


def _first_page(profile) -> str:
    return url_for("profiles.edit", profile_id=profile.id, key=next(iter(sheets())))


@bp.get(PATH)
@requires(Permission.PROFILE_VIEW, subject=of_address)
def hub(profile_id: int):
    """The tasks, what each lacks, what the reviewers said, and what comes next."""
    profile = queries.profile(profile_id)
    saved = queries.saved(profile)
    contents = {key: row.content for key, row in saved.items()}
    states = {key: completeness.state(sheet, contents.get(key, {})) for key, sheet in sheets().items()}
    last = queries.last_submission(profile)
    said = queries.comments(last.id) if last and profile.state == rules.RETURNED else []
    return render_template(
        "profiles/hub.html",
        profile=profile,
        name=contents.get("identity", {}).get("name"),
        sheets=sheets(),
        states=states,
        saved=saved,
        done=sum(states[key] == completeness.COMPLETED for key in states),
        lacking=[key for key, sheet in sheets().items() if sheet.required and states[key] != completeness.COMPLETED],
        comments={key: [c for c in said if c.place.partition(".")[0] == key] for key in sheets()},
        last=last,
        editable=profile.state in rules.EDITABLE,
        form=Form(),
    )


@bp.post(f"{PATH}/recall")
@requires(Permission.PROFILE_SIGN, subject=of_address)
def recall(profile_id: int):
    """Take back what was sent while nobody reviews it yet."""
    form = Form()
    if accepted(form, operations.recall, rules.NotNow, profile=queries.profile(profile_id), actor=actor(), now=now()):
        flash(_("Taken back. You can change it and send it again."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("profiles.hub", profile_id=profile_id), 303)
