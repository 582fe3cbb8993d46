"""How well figures are read and compared, on a folder of pairs and cases that others wrote.

Decides what counts as right. A finding counts when it is certain or likely; on an altered pair it must also touch the
altered characters. A quarter of the pairs, chosen by the hash of their id, is held out: none of its alarms or misses
was looked at while the rules were written.
"""

import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from listing.bilingual.agreement.comparing import check
from listing.bilingual.agreement.finding import HINT, Finding
from listing.bilingual.figures import Figure, figures

_ABSOLUTE = re.compile(r"\d{4}-\d\d-\d\d")
# A day and year that the words state; Easter 2018 and two weeks since 2011 are computed from a calendar instead.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_STATED = re.compile(rf"\d+\D\d+\D\d+|\d{{8}}|年.*月|{_MONTH}.*\d{{4}}|\d{{4}}.*{_MONTH}", re.I)
_DAYS = ("date", "datetimeV2.date")
_LIMIT = Decimal("1E-9")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: which rows, how many of them counted, of how many."""

    table: str
    name: str
    part: str
    hits: int
    rows: int

    @property
    def share(self) -> str:
        """The share in per cent with one decimal, - without rows."""
        return f"{100 * self.hits / self.rows:.1f} %" if self.rows else "-"


def held_out(name: str) -> bool:
    """Return whether a row belongs to the quarter that no rule was written by."""
    digest = hashlib.sha256(name.encode()).digest()
    return digest[0] % 2 == 1 and digest[1] % 2 == 1


def _rows(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def alarms(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are certain or likely."""
    return [finding for finding in findings if finding.severity != HINT]


def altered(before: str, after: str) -> tuple[int, int]:
    """Return where a text differs from what it was, as positions in the new text; blanks before it belong to it."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = max(start, len(after) - tail)
    return len(after[:start].rstrip()), max(end, start)


def _touches(figure: Figure | None, span: tuple[int, int]) -> bool:
    return figure is not None and figure.start <= span[1] and figure.end >= span[0]


class _Tally:
    """Counts hits and rows by table, name and part."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str, str]] = Counter()

    def add(self, table: str, name: str, *, hit: bool, held: bool) -> None:
        for part in ("all", "held out" if held else "seen"):
            self.counts[table, name, part, "rows"] += 1
            self.counts[table, name, part, "hits"] += hit

    def rows(self) -> list[Row]:
        keys = sorted({key[:3] for key in self.counts})
        return [Row(*key, self.counts[*key, "hits"], self.counts[*key, "rows"]) for key in keys]


def pairs(folder: Path) -> Iterator[Row]:
    """Yield the share of agreeing pairs, and of pairs without figures, that raise an alarm."""
    tally = _Tally()
    for file, table in (("figure_pairs", "alarm on an agreeing pair"), ("nofigure_pairs", "alarm without figures")):
        for row in _rows(folder / "parallel" / f"{file}.jsonl"):
            if row.get("agree", "none") in ("strict", "loose", "none"):
                hit = bool(alarms(check(row["zh"], row["en"])))
                tally.add(table, row.get("agree", "no figures"), hit=hit, held=held_out(row["id"]))
                if "agree" in row:
                    tally.add(table, "strict or loose", hit=hit, held=held_out(row["id"]))
    yield from tally.rows()


def corrupted(folder: Path) -> Iterator[Row]:
    """Yield the share of altered pairs with an alarm that touches the altered figure, by kind of alteration."""
    tally = _Tally()
    originals = {row["id"]: row for row in _rows(folder / "parallel" / "figure_pairs.jsonl")}
    for row in _rows(folder / "parallel" / "corrupted_pairs.jsonl"):
        side = row["corrupted_side"]
        span = altered(originals[row["id"]][side], row[side])
        found = alarms(check(row["zh"], row["en"]))
        hit = any(_touches(getattr(finding, side), span) for finding in found)
        tally.add("altered figure found", row["kind"], hit=hit, held=held_out(row["id"]))
    yield from tally.rows()


_KINDS = {"percent": ("percent",), "currency": ("money",), "date": ("date",), "datetime": ("date",)}


def _expected(case: dict) -> Iterator[tuple[int, int, Decimal | str]]:
    """What a recognizer case expects: start, end (exclusive), value; what has no value or no stated day is left out."""
    for entry in case["expected"]:
        start, end = entry["start"], entry.get("end", entry["start"] + entry.get("length", 0) - 1) + 1
        if entry["type"] in _DAYS:
            day = (entry.get("values") or [entry])[0].get("timex", "")
            if _ABSOLUTE.fullmatch(day) and _STATED.search(case["input"][start:end]):
                yield start, end, day
        elif case["kind"] in ("number", "percent", "currency") and entry.get("value") not in (None, "null"):
            yield start, end, Decimal(entry["value"].rstrip("%"))


def _right(figure: Figure, start: int, end: int, value: Decimal | str) -> bool:
    if (start, end) not in ((figure.start, figure.end), figure.number):
        return False
    if isinstance(value, str) or isinstance(figure.value, str):
        return figure.value == value
    power = {"‰": -1, "bp": -2}.get(figure.unit or "", 0) if figure.kind == "percent" else 0
    return abs(figure.value.scaleb(power) - value) <= _LIMIT * max(1, abs(value))


def recognizers(folder: Path) -> Iterator[Row]:
    """Yield how many numbers, shares, amounts and stated days are read with the right value and place.

    A number inside a larger figure (20 in $20, 3 in 3年) counts by the place of its digits.
    """
    tally = _Tally()
    for case in _rows(folder / "recognizers" / "cases.jsonl"):
        kind = case["kind"]
        if kind not in ("number", *_KINDS):
            continue
        found = figures(case["input"], case["lang"])
        wanted = _KINDS.get(kind)
        for start, end, value in _expected(case):
            hit = any((not wanted or figure.kind in wanted) and _right(figure, start, end, value) for figure in found)
            tally.add("value and place right", f"{case['lang']} {kind.removesuffix('time')}", hit=hit, held=False)
    return (row for row in tally.rows() if row.part == "all")


def speed(folder: Path, characters: int = 60) -> float:
    """Return the pairs of about so many characters a side that one core checks in a second of its own time."""
    rows = _rows(folder / "parallel" / "figure_pairs.jsonl")
    short = [row for row in rows if len(row["zh"]) <= characters and len(row["en"]) <= 2 * characters]
    start = time.process_time()
    for row in short:
        check(row["zh"], row["en"])
    return len(short) / (time.process_time() - start)


def evaluate(folder: Path) -> Iterator[Row]:
    """Yield every row of the tables."""
    yield from pairs(folder)
    yield from corrupted(folder)
    yield from recognizers(folder)
