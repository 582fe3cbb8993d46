"""The words of tiers, states and occasions of obligations, in the reader's language."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from listing.disclosure import standards, wording
from listing.web import formats

from . import ladder, rules
from .models import Event
from .rules import Line

STATES = {
    rules.LATE: (_l("Late"), "bad"),
    rules.DUE: (_l("Due soon"), "warn"),
    rules.UPCOMING: (_l("Upcoming"), "info"),
    rules.WAIVED: (_l("Waived"), "info"),
    rules.MET: (_l("Fulfilled"), "ok"),
}
STEPS = {
    ladder.OFF_ROADSHOW: _l("Keep the company off roadshows and hide its financing need"),
    ladder.TIER_DOWN: _l("Put the company one tier down"),
    ladder.REMOVAL: _l("Take the company off display"),
}
VERDICTS = {
    ladder.WAITS: (_l("Waits for a second person"), "warn"),
    ladder.TAKEN: (_l("Taken"), "bad"),
    ladder.DECLINED: (_l("Left at that"), ""),
}
HAPPENINGS = {
    rules.CHANGE: _l("Changed: %(item)s"),
    rules.EVENT: _l("Happened: %(item)s"),
    rules.ROUND: _l("A round of financing is planned"),
    rules.ROADSHOW: _l("A roadshow is planned"),
}


def tier(name: str, language: str) -> str:
    """A tier as it is called, of a name such as growth@2026."""
    code, _at, version = name.partition("@")
    return standards.published()[version].tiers[code].said(language)


def happening(every: str, label: str) -> str:
    """What happened, with the item it makes due."""
    return str(HAPPENINGS[every]) % {"item": label}


def because(line: Line, language: str) -> list[str]:
    """Why it is due on its day, in sentences, and until when it is waived."""
    due = line.owed.obligation.due
    said = wording.explained(due, language)
    if line.by != due.day:
        said.append(_("Waived until %(day)s.", day=formats.day(line.by, language, weekday=True)))
    return said


def about(line: Line, event: Event | None, language: str) -> str:
    """What the obligation is about: the period's end, or what happened when."""
    day = formats.day(line.owed.base, language)
    if event is None:
        is_period = line.owed.obligation.occasion.every in ("annual", "half_year", "quarter")
        return (
            _("Period to %(day)s", day=day)
            if is_period
            else str(wording.OCCASIONS[line.owed.obligation.occasion.every])
        )
    if event.code:
        return f"{line.owed.standard.events[event.code].said(language)}{_stop(language)}{day}"
    return f"{wording.OCCASIONS[event.every]}{_stop(language)}{day}"


def _stop(language: str) -> str:
    return ", " if language == "en" else "，"


def months(language: str) -> list[tuple[int, str]]:
    """The months with whose last day a financial year may end."""
    return [(month, formats.month_end(month, language)) for month in range(1, 13)]


def lateness(days: int) -> str:
    """How late."""
    return ngettext("%(num)s day late", "%(num)s days late", days)


def due_in(by: date, today: date) -> str:
    """How far away its day is."""
    days = (by - today).days
    return ngettext("in %(num)s day", "in %(num)s days", days) if days else _("today")
