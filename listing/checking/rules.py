"""What may be checked on the public page: how much, and in which language each text must be.

Decides by characters alone; what the texts say is for listing/bilingual.
"""

import re
from typing import NamedTuple

from listing.refusal import N_, Refusal

MOST_CHARACTERS = 20_000  # of either text

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003fffd]")
_LATIN = re.compile(r"[A-Za-z]")


class Texts(NamedTuple):
    """Two texts ready to be checked; ``exchanged`` where they had been typed into each other's place."""

    zh: str
    en: str
    exchanged: bool


class NoChinese(Refusal):
    """Neither text is Chinese."""

    message = N_("Both texts look English. Paste the Chinese one into its field.")


class NoEnglish(Refusal):
    """Neither text is English."""

    message = N_("Both texts look Chinese. Paste the English one into its field.")


def language_of(text: str) -> str | None:
    """Return ``zh`` or ``en`` where the letters leave no doubt, None where they do (figures alone, say).

    A Chinese character says as much as three English letters; either text may hold names in the other language.
    """
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if han * 2 > latin:
        return "zh"
    return "en" if latin > han * 3 else None


def ordered(zh: str, en: str) -> Texts:
    """Return the two texts, each in its place.

    Raises NoChinese or NoEnglish where both are plainly in one language.
    """
    found = language_of(zh), language_of(en)
    if found == ("en", "en"):
        raise NoChinese
    if found == ("zh", "zh"):
        raise NoEnglish
    exchanged = found[0] == "en" or found[1] == "zh"
    return Texts(en, zh, True) if exchanged else Texts(zh, en, False)
