"""Asks a clamd on this machine, where CLAMD_SOCKET names one, whether a file is known to be harmful.

A check that is set up and does not answer refuses the file: unchecked is not the same as clean. clamd's own
StreamMaxLength must be at least the largest limit of rules.KINDS.
"""

import socket
import struct
from typing import BinaryIO

import structlog

from .rules import Infected, ScannerAway

TIMEOUT = 60  # seconds for each step
_CHUNK = 64 * 1024

log = structlog.get_logger()


def check(stream: BinaryIO, path: str) -> None:
    """Send the stream to the clamd at the unix socket ``path``; empty means none. Raises Infected or ScannerAway."""
    if not path:
        return
    try:
        verdict = _scanned(stream, path)
    except OSError as error:
        log.error("clamd", error=str(error))
        raise ScannerAway from error
    if verdict.endswith(" FOUND"):
        raise Infected(found=verdict.removeprefix("stream: ").removesuffix(" FOUND"))
    if verdict != "stream: OK":
        log.error("clamd", error=verdict)
        raise ScannerAway


def _scanned(stream: BinaryIO, path: str) -> str:
    """clamd's answer to INSTREAM: chunks with their length in front, an empty one at the end."""
    stream.seek(0)
    with socket.socket(socket.AF_UNIX) as clamd:
        clamd.settimeout(TIMEOUT)
        clamd.connect(path)
        clamd.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            clamd.sendall(struct.pack("!L", len(chunk)) + chunk)
        clamd.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := clamd.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode(errors="replace")
