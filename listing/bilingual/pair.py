"""A text in Chinese and English, shown side by side.

Decides what counts as complete and which side stands first. Keeps the Chinese as it was typed, with its script; the
other script is derived elsewhere. Knows nothing of confirmation, revisions or columns.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

SCRIPTS = ("Hans", "Hant")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


class Side(NamedTuple):
    """One side of a pair: its text and the tag for its ``lang`` attribute."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The two sides of one text; ``script`` (Hans or Hant) says how the Chinese was typed."""

    zh: str
    en: str
    script: str = "Hans"

    def __post_init__(self) -> None:
        if self.script not in SCRIPTS:
            raise ValueError(f"script is Hans or Hant, not {self.script!r}")

    @property
    def complete(self) -> bool:
        """Whether both sides hold text other than blanks."""
        return bool(self.zh.strip() and self.en.strip())

    @property
    def missing(self) -> tuple[str, ...]:
        """The sides that hold no text: any of ``zh`` and ``en``, in this order."""
        return tuple(name for name, text in (("zh", self.zh), ("en", self.en)) if not text.strip())

    @property
    def misplaced(self) -> tuple[str, ...]:
        """The sides whose text is in the other language: no Chinese character at all, or more of them than letters."""
        en_han = len(_HAN.findall(self.en))
        wrong = {
            "zh": bool(_LATIN.search(self.zh)) and not _HAN.search(self.zh),
            "en": en_han > len(_LATIN.findall(self.en)),
        }
        return tuple(side for side, is_wrong in wrong.items() if is_wrong)

    @property
    def zh_lang(self) -> str:
        """The language tag of the Chinese as typed: zh-Hans or zh-Hant."""
        return f"zh-{self.script}"

    def side(self, lang: str) -> str:
        """Return the side for an interface language (zh-Hans, zh-Hant, en), which may be empty."""
        return self.en if lang == "en" else self.zh

    def ordered(self, lang: str) -> tuple[Side, Side]:
        """Return both sides with their language tags, the one for the interface language first."""
        zh, en = Side(self.zh, self.zh_lang), Side(self.en, "en")
        return (en, zh) if lang == "en" else (zh, en)

    def shown(self, lang: str) -> Side:
        """Return the side for the interface language, or the other one in full where that is missing."""
        first, second = self.ordered(lang)
        return first if first.text.strip() else second
