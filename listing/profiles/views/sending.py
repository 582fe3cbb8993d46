"""Looking at a profile as others would, checking the answers, and signing it."""

from dataclasses import replace

from flask import abort, render_template, request, url_for

from listing.access.actor import Tier
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts.freshness import fresh
from listing.companies import figure_tables, figures, told
from listing.companies import profile as shown
from listing.companies.sheets import Field, sheets
from listing.profiles import claims, completeness, operations, publication, queries, rules
from listing.profiles.forms import SendForm
from listing.web.page import language, now
from listing.web.turn import created

from .blueprint import PATH, bp, of_address

VISITORS = {"public": Tier.PUBLIC, "registered": Tier.REGISTERED, "admitted": Tier.ADMITTED}


@bp.get(f"{PATH}/preview")
@requires(Permission.PROFILE_VIEW, subject=of_address)
def preview(profile_id: int):
    """The profile as a visitor would see it: everybody, people with an account, admitted investors."""
    profile = queries.profile(profile_id)
    contents = queries.contents(profile)
    if "name" not in contents.get("identity", {}):
        abort(404)
    visitor = request.args.get("as", "public")
    tier = VISITORS.get(visitor, Tier.PUBLIC)
    facts = publication.facts(contents)
    draft = publication.Draft(facts.content())
    reading = {"tier": tier, "reader": language(), "script": ""}
    seen = shown.profile(draft, **reading)
    return render_template(
        "profiles/preview.html",
        profile=profile,
        facts=facts,
        told=seen,
        blocks=list(told.blocks(facts.sheets, **reading)),
        gates=told.gates(seen, told.hidden(facts.sheets, tier=tier, reader=language())),
        figures=figure_tables.shown(figures.of_revision(draft.content), tier, language()),
        documents=told.documents(facts.sheets, **reading),
        visitor=visitor if visitor in VISITORS else "public",
    )


@bp.get(f"{PATH}/check")
@requires(Permission.PROFILE_VIEW, subject=of_address)
def check(profile_id: int):
    """Every answer, what is missing, what to look at; and the signature for those who may sign."""
    return _check(profile_id, SendForm())


@bp.route(f"{PATH}/send", methods=["GET", "POST"])
@fresh
@requires(Permission.PROFILE_SIGN, subject=of_address)
def send(profile_id: int):
    """Sign the profile and send it for review; asks for the password again where it was given long ago."""
    profile, form = queries.profile(profile_id), SendForm()
    there = url_for("profiles.hub", profile_id=profile_id)
    answer = created(
        form,
        operations.submit,
        rules.NotDeclared,
        rules.ChangedSinceRead,
        rules.NotReady,
        rules.NotNow,
        then=lambda _submission: there,
        profile=profile,
        actor=actor(),
        now=now(),
    )
    return answer if answer is not None else _check(profile_id, form)


def _identity(content) -> list[told.Shown]:
    """The answers of the first sheet but the name, which stands above them; each former name as one."""
    found = []
    for field in sheets()["identity"].fields:
        if field.kind == "rows":
            found += [
                (replace(field.fields[0], **_labels(field)), row.get("name")) for row in content.get(field.id, ())
            ]
        elif field.id != "name" and field.id in content:
            found.append((field, content[field.id]))
    return [told.answer(field, value, content=content, reader=language()) for field, value in found if value]


def _labels(field: Field) -> dict[str, str]:
    return {"zh_hans": field.zh_hans, "zh_hant": field.zh_hant, "en": field.en}


def _check(profile_id: int, form: SendForm):
    profile = queries.profile(profile_id)
    contents = queries.contents(profile)
    form.seen.data = operations.digest(contents)  # of what this page shows, whatever was sent
    reading = {"tier": Tier.STAFF, "reader": language(), "script": ""}
    missing = completeness.to_send(contents)
    wrong = {key: completeness.mismatches(sheet, contents.get(key, {})) for key, sheet in sheets().items()}
    page = render_template(
        "profiles/check.html",
        profile=profile,
        sheets=sheets(),
        contents=contents,
        identity=_identity(contents.get("identity", {})),
        blocks={block.id: block for block in told.blocks(contents, **reading)},
        documents=queries.documents(contents),
        missing=missing,
        wrong={key: found for key, found in wrong.items() if found},
        warnings={key: completeness.warnings(sheet, contents.get(key, {})) for key, sheet in sheets().items()},
        unsupported={key: claims.unsupported(sheet, contents.get(key, {})) for key, sheet in sheets().items()},
        ready=not missing and (profile.state, "submit") in rules.STEPS,
        signs=may(Permission.PROFILE_SIGN, profile),
        form=form,
    )
    return page, 422 if form.errors or form.form_errors else 200
