"""A place in the law as its reader reads it: in the reader's language first, then the citation as the book states it.

Pure. What a book cites stands in the book; how that is said in another language, in citations.yaml.
"""

import re
from functools import cache
from importlib import resources

import yaml

from listing.bilingual.pair import Side

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@cache
def _said() -> tuple[tuple[re.Pattern, dict], ...]:
    text = resources.files(__package__).joinpath("citations.yaml").read_text(encoding="utf-8")
    return tuple((re.compile(each["is"]), each) for each in yaml.load(text, Loader=_LOADER))


@cache
def cited(clause: str, language: str) -> tuple[Side, ...]:
    """The citation for a reader of that language: one side where it is in that language already, else two."""
    original = Side(clause, "zh-Hans" if _HAN.search(clause) else "en")
    key = language.replace("-", "_").lower()
    for pattern, words in _said():
        found = pattern.fullmatch(clause)
        if found and key in words:
            said = found.expand(words[key])
            return (Side(said.replace(", ", "、") if key != "en" else said, language), original)
    return (original,) if clause else ()
