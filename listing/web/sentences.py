"""How the sentences of a pair are written on a page, so that the one meant by the other can be shown with it.

Decides the markup only. A sentence that stands for another carries the same ``data-pair`` as it; static/app.js lights
both up. Without it the page reads as it does without this module.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from listing.bilingual.sentences import Sentence, align, split

_LIT = Markup('<span class="s" data-pair="{}">{}</span>')
_PARAGRAPH = Markup("<p>{}</p>")


def _written(text: str, sentences: Sequence[Sentence], pairs: Mapping[str, str]) -> Markup:
    """The paragraphs of a text with its sentences marked."""
    paragraphs, place = [], 0
    for line in text.splitlines(keepends=True):
        end, parts, shown = place + len(line), [], place
        for sentence in (s for s in sentences if place <= s.start < end):
            parts.append(escape(text[shown : sentence.start]))
            name = pairs.get(sentence.id)
            parts.append(_LIT.format(name, sentence.text) if name else escape(sentence.text))
            shown = sentence.end
        if line.strip():
            paragraphs.append(_PARAGRAPH.format(Markup("").join((*parts, escape(text[shown:end].rstrip())))))
        place = end
    return Markup("").join(paragraphs)


@lru_cache(maxsize=4_000)
def paired(zh: str, en: str) -> tuple[Markup, Markup]:
    """Return both sides of a pair as paragraphs; kept, because a page is read far more often than written."""
    here, there = split(zh, "zh"), split(en, "en")
    links = [link for link in align(here, there) if link.zh and link.en]
    pairs = {name: link.zh[0] for link in links for name in (*link.zh, *link.en)} if len(links) > 1 else {}
    return _written(zh, here, pairs), _written(en, there, pairs)
