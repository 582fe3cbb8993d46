"""The words of deadlines and due days, in the reader's language: why a thing is due on the day it is."""

from collections.abc import Iterable, Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from listing.rulebook.vocabulary import Label
from listing.web import formats

from . import changes, deadlines
from .deadlines import Deadline, Due
from .standards import Occasion, Rung

OCCASIONS = {
    "admission": _l("With the application"),
    "change": _l("After each change"),
    "annual": _l("Each financial year"),
    "half_year": _l("Each half-year"),
    "quarter": _l("Each quarter"),
    "event": _l("After the event"),
    "round": _l("Each round of financing"),
    "refresh": _l("As long as it stands"),
    "roadshow": _l("Each roadshow"),
    "filing": _l("With every document"),
}
NEEDS = {"required": _l("Required"), "if_raising": _l("Required when raising funds"), "optional": _l("Optional")}
KINDS = {"field": _l("Entry"), "figure": _l("Figures"), "document": _l("Document")}
VISIBILITIES = {
    "public": _l("Everybody"),
    "registered": _l("People with an account"),
    "admitted": _l("Admitted investors"),
    "staff": _l("The operator only"),
}
PARTS = {
    "preparer": _l("Preparer"),
    "translator": _l("Translator"),
    "checker": _l("Checker"),
    "signatory": _l("Authorised signatory"),
    "intermediary": _l("Intermediary"),
}
STEPS = {
    "reminder": _l("Reminder to the company"),
    "public_mark": _l("Mark on the public page"),
    "off_roadshow": _l("No roadshow, financing need hidden, once a person has confirmed it"),
    "tier_down": _l("One tier down, once two people have decided it"),
    "removal": _l("Taken off display, once two people have decided it"),
}
CHANGES = {
    changes.ADDED: (_l("New"), "warn"),
    changes.REMOVED: (_l("Not asked for any more"), "ok"),
    changes.CHANGED: (_l("Changed"), "info"),
}
CHANGED = {
    changes.DUE: _l("Deadline"),
    changes.FREQUENCY: _l("How often, and deadline"),
    changes.NEED: _l("Whether it is needed"),
    changes.VISIBILITY: _l("Who may read it"),
    changes.KIND: _l("What is handed in"),
    changes.SIGN_OFF: _l("Signed by"),
    changes.LADDER: _l("When something is late"),
}
REGIONS = {"CN": _l("Mainland"), "HK": _l("Hong Kong"), "MO": _l("Macao")}


def deadline(one: Deadline) -> str:
    """A deadline in words, whatever day it is counted from."""
    words = {
        (deadlines.PERIOD_END, "M"): lambda n: ngettext(
            "%(num)s month after the period ends", "%(num)s months after the period ends", n
        ),
        (deadlines.PERIOD_END, "D"): lambda n: ngettext(
            "%(num)s day after the period ends", "%(num)s days after the period ends", n
        ),
        (deadlines.EVENT, "D"): lambda n: ngettext("%(num)s day after it", "%(num)s days after it", n),
        (deadlines.EVENT, "WD"): lambda n: ngettext("%(num)s working day after it", "%(num)s working days after it", n),
        (deadlines.EVENT, "TD"): lambda n: ngettext("%(num)s trading day after it", "%(num)s trading days after it", n),
        (deadlines.BEFORE, "D"): lambda n: ngettext("%(num)s day before it", "%(num)s days before it", n),
        (deadlines.EVERY, "D"): lambda n: ngettext("every %(num)s day anew", "every %(num)s days anew", n),
    }
    if (one.base, one.unit) in words:
        return words[one.base, one.unit](one.count)
    if one.base == deadlines.APPLY:
        return _("with the application")
    if one.base == deadlines.FIXED:
        return _("every year on day %(day)s of month %(month)s", day=one.day[1], month=one.day[0])
    return _("together with %(item)s", item=one.item) if one.item else _("together with the document")


def occasion(one: Occasion, language: str) -> str:
    """When a tier asks for an item: what makes it due, and by when."""
    if one.due.base == deadlines.APPLY or (one.due.base == deadlines.WITH and not one.due.item):
        return str(OCCASIONS[one.every])
    return f"{OCCASIONS[one.every]}{': ' if language == 'en' else '：'}{deadline(one.due)}"


def change(one: changes.Change, language: str) -> list[tuple[str, str, str]]:
    """What is asked otherwise, as it is called, as it was and as it will be; what was not asked for was nothing."""
    if one.kind == changes.ADDED:
        return [(str(CHANGED[changes.DUE]), "", _joined(one.occasions, language))]
    return [said for each in one.differences for said in _different(each, language)]


def _different(each: changes.Difference, language: str) -> Iterator[tuple[str, str, str]]:
    if each.what == changes.EVENTS:
        for label, events in (
            (_("Major events no longer asked for"), each.before),
            (_("New major events"), each.after),
        ):
            if events:
                yield label, "", _joined(events, language)
    else:
        yield str(CHANGED[each.what]), *(_joined(side, language) for side in each[1:])


def _joined(values: Sequence, language: str) -> str:
    """Values of the standard as words, in their order; sentences apart further than words."""
    said = [_words(one, language) for one in values]
    if any(isinstance(one, str) for one in values):
        return _joint(language).join(said)
    return ("; " if language == "en" else "；").join(said)


def _words(value: object, language: str) -> str:
    if isinstance(value, Occasion):
        return occasion(value, language)
    if isinstance(value, Rung):
        days = ngettext("%(num)s day late:", "%(num)s days late:", value.after)
        return f"{days}{' ' if language == 'en' else ''}{STEPS[value.step]}"
    if isinstance(value, Label):
        return value.said(language)
    return str((NEEDS | VISIBILITIES | KINDS | PARTS)[value])


def signers(parts: Iterable[str], language: str) -> str:
    """Who signs, in order."""
    return _joint(language).join(str(PARTS[part]) for part in parts)


def _joint(language: str) -> str:
    return ", " if language == "en" else "、"


def explained(due: Due, language: str) -> list[str]:
    """Why it is due on its day, in sentences: the reckoning, the holidays passed over, the last working day before."""
    reckoned = {"day": _day(due.day, language), "rule": deadline(due.deadline), "base": _day(due.base, language)}
    said = [_("Due on %(day)s: %(rule)s, counted from %(base)s.", **reckoned)]
    if due.passed:
        names = _joint(language).join(f"{_day(on, language)} {_name(holiday, language)}" for on, holiday in due.passed)
        said.append(_("Not counted: %(holidays)s.", holidays=names))
    if due.at_leisure:
        said.append(_("That is no working day; the last one before is %(day)s.", day=_day(due.at_leisure, language)))
    return said


def _day(day, language: str) -> str:
    return formats.day(day, language, weekday=True)


def _name(holiday, language: str) -> str:
    return {"zh-Hans": holiday.zh_hans, "zh-Hant": holiday.zh_hant}.get(language, holiday.en)
