"""How one content is encrypted as a stream, and what is noticed when it is opened again.

Decides the format and knows neither rows nor keys of the installation. It is the STREAM construction (Hoang,
Reyhanitabar, Rogaway, Vizár 2015): pieces of 64 KiB, each AES-256-GCM under the content's own key, whose nonce is the
number of the piece and whether it is the last. So a piece that was changed, moved, repeated, left out or taken from
another content is noticed, and so is an end cut off. A key seals one content once; so the nonces may count from zero.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 64 * 1024
TAG = 16


class Tampered(Exception):
    """What lies there is not what was sealed, or not under this key."""


def new_key() -> bytes:
    """A key for one content."""
    return AESGCM.generate_key(256)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealed(io.RawIOBase):
    """The sealed form of ``content``, made while it is read, so that neither form is ever whole in memory.

    It may be read again from its start, which gives the same bytes.
    """

    def __init__(self, content: BinaryIO, key: bytes):
        self._content, self._box = content, AESGCM(key)
        self._size = content.seek(0, io.SEEK_END)
        self._pieces = max(1, -(-self._size // PIECE))
        self._begin()

    def _begin(self) -> None:
        self._content.seek(0)
        self._number, self._ready = 0, b""

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to the start, or say where the end is. Raises io.UnsupportedOperation for any other place."""
        if offset or whence not in (io.SEEK_SET, io.SEEK_END):
            raise io.UnsupportedOperation("only to the start")
        self._begin()
        return 0 if whence == io.SEEK_SET else self._size + TAG * self._pieces

    def readinto(self, into) -> int:
        """Fill ``into`` with what comes next."""
        if not self._ready and self._number < self._pieces:
            last = self._number == self._pieces - 1
            self._ready = self._box.encrypt(_nonce(self._number, last), self._content.read(PIECE), None)
            self._number += 1
        given, self._ready = self._ready[: len(into)], self._ready[len(into) :]
        into[: len(given)] = given
        return len(given)


def opened(sealed: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The content again, piece by piece. Raises Tampered at the first piece that is not as it was sealed."""
    box, number = AESGCM(key), 0
    piece = sealed.read(PIECE + TAG)
    while True:
        following = sealed.read(PIECE + TAG)
        try:
            yield box.decrypt(_nonce(number, not following), piece, None)
        except (InvalidTag, ValueError) as error:
            raise Tampered from error
        if not following:
            return
        piece, number = following, number + 1
