"""The words of tiers, states and occasions of obligations, in the reader's language."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from listing.disclosure import standards, wording
from listing.disclosure.changes import Change
from listing.web import formats

from . import affected, ladder, rules, scores
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
SCORES = {
    scores.PUNCTUALITY: _l("In time"),
    scores.CORRECTION: _l("Corrected"),
    scores.PARITY: _l("Both languages agree"),
}
HAPPENINGS = {
    rules.CHANGE: _l("Changed: %(item)s"),
    rules.EVENT: _l("Happened: %(item)s"),
    rules.ROUND: _l("A round of financing is planned"),
    rules.ROADSHOW: _l("A roadshow is planned"),
}


NO_DAY = {
    affected.NOTHING_DUE: _l("Nothing falls due by it"),
    affected.NEEDS_EVENT: _l("When it happens"),
    affected.NO_CALENDAR: _l("The holidays of that year are not entered yet"),
}


def tier(name: str, language: str) -> str:
    """A tier as it is called, of a name such as growth@2026."""
    code, _at, version = name.partition("@")
    return standards.published()[version].tiers[code].said(language)


def changed(one: Change, language: str) -> str:
    """What a version asks otherwise, in a line."""
    colon, stop = (": ", "; ") if language == "en" else ("：", "；")
    told = [(label, " → ".join(filter(None, sides))) for label, *sides in wording.change(one, language)]
    return stop.join(f"{label}{colon}{said}" for label, said in told)


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


def stands_on(one: scores.Score) -> str:
    """The cases a score stands on, in words, or why there is none."""
    of, months = one.of, one.definition.months
    if one.percent is None:
        return _("No score: it takes %(fewest)s cases, and there are %(of)s.", fewest=one.definition.fewest, of=of)
    said = {"part": one.part, "of": of, "months": months}
    if one.definition.id == scores.PUNCTUALITY:
        return _("%(part)s of %(of)s obligations met by their day in the last %(months)s months", **said)
    if one.definition.id == scores.CORRECTION:
        return _("%(part)s of %(of)s announcements corrected in the last %(months)s months", **said)
    return _("%(part)s of %(of)s titles and passages without a doubt in the last %(months)s months", **said)


def defined(one: scores.Definition) -> str:
    """What a score means, in words."""
    said = {"months": one.months, "fewest": one.fewest}
    if one.id == scores.PUNCTUALITY:
        return _(
            "Of all obligations whose day came within the last %(months)s months, as many as were met by it, by the "
            "platform’s clock. Waived ones are left out until their new day. From %(fewest)s obligations on.",
            **said,
        )
    if one.id == scores.CORRECTION:
        return _(
            "Of all announcements released within the last %(months)s months, as many as were corrected since. A "
            "correction is no announcement of its own. From %(fewest)s announcements on.",
            **said,
        )
    return _(
        "Of all titles and passages released within the last %(months)s months, corrections included, as many in which "
        "the check of figures, terms and wording found nothing to doubt. From %(fewest)s of them on.",
        **said,
    )
