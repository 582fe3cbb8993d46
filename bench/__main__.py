"""``python -m bench``: measure pages, process and search, print the tables, keep them with ``--write``."""

import argparse
import sys
from datetime import UTC, datetime

from . import (
    admission,
    announcing,
    bodies,
    calendars,
    comparing,
    data,
    duties,
    log,
    mails,
    matching,
    pages,
    paper,
    process,
    queue,
    reminding,
    report,
    schedule,
    sealed,
    search,
    seats,
    showcase,
)

SECTIONS = (
    "floors",
    "growth",
    "weight",
    "factsheet",
    "memory",
    "start",
    "sign-in",
    "showcase",
    "comparing",
    "admission",
    "queue",
    "log",
    "announcements",
    "bodies",
    "sealed",
    "mails",
    "matching",
    "duties",
    "seats",
    "reminding",
    "calendars",
    "schedule",
    "search",
)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of companies, smallest first")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for a first look")
    parser.add_argument("--only", choices=SECTIONS, action="append", help="measure this part alone; may be repeated")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/performance.md")
    return parser.parse_args()


def _measured(wanted: list[str], sizes: list[int], quick: bool):
    """Title and figures of each section, one after the other."""
    rounds, times = (5, 10) if quick else (25, 15)
    needed = {min(sizes), max(sizes)} if "growth" in wanted else {min(sizes)}
    databases = {size: data.database(size) for size in sorted(needed | (set(sizes) if "floors" in wanted else set()))}
    small = databases[min(databases)]
    if "floors" in wanted:
        for size in databases:
            title = f"Pages beside floors, {size:,} companies"
            yield title, pages.against_floors(databases[size], rounds=rounds, times=times)
    if "growth" in wanted:
        title = f"Growth: {max(databases):,} companies beside {min(databases):,}"
        yield title, pages.growth(databases, rounds=rounds, times=times)
    rest = {
        "weight": ("Weight of a first visit", lambda: pages.weight(small)),
        "factsheet": ("Factsheet", lambda: paper.factsheets(small, rounds=rounds, times=3)),
        "memory": ("Memory", lambda: process.memory(small, times=50 if quick else 300)),
        "start": ("Cold start", lambda: process.cold_start(small, rounds=3 if quick else 7)),
        "showcase": ("Whole profiles", lambda: showcase.showcase(rounds=rounds, times=times)),
        "comparing": ("Comparing two texts", lambda: comparing.comparing(rounds=2 if quick else 5)),
        "admission": ("Rule books", admission.admission),
        "queue": ("The queue of applications", lambda: queue.queue(rounds=rounds, times=times)),
        "log": (f"The log at {log.SIZES[-1]:,} entries", log.log),
        "matching": ("One-to-one timetables", matching.matching),
        "announcements": (f"Announcements, {announcing.SIZES[-1]:,} of them", announcing.announcing),
        "duties": ("What companies owe", duties.duties),
        "bodies": ("20 MB over HTTP", bodies.bodies),
        "sealed": ("20 MB of evidence over HTTP", sealed.sealed),
        "mails": ("Mails beside an SMTP floor", mails.mails),
        "seats": ("The race for seats", seats.seats),
        "reminding": ("Reminders of a roadshow", reminding.reminding),
        "calendars": ("A calendar link", lambda: calendars.calendars(rounds=2 if quick else 7)),
        "schedule": ("The schedule of a roadshow", lambda: schedule.schedule(rounds=rounds)),
        "sign-in": ("Signing in", lambda: process.sign_in(small, rounds=2 if quick else 7, times=times)),
    }
    for name, (title, figures) in rest.items():
        if name in wanted:
            yield title, figures()


def _missed_by_search(result: dict) -> list[str]:
    every = result["all"]
    measured = {
        "newest": every["newest ratio"],
        "relevance": every["relevance ratio"],
        "bytes": result["bytes"],
    }
    above = [f"search: {name}" for name, value in measured.items() if value > search.TARGETS[name]]
    return above + ([] if every["exact"] == 1 else ["search: exact result sets"])


def main() -> int:
    """Return 0 when every target was reached, 1 when not."""
    arguments = _arguments()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    wanted = arguments.only or list(SECTIONS)
    sections, missed = {}, []
    for title, figures in _measured(wanted, sizes, arguments.quick):
        sections[title] = report.table(figures)
        missed += [f"{title}: {figure.what}" for figure in figures if not figure.reached]
        print(f"\n{title}\n\n{sections[title]}", flush=True)
    if "search" in wanted:
        result = search.run(max(sizes), 10 if arguments.quick else 40)
        found = search.table(result)
        missed += _missed_by_search(result)
        sections[f"Search beside tantivy, {max(sizes):,} companies"] = f"```\n{found}\n```"
        print(f"\n{found}", flush=True)
    if arguments.write:
        command = " ".join(["python -m bench", *(word for word in sys.argv[1:] if word != "--write")])
        report.keep(sections, command, datetime.now(UTC).date())
    print("\nmissed: " + ("; ".join(missed) or "nothing"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
