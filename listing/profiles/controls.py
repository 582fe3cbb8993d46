"""The fields of a sheet as its page shows them: what stands in each, what is wrong, what to know while writing.

Decides labels, hints and choices from the declaration (sheets.yaml) and what was typed; nothing of what an answer may
hold. Typed texts are shown as they were typed, right or wrong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

from flask_babel import gettext as _

from listing.bilingual import agreement, difference, terms
from listing.companies.sheets import Field, Sheet
from listing.refusal import Refusal
from listing.typed import amount
from listing.web import formats
from listing.web.page import words

from . import claims, kinds, reading, rules, texts


@dataclass(frozen=True, slots=True)
class Control:
    """One field on the page. ``value`` is what stands in it; ``options`` are (value, label, chosen)."""

    name: str
    kind: str
    label: str
    value: str = ""
    lang: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False
    rows: int = 1
    most: int = 0
    options: tuple[tuple[str, str, bool], ...] = ()
    echo: str = ""

    @property
    def id(self) -> str:
        """Its id on the page, and where an error leads."""
        return f"f-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class PairControl:
    """A text in two languages: both sides, their state, what changed since they met, what to look at."""

    name: str
    label: str
    sides: tuple[Control, Control]
    optional: bool
    error: str
    state: object
    changes: tuple[tuple[str, list], ...]
    findings: tuple
    claims: tuple[str, ...]
    evidence: Control | None
    other: Control | None
    may_confirm: bool
    kind: str = "pair"

    @property
    def id(self) -> str:
        """Where an error leads."""
        return self.sides[0].id


@dataclass(frozen=True, slots=True)
class RowsControl:
    """Rows of fields: number, id, whether filled in, controls, content as saved. Blank ones stand at the end.

    With ``files`` each row is about a file, and comes and goes with it on pages of their own.
    """

    name: str
    label: str
    error: str
    rows: tuple[tuple[int, str, bool, tuple, Mapping], ...]
    total: str = ""
    files: bool = False
    kind: str = "rows"

    @property
    def id(self) -> str:
        """Where an error leads."""
        return f"f-{self.name.replace('.', '-')}"


@dataclass(slots=True)
class Page:
    """What surrounds the fields: the reader's language, what is saved, the errors, documents and own terms."""

    reader: str
    typed: Mapping[str, str]
    content: Mapping
    errors: Mapping = field(default_factory=dict)
    documents: tuple[tuple[int, str], ...] = ()
    own_terms: tuple = ()

    def error(self, name: str) -> str:
        """What is wrong with a field, in the reader's words."""
        return words(self.errors[name]) if name in self.errors else ""


def controls(sheet: Sheet, page: Page) -> list:
    """The controls of a sheet in order."""
    unsupported = {}
    for claim in claims.unsupported(sheet, page.content):
        unsupported.setdefault(claim.name, []).append(claim.words)
    return [_control(each, each.id, page.content, page, unsupported) for each in sheet.fields]


def _control(each: Field, name: str, content: Mapping, page: Page, unsupported: Mapping):
    if each.kind == "rows":
        return _rows(each, name, content, page, unsupported)
    if each.is_pair:
        return _pair(each, name, content.get(each.id), page, tuple(dict.fromkeys(unsupported.get(name, ()))))
    place = content.get(each.rule("under"), {}) if each.rule("under") else content
    return _single(each, name, place.get(each.id), page)


def _single(each: Field, name: str, value, page: Page) -> Control:
    typed = page.typed.get(name, "")
    return Control(
        name=name,
        kind=each.kind,
        label=each.label(page.reader),
        value=typed,
        hint=hint(each),
        error=page.error(name),
        optional=is_optional(each),
        rows=4 if each.kind == "words" else 1,
        most=each.rule("most", 0) if each.kind == "text" else 0,
        options=tuple(_options(each, typed, page)),
        echo=_echo(each, typed, page) if each.kind == "amount" else "",
    )


def _options(each: Field, typed: str, page: Page) -> Iterator[tuple[str, str, bool]]:
    if each.kind == "document":
        yield from ((str(key), label, str(key) == typed) for key, label in page.documents)
    elif each.kind in ("choice", "several"):
        chosen = set(typed.split()) if each.kind == "several" else {typed}
        yield from ((key, entry.label(page.reader), key in chosen) for key, entry in each.choices().items())


def is_optional(each: Field) -> bool:
    """Whether a field may stay empty whatever stands in the others of its row."""
    return not (each.rule("needed", False) or each.rule("or"))


def hint(each: Field) -> str:
    """How an answer of this kind is written, where that needs saying."""
    hints = {
        "date": _("Year, month and day, such as 2026-03-31"),
        "year": _("Four digits"),
        "share": _("At most two decimals"),
        "url": _("Begins with https:// or www."),
        "phone": _("With country code, such as +852 2345 6789"),
        "registration": _("As on the certificate"),
    }
    instead = {
        "why": _("The number, or the reason why there is none"),
        "number": _("Only where there is no number"),
    }
    return instead.get(each.rule("or"), "") or hints.get(each.kind, "")


def _echo(each: Field, typed: str, page: Page) -> str:
    """The amount in both languages, so that a slip of the unit is seen; nothing while it cannot be read."""
    scale = kinds.scale_of(page.typed)
    if not typed.strip() or scale is None:
        return ""
    try:
        read = amount(typed, scale[0], unit=scale[1])
    except Refusal:
        return ""
    chinese = "zh-Hant" if page.reader == "zh-Hant" else "zh-Hans"
    return f"= {formats.money(read, chinese)} = {formats.money(read, 'en')}"


