"""What 10,000 companies owe for a year, each obligation with its day and its state."""

import time
from datetime import date

from listing.calendars import REGIONS
from listing.disclosure.obligations import owing, rules

from .report import Figure

COMPANIES, TODAY = 10_000, date(2026, 12, 31)
TIERS = ("showcase", "growth", "select")


def duties() -> list[Figure]:
    """The time of all calendars, of companies that differ in tier, place, year end and the day they joined."""
    begun, number = time.perf_counter(), 0
    for n in range(COMPANIES):
        held = owing.Held(TIERS[n % 3], "2026", 1 + n % 12, date(2026, 1, 1 + n % 28), None)
        found = owing.owed([held], [], [], today=TODAY, region=REGIONS[n % 3])
        number += len(rules.lines(found, [], {}, today=TODAY))
    taken = time.perf_counter() - begun
    return [Figure(f"calendars of {COMPANIES:,} companies", taken, "s", 10, f"{number:,} obligations")]
