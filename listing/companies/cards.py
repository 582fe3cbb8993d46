"""How a company looks in a list: both names, labels in the reader's language, where it leads.

Decides what a card carries and which columns that takes. Labels come from the catalogue's tables, made once a language,
and the address of the directory once a page, so that a row costs no look-up of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup
from sqlalchemy import Row

from listing.web.languages import address
from listing.web.page import language

from . import catalogue
from .models import Company

_TABLE = Company.__table__.c  # columns of the table, because those of the mapper cost a list twice the time
COLUMNS = (
    _TABLE.id,
    _TABLE.slug,
    _TABLE.market,
    _TABLE.code,
    _TABLE.origin,
    _TABLE.displayed_at,
    _TABLE.name_zh,
    _TABLE.name_script,
    _TABLE.name_en,
    _TABLE.sort_zh,
    _TABLE.sort_en,
    _TABLE.domicile,
    _TABLE.province,
    _TABLE.city,
    _TABLE.sector_group,
    _TABLE.sector,
    _TABLE.stage,
    _TABLE.languages,
)


class Card(NamedTuple):
    """One company of a list, in the reader's words; ``zh_lang`` is the tag of the Chinese name as registered."""

    href: str
    slug: str
    name_zh: str
    name_en: str
    zh_lang: str
    market: str
    code: str
    origin: str
    languages: str
    sector_label: str
    place_label: str
    stage_label: str
    displayed_at: datetime

    @property
    def labels(self) -> Markup:
        """Sector, place and stage, as far as they are known, each in a span."""
        return _labels(self.sector_label, self.place_label, self.stage_label)


@lru_cache(maxsize=5_000)
def _labels(*labels: str) -> Markup:
    """The spans of a combination, kept: there are few, and each stands on many cards."""
    return Markup().join(Markup("<span>{}</span>").format(label) for label in labels if label)


def cards(rows: Iterable[Row]) -> list[Card]:
    """The cards of rows that hold COLUMNS, in their order, for the reader of this request."""
    reader = language()
    markets, sectors, groups, stages, cities = (
        catalogue.labels(kind, reader) for kind in ("market", "sector", "group", "stage", "place")
    )
    base = address("companies.index")
    made = []
    for row in rows:  # unpacked in the order of COLUMNS, because by name each card takes four times as long
        _id, slug, market, code, origin, displayed_at, name_zh, script, name_en, _sort_zh, _sort_en, *rest = row
        domicile, province, city, group, sector, stage, languages = rest
        card = Card(
            href=f"{base}/{slug}",
            slug=slug,
            name_zh=name_zh,
            name_en=name_en,
            zh_lang="zh-Hant" if script == "Hant" else "zh-Hans",
            market=markets.get(market, market),
            code=code,
            origin=origin,
            languages=languages,
            sector_label=sectors.get(sector) or groups.get(group, ""),
            place_label=cities.get(city) or place(domicile, province, city, reader),
            stage_label=stages.get(stage, ""),
            displayed_at=displayed_at,
        )
        made.append(card)
    return made


def place(domicile: str, province: str, city: str, reader: str) -> str:
    """The nearest place that is known, in the reader's language: city, else province, else domicile; or nothing."""
    if city:
        return catalogue.labels("place", reader).get(city, city)
    if province:
        return catalogue.labels("province", reader).get(province, province)
    return catalogue.labels("domicile", reader).get(domicile, "")
