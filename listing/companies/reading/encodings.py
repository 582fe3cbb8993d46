"""In which encoding a text file is written.

Decides between UTF-8, UTF-16, GB18030 and Big5 by marks, validity and what the text would say. A guess that could be
wrong is refused: a name in the wrong encoding is still a name, and nobody would notice.
"""

import re

from .findings import BrokenBytes, UnclearEncoding

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Words that files of companies hold, in each script; found by chance in the wrong encoding practically never.
_WORDS = re.compile(
    "有限|公司|股份|科技|集[团團]|技[术術]|控股|[电電]子|代[码碼]|名[称稱]|市[场場]|[广廣][东東]|[国國]|香港|深圳"
)
_SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding. Raises BrokenBytes, UnclearEncoding."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec), codec.removesuffix("-sig")
    if codec := _unmarked_utf16(data):
        return _strict(data, codec), codec
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as broken:
        if _is_mostly_utf8(data):
            raise BrokenBytes(line=_line(data, broken.start), encoding="UTF-8") from broken
        first = broken.start
    return _legacy(data, first)


def _strict(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as broken:
        before = data[: broken.start].decode(codec, "ignore")
        name = codec.removesuffix("-sig").upper()
        raise BrokenBytes(line=before.count("\n") + 1, encoding=name) from broken


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, known by its zero bytes: every ASCII character has one, on the same side."""
    sample = data[:2000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 10 or min(even, odd) > max(even, odd) // 10:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether a file with a flaw is UTF-8 nevertheless: GB18030 and Big5 hardly ever form valid UTF-8 by chance."""
    sample = data.decode("utf-8", "replace")
    flaws = sample.count("\ufffd")
    return sum(not char.isascii() for char in sample) > 5 * flaws


def _attempt(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _legacy(data: bytes, first: int) -> tuple[str, str]:
    """Decide between the two old encodings. ``first`` is where UTF-8 failed."""
    gb, big5 = _attempt(data, "gb18030"), _attempt(data, "big5hkscs")
    if gb is None and big5 is None:
        raise BrokenBytes(line=_line(data, first), encoding="UTF-8, GB18030, Big5")
    if gb is None or big5 is None:
        return (big5, "big5") if gb is None else (gb, "gb18030")
    likely_gb, likely_big5 = _likelihood(gb), _likelihood(big5)
    if likely_gb >= 2 * likely_big5 and likely_gb:
        return gb, "gb18030"
    if likely_big5 >= 2 * likely_gb and likely_big5:
        return big5, "big5"
    raise UnclearEncoding(line=_line(data, first))


def _likelihood(text: str) -> int:
    """How often the text says what such files say."""
    return len(_WORDS.findall(text[:_SAMPLE]))
