"""The written companies of the demo market, as facts.

Decides how a profile file is read; a file that is not as it should be stops the loading. Copies of them exist for load
tests only, numbered and named so in both languages.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources

import yaml

from listing.companies import catalogue, mapping
from listing.companies.facts import Facts, Passage, digest
from listing.companies.reading.prepared import Entry
from listing.companies.rules import OWN_MARKET

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Profile:
    """A written company: its address, its code in our own market, and its facts."""

    slug: str
    code: str
    facts: Facts


def read(name: str) -> object:
    """A YAML file of the demo market."""
    return yaml.load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"), Loader=_LOADER)


def written() -> list[Profile]:
    """All written companies, by code."""
    folder = resources.files(__package__).joinpath("companies")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return sorted((_profile(read(f"companies/{name}")) for name in names), key=lambda profile: profile.code)


def _profile(row: dict) -> Profile:
    names, home = row["names"], row["domicile"]
    place = mapping.place_of(home["market"], home.get("province", ""), home["city"])
    script = names["script"]
    passages = tuple(
        Passage(passage["section"], passage["zh"].strip(), passage["en"].strip(), script) for passage in row["passages"]
    )
    former = tuple({key: str(value) for key, value in name.items()} for name in names.get("former", ()))
    facts = Facts(
        name_zh=names["zh"],
        name_script=script,
        name_en=names["en"],
        short_zh=names.get("short_zh", ""),
        short_en=names.get("short_en", ""),
        former_names=former,
        domicile=place.domicile,
        province=place.province,
        city=place.city,
        sector_group=catalogue.sectors()[row["sector"]].parent,
        sector=row["sector"],
        stage=catalogue.stages()[row["stage"]].id,
        founded=row["founded"],
        website=row["website"],
        prevailing=row["prevailing"],
        passages=passages,
    )
    return Profile(row["slug"], row["code"], facts)


def copies(profiles: list[Profile], count: int) -> Iterator[Entry]:
    """Yield ``count`` numbered copies of the written companies, named as copies for load tests."""
    for number in range(1, count + 1):
        facts = profiles[(number - 1) % len(profiles)].facts
        mark = f"（壓力測試副本 {number}）" if facts.name_script == "Hant" else f"（压力测试副本 {number}）"
        copy = replace(
            facts,
            name_zh=facts.name_zh + mark,
            name_en=f"{facts.name_en} (load-test copy {number})",
            short_zh="",
            short_en="",
            former_names=(),
        )
        content = copy.content()
        yield Entry(number, OWN_MARKET, f"TEST-{number:06d}", copy, content, digest(content))
