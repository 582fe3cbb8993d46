"""What was measured, beside what must be reached, as one text for the screen and for docs/performance.md."""

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, its value, the most it may be (None: for orientation), and how it came about."""

    what: str
    value: float
    unit: str = "×"
    most: float | None = None
    note: str = ""

    @property
    def reached(self) -> bool:
        return self.most is None or self.value <= self.most

    def cells(self) -> tuple[str, str, str, str, str]:
        """The line as the cells of a table."""
        verdict = "" if self.most is None else "yes" if self.reached else "**no**"
        most = "" if self.most is None else _shown(self.most, self.unit)
        return self.what, _shown(self.value, self.unit), most, verdict, self.note


def _shown(value: float, unit: str) -> str:
    if unit == "×":
        return f"{value:.2f}×"
    digits = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
    return f"{digits} {unit}".strip()


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table with aligned columns."""
    rows = [("what", "measured", "at most", "reached", "how"), *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    padded = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    lines = [f"| {' | '.join(cells)} |" for cells in padded]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def keep(sections: dict[str, str], command: str, day: date) -> None:
    """Write the sections into docs/performance.md; those measured by another command stay as they are."""
    where = f"{platform.machine()}, CPython {platform.python_version()}"
    made = {title: f"`{command}`, {day.isoformat()}, {where}\n\n{text}" for title, text in sections.items()}
    parts = [f"## {title}\n\n{text}" for title, text in {**_kept(), **made}.items()]
    PAGE.write_text("\n\n".join([INTRODUCTION, *parts]) + "\n", encoding="utf-8")


def _kept() -> dict[str, str]:
    """Title and text of each section that is written already."""
    written = PAGE.read_text(encoding="utf-8").split("\n## ")[1:] if PAGE.exists() else []
    return {title: text.strip() for title, _, text in (part.partition("\n") for part in written)}


INTRODUCTION = """# Performance

Written by `python -m bench --write`; each section names the command that made it. `make bench` prints the same tables
without touching this file.

Figures in × are ratios to a floor or between two sizes, taken in alternating rounds on the same machine within the same
second, so that they hold on another machine as well; milliseconds are processor time of one request through the WSGI
application and are for orientation. Floors are plain Flask pages (bench/floors.py): the same number of bilingual
companies from the same database, autoescape and strict undefined names, gettext, one address a row, but no sign-in, no
gate, no log line, no security headers, no filters and no language alternatives, all of which count against us. Targets
that are missed say **no**."""
