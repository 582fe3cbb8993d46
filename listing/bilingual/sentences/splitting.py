"""Where a sentence ends, in Chinese and in English, and the name by which it is known.

Decides ends: a mark that ends a sentence, with the closing quotes behind it, outside quotes, brackets and 《》 that
close again in the same line; in English only before a blank and not behind an abbreviation. A line break always ends
one. A sentence is known by its words, so it keeps its name while other sentences come and go.
"""

import re
from collections import Counter
from typing import NamedTuple

from listing.bilingual.freshness import digest

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_PAIRS = {"《": "》", "「": "」", "『": "』", "“": "”", "（": "）", "(": ")", "【": "】", "[": "]"}
_QUOTES = "“「『"
# What tells who spoke goes with what was said.
_SAID = re.compile(r"\s*[^。！？，；\s]{0,6}(?:说|說|表示|问|問|称|稱|道)|\s+(?:he|she|they|said|says)\b")
_CLOSERS = re.escape("”’」』》）)】]\"'")
_END = {
    "zh": re.compile(f"(?:[。！？!?；;｡]|…+|\\.(?=\\s|$))+[{_CLOSERS}]*"),
    "en": re.compile(rf"(?:[.!?…]|。|！|？)+[{_CLOSERS}]*(?=\s|$)"),
}
# What stands before a full stop that ends no sentence; of the second kind only before a word that opens none.
_SHORT = re.compile(
    r"(?:^|[\s(“\"'])(?:Mr|Mrs|Ms|Dr|Prof|Messrs|St|No|Nos|Art|Fig|Figs|Eq|Sec|Vol|pp|p|vs|cf|approx|est|ca|i\.e|e\.g|al"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z](?:\.[A-Z])*)\.$"
)
_FIRM = re.compile(r"(?:^|[\s(,])(?:Ltd|Inc|Co|Corp|Bros|Pte|Pty|Plc|etc|[a-z]\.m|[A-Z](?:\.[A-Z])+)\.$")
_OPENS = re.compile(
    r"\s+[“\"'(]?(?:The|It|Its|In|On|At|By|For|From|With|Since|After|Before|During|Under|As|A|An|This|That|These|Those|There"
    r"|We|Our|They|Their|He|She|His|Her|If|When|While|All|Each|Both|However|No|Not|Of|To|Over|More|Some|Many|Such)\b"
)


class Sentence(NamedTuple):
    """A sentence and its place: ``start`` and ``end`` count characters of the passage, blanks around it left out."""

    id: str
    text: str
    start: int
    end: int


def _enclosed(line: str) -> list[tuple[int, int]]:
    """The outermost stretches between quotes or brackets that close in the same line."""
    open_at: list[tuple[str, int]] = []
    found = []
    for place, char in enumerate(line):
        if char in _PAIRS:
            open_at.append((_PAIRS[char], place))
        elif open_at and any(char == closer for closer, _ in open_at):
            while open_at[-1][0] != char:
                open_at.pop()
            start = open_at.pop()[1]
            if not open_at:
                found.append((start, place))
    return found


def _shortened(line: str, end: int) -> bool:
    """Whether the full stop that ends at ``end`` belongs to an abbreviation within its sentence."""
    before = line[max(0, end - 12) : end]
    if _FIRM.search(before):
        return not _OPENS.match(line, end) and line[end:].strip() != ""
    return bool(_SHORT.search(before))


def _goes_on(line: str, end: int, lang: str) -> bool:
    """Whether a full stop of English ends nothing: behind an abbreviation or before a small letter."""
    if lang == "zh":
        return False
    return line[end : end + 3].lstrip()[:1].islower() or _shortened(line, end)


def _held(line: str, begun: int, found: re.Match[str], pair: tuple[int, int] | None) -> bool:
    """Whether a mark ends nothing because it stands in quotes or brackets."""
    if pair is None or pair[0] > found.start():
        return False
    if found.end() <= pair[1]:
        return True
    if line[pair[0]] in _QUOTES:
        return bool(_SAID.match(line, found.end()))
    return line[begun : pair[0]].strip() != ""


def _ends(line: str, lang: str) -> list[int]:
    inside = _enclosed(line)
    ends = [0]
    for found in _END[lang].finditer(line):
        while inside and inside[0][1] < found.start():
            inside.pop(0)
        full_stop = found.group()[0] in ".…"
        if _held(line, ends[-1], found, inside[0] if inside else None):
            continue
        if not (full_stop and _goes_on(line, found.end(), lang)):
            ends.append(found.end())
    return [*ends[1:], len(line)]


def split(text: str, lang: str) -> list[Sentence]:
    """Return the sentences of a text in order; ``lang`` is zh (either script) or en.

    A sentence that stands twice is known by its words and its turn. The time is linear in the length.
    """
    seen: Counter[str] = Counter()
    sentences = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _ends(line.group(), lang):
            part = text[start : line.start() + end]
            words = part.strip()
            if words:
                name = digest(words)[:10]
                seen[name] += 1
                first = start + part.index(words)
                known = name if seen[name] == 1 else f"{name}.{seen[name]}"
                sentences.append(Sentence(known, words, first, first + len(words)))
            start = line.start() + end
    return sentences
