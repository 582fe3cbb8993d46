"""What an enterprise is told of its tier and its obligations: everybody who writes or signs for it.

Only queues; templates/mail/<message>/ holds the words.
"""

from datetime import date, datetime, time, timedelta

from listing import calendars
from listing.accounts import queries as accounts
from listing.accounts import rules as people
from listing.accounts.operations import letters
from listing.bilingual.language import LANGUAGES
from listing.notifications import operations as outbox
from listing.web import formats

from . import ladder
from .ladder import Step
from .models import Measure, Request, Waiver
from .rules import Line

TOLD = frozenset({people.OWNER, people.EDITOR, people.APPROVER})


def decided(request: Request, company, now: datetime) -> None:
    """Tell that an application for a tier was granted or refused, and why."""
    told = {"granted": request.granted, "reason": request.reason, "at": now.isoformat()}
    _tell(company, "tier_decided", f"tier_decided:{request.id}", "", told, now)


def due(calendar, line: Line, days: int, now: datetime) -> None:
    """Remind of one obligation: ``days`` before its day, -1 after it; not sent once the next reminder holds."""
    company, one = calendar.company, line.owed
    key = f"disclosure_due:{company.id}:{one.key}:{line.by:%Y%m%d}:{days}"
    told = {"days": days, "by": _day(line.by), "late": line.late} | _item(line)
    _tell(company, "disclosure_due", key, f"/{one.key}", told, now, _until(line.by, days, calendar.region))


def _until(by: date, days: int, region: str) -> datetime | None:
    """The end of the day before the next reminder; a late one is worth sending whenever it can be."""
    if days < 0:
        return None
    following = max((each for each in ladder.REMIND_BEFORE if each < days), default=-1)
    return datetime.combine(by - timedelta(days=following), time(), calendars.ZONES[region])


def waived(company, line: Line, waiver: Waiver, now: datetime) -> None:
    """Tell that an obligation was waived until a day, and why."""
    told = {"until_day": _day(waiver.until), "reason": waiver.reason} | _item(line)
    _tell(company, "disclosure_waived", f"disclosure_waived:{waiver.id}", f"/{waiver.key}", told, now)


def measured(company, step: Step, measure: Measure, now: datetime) -> None:
    """Tell of a step that was taken because something is late."""
    told = {"step": measure.step, "reason": measure.reason, "at": now.isoformat(), "late": step.line.late}
    page = None if measure.step == ladder.REMOVAL else ""  # whose pages are gone then
    _tell(company, "disclosure_step", f"disclosure_step:{measure.id}", page, told | _item(step.line), now)


def _day(day: date) -> dict[str, str]:
    return {language: formats.day(day, language, weekday=True) for language in LANGUAGES}


def _item(line: Line) -> dict:
    """What an obligation is called, in each language: a message may be read in another than it was sent in."""
    name = line.item.name
    return {"item": {"zh-Hans": name.zh_hans, "zh-Hant": name.zh_hant, "en": name.en}, "item_id": line.item.id}


def _tell(
    company, message: str, key: str, page: str | None, data: dict, now: datetime, until: datetime | None = None
) -> None:
    organisation = accounts.organisation(company.organisation_id) if company.organisation_id else None
    for member in accounts.members(organisation) if organisation else ():
        if member.role in TOLD and member.user.active:
            to = letters.address(member.user)
            path = "/studio" if page is None else f"/studio/companies/{company.slug}/obligations{page}"
            told = {"path": f"/{to.language}{path}", "company": company.name.shown(to.language).text} | data
            outbox.queue(key=f"{key}:{member.user.id}", message=message, to=to, data=told, now=now, until=until)
