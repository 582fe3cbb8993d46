"""The directory as files: which columns of a company go into CSV, XLSX and JSON, of one query with one visibility.

Facts only, no passages. How they are written is decided in listing/web/exports.py.
"""

from collections.abc import Callable
from operator import attrgetter

from listing.web.exports import Column

from . import catalogue
from .models import Company

COLUMNS = (
    Company.id,
    Company.displayed_at,
    Company.sort_zh,
    Company.sort_en,
    Company.slug,
    Company.market,
    Company.code,
    Company.name_zh,
    Company.name_script,
    Company.name_zh_alt,
    Company.name_en,
    Company.short_zh,
    Company.short_en,
    Company.domicile,
    Company.province,
    Company.city,
    Company.registration_scheme,
    Company.registration_number,
    Company.lei,
    Company.sector_group,
    Company.sector,
    Company.stage,
    Company.founded,
    Company.website,
    Company.languages,
    Company.prevailing,
    Company.origin,
    Company.source,
)
_INTERNAL = {"id", "sort_zh", "sort_en", "displayed_at", "slug"}
_OWN = tuple(column.key for column in COLUMNS if column.key not in _INTERNAL)


def columns(*, reader: str, base: str, note: Callable[[str], str]) -> tuple[Column, ...]:
    """The columns for a reader of that language; ``base`` is the full address of the directory in it.

    ``note`` says of an origin what a card says of it.
    """

    def sector(row) -> str:
        return catalogue.label("sector", row.sector, reader) or catalogue.label("group", row.sector_group, reader)

    return (
        *(Column(name, attrgetter(name)) for name in _OWN),
        Column("displayed_at", attrgetter("displayed_at")),
        Column("sector_label", sector),
        Column("note", lambda row: note(row.origin)),
        Column("url", lambda row: f"{base}/{row.slug}"),
    )
