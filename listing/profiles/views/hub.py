"""Beginning a profile, its list of tasks, and taking back what was sent."""

from collections.abc import Collection

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.accounts.rules import EDITOR, ENTERPRISE, OWNER
from listing.companies import queries as companies
from listing.companies.rules import DISPLAYED, IMPORTED
from listing.companies.sheets import sheets
from listing.profiles import completeness, operations, prefilling, queries, rules
from listing.profiles.forms import BeginForm
from listing.web.form import Form
from listing.web.page import language, now
from listing.web.turn import accepted, created

from .blueprint import PATH, bp, of_address
from .writing import setting


@bp.route("/<ui:lang>/studio/profiles/new", methods=["GET", "POST"])
@requires(Permission.STUDIO_ENTER)
def begin():
    """What is needed, how long it takes, and the beginning."""
    own = [m.organisation_id for m in actor().memberships if m.kind == ENTERPRISE and m.role in (OWNER, EDITOR)]
    if not own:
        abort(403)
    form = BeginForm(company=request.args.get("of", ""))
    published = _published(form.company.data, own)
    if form.company.data and published is None:
        abort(404)
    named = [o for o in accounts.organisations_of(actor(), kinds=(ENTERPRISE,)) if o.id in own]
    form.organisation_id.choices = [(str(o.id), o.name(language())) for o in named]
    answer = created(form, _begun, rules.AlreadyClaimed, then=_first_page, actor=actor(), now=now())
    if answer is not None:
        return answer
    status = 422 if form.errors or form.form_errors else 200
    company = published[0] if published else None
    return render_template("profiles/begin.html", form=form, several=len(own) > 1, company=company), status


def _published(slug: str, own: Collection[int]):
    """A company on display from which these enterprises may begin: their own without a profile, or imported facts."""
    found = companies.by_slug(slug) if slug else None
    if found is None or found[1] is None or found[0].status != DISPLAYED:
        return None
    company = found[0]
    imported = company.origin == IMPORTED and company.organisation_id is None
    free = company.organisation_id in own and queries.of_company(company.id) is None
    return found if imported or free else None


def _begun(*, organisation_id: int, company: str, **who):
    """A profile, begun from what a company has on display where one is named."""
    published = _published(company, [organisation_id])
    if published is None:
        return operations.begin(organisation_id=organisation_id, **who)
    shown, revision = published
    from_ = "company_id" if shown.organisation_id == organisation_id else "begun_from"
    contents = prefilling.contents(revision.content, setting({}))
    return operations.begin(organisation_id=organisation_id, contents=contents, **{from_: shown.id}, **who)


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
