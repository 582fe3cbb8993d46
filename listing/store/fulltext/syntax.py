"""Queries of the full-text index in the languages of the two databases, FTS5 and tsquery.

Decides how a query value is written down, and the ranks of its matches; what a query asks for is decided by the
tokeniser. A token holds letters, digits and marks only, so nothing typed can close a quote.
"""

from collections.abc import Callable
from dataclasses import dataclass

from listing.bilingual.tokens import Phrase, Query

MOST_POSITION = 16_383  # the highest place in a tsvector; later tokens are found as words, not in phrases
LONGEST = 500  # characters of a lexeme: PostgreSQL refuses the whole document for a word of more than 2,046 bytes

# Fields and their labels in a tsvector, in the order of their places.
LABELS = {"name": "A", "title": "B", "sound": "C", "text": "D"}


@dataclass(frozen=True, slots=True)
class Syntax:
    """How a phrase, a conjunction and an alternative are written."""

    phrase: Callable[[Phrase, bool], str]
    both: str
    either: str

    def _all(self, query: Query, *, in_name: bool) -> str:
        clauses = (self.either.join(self.phrase(phrase, in_name) for phrase in clause) for clause in query.clauses)
        return f"({self.both.join(f'({clause})' for clause in clauses)})"

    def words(self, query: Query) -> str:
        """Return the expression for the words alone, by which matches are weighed."""
        return self._all(query, in_name=False)

    def any_match(self, query: Query) -> str:
        """Return the expression for everything the query finds."""
        return f"{self._all(query, in_name=False)}{self.either}{self.phrase(Phrase((query.name,)), False)}"

    def ranks(self, query: Query) -> tuple[tuple[str, str], ...]:
        """Return for each rank what it takes in and what it leaves to the ranks before, which may be empty.

        The ranks: name equal, name begins so, words in a name, the rest.
        """
        equal = self.phrase(Phrase((query.name,)), False)
        begins = self.phrase(Phrase((query.name,), prefix=True), False)
        anywhere, in_name = self.words(query), self._all(query, in_name=True)
        return (
            (equal, ""),
            (f"{anywhere}{self.both}{begins}", equal),
            (in_name, begins),
            (anywhere, f"{begins}{self.either}{in_name}"),
        )


def _fts5_phrase(phrase: Phrase, in_name: bool) -> str:
    columns = "{name sound} : " if in_name else ""
    return f'{columns}"{" ".join(phrase.tokens)}"{" *" if phrase.prefix else ""}'


def _tsquery_phrase(phrase: Phrase, in_name: bool) -> str:
    label = (LABELS["name"] + LABELS["sound"]) if in_name else ""
    marks = ["" for _ in phrase.tokens[1:]] + ["*" if phrase.prefix else ""]
    lexemes = [
        f"'{token[:LONGEST]}'" + (f":{mark}{label}" if mark or label else "")
        for token, mark in zip(phrase.tokens, marks, strict=True)
    ]
    return f"({' <-> '.join(lexemes)})"


FTS5 = Syntax(_fts5_phrase, " AND ", " OR ")
TSQUERY = Syntax(_tsquery_phrase, " & ", " | ")


def tsvector(**fields: str) -> str:
    """Return the tokens of the fields as a tsvector literal, each with its place and the label of its field."""
    lexemes: list[str] = []
    place = 0
    for field, label in LABELS.items():
        for token in fields[field].split():
            place = min(place + 1, MOST_POSITION)
            lexemes.append(f"'{token[:LONGEST]}':{place}{label}")
        place += 1  # no phrase runs from one field into the next
    return " ".join(lexemes)
