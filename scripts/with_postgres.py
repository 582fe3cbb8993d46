"""Run a command beside a throw-away PostgreSQL server, whose address it finds in TEST_POSTGRES_URL."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# A test database may lose everything at a power cut; durability has tests of its own.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c listen_addresses=''"


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


def _as_server(command: list[str]) -> list[str]:
    """The server refuses to run as root, so root hands it to the package's own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def run(command: list[str]) -> int:
    """Run ``command`` and return its exit code; without PostgreSQL on this machine, without the address."""
    binaries = _binaries()
    if binaries is None or os.environ.get("TEST_POSTGRES_URL"):
        return subprocess.run(command, check=False).returncode
    folder = Path(tempfile.mkdtemp(prefix="baybridge-pg-"))
    try:
        if os.geteuid() == 0:
            server = pwd.getpwnam("postgres")
            os.chown(folder, server.pw_uid, server.pw_gid)
        data = folder / "data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
        initdb = [
            str(binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run(_as_server(initdb), **quiet)
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        subprocess.run(_as_server([*control, "-o", f"{OPTIONS} -k {folder}", "start"]), **quiet)
        try:
            address = f"postgresql+psycopg://postgres@/postgres?host={folder}"
            return subprocess.run(command, check=False, env={**os.environ, "TEST_POSTGRES_URL": address}).returncode
        finally:
            subprocess.run(_as_server([*control, "-m", "immediate", "stop"]), **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
