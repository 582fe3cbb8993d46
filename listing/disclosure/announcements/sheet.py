"""What an announcement says on paper: both texts beside each other, its number, instant and place in the log.

The same for ever, so that the same bytes are set each time; that it was corrected since is on the page that its code
leads to. How it is set is decided in announcement.typ.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from listing.companies.catalogue import Entry
from listing.companies.rules import DEMO
from listing.web import formats

from . import facts, headlines, saying
from .categories import categories
from .models import Release

Both = dict[str, str]  # "zh" and "en"
TEMPLATE = Path(__file__).with_name("announcement.typ")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _entries() -> Mapping[str, Entry]:
    text = resources.files(__package__).joinpath("sheet.yaml").read_text(encoding="utf-8")
    return {row["id"]: Entry(**row) for row in yaml.load(text, Loader=_LOADER)}


def content(
    row: Release, companies: list, *, entry: int | None, corrects: str | None, url: str, qr: str
) -> dict[str, object]:
    """The data of the template; ``entry`` is its index in the log, ``corrects`` the number of what it corrects."""
    chinese = row.title.zh_lang
    day = row.released_at.date()
    return {
        "script": row.title.script,
        "date": [day.year, day.month, day.day],
        "number": row.number,
        "company": {
            "zh": "、".join(company.name_zh or company.name_en for company in companies),
            "en": "; ".join(company.name_en or company.name_zh for company in companies),
        },
        "title": {"zh": row.title.zh, "en": row.title.en},
        "rows": list(_rows(row, companies, chinese, entry, corrects)),
        "note": {"zh": row.note.zh, "en": row.note.en} if row.note else None,
        "figures": [
            {
                name: {"zh": pair.zh, "en": pair.en}
                for name, pair in (("label", each.name), ("now", each.now), ("before", each.before))
            }
            for each in saying.rows(row.figures, chinese)
        ],
        "periods": {name: _both(name, chinese) for name in ("now", "before")},
        "passages": [{"zh": part.zh, "en": part.en} for part in row.passages],
        "prevails": _both(f"prevails_{row.prevailing}", chinese),
        "digests": {
            "zh": _both("digest_zh", chinese)["zh"].format(digest=row.digest_zh),
            "en": _both("digest_en", chinese)["en"].format(digest=row.digest_en),
        },
        "url": url,
        "qr": qr,
    }


def _both(key: str, chinese: str) -> Both:
    return {"zh": _entries()[key].label(chinese), "en": _entries()[key].en}


def _about(row: Release, chinese: str) -> Iterator[tuple[str, str, str]]:
    """Category and headline, as far as it has them, in both languages."""
    for key, one in (("category", categories()[row.category]), ("headline", headlines.headline(row.headline))):
        if one:
            yield key, one.name.said(chinese), one.name.en


def _rows(
    row: Release, companies: list, chinese: str, entry: int | None, corrects: str | None
) -> Iterator[dict[str, Both]]:
    def said(key: str, zh: str, en: str) -> dict[str, Both]:
        return {"label": _both(key, chinese), "value": {"zh": zh, "en": en}}

    yield said("number", row.number, row.number)
    yield said("released", *(formats.when(row.released_at, language, facts.ZONE) for language in (chinese, "en")))
    for about in _about(row, chinese):
        yield said(*about)
    if corrects:
        yield said("corrects", corrects, corrects)
    for key, zh, en in facts.lines(row, companies, chinese):
        around = _both(f"{key}_said", chinese) if f"{key}_said" in _entries() else {"zh": "{when}", "en": "{when}"}
        yield said(key, around["zh"].replace("{when}", zh), around["en"].replace("{when}", en))
    if entry is not None:
        yield said("entry", str(entry), str(entry))
    if any(company.origin == DEMO for company in companies):
        yield said("fictional", *_both("demo", chinese).values())
