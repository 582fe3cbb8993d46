"""What a standard form says once it is filled in, in both languages, and the note by which it is corrected.

Pure. Nothing is written by a person: texts and notes follow from the form and the values of its fields.
"""

from collections.abc import Mapping
from datetime import date

from listing.bilingual.pair import Pair
from listing.refusal import N_, Refusal

from . import fields, periods
from .book import AFTER, AT_MOST, COMPANY, DIFFER, NAMED, NOT_BEFORE, Check, Form
from .fields import Field

Values = Mapping[str, object]


class OtherFields(Refusal):
    message = N_("This is not what the form asks for. Open it anew and fill it in.")


class NotAfter(Refusal):
    message = N_("It has to lie after %(other)s.")


class TooEarly(Refusal):
    message = N_("It may not lie before %(other)s.")


class TooMany(Refusal):
    message = N_("It may not be more than %(other)s.")


class TheSame(Refusal):
    message = N_("Both are the same. Look which of the two it is.")


class NothingChanges(Refusal):
    message = N_("Nothing differs from what was released, so there is nothing to correct.")


def look(form: Form, values: Values, today: date, year_end: int | None) -> None:
    """Look that the values are those of the form, and that its days, its periods and its checks hold.

    ``year_end`` is the month with which the financial year of the company ends, as far as it is known.
    Raises OtherFields, what ``fields.look`` and ``periods.look`` raise, NotAfter, TooEarly, TooMany, TheSame.
    """
    if {*values} != {*form.fields}:
        raise OtherFields
    for field in form.fields.values():
        try:
            fields.look(field, values[field.id], today)
            if field.period:
                period = values.get(field.period, field.period)
                periods.look(date.fromisoformat(values[field.id]), period, year_end)
        except Refusal as refusal:
            refusal.place = field.inputs[0]
            raise
    for check in form.checks:
        if not _holds(check, values[check.of], values[check.than]):
            raise _refused(form, check, values)


def _holds(check: Check, of, than) -> bool:
    """Days compare as they are kept, because ISO 8601 sorts as days do."""
    if check.rule == AFTER:
        return of > than
    if check.rule == NOT_BEFORE:
        return of >= than
    if check.rule == AT_MOST:
        return of <= than
    return all(of[side].casefold() != than[side].casefold() for side in ("zh", "en"))


_REFUSED = {AFTER: NotAfter, NOT_BEFORE: TooEarly, AT_MOST: TooMany, DIFFER: TheSame}


def _refused(form: Form, check: Check, values: Values) -> Refusal:
    than = values[check.than]
    said = (
        {} if check.rule == DIFFER else {"other": f"{than:,d}" if isinstance(than, int) else date.fromisoformat(than)}
    )
    refusal = _REFUSED[check.rule](**said)
    refusal.place = form.fields[check.of].inputs[0]
    return refusal


def title(form: Form, values: Values, company: Pair, script: str) -> Pair:
    """The title in both languages; ``script`` is that of the Chinese."""
    return _both(form, form.title, values, company, script)


def body(form: Form, values: Values, company: Pair, script: str) -> Pair:
    """The text in both languages; ``script`` is that of the Chinese."""
    return _both(form, form.body, values, company, script)


_BLANK = {
    "zh-Hans": ("【{name}】", "公司名称"),
    "zh-Hant": ("【{name}】", "公司名稱"),
    "en": ("[{name}]", "name of the company"),
}


def blank(form: Form, script: str) -> tuple[Pair, Pair]:
    """Title and text of the form as it is published, with the names of its fields where something is filled in."""

    def unfilled(text: str, language: str) -> str:
        mark, company = _BLANK[language]

        def named(found) -> str:
            return mark.format(name=company if found[1] == COMPANY else form.fields[found[1]].name.said(language))

        return NAMED.sub(named, text)

    zh = f"zh-{script}"
    return tuple(Pair(unfilled(text.said(zh), zh), unfilled(text.en, "en"), script) for text in (form.title, form.body))


def _both(form: Form, text, values: Values, company: Pair, script: str) -> Pair:
    zh, en = f"zh-{script}", "en"
    return Pair(*(_filled(form, text.said(lang), values, company, lang) for lang in (zh, en)), script)


def _filled(form: Form, text: str, values: Values, company: Pair, language: str) -> str:
    """The text with its fields said, each once: what stands in a value names nothing."""

    def said(found) -> str:
        if found[1] == COMPANY:
            return company.shown(language).text
        return fields.said(form.fields[found[1]], values[found[1]], language)

    return NAMED.sub(said, text)


# A line of the note for each field that changed, then what holds for the rest.
_CHANGED = {
    "zh-Hans": "{name}由“{before}”更正为“{after}”。",
    "zh-Hant": "{name}由「{before}」更正為「{after}」。",
    "en": "{name}: “{before}” is corrected to “{after}”.",
}
_OTHER_VERSION = {
    "zh-Hans": "公告格式由第 {before} 版改为第 {after} 版。",
    "zh-Hant": "公告格式由第 {before} 版改為第 {after} 版。",
    "en": "The form is version {after} instead of version {before}.",
}
_REST = {"zh-Hans": "其余内容不变。", "zh-Hant": "其餘內容不變。", "en": "Nothing else changes."}


def note(before: tuple[Form, Values], after: tuple[Form, Values], script: str) -> Pair:
    """What a correction says that it changes, from the fields whose values differ. Raises NothingChanges."""
    changed = [field for key, field in after[0].fields.items() if before[1].get(key) != after[1][key]]
    if not changed:
        raise NothingChanges
    return Pair(*("\n".join(_lines(before, after, changed, lang)) for lang in (f"zh-{script}", "en")), script)


def _lines(before: tuple[Form, Values], after: tuple[Form, Values], changed: list[Field], language: str):
    old, new = before[0], after[0]
    for field in changed:
        known = field.id in before[1] and field.id in old.fields
        was = fields.said(old.fields[field.id], before[1][field.id], language) if known else "–"
        now = fields.said(field, after[1][field.id], language)
        yield _CHANGED[language].format(name=field.name.said(language), before=was, after=now)
    if old.version != new.version:
        yield _OTHER_VERSION[language].format(before=old.version, after=new.version)
    yield _REST[language]
