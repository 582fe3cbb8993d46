"""What the bytes of an upload are, whatever its name and its sender say: each kind is recognised by its own marks."""

import codecs
import re
from typing import BinaryIO

from . import archives, images
from .rules import Damaged, Kind, Mixed, NotWhatItSays

_TAIL = 0xFFFF + 22  # as far from the end as a ZIP archive may begin its last record
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)
_CHUNK = 64 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030", "big5hkscs")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def checked(stream: BinaryIO, kind: Kind) -> BinaryIO:
    """The content to keep: the stream itself, or the picture written anew. Raises the rules.Unfit that fits."""
    if kind.is_image:
        return images.rewritten(stream, kind)
    if kind.is_office:
        archives.check(stream, kind)
    elif kind.label == "PDF":
        _check_pdf(stream, kind)
    else:
        _check_csv(stream, kind)
    return stream


def _check_pdf(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    head = stream.read(1024)
    if not re.match(rb"%PDF-[12]\.\d", head):
        raise Mixed(label=kind.label) if b"%PDF-" in head else NotWhatItSays(label=kind.label)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    if _MARKUP.search(head) or b"PK\x05\x06" in tail:
        raise Mixed(label=kind.label)
    _before, mark, behind = tail.rpartition(b"%%EOF")
    if not mark:
        raise Damaged
    if behind.strip(b"\r\n\t \x00"):
        raise Mixed(label=kind.label)


def _check_csv(stream: BinaryIO, kind: Kind) -> None:
    stream.seek(0)
    head = stream.read(1024)
    if _MARKUP.search(head.replace(b"\0", b"")) or head.lstrip()[:4] in (b"%PDF", b"PK\x03\x04"):
        raise NotWhatItSays(label=kind.label)
    encodings = ("utf-16",) if head[:2] in _UTF16 else _ENCODINGS
    if not any(_is_text(stream, encoding) for encoding in encodings):
        raise NotWhatItSays(label=kind.label)


def _is_text(stream: BinaryIO, encoding: str) -> bool:
    """Whether the whole stream reads as text without control characters."""
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while chunk := stream.read(_CHUNK):
            if _CONTROLS.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
