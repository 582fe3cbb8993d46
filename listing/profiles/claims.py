"""Statements that need evidence: superlatives and figures in a text to which no document is attached.

Pure. Decides which words claim to be first or best in either language, and that a figure of money, a percentage, a
multiple or a count is a claim, a date or a name with digits is not. Whether the document proves it, a person reads.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from listing.bilingual.figures import figures
from listing.bilingual.script import simplified_forms
from listing.companies.sheets import Sheet

SUPERLATIVE, FIGURE = "superlative", "figure"
NOT_CLAIMS = frozenset({"date", "identifier"})

_ZH = re.compile(
    "首家|首个|首款|首创|首批|第一(?:家|个|款|大|名|品牌)?(?!步|阶段|代|期|季度|年|次|部分|类|线|手|时间|批)|唯一|独家|独一无二"
    "|最(?:大|先进|领先|高|强|优|佳|快|多|好|完整|早|低)(?!限度|程度|化|小|终|后|近)|领先|领军|龙头|顶尖|顶级|一流|国际先进|填补.{0,6}空白|世界级|无与伦比|超越同行"
)
_EN = re.compile(
    r"\b(?:the\s+)?(?:first|only|sole|largest|biggest|fastest|best|leading|foremost|top|most\s+advanced|highest"
    r"|lowest[- ]cost|number\s+one|no\.\s*1|world[- ]class|cutting[- ]edge|unrivalled|unmatched|unparalleled|unique"
    r"|pioneer(?:ing)?|market\s+leader)\b(?!\s+(?:quarter|half|stage|phase|step|time|year|month|person|three|two|generation|round))",
    re.IGNORECASE,
)

_STANDARD = re.compile(r"[A-Z]{2,}(?:/[A-Z]+)?[ -]?$")  # GB/T 22900, ISO 9001


class Claim(NamedTuple):
    """A claim without a document: the field it stands in, the side, its kind and its words."""

    name: str
    side: str
    kind: str
    words: str


def of_text(zh: str, en: str) -> Iterator[tuple[str, str, str]]:
    """Yield the claims of a pair of texts: side, kind, words; each once."""
    plain = zh.translate(simplified_forms())
    found = [("zh", SUPERLATIVE, zh[hit.start() : hit.end()]) for hit in _ZH.finditer(plain)]
    found += [("en", SUPERLATIVE, hit.group()) for hit in _EN.finditer(en)]
    for side, text in (("zh", zh), ("en", en)):
        found += [
            (side, FIGURE, figure.text)
            for figure in figures(text, side)
            if figure.kind not in NOT_CLAIMS and not figure.words and not _STANDARD.search(text[: figure.start])
        ]
    yield from dict.fromkeys(found)


def unsupported(sheet: Sheet, content: Mapping) -> list[Claim]:
    """The claims in the passages of a sheet that no document is attached to, in order."""
    found = []
    for name, value in passages(sheet, content):
        if not value.get("evidence"):
            found += [Claim(name, *claim) for claim in of_text(value["zh"], value["en"])]
    return found


def passages(sheet: Sheet, content: Mapping) -> Iterator[tuple[str, Mapping]]:
    """The passages of a sheet with the names of their fields, those of rows included."""
    for each in sheet.fields:
        if each.kind == "passage" and each.id in content:
            yield each.id, content[each.id]
        inner = [part.id for part in each.fields if part.kind == "passage"]
        for number, row in enumerate(content.get(each.id, ()) if inner else ()):
            yield from ((f"{each.id}.{number}.{key}", row[key]) for key in inner if key in row)
