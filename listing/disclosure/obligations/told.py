"""The calendar and the standing of a company for programs, with the reasons in three languages."""

from collections.abc import Iterable
from datetime import date

from flask_babel import force_locale

from listing.bilingual.language import LANGUAGES
from listing.rulebook.vocabulary import Label

from . import rules, standing, wording
from .models import Mark
from .queries import Calendar
from .scores import Score


def lines(calendar: Calendar) -> dict[str, object]:
    """What a company owes, soonest due first."""
    return _about(calendar) | {"obligations": [_line(line) for line in calendar.lines]}


def completeness(calendar: Calendar) -> dict[str, object]:
    """How completely a company disclosed so far, item by item of its tier, and its scores."""
    share = rules.completeness(calendar.lines)
    return (
        _about(calendar)
        | {"completeness": {"met": share.part, "of": share.of, "percent": share.percent}}
        | {"scores": told_scores(standing.of_company(calendar))}
        | {"late_marks": [line.owed.key for line in calendar.marked]}
        | {"late_marks_logged": [_mark(mark) for line in calendar.marked if (mark := calendar.mark(line))]}
        | {"items": [_item(one) for one in calendar.items]}
    )


def told_scores(found: Iterable[Score]) -> dict[str, dict[str, int | None]]:
    """Scores with the cases they stand on; ``percent`` is null below the fewest."""
    return {
        one.definition.id: {
            "part": one.part,
            "of": one.of,
            "percent": one.percent,
            "months": one.definition.months,
            "fewest": one.definition.fewest,
        }
        for one in found
    }


def market(found: standing.Market) -> dict[str, object]:
    """The market as a whole, by tier and by market."""
    return {
        "counted_at": found.counted_at and found.counted_at.isoformat(),
        "whole": _group(found.whole),
        "tiers": {group.code: _group(group) for group in found.by_tier},
        "markets": {group.code: _group(group) for group in found.by_market},
    }


def _group(group: standing.Group) -> dict[str, object]:
    return {"companies": group.companies, "scores": told_scores(group.scores)}


def _about(calendar: Calendar) -> dict[str, object]:
    company, held = calendar.company, calendar.now_held
    return {
        "company": {"market": company.market, "code": company.code, "zh": company.name_zh, "en": company.name_en},
        "today": calendar.today.isoformat(),
        "standard": held.name if held else None,
        "since": held.taken.isoformat() if held else None,
        "year_end": held.year_end if held else None,
    }


def _line(line: rules.Line) -> dict[str, object]:
    one = line.owed.obligation
    return {
        "key": line.owed.key,
        "item": one.item.id,
        "name": _names(one.item.name),
        "every": one.occasion.every,
        "deadline": one.occasion.due.text,
        "standard": line.owed.held.name,
        "from": line.owed.base.isoformat(),
        "due": one.due.day.isoformat(),
        "by": line.by.isoformat(),
        "state": line.state,
        "days_late": line.late,
        "filed": _iso(line.filed),
        "because": _because(line),
    }


def _item(one: rules.ItemStanding) -> dict[str, object]:
    by = one.line.by.isoformat() if one.line else None
    return {"item": one.item.id, "name": _names(one.item.name), "state": one.state, "by": by}


def _mark(mark: Mark) -> dict[str, object]:
    begun = mark.begun_at.isoformat()
    return {"key": mark.key, "by": mark.by.isoformat(), "begun": begun, "entry": mark.begun_entry}


def _names(label: Label) -> dict[str, str]:
    return {"zh-Hans": label.zh_hans, "zh-Hant": label.zh_hant, "en": label.en}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _because(line: rules.Line) -> dict[str, list[str]]:
    said = {}
    for code, language in LANGUAGES.items():
        with force_locale(language.locale):
            said[code] = wording.because(line, code)
    return said
