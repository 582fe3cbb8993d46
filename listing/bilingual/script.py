"""The two scripts of Chinese: which one a text is in, and drafts of one from the other.

Decides by characters that exist in one script only, so names that read the same in both stay undecided. Converts
with OpenCC and then with our own tables of words (hk_terms.tsv, mainland_terms.tsv). A conversion is a draft for a
person to read; how it is marked, and that an edited text is never overwritten, is decided in derived.py. What a caller
names (legal names, codes, addresses) is never converted.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources

from opencc import OpenCC

# Every block in which OpenCC knows a Han character: the basic one, extension A, the supplementary planes.
BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))

# In daily use in both scripts, though the character tables give them to one: 恒 (恒生), 峰, 群, 吃 and the like.
_SHARED = frozenset("恒峰群吃里后台干面只斗云谷范姜余于松岳准佣征")

_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def simplified_forms() -> dict[int, int]:
    """Return each character that has a simplified form of its own, as code points for ``str.translate``.

    One character at a time, without OpenCC's phrases: a part of a text comes out as it does in the whole.
    """
    han = [chr(point) for start, end in BLOCKS for point in range(start, end)]
    forms = OpenCC("t2s").convert("\n".join(han)).split("\n")
    return {ord(char): ord(form) for char, form in zip(han, forms, strict=True) if char != form and len(form) == 1}


def _encodable(char: str, codec: str) -> bool:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _evidence() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only Simplified and only Traditional texts are written with.

    A form is Simplified's own if Big5 lacks it, and Traditional's own if GB 2312 lacks it.
    """
    forms = simplified_forms()
    simplified = {chr(form) for form in forms.values() if not _encodable(chr(form), "big5")}
    traditional = {chr(char) for char in forms if not _encodable(chr(char), "gb2312")}
    return frozenset(simplified - traditional - _SHARED), frozenset(traditional - simplified - _SHARED)


def detect(text: str) -> str | None:
    """Return the script of a Chinese text: ``Hans``, ``Hant``, or None where nothing tells them apart."""
    simplified, traditional = _evidence()
    hans = sum(char in simplified for char in text)
    hant = sum(char in traditional for char in text)
    if hans == hant:
        return None
    return "Hans" if hans > hant else "Hant"


@cache
def _converter(configuration: str) -> OpenCC:
    return OpenCC(configuration)


def _converted(text: str, configuration: str) -> str:
    # OpenCC reads UTF-8, which has no half surrogates, and C strings, which end at NUL.
    parts = _SURROGATE.sub("\ufffd", text).split("\0")
    return "\0".join(_converter(configuration).convert(part) if part else part for part in parts)


@cache
def _table(name: str) -> dict[str, str]:
    lines = resources.files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def hong_kong_terms() -> dict[str, str]:
    """Return the term table: what OpenCC writes, and what Hong Kong writes instead."""
    return _table("hk_terms.tsv")


def mainland_terms() -> dict[str, str]:
    """Return the table of the other way: what OpenCC makes of a word of Hong Kong, and what the Mainland writes."""
    return _table("mainland_terms.tsv")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    longest_first = sorted(_table(name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _reworded(text: str, name: str) -> str:
    terms = _table(name)
    return _pattern(name).sub(lambda found: terms[found.group()], text)


@cache
def _characters() -> dict[int, str]:
    return {ord(term): written for term, written in hong_kong_terms().items() if len(term) == len(written) == 1}


def to_hant_characters(text: str) -> str:
    """Return the text in the characters of Hong Kong, every word kept: for names, which are not translated."""
    return _converted(text, "s2hk").translate(_characters())


def to_hans(text: str) -> str:
    """Return the text in Simplified characters; words stay as they are (資訊 becomes 资讯)."""
    return _converted(text, "hk2s")


def _piecewise(text: str, keep: Iterable[str], whole: Callable[[str], str], title: Callable[[str], str]) -> str:
    """Convert a text around what is kept as it is; titles in 《》 are names, whose words stay."""
    kept = sorted({name for name in keep if name}, key=len, reverse=True)
    if not kept and "《" not in text:
        return whole(text)
    pattern = "|".join([*map(re.escape, kept), "《[^《》]{1,80}》"])
    pieces, end = [], 0
    for found in re.finditer(pattern, text):
        pieces.append(whole(text[end : found.start()]))
        pieces.append(found.group() if found.group() in kept else title(found.group()))
        end = found.end()
    return "".join([*pieces, whole(text[end:])])


def to_hant(text: str, keep: Iterable[str] = ()) -> str:
    """Return the text in the characters and words of Hong Kong; the longest entry of the term table wins.

    What ``keep`` names (legal names, codes, addresses) stays as it is, character for character; the words of a title in
    《》 stay, in Traditional characters.
    """
    return _piecewise(text, keep, lambda part: _reworded(_converted(part, "s2hk"), "hk_terms.tsv"), to_hant_characters)


def into(text: str, wanted: str, has: str) -> str:
    """Return the text in the script ``wanted``, as it is where it ``has`` that one."""
    if wanted == has:
        return text
    return to_hant(text) if wanted == "Hant" else to_mainland(text)


def to_mainland(text: str, keep: Iterable[str] = ()) -> str:
    """Return the text in the characters and words of the Mainland, the other way of ``to_hant``."""
    return _piecewise(text, keep, lambda part: _reworded(to_hans(part), "mainland_terms.tsv"), to_hans)
