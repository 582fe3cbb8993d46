"""A submission as its reviewer reads it: every answer in order, what changed since the last one, what to look at.

Pure. Decides which findings and claims stand beside which passage; what they mean for the decision, a person decides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from listing.bilingual import agreement, difference, terms
from listing.bilingual.difference import Part
from listing.companies import told
from listing.companies.sheets import Field, Sheet, sheets
from listing.profiles import claims

NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: where it stands, what it says now, how that differs, and what a reviewer should look at.

    ``zh`` and ``en`` are the parts of both sides for a text that changed; ``before`` is what stood there otherwise.
    """

    place: str
    label: str
    change: str
    now: told.Shown | None
    before: told.Shown | None = None
    zh: list[Part] = field(default_factory=list)
    en: list[Part] = field(default_factory=list)
    findings: tuple = ()
    claims: tuple = ()

    @property
    def is_text(self) -> bool:
        """Whether it is a text in two languages."""
        shown = self.now or self.before
        return shown is not None and shown.kind == "pair"


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet: whether a change in it is material, and its lines."""

    id: str
    label: str
    material: bool
    lines: tuple[Line, ...]

    @property
    def changed(self) -> bool:
        """Whether anything differs from what is published."""
        return any(line.change != SAME for line in self.lines)


def sections(sent: Mapping[str, Mapping], published: Mapping[str, Mapping] | None, *, reader: str) -> list[Section]:
    """The sheets that hold something now or did before, in order; ``published`` is None for a first publication."""
    found = []
    for key, sheet in sheets().items():
        now, before = sent.get(key, {}), (published or {}).get(key, {})
        if now or before:
            lines = tuple(_lines(sheet, now, before, first=published is None, reader=reader))
            found.append(Section(key, sheet.label(reader), sheet.material, lines))
    return found


def files(sent: Mapping[str, Mapping], published: Mapping[str, Mapping] | None) -> list[tuple[Mapping, str]]:
    """The files that were sent, each with whether it is new, another copy than the one published, or the same."""
    before = {row["id"]: row["sha256"] for row in _files(published or {})}
    return [(row, _copy(row, before, first=published is None)) for row in _files(sent)]


def _files(contents: Mapping[str, Mapping]) -> list[Mapping]:
    return contents.get("documents", {}).get("documents", [])


def _copy(row: Mapping, before: Mapping[str, str], *, first: bool) -> str:
    if row["id"] not in before:
        return SAME if first else NEW
    return SAME if before[row["id"]] == row["sha256"] else CHANGED


def material(sent: Mapping[str, Mapping], published: Mapping[str, Mapping] | None) -> list[str]:
    """The sheets whose change moves a decision and that differ from what is published; all that are there at first."""
    before = published or {}
    return [
        key
        for key, sheet in sheets().items()
        if sheet.material and _substance(sent.get(key, {})) != _substance(before.get(key, {}))
    ]


def _substance(value):
    """A content without the scaffolding of its texts."""
    if isinstance(value, Mapping):
        return {key: _substance(part) for key, part in value.items() if key not in ("fresh", "met", "id")}
    return [_substance(part) for part in value] if isinstance(value, list) else value


def _lines(sheet: Sheet, now: Mapping, before: Mapping, *, first: bool, reader: str) -> Iterator[Line]:
    noted = {}
    for claim in claims.unsupported(sheet, now):
        noted.setdefault(claim.name, []).append(claim)
    for place, label, each, new, old in _pairs(sheet.fields, now, before, reader):
        shown = _shown(each, new, now, reader)
        was = _shown(each, old, before, reader)
        if shown is None and was is None:
            continue
        yield _line(f"{sheet.id}.{place}", label, each, new, old, shown, was, first, tuple(noted.get(place, ())))


def _shown(each: Field, value, content: Mapping, reader: str) -> told.Shown | None:
    if value in (None, "", [], {}):
        return None
    if each.kind == "document":
        return told.Shown(each.label(reader), "words", f"#{value}")
    return told.answer(each, value, content=content, reader=reader)


def _line(place, label, each: Field, new, old, shown, was, first: bool, unsupported: tuple) -> Line:
    if each.is_pair and new:
        findings = (*agreement.check(new["zh"], new["en"]), *terms.check(new["zh"], new["en"]))
        worth = tuple(f for f in findings if f.severity != "hint") if not each.rule("legal") else ()
        zh = difference.difference((old or {}).get("zh", ""), new["zh"], "zh") if old else []
        en = difference.difference((old or {}).get("en", ""), new["en"], "en") if old else []
        changed = bool(old) and (old["zh"], old["en"]) != (new["zh"], new["en"])
        change = CHANGED if changed else SAME if old or first else NEW
        return Line(place, label, change, shown, was, zh if changed else [], en if changed else [], worth, unsupported)
    change = GONE if shown is None else NEW if was is None and not first else CHANGED if was and was != shown else SAME
    return Line(place, label, change, shown, was)


def _pairs(fields: tuple[Field, ...], now: Mapping, before: Mapping, reader: str, prefix: str = "", head: str = ""):
    """Each field with its values now and before; rows are matched by their number, which stays theirs."""
    for each in fields:
        label = f"{head}{each.label(reader)}"
        if each.kind != "rows":
            yield f"{prefix}{each.id}", label, each, _value(each, now), _value(each, before)
            continue
        new, old = now.get(each.id, []), {row.get("id"): row for row in before.get(each.id, [])}
        for number, row in enumerate(new):
            was, title = old.pop(row.get("id"), {}), f"{label} {number + 1}: "
            yield from _pairs(each.fields, row, was, reader, f"{prefix}{each.id}.{number}.", title)
        for number, row in enumerate(old.values(), len(new)):
            yield from _pairs(each.fields, {}, row, reader, f"{prefix}{each.id}.{number}.", f"{label} {number + 1}: ")


def _value(each: Field, content: Mapping):
    under = each.rule("under")
    return (content.get(under) or {}).get(each.id) if under else content.get(each.id)
