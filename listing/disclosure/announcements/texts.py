"""The two texts of an announcement as they are released: passages, and the exact lines whose digest goes into the log.

Pure. A line ends with LF alone, carries no blanks at its end, and a passage is set off by one empty line; so whoever
holds the text file, or copied the text from the page, comes to the same bytes. ``loose`` forgives other blanks.
"""

import re
from hashlib import sha256

from listing.bilingual import freshness
from listing.bilingual.pair import Pair

from . import rules

LOOSE = "~"  # with which a digest begins that forgives blanks
_GAP = re.compile(r"\n[ \t\u3000]*\n\s*")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")
# What makes a text read otherwise than it is written: directions, and joiners that nobody sees.
_HIDDEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")


def typed(text: str) -> str:
    """What was typed, with line ends as ours are and without blanks around it. Raises Hidden."""
    found = _HIDDEN.search(text)
    if found:
        raise rules.Hidden(code=f"U+{ord(found.group()):04X}")
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def title(text: str) -> str:
    """A title as typed: one line. Raises Hidden, SeveralLines."""
    found = typed(text)
    if "\n" in found or "\u2028" in text or "\u2029" in text:
        raise rules.SeveralLines
    return found


def parts(text: str) -> list[str]:
    """The passages of one language, set off by empty lines."""
    return [part for part in _GAP.split(text.strip()) if part.strip()]


def passages(body: Pair) -> list[Pair]:
    """The passages of a body, each in both languages. Raises PassagesDiffer, TooManyPassages."""
    zh, en = parts(body.zh), parts(body.en)
    if len(zh) != len(en):
        raise rules.PassagesDiffer(zh=len(zh), en=len(en))
    if len(zh) > rules.MOST_PASSAGES:
        raise rules.TooManyPassages(most=rules.MOST_PASSAGES)
    return [Pair(*both, body.script) for both in zip(zh, en, strict=True)]


def whole(title: Pair, body: Pair) -> Pair:
    """Title and body of each language as one text, by which freshness is judged."""
    return Pair(f"{title.zh}\n\n{body.zh}".strip(), f"{title.en}\n\n{body.en}".strip(), body.script)


def plain(title: str, passages: list[str]) -> str:
    """The text of one language as it is released and proved: title, passages, a line end."""
    return "\n\n".join([title, *passages]) + "\n"


def sides(title: Pair, body: Pair) -> dict[str, str]:
    """The text of each language as it is released; of a draft as far as it is written."""
    return {side: plain(getattr(title, side), parts(getattr(body, side))) for side in rules.SIDES}


def committed(both: dict[str, str], files: list[dict] | None) -> dict[str, object]:
    """What the log keeps of texts and attachments: their digests, and nothing of what they say."""
    found = {side: digest(text) for side, text in both.items()}
    return found | ({"files": [[file["side"], file["sha256"]] for file in files]} if files else {})


def of_release(release, side: str) -> str:
    """The text of one language of what was released."""
    return plain(getattr(release.title, side), [getattr(part, side) for part in release.passages])


def settled(text: str) -> str:
    """A text somebody holds in the form in which ours are: line ends, blanks at line ends, empty lines."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n\n".join(parts("\n".join(line.rstrip() for line in lines))) + "\n"


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as it stands in the log."""
    return sha256(text.encode()).hexdigest()


def loose(text: str) -> str:
    """A digest that is the same for other blanks, line ends and invisible characters."""
    return LOOSE + freshness.digest(text)
