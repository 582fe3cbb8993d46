"""``python -m faults``: try each fault on each database, print what was seen, keep it with ``--write``."""

import argparse
import logging
import os
import sys
import time
from datetime import UTC, datetime

from scripts.with_postgres import SHAPE, binaries, server

from . import report
from .catalogue import FAULTS
from .finding import Fault, Finding


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--only", choices=[fault.number for fault in FAULTS], action="append", help="may be repeated")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append", help="may be repeated")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/reliability.md")
    return parser.parse_args()


def _tried(fault: Fault, kind: str) -> list[Finding]:
    """What was seen; a fault that could not be tried to its end is one that was not survived."""
    try:
        if kind == "sqlite":
            return fault.run(None)
        with server(binaries(), SHAPE) as own:  # durable, as in production
            return fault.run(own)
    except Exception as error:
        return [Finding("tried to its end", f"{type(error).__name__}: {error}".splitlines()[0][:200], False)]


def main() -> int:
    """Return 0 when every fault was survived, 1 when not."""
    arguments = _arguments()
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    failed = []
    for fault in FAULTS:
        if arguments.only and fault.number not in arguments.only:
            continue
        for kind in fault.databases:
            if arguments.database and kind not in arguments.database:
                continue
            began, load = time.monotonic(), os.getloadavg()[0]
            seen = _tried(fault, kind)
            survived = all(finding.holds is not False for finding in seen)
            trial = report.Trial(fault, kind, seen, datetime.now(UTC).date(), time.monotonic() - began, load)
            print(report.shown(trial), flush=True)
            failed += [] if survived else [f"{fault.number} on {kind}"]
            if arguments.write:
                report.keep(trial)
    print("\nnot survived: " + (", ".join(failed) or "none"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
