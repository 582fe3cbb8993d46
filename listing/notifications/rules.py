"""When a message is tried again, which answers of a mail server are final, and what may stand in a header.

Pure: strings, numbers and instants only. Sending and storing are decided elsewhere.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from listing import localtime
from listing.bilingual.language import LANGUAGES

PENDING, CLAIMED, SENT, FAILED, LAPSED = "pending", "claimed", "sent", "failed", "lapsed"
STATES = (PENDING, CLAIMED, SENT, FAILED, LAPSED)

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=4)
MOST_TRIES = 16  # the pauses add up to about 28 hours: a receiving server may be down for a day
MOST_DEFECT_TRIES = 5  # a message that cannot be made is a fault of ours; it waits under 8 minutes for a repair

CLOSING = 421  # "service not available, closing": the conversation ends, the message itself is not judged
REASON_LENGTH = 500
NAME_LENGTH = 100

_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_ZH = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._@+-]{0,199}")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
# Characters that reorder a line or hide in it, which a display name has no use for (Unicode TR 36).
_TRICKS = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")


class Unsafe(ValueError):
    """An address that is not exactly one plain mailbox, or a key with characters no header may carry."""


@dataclass(frozen=True, slots=True)
class Address:
    """Who is written to, in which language (a code of listing/bilingual/language.py) and IANA zone."""

    name: str
    email: str
    user_id: int | None
    language: str
    zone: str


def pause(tries: int) -> timedelta:
    """The wait after the ``tries``-th failure: 30 seconds, doubled each time, at most four hours."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 16), LONGEST_PAUSE)


def is_final(code: int) -> bool:
    """Whether a server's answer to a recipient or a message stands for good (RFC 5321, 4.2.1: 5yz)."""
    return 500 <= code <= 599


def is_exhausted(tries: int, *, defect: bool) -> bool:
    """Whether ``tries`` failures are enough; ``defect`` says that the message itself could not be made."""
    return tries >= (MOST_DEFECT_TRIES if defect else MOST_TRIES)


def one_line(text: str) -> str:
    """``text`` on a single line: controls and line separators become spaces, reordering characters go."""
    kept = (
        "" if c in _TRICKS else " " if unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs", "Zs") else c
        for c in unicodedata.normalize("NFC", text)
    )
    return " ".join("".join(kept).split())


def inert(text: str) -> str:
    """A value typed by somebody, fit for a mail to somebody else: on one line, and no address with a scheme."""
    return re.sub(r"://+", " ", one_line(text))


def display_name(name: str) -> str:
    """A name for the To field: one line, no link, at most 100 characters."""
    return inert(name)[:NAME_LENGTH].strip()


def mailbox(email: str) -> str:
    """The address for the envelope, its domain in ASCII.

    Raises Unsafe unless it is exactly one address: no comma, blank, control, quoting or non-ASCII local part.
    """
    local, at, domain = email.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError as error:
        raise Unsafe("the domain of the address has no ASCII form") from error
    plain = f"{local}{at}{ascii_domain}"
    if len(plain) > 254 or not _MAILBOX.fullmatch(plain):
        raise Unsafe("not exactly one plain e-mail address")
    return plain


def check_key(key: str) -> None:
    """Refuse a key that could not stand in a header as it is. Raises Unsafe."""
    if not _KEY.fullmatch(key):
        raise Unsafe(f"unfit message key {key[:40]!r}")


def message_id(key: str, host: str) -> str:
    """The same Message-ID for every copy of a message (RFC 5322, 3.6.4)."""
    return f"<{sha256(key.encode()).hexdigest()[:40]}@{host}>"


def when(instant: datetime, language: str, zone: str) -> str:
    """The instant in ``zone`` with that zone named: 24-hour clock, patterns fixed for each language."""
    local = instant.astimezone(ZoneInfo(zone))
    place, offset = localtime.place(zone, LANGUAGES[language].locale), f"UTC{_offset(local)}"
    if language == "en":
        day = f"{_DAYS_EN[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
        return f"{day} {local:%Y, %H:%M} ({place}, {offset})"
    day = f"{local.year}年{local.month}月{local.day}日"
    return f"{day} 星期{_DAYS_ZH[local.weekday()]} {local:%H:%M}（{place}，{offset}）"


def _offset(local: datetime) -> str:
    minutes = int(local.utcoffset().total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def reason(text: str) -> str:
    """Why a message was not sent, on one line of at most 500 characters."""
    return one_line(text)[:REASON_LENGTH]
