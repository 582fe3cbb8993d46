"""What bars an announcement besides its texts: its day, its headline, the companies behind it, and what it corrects."""

from datetime import datetime

from listing.disclosure.announcements import headlines, joint, parties, queries, roles, rules
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.models import Announcement, Release
from listing.disclosure.announcements.standard import filled
from listing.disclosure.tenures import queries as tenures

from . import slots


def look(announcement: Announcement, now: datetime) -> None:
    """Look at everything but its texts.

    Raises NoSuchCategory, NoPeriod, NoEvent, NotYet, NotAPeriodEnd, NoEventOfThen, NotOnDisplay, NoIntermediary,
    MandateEnded, AlreadyCorrected, OthersMissing, and what headlines.check and filled.look raise.
    """
    category = categories().get(announcement.category)
    if category is None:
        raise rules.NoSuchCategory
    today = now.astimezone(queries.ZONE).date()
    rules.speaks_of(category, announcement.period_end, announcement.event_on, today)
    headlines.check(category.id, announcement.headline)
    if announcement.form:
        _look_as_filled(announcement, now)
    if not parties.all_on_display(announcement):
        raise rules.NotOnDisplay
    for place in parties.to_endorse(announcement):  # who signed while it had a mandate has signed
        if not parties.agents_for(place):
            raise roles.MandateEnded if parties.chosen(place) else rules.NoIntermediary
    corrects = queries.release_by_id(announcement.corrects_id)
    if corrects is not None and announcement.state in (rules.DRAFT, rules.SENT):
        look_last(corrects)
        if {*parties.behind([corrects.id])[corrects.id]} != {*parties.company_ids(announcement)}:
            raise joint.OthersMissing


def _look_as_filled(announcement: Announcement, now: datetime) -> None:
    """Its fields are held against the day on which it would be released."""
    day = max(now, slots.slot(announcement, now).opens).astimezone(queries.ZONE).date()
    company = parties.companies_of(announcement)[0]
    texts = (announcement.title, announcement.body, company.name)
    filled.look(announcement.form, *texts, day, tenures.year_end(company.id))


def look_last(release: Release) -> None:
    """Look that nothing corrected it, nor will in the next window. Raises AlreadyCorrected."""
    last = queries.last_of(release)
    if last.id != release.id or queries.waiting_correction(release.id):
        raise rules.AlreadyCorrected(number=last.number)
