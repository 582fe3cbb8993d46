"""The pinyin of Chinese names, and whether a Latin word can be pinyin.

Decides how names sound; not where that is indexed or how it ranks. Readings come from pypinyin with its phrases
(重庆, 银行, 厦门), which is loaded only when a name is read: a query needs no more than the list of syllables.
"""

from listing.later import pypinyin

_FINALS = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve ue",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve ue",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(
    [initial + final for initial, finals in _FINALS.items() for final in finals.split()]
    + ["a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "o", "ou"]
)

LONGEST_WORD = 36  # letters; twelve syllables of three, longer than any name that is typed in one word
MOST_READINGS = 4


def syllables(han: str) -> list[str]:
    """Return the pinyin of a stretch of Chinese without tones, ü as v; characters without a reading are left out."""
    return [s for s in pypinyin.lazy_pinyin(han) if s.isascii() and s.isalpha()] if han else []


def _can_end(word: str) -> list[bool]:
    """For each position, whether the rest of the word is made of whole syllables."""
    ends = [False] * len(word) + [True]
    for start in range(len(word) - 1, -1, -1):
        ends[start] = any(
            ends[start + length] and word[start : start + length] in SYLLABLES
            for length in range(1, min(6, len(word) - start) + 1)
        )
    return ends


def readings(word: str) -> list[tuple[str, ...]]:
    """Return the ways to read a folded Latin word as pinyin, longest syllables first: xian is xian and xi an."""
    if len(word) > LONGEST_WORD or not (word.isascii() and word.isalpha()):
        return []
    ends = _can_end(word)
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[int, tuple[str, ...]]] = [(0, ())] if ends[0] else []
    while waiting and len(found) < MOST_READINGS:
        start, read = waiting.pop()
        if start == len(word):
            found.append(read)
        for length in range(1, min(6, len(word) - start) + 1):
            if ends[start + length] and word[start : start + length] in SYLLABLES:
                waiting.append((start + length, (*read, word[start : start + length])))
    return found


def may_be_initials(word: str) -> bool:
    """Whether a folded Latin word can be the initials of a Chinese name: two letters to eight, none of i, u, v."""
    return 2 <= len(word) <= 8 and word.isascii() and word.isalpha() and not set(word) & set("iuv")
