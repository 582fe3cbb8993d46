"""What was seen, for the screen and as the part of docs/reliability.md below its mark."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .finding import Fault, Finding

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"
MARK = "## Measured\n"


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault tried on one database, on a machine that had ``load`` when it began."""

    fault: Fault
    kind: str
    seen: list[Finding]
    day: date
    seconds: float
    load: float

    @property
    def title(self) -> str:
        return f"### {self.fault.number} {self.fault.title}, {self.kind}"

    @property
    def survived(self) -> bool:
        return all(finding.holds is not False for finding in self.seen)


def shown(trial: Trial) -> str:
    """The trial as a section with a table."""
    verdict = "survived" if trial.survived else "**not survived**"
    command = f"`python -m faults --only {trial.fault.number} --database {trial.kind}`"
    about = f"{command}, {trial.day.isoformat()}, {trial.seconds:.0f} s at load {trial.load:.1f}: {verdict}"
    rows = [f"| {f.what} | {_cell(f.seen)} | {_VERDICTS[f.holds]} |" for f in trial.seen]
    return "\n".join([trial.title, "", about, "", "| | seen | holds |", "|---|---|---|", *rows])


_VERDICTS = {None: "", True: "yes", False: "**no**"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def keep(trial: Trial) -> None:
    """Write the trial over the last one of the same fault and database; the others stay as they are."""
    before, _, measured = PAGE.read_text(encoding="utf-8").partition(MARK)
    sections = {
        part.split("\n", 1)[0]: part.strip() for part in re.split(r"\n(?=### )", measured) if "### " in part[:4]
    }
    sections[trial.title] = shown(trial)
    ordered = sorted(sections.values(), key=_order)
    PAGE.write_text(before.rstrip() + f"\n\n{MARK}\n" + "\n\n".join(ordered) + "\n", encoding="utf-8")


def _order(section: str) -> tuple[int, str]:
    number = re.match(r"### F(\d+)", section)
    return int(number[1]) if number else 99, section
