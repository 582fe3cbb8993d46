"""A whole file read and checked, before the database is asked for anything.

Decides which rows of the file are sound and which repeat an earlier one. Reading comes first because it takes longest,
and while it lasts no transaction holds anybody up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from .. import rules
from ..facts import Facts, digest
from . import rows
from .findings import Empty, Finding
from .tables import open_table

Progress = Callable[[int], None]

MOST_CALLED = 80  # characters of a cell that are shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A sound row: where it stands, whose it is, and its facts as they would be kept."""

    line: int
    market: str
    code: str
    facts: Facts
    content: dict[str, object]
    digest: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file read: its digest (SHA-256), format and encoding, the number of rows, the sound ones, and all findings.

    ``unsound`` says by line what the rows that are not sound call their company.
    """

    digest: str
    format: str
    encoding: str
    entries: list[Entry]
    findings: list[Finding]
    rows: int = 0
    unsound: dict[int, str] = field(default_factory=dict)

    def called(self, lines: Iterable[int]) -> dict[int, str]:
        """Code and name of the company that each of these lines is about, where it says so."""
        wanted = set(lines)
        sound = {
            entry.line: f"{entry.market} {entry.code} {entry.facts.name_zh or entry.facts.name_en}"
            for entry in self.entries
            if entry.line in wanted
        }
        return {line: name for line, name in self.unsound.items() if line in wanted} | sound


def prepare(data: bytes, progress: Progress | None = None, source: str = "") -> Prepared:
    """Read a file; ``progress`` is told the number of rows read so far. Raises Unreadable.

    ``source`` is where the facts of those rows come from that do not say so themselves.
    """
    table = open_table(data)
    prepared = Prepared(sha256(data).hexdigest(), table.format, table.encoding, [], [])
    first: dict[tuple[str, str], int] = {}
    count = 0
    for count, row in enumerate(table.rows, start=1):
        _take(prepared, first, *row, source=source)
        if progress is not None and count % 100 == 0:
            progress(count)
    if count == 0:
        raise Empty
    if table.ignored:
        columns = ", ".join(list(table.ignored)[:40])
        prepared.findings.append(Finding(0, "ignored_columns", {"columns": columns}))
    if progress is not None:
        progress(count)
    return replace(prepared, rows=count)


def _called(cells: Mapping[str, str]) -> str:
    """What a row calls its company, without parts that hold hidden characters."""
    parts = []
    for text in (cells.get("market"), cells.get("code"), cells.get("name_zh") or cells.get("name_en")):
        try:
            parts.append(rules.line(text or "")[:MOST_CALLED])
        except rules.HostileCharacters:
            continue
    return " ".join(filter(None, parts))


def _take(
    prepared: Prepared,
    first: dict[tuple[str, str], int],
    line: int,
    cells: Mapping[str, str] | Finding,
    *,
    source: str,
) -> None:
    """Add one row to the sound ones, or what is wrong with it to the findings."""
    if isinstance(cells, Finding):
        prepared.findings.append(cells)
        return
    if source and not cells.get("source"):
        cells = {**cells, "source": source}
    market, code, facts, found = rows.read(line, cells)
    prepared.findings.extend(found)
    if facts is None:
        prepared.unsound[line] = _called(cells)
        return
    if (market, code) in first:
        prepared.unsound[line] = _called(cells)
        prepared.findings.append(Finding(line, "duplicate", {"first": first[market, code]}))
        return
    first[market, code] = line
    content = facts.content()
    prepared.entries.append(Entry(line, market, code, facts, content, digest(content)))
