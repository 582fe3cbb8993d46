"""Pictures: measured before they are decoded, then written anew, so that only pixels remain.

Place and time of the photograph, comments, previews, colour profiles and anything hidden behind the picture are gone
afterwards; its turn, which a camera only notes, is applied first.
"""

import io
import struct
from typing import BinaryIO

from listing.later import image, image_ops

from .rules import Animated, Damaged, Kind, NotWhatItSays, check_pixels

_SIGNS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WEBP": b"RIFF"}
_MODES = {
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"},
    "JPEG": {"L", "RGB"},
    "WEBP": {"RGB", "RGBA"},
}
_WRITING = {"PNG": {}, "JPEG": {"quality": 90}, "WEBP": {"quality": 90}}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, OverflowError, MemoryError)


def rewritten(stream: BinaryIO, kind: Kind) -> BinaryIO:
    """The picture written anew. Raises NotWhatItSays, TooManyPixels, Animated or Damaged."""
    stream.seek(0)
    head = stream.read(64)
    if not head.startswith(_SIGNS[kind.label]) or (kind.label == "WEBP" and head[8:12] != b"WEBP"):
        raise NotWhatItSays(label=kind.label)
    if kind.label == "WEBP":
        check_pixels(*_webp_size(head))  # its reader asks for the memory of all pixels as soon as it opens
    stream.seek(0)
    try:
        with image.open(stream, formats=[kind.label]) as picture:
            check_pixels(*picture.size)
            if kind.label != "JPEG" and getattr(picture, "n_frames", 1) > 1:  # a JPEG's second frame is a preview
                raise Animated
            return _written(picture, kind)
    except (image.DecompressionBombError, image.DecompressionBombWarning):
        check_pixels(1_000_000, 1_000_000)
        raise
    except _BROKEN as error:
        raise Damaged from error


def _written(picture: "image.Image", kind: Kind) -> BinaryIO:
    plain = image_ops.exif_transpose(picture)
    if plain.mode not in _MODES[kind.label]:
        plain = plain.convert("RGBA" if "RGBA" in _MODES[kind.label] and plain.has_transparency_data else "RGB")
    plain.info = {key: plain.info[key] for key in ("transparency",) if key in plain.info}
    target = io.BytesIO()
    plain.save(target, kind.label, **_WRITING[kind.label])
    return target


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height as the first chunk says (RFC 9649, sections 2.5 to 2.7)."""
    form = head[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if form == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    if form == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF)
    raise Damaged
