"""The written enterprises of the demo market, and copies of them as facts.

Decides which files there are and how one is read; one that is not as it should be stops the loading. Copies exist for
load tests only, numbered and named so in both languages, and never were anybody's draft.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources

import yaml

from listing.companies import catalogue, mapping
from listing.companies.facts import Facts, Passage, digest
from listing.companies.reading.prepared import Entry
from listing.companies.rules import OWN_MARKET
from listing.profiles.rules import PUBLISHED

from . import telling

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A written enterprise: the address and code it is shown under, what its files say, and how far it came."""

    slug: str
    code: str
    row: Mapping

    @property
    def script(self) -> str:
        """The script it writes Chinese in."""
        return self.row["names"]["script"]

    @property
    def state(self) -> str:
        """The state its profile is left in."""
        return self.row.get("state", PUBLISHED)

    @property
    def comments(self) -> list[Mapping[str, str]]:
        """What the reviewer wants changed, by place."""
        return self.row.get("comments", [])

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What it types, by sheet."""
        return telling.typed(self.row)

    @property
    def facts(self) -> Facts:
        """Identity and passages alone."""
        return _facts(self.row)


def read(name: str) -> object:
    """A YAML file of the demo market."""
    return yaml.load(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"), Loader=_LOADER)


def written() -> list[Enterprise]:
    """Those on display, by code; their sheets lie in a file of their own, beside the texts."""
    found = [
        Enterprise(slug, row["code"], row | {"sheets": read(f"sheets/{slug}.yaml")})
        for slug, row in _files("companies")
    ]
    return sorted(found, key=lambda enterprise: enterprise.code)


def unfinished() -> list[Enterprise]:
    """Those that are not on display yet, each at another step on the way."""
    return [Enterprise(slug, "", row) for slug, row in _files("unfinished")]


def _files(folder: str) -> Iterator[tuple[str, dict]]:
    names = sorted(file.name for file in resources.files(__package__).joinpath(folder).iterdir())
    rows = (read(f"{folder}/{name}") for name in names if name.endswith(".yaml"))
    yield from ((row["slug"], row) for row in rows)


def _facts(row: Mapping) -> Facts:
    names, home = row["names"], row["domicile"]
    place = mapping.place_of(home["market"], home.get("province", ""), home["city"])
    script = names["script"]
    passages = tuple(
        Passage(passage["section"], passage["zh"].strip(), passage["en"].strip(), script) for passage in row["passages"]
    )
    return Facts(
        name_zh=names["zh"],
        name_script=script,
        name_en=names["en"],
        short_zh=names["short_zh"],
        short_en=names["short_en"],
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


def copies(enterprises: list[Enterprise], count: int) -> Iterator[Entry]:
    """Yield ``count`` numbered copies of the written companies, named as copies for load tests."""
    for number in range(1, count + 1):
        facts = enterprises[(number - 1) % len(enterprises)].facts
        mark = f"（壓力測試副本 {number}）" if facts.name_script == "Hant" else f"（压力测试副本 {number}）"
        copy = replace(
            facts,
            name_zh=facts.name_zh + mark,
            name_en=f"{facts.name_en} (load-test copy {number})",
            short_zh="",
            short_en="",
        )
        content = copy.content()
        yield Entry(number, OWN_MARKET, f"TEST-{number:06d}", copy, content, digest(content))
