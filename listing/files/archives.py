"""Whether a DOCX, XLSX or PPTX is one, judged from its table of contents before anything is unpacked.

Reads the end of the file first: how many parts there are, and whether bytes stand before, between or behind them.
Nothing is unpacked but the one small part that lists the content types.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO

from .rules import MB, Damaged, Kind, MacrosInside, Mixed, NotWhatItSays, Protected, UnpacksTooLarge

_END = struct.Struct("<4s4H2LH")  # end of central directory: sign, disk, disk, here, parts, size, start, comment
_LOCAL = 30  # bytes of a part's own header, without its name
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # container of encrypted and of old documents
PARTS = 5_000
CONTENTS_SIZE = 2 * MB
UNPACKED = 500 * MB
RATIO = 200  # honest office parts stay below 100
RATIO_FROM = 1 * MB  # a small part may be all blanks
TYPES_SIZE = 1 * MB
TYPES = "[Content_Types].xml"


def check(stream: BinaryIO, kind: Kind) -> None:
    """Raise the refusal that fits unless the stream is a plain document of that kind; leaves the position anywhere."""
    stream.seek(0)
    head = stream.read(8)
    if head == _OLE:
        raise Protected(label=kind.label)
    if not head.startswith(b"PK\x03\x04"):
        raise NotWhatItSays(label=kind.label)
    _check_end(stream, kind)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            _check_parts(parts, kind)
            _check_types(archive, kind)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Damaged from error


def _check_end(stream: BinaryIO, kind: Kind) -> None:
    """Refuse a huge table of contents before it is read, and whatever stands before or behind the archive."""
    size = stream.seek(0, 2)
    if size < _END.size:
        raise Damaged
    stream.seek(size - _END.size)
    sign, disk, start_disk, here, parts, table, start, comment = _END.unpack(stream.read(_END.size))
    if sign != b"PK\x05\x06":
        stream.seek(max(0, size - 0xFFFF - _END.size))
        raise Mixed(label=kind.label) if b"PK\x05\x06" in stream.read() else Damaged
    if (disk, start_disk, here, comment) != (0, 0, parts, 0) or start + table != size - _END.size:
        raise Mixed(label=kind.label)
    if parts > PARTS or table > CONTENTS_SIZE:
        raise UnpacksTooLarge


def _check_parts(parts: list[zipfile.ZipInfo], kind: Kind) -> None:
    names = [part.filename.lower() for part in parts]
    if len(names) != len(set(names)) or any(_astray(name) for name in names):
        raise Damaged
    if any(part.flag_bits & 1 for part in parts):
        raise Protected(label=kind.label)
    if any(name.endswith("vbaproject.bin") or "/activex/" in name for name in names):
        raise MacrosInside
    if sum(part.file_size for part in parts) > UNPACKED or any(_is_bomb(part) for part in parts):
        raise UnpacksTooLarge
    _check_overlap(parts)


def _astray(name: str) -> bool:
    return name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_FROM and part.file_size > RATIO * max(part.compress_size, 1)


def _check_overlap(parts: list[zipfile.ZipInfo]) -> None:
    """Parts that share their bytes unpack without end and exist in no honest file."""
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise UnpacksTooLarge
        end = part.header_offset + _LOCAL + part.compress_size


def _check_types(archive: zipfile.ZipFile, kind: Kind) -> None:
    """The document says itself what it is: a workbook with the ending of a letter is refused."""
    if TYPES not in archive.namelist():
        raise NotWhatItSays(label=kind.label)
    with archive.open(TYPES) as types:
        text = types.read(TYPES_SIZE + 1).lower()
    if len(text) > TYPES_SIZE:
        raise UnpacksTooLarge
    if b"macroenabled" in text:
        raise MacrosInside
    if f"{kind.media_type}.main+xml".encode() not in text:
        raise NotWhatItSays(label=kind.label)
