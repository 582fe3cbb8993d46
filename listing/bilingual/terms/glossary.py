"""The term list as data: its entries, where each comes from, and their order for a reader.

Decides the grammar of fields/*.yaml and sources.yaml. The Hong Kong words of an entry are written by hand; only its
definition is converted, where no own one is given. ``memory`` says that nobody has compared the entry with its source.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from listing.bilingual.script import to_hant, to_hant_characters

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STATUSES = ("verified", "memory")

# In the order in which a reader meets them.
FIELDS = (
    "market",
    "listing",
    "disclosure",
    "investors",
    "financing",
    "company",
    "accounting",
    "credit",
    "technology",
    "ip",
    "roadshow",
    "crossborder",
    "data",
    "tokens",
    "law",
)


@dataclass(frozen=True, slots=True)
class Source:
    """A statute, rule book, standard or glossary, and the place in it that speaks of the term."""

    zh: str
    en: str
    place_zh: str
    place_en: str

    def name(self, lang: str) -> str:
        """The source for an interface language."""
        if lang == "en":
            return f"{self.en}, {self.place_en}" if self.place_en else self.en
        written = f"{self.zh}{self.place_zh}"
        return to_hant(written) if lang == "zh-Hant" else written


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: the word in three writings, its meaning, what else is accepted, and what it is not."""

    id: str
    field: str
    hans: str
    hant: str
    en: str
    sound: str
    meaning_zh: str
    meaning_hant: str
    meaning_en: str
    source: Source
    status: str
    zh_also: tuple[str, ...] = ()
    hant_also: tuple[str, ...] = ()
    en_also: tuple[str, ...] = ()
    en_loose: tuple[str, ...] = ()  # what running text may say instead; no form to recommend, so never shown
    not_zh: tuple[str, ...] = ()
    not_en: tuple[str, ...] = ()
    everyday: bool = False  # also an ordinary word: its absence on the other side says nothing

    @property
    def zh_forms(self) -> tuple[str, ...]:
        """Every accepted form in Chinese, of either script."""
        return (self.hans, self.hant, *self.zh_also, *self.hant_also)

    @property
    def en_forms(self) -> tuple[str, ...]:
        """Every accepted form in English."""
        return (self.en, *self.en_also, *self.en_loose)

    def word(self, lang: str) -> str:
        """The word for a language tag (zh-Hans, zh-Hant, en)."""
        return {"zh-Hans": self.hans, "zh-Hant": self.hant}.get(lang, self.en)

    def unlike(self, lang: str) -> tuple[str, ...]:
        """The Chinese words that the term must not be mixed up with, in the script of a language tag."""
        return tuple(to_hant_characters(form) for form in self.not_zh) if lang == "zh-Hant" else self.not_zh

    def meaning(self, lang: str) -> str:
        """The definition for a language tag."""
        return {"zh-Hans": self.meaning_zh, "zh-Hant": self.meaning_hant}.get(lang, self.meaning_en)


def read(name: str) -> object:
    """Return what a data file beside this module holds."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)


def slug(en: str) -> str:
    """Return the id of a term: its English in small letters, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", en.lower().replace("&", " and ").replace("%", " per cent ")))


@cache
def _sources() -> Mapping[str, Mapping[str, str]]:
    return read("sources.yaml")


_UNITS = {"art.": "条", "s.": "条", "r.": "条", "para.": "段", "cl.": "章", "part": "部"}


def source(written: str) -> Source:
    """Read ``securities-law 79`` as that article of that source; raises KeyError for a source not in the list."""
    name, _, place = written.partition(" ")
    known = _sources()[name]
    unit = known.get("unit", "art.")
    return Source(
        known["zh"],
        known["en"],
        f"第 {place} {_UNITS[unit]}" if place else "",
        f"{unit} {place}" if place else "",
    )


def _term(field: str, entry: Mapping[str, object]) -> Term:
    lists = ("zh_also", "hant_also", "en_also", "en_loose", "not_zh", "not_en")
    return Term(
        id=entry.get("id") or slug(entry["en"]),
        field=field,
        hans=entry["hans"],
        hant=entry["hant"],
        en=entry["en"],
        sound=entry["sound"],
        meaning_zh=entry["zh"],
        meaning_hant=entry.get("hk") or to_hant(entry["zh"]),
        meaning_en=entry["means"],
        source=source(entry["source"]),
        status=entry["status"],
        everyday=entry.get("everyday", False),
        **{name: tuple(entry.get(name, ())) for name in lists},
    )


@cache
def glossary() -> tuple[Term, ...]:
    """Return every term, field by field as the files have them."""
    return tuple(_term(field, entry) for field in FIELDS for entry in read(f"fields/{field}.yaml"))


@cache
def by_id() -> Mapping[str, Term]:
    """Return the terms by their ids."""
    return {term.id: term for term in glossary()}
