"""Run a command beside a throw-away PostgreSQL server, whose address it finds in TEST_POSTGRES_URL."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A test database may lose everything at a power cut; durability has tests of its own.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
SHAPE = "-c max_connections=200 -c listen_addresses=''"


def binaries() -> Path | None:
    """Where the newest server's programs are; None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


def _run_as_server(*command: str) -> None:
    """The server refuses to run as root, so root hands it to the package's own user."""
    handed = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command
    subprocess.run(handed, check=True, stdout=subprocess.DEVNULL, cwd="/")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of one's own in ``folder``, reached through a socket there."""

    folder: Path
    programs: Path
    options: str

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def control(self, *words: str) -> None:
        """pg_ctl; returns when the server has done what was asked."""
        named = ["-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log")]
        _run_as_server(str(self.programs / "pg_ctl"), *named, *words)

    def start(self) -> None:
        self.control("-o", f"{self.options} -k {self.folder}", "start")

    def crash(self) -> None:
        """End it without a checkpoint and start it again, which recovers from its log."""
        self.control("-m", "immediate", "stop")
        self.start()

    def make(self) -> None:
        where = ["-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust"]
        _run_as_server(str(self.programs / "initdb"), *where, "-E", "UTF8", "--locale=C.UTF-8")


@contextmanager
def server(programs: Path, options: str = f"{FAST} {SHAPE}") -> Iterator[Server]:
    """A new server, gone without a trace afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="baybridge-pg-"))
    try:
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        made = Server(folder, programs, options)
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str]) -> int:
    """Run ``command`` and return its exit code; without PostgreSQL on this machine, without the address."""
    programs = binaries()
    if programs is None or os.environ.get("TEST_POSTGRES_URL"):
        return subprocess.run(command, check=False).returncode
    with server(programs) as own:
        return subprocess.run(command, check=False, env={**os.environ, "TEST_POSTGRES_URL": own.url}).returncode


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
