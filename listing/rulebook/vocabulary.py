"""The closed lists of the grammar and their words in three languages, as they stand in vocabulary.yaml.

Decides nothing of its own. Whoever asks for a word that is not there gets KeyError: a book with one does not load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MONEY, NUMBER, CODES, FLAG = "money", "number", "codes", "flag"
OPERATORS = (">=", ">")
LOGICS = ("all_of", "any_of", "n_of")
VERIFIED, MEMORY = "verified", "memory"
OWN, NOT_COUNTED = "own", "not_counted"
_KEYS = {"id", "kind", "zh_hans", "zh_hant", "en"}


@dataclass(frozen=True, slots=True)
class Label:
    """One text in the three languages of the interface."""

    zh_hans: str
    zh_hant: str
    en: str

    def said(self, language: str) -> str:
        """The text for a reader of zh-Hans, zh-Hant or en."""
        return {"zh-Hans": self.zh_hans, "zh-Hant": self.zh_hant}.get(language, self.en)


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of a list; ``kind`` says of a metric what its facts are."""

    id: str
    label: Label
    kind: str = ""

    def said(self, language: str) -> str:
        """The word for a reader of a language."""
        return self.label.said(language)


@cache
def _lists() -> Mapping[str, Mapping[str, Word]]:
    text = resources.files(__package__).joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    return {
        name: MappingProxyType({row["id"]: _word(row) for row in rows})
        for name, rows in yaml.load(text, Loader=_LOADER).items()
    }


def _word(row: Mapping[str, str]) -> Word:
    if not all(isinstance(value, str) for value in row.values()) or set(row) - _KEYS:
        raise ValueError(f"{row}: not one word with its three labels; is a comma unquoted?")
    return Word(row["id"], Label(row["zh_hans"], row["zh_hant"], row["en"]), row.get("kind", ""))


def words(name: str) -> Mapping[str, Word]:
    """One list by name (metrics, periods, parties, grades, parts, papers, codes, exclusions, outcomes …), in order."""
    return _lists()[name]


def kind(metric: str) -> str:
    """What facts of a metric are: money, number, codes or flag."""
    return words("metrics")[metric].kind
