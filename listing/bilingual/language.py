"""The interface languages, and which one suits an Accept-Language header.

Our own tag table, because libraries take zh-HK and yue for Simplified. Where a language is kept (address, cookie,
preference) and which language a content block is in are decided elsewhere.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """An interface language: code in our addresses, name in itself, Babel locale, tag for ``<html lang>``."""

    code: str
    name: str
    locale: str
    html: str

    @property
    def side(self) -> str:
        """The side of a pair that reads in this language: zh or en."""
        return "en" if self.code == "en" else "zh"


HANS = Language("zh-Hans", "简体", "zh_Hans", "zh-Hans")
HANT = Language("zh-Hant", "繁體", "zh_Hant", "zh-Hant")
ENGLISH = Language("en", "English", "en", "en")

# In the order of the language links.
LANGUAGES = {language.code: language for language in (HANS, HANT, ENGLISH)}
DEFAULT = ENGLISH.code

# A tag is looked up whole, then shortened from the right (RFC 4647 lookup): zh-Hans-HK ends at zh-hans.
TAGS = {
    **dict.fromkeys(
        ("zh", "zh-cn", "zh-sg", "zh-my", "zh-hans", "zh-cmn", "zh-cmn-hans", "cmn", "cmn-hans"), HANS.code
    ),
    **dict.fromkeys(("zh-hk", "zh-mo", "zh-tw", "zh-hant", "zh-cmn-hant", "cmn-tw", "cmn-hant"), HANT.code),
    **dict.fromkeys(("yue", "yue-hk", "yue-mo", "yue-hant", "zh-yue", "zh-yue-hant"), HANT.code),
    **dict.fromkeys(("yue-hans", "yue-cn", "zh-yue-hans", "zh-yue-cn"), HANS.code),
    "en": ENGLISH.code,
}

MOST = 2000  # characters of a header that are read; browsers send under 200
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


def understood(tag: str) -> str | None:
    """Return the code of the interface language that serves ``tag``, or None."""
    parts = tag.strip().lower().replace("_", "-").split("-")
    for length in range(min(len(parts), 4), 0, -1):
        if code := TAGS.get("-".join(parts[:length])):
            return code
    return None


def _weight(parameters: str) -> float | None:
    """The weight, 0 to 1; None where it is malformed. Parameters other than q are ignored."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else None
    return 1.0


def negotiate(header: str | None) -> str:
    """Return the code of the interface language that suits an Accept-Language header best.

    The highest weight wins, the earlier among equals; ``*`` stands for the languages the header does not name, English
    first. Malformed entries are passed over, so no header raises; with nothing understood the answer is English.
    """
    weights: dict[str, float] = {}
    others = 0.0
    for entry in (header or "")[:MOST].split(","):
        tag, _, parameters = entry.partition(";")
        weight = _weight(parameters)
        if weight is None:
            continue
        if tag.strip() == "*":
            others = max(others, weight)
        elif code := understood(tag):
            weights[code] = max(weights.get(code, 0.0), weight)
    for code in (DEFAULT, *LANGUAGES):
        weights.setdefault(code, others)
    best = max(weights, key=weights.__getitem__)  # max keeps the first of equals, and dicts keep the header's order
    return best if weights[best] else DEFAULT
