"""What an indexed document was made of, kept small, so that FTS5 can be told to forget it.

Decides the stored form: the folded words of each field, deflated, with a dictionary of words from the same index where
there is one. That is a third of the text. Not a copy to show to anyone.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from listing.bilingual import tokens

_FIELD = "\x1f"
_NAME = "\x1e"
_CODEC = "gb18030"  # every Unicode character, and two bytes where UTF-8 takes three
DICTIONARY_BYTES = 32_000  # deflate looks back no further


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a document's fields, in order."""

    names: tuple[tuple[str, ...], ...]
    title: tuple[str, ...]
    text: tuple[str, ...]

    def tokens(self) -> dict[str, str]:
        """Return the tokens of each field of the index."""
        return {
            "text": tokens.words(self.text),
            "name": tokens.name_words(self.names),
            "title": tokens.words(self.title),
            "sound": tokens.name_sounds(self.names),
        }


def read(names: Iterable[str], title: str, text: str) -> Words:
    """Return the words of a document's fields; each name and field is cut at its limit."""
    return Words(
        tuple(tuple(tokens.runs(name[: tokens.NAME_CHARACTERS])) for name in names),
        tuple(tokens.runs(title[: tokens.INDEXED_CHARACTERS])),
        tuple(tokens.runs(text[: tokens.INDEXED_CHARACTERS])),
    )


def _plain(words: Words) -> bytes:
    names = _NAME.join(" ".join(name) for name in words.names)
    return _FIELD.join((names, " ".join(words.title), " ".join(words.text))).encode(_CODEC)


def dictionary(sample: Iterable[Words]) -> bytes:
    """Return a dictionary made of some documents."""
    return b"".join(map(_plain, sample))[-DICTIONARY_BYTES:]


def pack(words: Words, known: bytes) -> bytes:
    """Return the words as bytes, deflated with the dictionary ``known``, which may be empty."""
    deflate = zlib.compressobj(6, wbits=-15, memLevel=9, **({"zdict": known} if known else {}))
    return deflate.compress(_plain(words)) + deflate.flush()


def unpack(packed: bytes, known: bytes) -> Words:
    """Return the words that were packed with the dictionary ``known``."""
    inflate = zlib.decompressobj(wbits=-15, **({"zdict": known} if known else {}))
    names, title, text = (inflate.decompress(packed) + inflate.flush()).decode(_CODEC).split(_FIELD)
    return Words(
        tuple(tuple(name.split(" ")) for name in names.split(_NAME) if name),
        tuple(title.split()),
        tuple(text.split()),
    )
