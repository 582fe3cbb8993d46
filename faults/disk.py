"""F11: the disk below a SQLite database fills up under writers, and has room again later.

The disk is a small tmpfs of its own, which only root can mount.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .finding import Finding, equal
from .load import Writers
from .place import Failed, Server, installed, wait_for

SIZE = 12 << 20
LEFT = 192 << 10  # bytes left free for the writers


@contextmanager
def _small_disk() -> Iterator[Path]:
    if os.geteuid():
        raise Failed("only root can mount a small disk")
    with TemporaryDirectory(prefix="baybridge-disk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def full(server: Server | None, clients: int = 8) -> list[Finding]:
    """Writers go on until each was refused; then there is room again, and no process is started anew."""
    with _small_disk() as folder, installed(server, folder) as place:
        web = place.web()
        with Writers(place, clients, people_each=20) as writers:
            wait_for(lambda: writers.count >= clients, 60, "first writes")
            ballast = folder / "ballast"
            wait_for(lambda: _fill(ballast), 20, "a full disk")
            wait_for(lambda: sum(writers.refused.values()) >= 5 * clients, 90, "refusals")
            while_full, codes = writers.count, writers.refused
            ballast.unlink()
            wait_for(lambda: writers.count >= while_full + clients, 60, "writes after there was room again")
        lost, doubled = writers.lost_and_doubled()
        return [
            Finding("acknowledged writes; refusals while it was full", f"{writers.count}; {dict(codes)}"),
            equal("answers but 2xx, 3xx, 503, 507", sum(codes[code] for code in codes if code not in (503, 507)), 0),
            equal("acknowledged and lost", lost, 0),
            equal("made twice", doubled, 0),
            equal("integrity_check", place.column("PRAGMA integrity_check"), ["ok"]),
            equal("log verifies", place.log_holds(), True),
            equal("writes again in the same process", web.is_alive(), True),
        ]


def _fill(ballast: Path) -> bool:
    """Take what is free but LEFT; whether no more than that is left."""
    state = os.statvfs(ballast.parent)
    free = state.f_bavail * state.f_frsize
    if free <= LEFT:
        return True
    with ballast.open("ab") as file:
        file.write(bytes(free - LEFT))
    return False
