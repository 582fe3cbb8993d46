"""What was seen of a fault beside what must be so, and what every fault is given."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.with_postgres import Server


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was seen, whether it is as it must be; None where it only tells."""

    what: str
    seen: str
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault by the number of the promise, and the function that tries it on one kind of database."""

    number: str
    title: str
    run: Callable[[Server | None], list[Finding]]
    databases: tuple[str, ...] = ("sqlite", "postgresql")


def equal(what: str, seen: object, wanted: object) -> Finding:
    """A finding that holds when what was seen is what was wanted."""
    shown = f"{seen:,}" if isinstance(seen, int) and not isinstance(seen, bool) else str(seen)
    return Finding(what, shown if seen == wanted else f"{shown}, not {wanted}", seen == wanted)


def at_most(what: str, seen: float, most: float, unit: str = "") -> Finding:
    """A finding that holds up to a limit."""
    shown = f"{seen:,.0f}" if seen >= 100 or float(seen).is_integer() else f"{seen:.2f}"
    return Finding(what, f"{shown} {unit}".strip() + f" (at most {most:g})", seen <= most)
