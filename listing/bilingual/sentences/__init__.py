"""The sentences of a passage, and which of one language stand for which of the other."""

from listing.bilingual.sentences.alignment import Link, align
from listing.bilingual.sentences.splitting import Sentence, split

__all__ = ["Link", "Sentence", "align", "split"]