def _pair(each: Field, name: str, value: Mapping | None, page: Page, unsupported: tuple[str, ...]) -> PairControl:
    legal, passage = bool(each.rule("legal")), each.kind == "passage"
    script = (value or {}).get("script") or ("Hant" if page.reader == "zh-Hant" else "Hans")
    langs = {"zh": f"zh-{script}", "en": "en"}
    labels = {"zh": _("Chinese"), "en": _("English")}
    order = ("en", "zh") if page.reader == "en" else ("zh", "en")
    sides = tuple(
        Control(
            name=f"{name}.{side}",
            kind="passage" if passage else "line",
            label=labels[side],
            value=page.typed.get(f"{name}.{side}", ""),
            lang=langs[side],
            error=page.error(f"{name}.{side}"),
            rows=min(9, max(4, each.rule("most", 600) // 200)) if passage else 1,
            most=each.rule("most", 0),
        )
        for side in order
    )
    known = value is not None and any(value[side] for side in ("zh", "en"))
    complete = known and texts.pair(value).complete
    return PairControl(
        name=name,
        label=each.label(page.reader),
        sides=sides,
        optional=not each.rule("needed", False),
        error=page.error(name),
        state=texts.state(value) if known and not legal and not each.rule("one_side") else None,
        changes=tuple(_changes(value, langs)) if complete else (),
        findings=tuple(_findings(value, page)) if complete and not legal else (),
        claims=unsupported,
        evidence=_evidence(name, page) if passage and (page.documents or page.error(f"{name}.evidence")) else None,
        other=_other(name, value, script, page) if complete and not legal else None,
        may_confirm=complete and not legal and texts.state(value).name in ("needs update", "draft"),
    )


def _changes(value: Mapping, langs: Mapping[str, str]) -> Iterator[tuple[str, list]]:
    """What was changed in either language since the two last met."""
    met = value.get("met")
    for side in ("zh", "en"):
        if met and met[side] != value[side]:
            yield langs[side], difference.difference(met[side], value[side], side)


def _findings(value: Mapping, page: Page) -> Iterator:
    yield from agreement.check(value["zh"], value["en"])
    yield from terms.check(value["zh"], value["en"], page.own_terms)


def _evidence(name: str, page: Page) -> Control:
    typed = page.typed.get(f"{name}.evidence", "")
    options = tuple((str(key), label, str(key) == typed) for key, label in page.documents)
    label, error = _("Document that proves it"), page.error(f"{name}.evidence")
    return Control(f"{name}.evidence", "document", label, typed, error=error, optional=True, options=options)


def _other(name: str, value: Mapping, script: str, page: Page) -> Control:
    """The Chinese in the other script, derived until somebody edits it."""
    text, how = texts.other(value)
    label = _("The same in Simplified characters") if script == "Hant" else _("The same in Traditional characters")
    hints = {
        "auto": _("Converted by a program; edit it where Hong Kong or the Mainland would say it otherwise."),
        "edited": _("Edited by hand; empty it to go back to the conversion."),
        "stale": _("Edited by hand before the text above changed. Bring it up to date, or empty it to convert anew."),
    }
    lang = "zh-Hans" if script == "Hant" else "zh-Hant"
    typed = page.typed.get(f"{name}.other", text)
    return Control(f"{name}.other", "passage", label, typed, lang, hints[how], page.error(f"{name}.other"), rows=4)


def _rows(each: Field, name: str, content: Mapping, page: Page, unsupported: Mapping) -> RowsControl:
    numbers = reading.numbers(name, page.typed)
    blank = [] if each.rule("files") else range(max(numbers, default=-1) + 1, each.rule("most"))[: rules.BLANK_ROWS]
    by_id = {row.get("id"): row for row in content.get(each.id, ())}
    rows = []
    for number in [*numbers, *blank]:
        key = page.typed.get(f"{name}.{number}.id", "")
        row = by_id.get(key, {})
        inner = tuple(_control(part, f"{name}.{number}.{part.id}", row, page, unsupported) for part in each.fields)
        rows.append((number, key, number in numbers, inner, row))
    files = bool(each.rule("files"))
    return RowsControl(name, each.label(page.reader), page.error(name), tuple(rows), _total(each, content), files=files)


def row(each: Field, number: int, page: Page) -> list:
    """The controls of one row that is only being typed."""
    return [_control(part, f"{each.id}.{number}.{part.id}", {}, page, {}) for part in each.fields]


def _total(each: Field, content: Mapping) -> str:
    key, rows = each.rule("whole"), content.get(each.id, ())
    return f"{reading.sum_of(rows, key).normalize():f}%" if key and rows else ""


def errors_of(found: list) -> list[SimpleNamespace]:
    """Every error of the controls in order, with where it leads, for the summary above the page."""
    listed = []
    for one in found:
        inner = (
            one.sides if one.kind == "pair" else [c for row in one.rows for c in row[3]] if one.kind == "rows" else ()
        )
        if one.error:
            listed.append(SimpleNamespace(id=one.id, label=one.label, text=one.error))
        nested = (
            errors_of(inner)
            if one.kind == "rows"
            else [
                SimpleNamespace(id=side.id, label=f"{one.label}, {side.label}", text=side.error)
                for side in inner
                if side.error
            ]
        )
        listed.extend(nested)
        aside = (one.evidence, one.other) if one.kind == "pair" else ()
        listed += [SimpleNamespace(id=c.id, label=c.label, text=c.error) for c in aside if c and c.error]
    return listed
