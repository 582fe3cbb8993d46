"""Filling in a standard form: a draft whose two texts follow from its fields and are changed by them alone."""

from collections.abc import Mapping
from datetime import date, datetime

from listing.access.actor import Actor, System
from listing.disclosure.announcements import parties, queries
from listing.disclosure.announcements.models import Announcement, Release
from listing.disclosure.announcements.standard import fields, filled, wording
from listing.disclosure.announcements.standard.filled import Filled
from listing.disclosure.tenures import queries as tenures
from listing.refusal import N_, Refusal

from . import writing


class NoSuchAnnouncement(Refusal):
    message = N_("The company has released no announcement of this number.")


def begin(
    *, company, form_id: str, corrects: Release | None = None, actor: Actor | System, now: datetime, **given
) -> Announcement:
    """Begin a draft from a form, or the correction of what was released from it; ``given`` as for ``save``.

    Raises NoSuchForm, OtherVersion, ByItsForm, NoSuchAnnouncement, NothingChanges, AlreadyCorrected, and what
    ``wording.look`` raises.
    """
    written = _written(company, form_id, corrects, now, **given)
    return writing.begin(company=company, corrects=corrects, actor=actor, now=now, **written)


def save(*, announcement: Announcement, version: int, actor: Actor | System, now: datetime, **given) -> Announcement:
    """Fill in a draft anew over the version it was opened at; ``given`` holds ``form_version``, ``values`` and, but
    for a correction, ``prevailing`` and ``script``. Raises NotNow, ChangedMeanwhile and what ``begin`` raises.
    """
    corrects = queries.release_by_id(announcement.corrects_id)
    company = parties.companies_of(announcement)[0]
    form_id = (announcement.form or {}).get("id", "")
    written = _written(company, form_id, corrects, now, **given)
    return writing.save(announcement=announcement, version=version, actor=actor, now=now, **written)


def _written(
    company,
    form_id: str,
    corrects: Release | None,
    now: datetime,
    *,
    form_version: int,
    values: Mapping[str, object],
    prevailing: str = "zh",
    script: str = "Hans",
) -> dict[str, object]:
    """What ``writing`` keeps: both texts, the category and headline of the form, and the form itself."""
    form = filled.in_force(form_id, form_version)
    found = Filled(form, _resolved(company, form, values))
    wording.look(form, found.values, now.astimezone(queries.ZONE).date(), tenures.year_end(company.id))
    note = None
    if corrects is not None:
        filled.look_same_way(corrects.form, found.as_json())
        prevailing, script = corrects.prevailing, corrects.title.script
        note = wording.note(Filled.from_json(corrects.form), found, script)
    title, body = found.texts(company.name, script)
    return {
        "category": form.category,
        "headline": form.headline,
        "period_end": None,
        "event_on": date.fromisoformat(found.values[form.event_on]) if form.event_on else None,
        "prevailing": prevailing,
        "title": title,
        "body": body,
        "note": note,
        "form": found.as_json(),
    }


def _resolved(company, form, values: Mapping[str, object]) -> dict[str, object]:
    """The values, with the day of an earlier announcement beside its number. Raises NoSuchAnnouncement."""
    found = dict(values)
    for field in form.fields.values():
        if field.kind == fields.NUMBER and field.id in found:
            release = queries.release(found[field.id]["number"])
            if release is None or company.id not in parties.behind([release.id])[release.id]:
                refusal = NoSuchAnnouncement()
                refusal.place = field.inputs[0]
                raise refusal
            on = release.released_at.astimezone(queries.ZONE).date()
            found[field.id] = {"number": release.number, "on": on.isoformat()}
    return found
