"""The financing need as rows of the sheet: label and value on both sides, in the order of sheets.yaml.

Pure. Only what the tier sees; the conditions stand among the passages.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from listing.access.actor import Tier
from listing.money import Money
from listing.web import formats

from .. import profile, rules, sheets
from ..sheets import Field
from . import words
from .words import Both

_PASSED_OVER = ("currency", "unit", "conditions")  # said with each amount; a setting of the form; a passage


def rows(content: Mapping | None, tier: Tier, script: str) -> list[dict[str, str]]:
    """Every row that a reader of ``tier`` sees; none where nothing was said."""
    stated = (content or {}).get("sheets", {}).get("financing")
    if not stated:
        return []
    sheet = sheets.sheets()["financing"]
    seen = sheets.seen(sheet, stated, tier)
    if sheet.excused(seen):
        seen = {key: seen[key] for key in sheet.unless}
    found = []
    for each in sheet.fields:
        if each.id in seen and each.id not in _PASSED_OVER:
            found += _rows(each, seen, script)
    return found


def _rows(each: Field, seen: Mapping, script: str) -> list[dict[str, str]]:
    if each.kind == "rows":
        return [_use(each, use, script) for use in seen[each.id]]
    lang = words.chinese(script)
    return [_row({"zh": each.label(lang), "en": each.en}, dict(_value(each, seen, lang)))]


def _row(label: Both, value: Both) -> dict[str, str]:
    return {"zh_label": label["zh"], "en_label": label["en"], "zh": value["zh"], "en": value["en"]}


def _value(each: Field, seen: Mapping, chinese: str) -> Iterator[tuple[str, str]]:
    value = seen[each.id]
    for side, lang in (("zh", chinese), ("en", "en")):
        if each.kind == "amount":
            yield side, formats.money(Money(value, seen["currency"]), lang)
        elif each.kind == "date":
            yield side, formats.day(date.fromisoformat(value), lang)
        elif each.kind == "several":
            yield side, ("、" if side == "zh" else ", ").join(each.choices()[key].label(lang) for key in value)
        else:
            yield side, each.choices()[value].label(lang)


def _use(each: Field, use: Mapping, script: str) -> dict[str, str]:
    """One use of the proceeds: what for and where, the share, and what was said of it."""
    label, note = words.both("use", script), _note(use.get("note") or {}, script)
    by = {part.id: part for part in each.fields}
    share = use["share"].rstrip("0").rstrip(".")  # always two decimals
    value = {side: " · ".join(filter(None, (f"{share}%", note[side]))) for side in ("zh", "en")}
    for side, lang in (("zh", words.chinese(script)), ("en", "en")):
        names = {key: by[key].choices()[use[key]].label(lang) for key in ("purpose", "place")}
        label[side] = label[side].format(**names)
    return _row(label, value)


def _note(note: Mapping, script: str) -> Both:
    zh = note.get("zh", "")
    zh = zh if note.get("script", "Hans") == script else profile.converted(zh, script)
    return {"zh": rules.without_hidden(zh), "en": rules.without_hidden(note.get("en", ""))}
