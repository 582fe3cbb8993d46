"""Looking terms up: by a word of any writing, by pinyin, by field, in the order of the reader's language.

Decides what matches and what comes first. Chinese is ordered by pinyin, English by its letters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from listing.bilingual.terms.glossary import Term, glossary
from listing.bilingual.terms.matching import fold, generous, words

PAGE = 20
LONGEST = 100  # characters of a query that are read


@dataclass(frozen=True, slots=True)
class Page:
    """Some terms in order, how many there are in all, and the places of the pages before and after.

    A place is the id of the term before a page, empty for the first page; None where there is no such page.
    """

    terms: Sequence[Term]
    total: int
    previous: str | None
    next: str | None


@cache
def ordered(lang: str) -> tuple[Term, ...]:
    """Return all terms in the order of a language."""
    if lang == "en":
        return tuple(sorted(glossary(), key=lambda term: (term.en.lower(), term.id)))
    return tuple(sorted(glossary(), key=lambda term: (term.sound.split(), term.hans)))


@cache
def _sounds(term: Term) -> tuple[str, str]:
    return term.sound.replace(" ", ""), "".join(syllable[0] for syllable in term.sound.split())


@cache
def _english(term: Term) -> frozenset[str]:
    return frozenset(key for form in term.en_forms for key in words(form, generous).keys)


@cache
def _chinese(term: Term) -> str:
    return "\n".join(map(fold, term.zh_forms))


def _matches(term: Term, folded: str, keys: Sequence[str], sound: str) -> bool:
    if folded in _chinese(term):
        return True
    if keys and all(any(word.startswith(key) for word in _english(term)) for key in keys):
        return True
    whole, initials = _sounds(term)
    return bool(sound) and (whole.startswith(sound) or initials == sound)


def find(typed: str, field: str, lang: str) -> list[Term]:
    """Return the terms of a field (all where empty) that match what was typed (all where blank), in order.

    What is typed may be Chinese in either script, English words or their beginnings, pinyin or its initials.
    """
    chosen = [term for term in ordered(lang) if not field or term.field == field]
    folded = fold(typed[:LONGEST]).strip()
    if not folded:
        return chosen
    keys, sound = words(folded, generous).keys, re.sub("[ '’]", "", folded)
    return [term for term in chosen if _matches(term, folded, keys, sound if re.fullmatch("[a-z]+", sound) else "")]


def page(terms: Sequence[Term], after: str) -> Page:
    """Return the page of ``terms`` behind the term with the id ``after``, or the first one."""
    ids = [term.id for term in terms]
    start = ids.index(after) + 1 if after in ids else 0
    end = start + PAGE
    before = start - PAGE
    previous = None if not start else ids[before - 1] if before > 0 else ""
    return Page(terms[start:end], len(terms), previous, ids[end - 1] if end < len(ids) else None)
