"""What people are told about a roadshow they registered for. Only queues; templates/mail/<message>/ holds the words.

No letter carries the online link: it stands on the page, for who has a confirmed place.
"""

from datetime import datetime

from listing.accounts import queries as accounts
from listing.accounts.operations import letters
from listing.admission import queries as admissions
from listing.bilingual.pair import Pair
from listing.notifications import operations as outbox
from listing.notifications import rules as outbox_rules
from listing.notifications.rules import Address

from . import audiences, queries, recipients, rules
from .models import Day, Registration, Reminder, Roadshow, Session


def turned(row: Registration, now: datetime, by: str | None = None) -> None:
    """Tell somebody how their registration stands, and ``by`` whom it was made; whoever left by themselves knows it."""
    if row.state == rules.WITHDRAWN:
        return
    key = f"roadshow_registration:{row.id}:{row.state}:{int(now.timestamp())}"
    told = {"state": row.state, "mode": row.mode, "until": row.offered_until and row.offered_until.isoformat()}
    told |= {"by": outbox_rules.inert(by) if by else "", "admission_ends": _ending(row)}
    _tell(row, "roadshow_registration", key, told, now, until=row.day.ends_at)


def _ending(row: Registration) -> str | None:
    """When the admission ends with which somebody registered, where they would be refused at the door for it."""
    held = admissions.live_admission(row.organisation_id) if row.state in rules.LIVE else None
    return held.until.isoformat() if held and held.until < row.day.ends_at else None


def moved(show: Roadshow, before: datetime, now: datetime) -> None:
    """Tell everybody registered that a roadshow is at another time."""
    for row in queries.live_of_roadshow(show):
        key = f"roadshow_moved:{row.id}:{show.version}"
        _tell(row, "roadshow_moved", key, {"before": before.isoformat()}, now, until=row.day.ends_at)


def delayed(session: Session, now: datetime) -> None:
    """Tell everybody with a place on the day that a session and those after it begin later."""
    show = session.day.roadshow
    for row in queries.confirmed(session.day_id):
        key = f"roadshow_delayed:{row.id}:{show.version}"
        _tell(row, "roadshow_delayed", key, {"at": session.begins_at.isoformat()}, now, until=session.day.ends_at)


def cancelled(show: Roadshow, now: datetime) -> None:
    """Tell everybody registered that a roadshow is called off."""
    reason = {"reason_zh": show.reason.zh, "reason_en": show.reason.en}
    for row in queries.live_of_roadshow(show):
        _tell(row, "roadshow_cancelled", f"roadshow_cancelled:{row.id}", reason, now)


def remind(key: str, to: Address, path: str, day: Day, rule: Reminder, now: datetime) -> None:
    """Remind somebody of a day, or thank them after it; not sent any more once it says nothing new."""
    until = audiences.until(rule, recipients.times(day))
    data = reminder(day, rule, to.language, path)
    outbox.queue(key=key, message="roadshow_reminder", to=to, data=data, now=now, until=until)


def reminder(day: Day, rule: Reminder, language: str, path: str) -> dict:
    """What a reminder says to a reader of that language."""
    told = {
        "feedback": path.endswith(recipients.FEEDBACK),
        "anchor": rule.anchor,
        "audience": rule.audience,
        "over": rule.anchor == audiences.END or rule.audience == audiences.ABSENT,
        "ends_at": day.ends_at.isoformat(),
        "closes_at": day.roadshow.registration_closes_at.isoformat(),
    }
    return _about(day, language, path) | told


def to_queue(key: str, to: Address, day: Day, text: Pair, now: datetime) -> None:
    """Send somebody who waits what the organizer writes to all who wait; not once the day has begun."""
    outbox.queue(
        key=key,
        message="roadshow_queue",
        to=to,
        data=queue_letter(day, text, to.language),
        now=now,
        until=day.begins_at,
    )


def queue_letter(day: Day, text: Pair, language: str) -> dict:
    """What such a letter says to a reader of that language."""
    by = accounts.organisation(day.roadshow.organisation_id).name(language)
    lines = {f"lines_{side}": getattr(text, side).splitlines() for side in ("zh", "en")}
    return _about(day, language, f"/{language}/roadshows/{day.roadshow.code}") | {"by": by} | lines


def stop_reminders(show: Roadshow, now: datetime) -> None:
    """Let no reminder of a roadshow go out that was queued and not sent."""
    for day in show.days:
        outbox.lapse(beginning=f"roadshow_reminder:{day.id}:", now=now)


def _tell(row: Registration, message: str, key: str, data: dict, now: datetime, until: datetime | None = None) -> None:
    person = accounts.person_by_id(row.account_id)
    if person is None or not person.active:
        return
    to = letters.address(person)
    known = _about(row.day, to.language, f"/{to.language}/roadshows/{row.day.roadshow.code}")
    outbox.queue(key=key, message=message, to=to, data=known | data, now=now, until=until)


def _about(day: Day, language: str, path: str) -> dict:
    return {
        "path": path,
        "title": day.roadshow.title.shown(language).text,
        "venue": day.venue.shown(language).text,
        "starts_at": day.begins_at.isoformat(),
    }
