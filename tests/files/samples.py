"""Files of each accepted kind, and the hostile ones of F15, made here byte by byte."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from listing.files.rules import KINDS

KIND = {kind.label: kind for kind in KINDS}
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CSV = "代號,名稱\r\n00700,騰訊\r\n".encode()
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def a_picture(label: str = "PNG", size: tuple[int, int] = (6, 4), mode: str = "RGB", **saving) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 200 if mode in ("L", "P") else (200, 30, 60, 90)[: len(mode)]).save(target, label, **saving)
    return target.getvalue()


def an_animation(label: str) -> bytes:
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "blue")]
    target = io.BytesIO()
    frames[0].save(target, label, save_all=True, append_images=frames[1:], duration=100)
    return target.getvalue()


def a_png_flood(width: int, height: int) -> bytes:
    """A few hundred bytes that ask for width × height pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!L", len(data)) + name + data + struct.pack("!L", zlib.crc32(name + data))

    head = struct.pack("!2L5B", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_webp_flood() -> bytes:
    """The start of a WEBP whose canvas is 16,384 × 16,384."""
    canvas = b"VP8X" + struct.pack("<L", 10) + bytes(4) + (16383).to_bytes(3, "little") * 2
    body = b"WEBP" + canvas + bytes(64)
    return b"RIFF" + struct.pack("<L", len(body)) + body


def a_document(label: str = "DOCX", parts: dict[str, bytes] | None = None, types: str | None = None) -> bytes:
    """A small office document; ``parts`` come on top, ``types`` replaces the list of content types."""
    kind = KIND[label]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = types or f'<Types><Override PartName="/main.xml" ContentType="{kind.media_type}.main+xml"/></Types>'
        archive.writestr("[Content_Types].xml", listed)
        archive.writestr("main.xml", "<document>路演</document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def overlapping() -> bytes:
    """A document whose table of contents names the same bytes many times over."""
    whole = a_document()
    end = whole.rindex(b"PK\x05\x06")
    (start,) = struct.unpack("<L", whole[end + 16 : end + 20])
    table = whole[start:end]
    second = table[table.index(b"PK\x01\x02", 4) :]
    copies = b"".join(second.replace(b"main.xml", b"mai%d.xml" % n) for n in range(9))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 11, 11, len(table) + len(copies), start, 0)
    return whole[:start] + table + copies + tail


def with_flag(document: bytes, flag: int) -> bytes:
    """The document with a general purpose flag set on its first part."""
    at = document.index(b"PK\x01\x02") + 8
    return document[:at] + struct.pack("<H", flag) + document[at + 2 :]


def crowded(parts: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for n in range(parts):
            archive.writestr(f"{n}", b"")
    return target.getvalue()
