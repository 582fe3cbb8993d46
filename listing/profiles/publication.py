"""What a published revision takes over from what was sent: facts, passages, and the sheets without their scaffolding.

Pure. What only the writing needs (freshness, evidence, who met what) stays behind, so that nothing of the work behind a
text leaves the house with it.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from listing.companies import catalogue
from listing.companies.facts import Facts, Passage
from listing.companies.sheets import Field, sheets

SCAFFOLDING = frozenset({"fresh", "met", "evidence"})  # of a text
_UNSAID = (None, "", [], {})


def facts(contents: Mapping[str, Mapping], verified: Mapping[str, str] = MappingProxyType({})) -> Facts:
    """The facts of a company as these sheets state them; ``verified`` says what the operator checked, and when."""
    identity, contact = contents["identity"], contents.get("contact", {})
    name, short = identity["name"], identity.get("short", {})
    sector = identity.get("sector", "")
    city = identity.get("city", "")
    return Facts(
        name_zh=name.get("zh", ""),
        name_en=name.get("en", ""),
        name_script=name.get("script") or "Hans",
        short_zh=short.get("zh", ""),
        short_en=short.get("en", ""),
        former_names=tuple(_former(identity.get("former", ()))),
        domicile=identity.get("domicile", ""),
        province=catalogue.places()[city].parent if city in catalogue.places() else "",
        city=city,
        registration_scheme=identity.get("register", ""),
        registration_number=identity.get("number", ""),
        sector_group=catalogue.sectors()[sector].parent if sector in catalogue.sectors() else "",
        sector=sector,
        stage=identity.get("stage", ""),
        founded=identity.get("founded"),
        website=identity.get("website", ""),
        prevailing=contact.get("prevailing", "zh"),
        passages=tuple(passages(contents)),
        sheets=told(contents),
        verified=verified,
    )


def _former(rows) -> Iterator[dict]:
    """The names a company had, as its facts keep them."""
    for row in rows:
        name = row.get("name", {})
        former = {"zh": name.get("zh"), "en": name.get("en"), "until": row.get("until")}
        yield {key: text for key, text in former.items() if text}


def passages(contents: Mapping[str, Mapping]) -> Iterator[Passage]:
    """The texts that have a section of their own on the company's page, in the order of the sheets."""
    for key, sheet in sheets().items():
        for field in sheet.fields:
            value = contents.get(key, {}).get(field.id)
            if field.rule("section") and value and (value["zh"] or value["en"]):
                yield Passage(field.rule("section"), value["zh"], value["en"], value.get("script") or "Hans")


def told(contents: Mapping[str, Mapping]) -> dict[str, dict]:
    """The sheets as they are published: without what stands elsewhere, and without scaffolding."""
    found = {
        key: _told(sheet.fields, contents[key])
        for key, sheet in sheets().items()
        if key != "identity" and key in contents
    }
    return {key: content for key, content in found.items() if content}


def _told(fields: tuple[Field, ...], content: Mapping) -> dict:
    kept = {key: value for key, value in content.items() if value not in _UNSAID}
    for field in fields:
        if field.rule("section"):
            kept.pop(field.id, None)
        elif field.id in kept and field.is_pair:
            kept[field.id] = {key: value for key, value in kept[field.id].items() if key not in SCAFFOLDING and value}
            kept[field.id] = {"zh": "", "en": ""} | kept[field.id]
        elif field.id in kept and field.kind == "rows":
            kept[field.id] = [_told(field.fields, row) for row in kept[field.id]]
    return kept


class Draft(NamedTuple):
    """What a draft would publish, where a page asks for a revision."""

    content: dict

    @property
    def shown(self) -> dict:
        """All of it: what is held back of a company is held back of what it published, not of what it writes."""
        return self.content
