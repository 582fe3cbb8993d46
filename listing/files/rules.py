"""Which files are accepted, how large, under what name, and who may read them.

Decides from names and numbers; what the bytes really are is looked at by sniffing.py. The verdict on file names: what
cannot be seen or would mislead (control, direction and zero-width characters, paths) is taken out; everything else,
Chinese above all, stays byte for byte.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath
from urllib.parse import quote

from listing.refusal import N_, Refusal

MB = 1024 * 1024
QUOTA = 2048 * MB  # of one organisation
MAX_PIXELS = 25_000_000
NAME_BYTES = 240  # file systems end at 255, and a browser may add " (1)"
ORPHANS_AFTER = timedelta(hours=24)  # content that no row names; far longer than a transaction

OWNER, PUBLIC, REGISTERED, ADMITTED, STAFF = VISIBILITIES = ("owner", "public", "registered", "admitted", "staff")
_TIERS = {PUBLIC: 0, REGISTERED: 1, ADMITTED: 2, STAFF: 3}  # as numbered in listing/access/actor.py


class Unfit(Refusal):
    """Base of every refusal of a file."""


class NotAccepted(Unfit):
    message = N_("Files of this kind are not accepted. Send a PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX or CSV file.")


class Empty(Unfit):
    message = N_("The file is empty. Choose another one.")


class TooLarge(Unfit):
    message = N_("The file is larger than %(limit)s MB. Make it smaller or split it.")


class NotWhatItSays(Unfit):
    message = N_("The content of this file is not %(label)s, as its name says. Save it again as %(label)s.")


class Damaged(Unfit):
    message = N_("The file is damaged or incomplete. Save it again and send the new copy.")


class Mixed(Unfit):
    message = N_(
        "The file holds a second file behind or before its content. Save or print it again as a plain %(label)s."
    )


class TooManyPixels(Unfit):
    message = N_("The picture has more than %(limit)s pixels. Scale it down and send it again.")


class Animated(Unfit):
    message = N_("Moving pictures are not accepted. Save one picture of it and send that.")


class UnpacksTooLarge(Unfit):
    message = N_("The document would unpack to far more than its size. Save it again without embedded files.")


class MacrosInside(Unfit):
    message = N_("Documents with macros or controls are not accepted. Save it without them.")


class Protected(Unfit):
    message = N_("The document has a password or an old format. Save it as %(label)s without a password.")


class Infected(Unfit):
    message = N_("The virus check found %(found)s; the file was not kept. Check the device it came from.")


class ScannerAway(Unfit):
    message = N_("The virus check does not answer. Try again in a few minutes.")


class QuotaFull(Unfit):
    message = N_("Your organisation has used its %(limit)s MB. Remove files you no longer need.")


class NotKept(Unfit):
    message = N_("The file could not be stored. Try again in a few minutes.")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name for people, media type, endings (the first is the usual one) and limit in bytes."""

    label: str
    media_type: str
    endings: tuple[str, ...]
    limit: int
    is_image: bool = False
    is_office: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = (
    Kind("PDF", "application/pdf", ("pdf",), 50 * MB),
    Kind("PNG", "image/png", ("png",), 10 * MB, is_image=True),
    Kind("JPEG", "image/jpeg", ("jpg", "jpeg", "jpe"), 10 * MB, is_image=True),
    Kind("WEBP", "image/webp", ("webp",), 10 * MB, is_image=True),
    Kind("DOCX", f"{_OFFICE}.wordprocessingml.document", ("docx",), 20 * MB, is_office=True),
    Kind("XLSX", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), 20 * MB, is_office=True),
    Kind("PPTX", f"{_OFFICE}.presentationml.presentation", ("pptx",), 50 * MB, is_office=True),
    Kind("CSV", "text/csv", ("csv",), 20 * MB),
)
_BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}


def accept(kinds: Collection[Kind]) -> str:
    """The endings of these kinds, for <input accept>."""
    return ",".join(f".{ending}" for kind in kinds for ending in kind.endings)


ACCEPT = accept(KINDS)

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, directions and zero widths, halves, line ends


def kind_of(name: str, kinds: Collection[Kind] = KINDS, otherwise: type[Unfit] = NotAccepted) -> Kind:
    """The kind that a cleaned name claims by its ending. Raises ``otherwise`` where that is none of ``kinds``."""
    kind = _BY_ENDING.get(PurePosixPath(name).suffix.removeprefix(".").lower())
    if kind not in kinds:
        raise otherwise
    return kind


def clean_name(raw: str) -> str:
    """The name a file is handed out under: one path component, printable, at most NAME_BYTES in UTF-8.

    Windows' device names get an underscore in front; a name without a stem becomes "file". The ending is kept.
    """
    seen = "".join(c for c in raw if unicodedata.category(c) not in _UNSEEN)
    last = re.split(r"[/\\]", seen)[-1]
    name = _FORBIDDEN.sub("_", last).rstrip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    stem = stem.strip(" .") or "file"
    if _RESERVED.fullmatch(stem.split(".")[0].rstrip()):
        stem = "_" + stem
    room = NAME_BYTES - len((dot + ending).encode())
    return _cut(stem, max(room, 1)) + dot + _cut(ending, NAME_BYTES // 2)


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")


def check_size(kind: Kind, size: int) -> None:
    """Raise Empty or TooLarge for a file of ``size`` bytes."""
    if size == 0:
        raise Empty
    if size > kind.limit:
        raise TooLarge(limit=kind.limit // MB)


def check_pixels(width: int, height: int) -> None:
    """Raise TooManyPixels or Damaged for a picture of that many pixels."""
    if width < 1 or height < 1:
        raise Damaged
    if width * height > MAX_PIXELS:
        raise TooManyPixels(limit=f"{MAX_PIXELS:,}")


def check_quota(used: int, size: int) -> None:
    """Raise QuotaFull when ``size`` more bytes pass the quota of an organisation that uses ``used``."""
    if used + size > QUOTA:
        raise QuotaFull(limit=QUOTA // MB)


def may_read(visibility: str, *, tier: int, owns: bool) -> bool:
    """Whether a reader of that visibility tier, of the owning organisation or not, may read the file."""
    return owns or tier >= _TIERS.get(visibility, max(_TIERS.values()) + 1)


def disposition(name: str) -> str:
    """The Content-Disposition of a download (RFC 6266): the name in UTF-8, and in ASCII for old clients."""
    stem, dot, ending = name.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9._ -]+", "_", stem).strip("_ ") or "file"
    ascii_ending = re.sub(r"[^A-Za-z0-9]+", "", ending)
    exact = quote(name, safe="!#$&+-.^_`|~")
    return f"attachment; filename=\"{plain}{dot}{ascii_ending}\"; filename*=UTF-8''{exact}"
