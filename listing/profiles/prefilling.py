"""A first draft from what a company has on display already, so that nobody types again what stands there.

Decides what is taken over: of one's own company everything but its files, of imported facts what everybody reads. It
goes through ``reading`` like anything typed; what that refuses, such as a text longer than a field, stays behind.
"""

from collections.abc import Mapping

from listing.companies.facts import Facts
from listing.companies.sheets import sheets

from . import kinds, reading, typing

LEFT_OUT = frozenset({"identity", "documents"})  # the one is made of facts, the files stay where they are


def contents(published: Mapping, setting: kinds.Setting) -> dict[str, dict]:
    """The sheets that the content of a revision fills."""
    facts = Facts.of_content(dict(published))
    found = {}
    for key, typed in _typed(facts).items():
        content = reading.read(sheets()[key], typed, {}, setting).content
        if content:
            found[key] = content
    return found


def _typed(facts: Facts) -> dict[str, dict[str, str]]:
    found = {key: {} for key in sheets()} | {"identity": _identity(facts)}
    for key, sheet in sheets().items():
        if key not in LEFT_OUT:
            found[key] = typing.typed(sheet, facts.sheets.get(key, {}))
        sections = {field.rule("section"): field.id for field in sheet.fields if field.rule("section")}
        for passage in facts.passages:
            if passage.section in sections:
                name = sections[passage.section]
                found[key] |= {f"{name}.zh": passage.zh, f"{name}.en": passage.en}
    return found


def _identity(facts: Facts) -> dict[str, str]:
    typed = {
        "name.zh": facts.name_zh,
        "name.en": facts.name_en,
        "short.zh": facts.short_zh,
        "short.en": facts.short_en,
        "register": facts.registration_scheme,
        "number": facts.registration_number,
        "domicile": facts.domicile,
        "city": facts.city,
        "sector": facts.sector,
        "stage": facts.stage,
        "founded": str(facts.founded or ""),
        "website": facts.website,
    }
    for number, former in enumerate(facts.former_names):
        parts = {"name.zh": former.get("zh"), "name.en": former.get("en"), "until": former.get("until")}
        typed |= {f"former.{number}.{part}": text for part, text in parts.items() if text}
    return typed
