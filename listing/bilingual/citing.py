"""A place in the law as its reader reads it: in the reader's language first, then the citation as its source states it.

Pure. What a book or a standard cites stands in it; how that is said in another language, in citations.yaml.
"""

import re
from functools import cache
from importlib import resources

import yaml

from listing.bilingual.pair import Side

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NEXT = "; "
_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _said() -> tuple[tuple[re.Pattern, dict], ...]:
    text = resources.files(__package__).joinpath("citations.yaml").read_text(encoding="utf-8")
    return tuple((re.compile(each["is"]), each) for each in yaml.load(text, Loader=_LOADER))


@cache
def cited(citation: str, language: str) -> tuple[Side, ...]:
    """The citation for a reader of that language: one side where it is in that language already, else two.

    Several are told from each other by a semicolon, and each is said by itself.
    """
    original = Side(citation, "zh-Hans" if _HAN.search(citation) else "en")
    parts = citation.split(_NEXT)
    said = [_one(part, language) for part in parts]
    if said == parts:
        return (original,) if citation else ()
    return (Side((_NEXT if language == "en" else "；").join(said), language), original)


def _one(part: str, language: str) -> str:
    key = language.replace("-", "_").lower()
    for pattern, words in _said():
        found = pattern.fullmatch(part)
        if found and key in words:
            said = found.expand(words[key])
            return said.replace(", ", "、") if key != "en" else said
    return part
