"""What a company says of itself, as one value: its facts and its passages.

Pure. Decides which form is kept and hashed in a revision, and what follows from it: sort keys, the languages tag, the
documents of the search index. Where it came from and whether it may be shown is decided elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from hashlib import sha256

from listing.access.actor import Tier
from listing.bilingual import script, sound, tokens
from listing.journal import canonical

from . import catalogue, rules
from . import sheets as declared


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a section; a side that is missing is empty."""

    section: str
    zh: str = ""
    en: str = ""
    script: str = "Hans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a company by the names of its columns, its passages in order, and its other sheets by id.

    ``verified`` says on which day the operator compared what with its source: ``{"identity": "2026-11-20"}``.
    """

    name_zh: str = ""
    name_script: str = "Hans"
    name_zh_alt: str = ""
    name_en: str = ""
    short_zh: str = ""
    short_en: str = ""
    former_names: tuple[dict, ...] = ()
    domicile: str = ""
    province: str = ""
    city: str = ""
    registration_scheme: str = ""
    registration_number: str = ""
    lei: str = ""
    sector_group: str = ""
    sector: str = ""
    stage: str = ""
    founded: int | None = None
    listed_on: date | None = None
    website: str = ""
    prevailing: str = "zh"
    source: str = ""
    passages: tuple[Passage, ...] = ()
    sheets: Mapping[str, Mapping] = field(default_factory=dict)
    verified: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_content(cls, content: dict) -> "Facts":
        """The facts that a revision keeps, as they were given to it."""
        values = dict(content.get("facts", {}))
        if day := values.get("listed_on"):
            values["listed_on"] = date.fromisoformat(day)
        values["former_names"] = tuple(values.get("former_names", ()))
        passages = tuple(Passage(**passage) for passage in content["passages"])
        rest = {name: content.get(name, {}) for name in APART}
        return cls(**values, passages=passages, **rest)

    def columns(self) -> dict[str, object]:
        """The values of the company's columns, those that follow from others included."""
        values = {name: getattr(self, name) for name in COLUMNS}
        values["former_names"] = list(self.former_names)
        return values | {
            "sort_en": sort_key(self.name_en) or sort_key(self.name_zh),
            "sort_zh": sort_key(self.name_zh) or sort_key(self.name_en),
            "languages": rules.languages([asdict(passage) for passage in self.passages]),
        }

    def content(self) -> dict[str, object]:
        """What a revision keeps: the facts that are known, the passages, sheets and checks where there are any."""
        known = {name: value for name in COLUMNS if (value := getattr(self, name)) not in ("", None, ())}
        kept = {"facts": known, "passages": [asdict(passage) for passage in self.passages]}
        return canonical.plain(kept | {name: dict(value) for name in APART if (value := getattr(self, name))})


APART = ("sheets", "verified")  # of a content, beside the facts
COLUMNS = tuple(column.name for column in fields(Facts) if column.name not in ("passages", *APART))


def digest(content: dict[str, object]) -> str:
    """The SHA-256 of a revision's content, in hexadecimal."""
    return sha256(canonical.encoded(content)).hexdigest()


def sort_key(name: str) -> str:
    """The key under which a name sorts as its readers expect: Chinese by pinyin, Latin words in lower case."""
    parts = []
    for run in tokens.runs(name):
        parts.extend([run] if run.isascii() else sound.syllables(run) or [run])
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Searchable:
    """What somebody of the tiers ``lowest`` to ``highest`` may find a company by."""

    names: tuple[str, ...]
    title: str
    text: str
    lowest: int
    highest: int


def searchable(facts: Facts, market: str, code: str) -> Iterator[Searchable]:
    """Yield what each tier finds the company by, tiers that see the same passages as one.

    The other script and the pinyin of a name follow from the name in the index itself.
    """
    former = [name.get(side, "") for name in facts.former_names for side in ("zh", "en")]
    own = (facts.name_zh, facts.name_zh_alt, facts.name_en, facts.short_zh, facts.short_en)
    names = tuple(dict.fromkeys(name for name in (*own, *former) if name))
    title = " ".join(_title(facts, market, code))
    starts = {Tier.PUBLIC, *(rules.tier_of(passage.section) for passage in facts.passages)}
    starts = sorted(starts | ({Tier.REGISTERED, Tier.ADMITTED, Tier.STAFF} if facts.sheets else set()))
    for lowest, following in zip(starts, [*starts[1:], Tier.STAFF + 1], strict=True):
        seen = [passage for passage in facts.passages if rules.tier_of(passage.section) <= lowest]
        said = [(passage.zh, passage.en) for passage in seen] + list(declared.texts(facts.sheets, lowest))
        text = "\n".join(side for both in said for side in both if side)
        yield Searchable(names, title, text, int(lowest), int(following) - 1)


def _title(facts: Facts, market: str, code: str) -> Iterator[str]:
    yield market
    yield code
    if facts.registration_number:
        yield facts.registration_number
    found = (
        catalogue.groups().get(facts.sector_group),
        catalogue.sectors().get(facts.sector),
        catalogue.places().get(facts.city),
        catalogue.provinces().get(facts.province),
    )
    for entry in found:
        if entry is not None:
            # Simplified and Traditional fold to the same tokens unless the two use other words.
            yield from dict.fromkeys((entry.zh_hans, script.to_hans(entry.zh_hant), entry.en))
    if facts.city and facts.city not in catalogue.places():
        yield facts.city
