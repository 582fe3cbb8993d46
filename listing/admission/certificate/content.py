"""What a certificate says, both sides of it, from the admission as it was given; the same for ever, whatever follows.

That it was suspended, revoked or ran out is not on paper but on the page that its code leads to.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from listing.bilingual import script
from listing.companies.catalogue import Entry
from listing.rulebook.vocabulary import words
from listing.web import formats

from .. import books
from ..models import Admission
from ..pages import choices

Both = dict[str, str]  # "zh" and "en"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ZONE = "Asia/Hong_Kong"
TEMPLATE = Path(__file__).with_name("certificate.typ")


@cache
def _entries() -> Mapping[str, Entry]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {row["id"]: Entry(**row) for row in yaml.load(text, Loader=_LOADER)}


def content(admission: Admission, *, name: Both, chinese: str, url: str, qr: str) -> dict[str, object]:
    """The data of the template; ``chinese`` is zh-Hans or zh-Hant."""

    def both(key: str) -> Both:
        return {"zh": _entries()[key].label(chinese), "en": _entries()[key].en}

    def row(key: str, zh: str, en: str) -> dict[str, Both]:
        return {"label": both(key), "value": {"zh": zh, "en": en}}

    def instant(at) -> tuple[str, str]:
        return formats.when(at, chinese, ZONE), formats.when(at, "en", ZONE)

    grade = words("grades")[admission.investor_class]
    book = books.library().version(admission.book, admission.book_version)
    places = [choices("markets")[code] for code in admission.markets]
    none = both("no_markets")
    conditions = _said(admission, chinese.removeprefix("zh-"))
    rows = [
        row("code", admission.code, admission.code),
        row("grade", grade.said(chinese), grade.said("en")),
        row(
            "book",
            f"{book.head.name.said(chinese)}（{book.id} {book.version}）",
            f"{book.head.name.en} ({book.id} {book.version})",
        ),
        row(
            "markets",
            "、".join(one.label(chinese) for one in places) or none["zh"],
            ", ".join(one.en for one in places) or none["en"],
        ),
        *([row("conditions", *conditions)] if any(conditions) else []),
        row("since", *instant(admission.since)),
        row("until", *instant(admission.until)),
        row("basis", f"D{admission.decision_id:05d}", f"D{admission.decision_id:05d}"),
    ]
    day = admission.since.date()
    return {
        "script": "Hant" if chinese == "zh-Hant" else "Hans",
        "date": [day.year, day.month, day.day],
        "name": name,
        "rows": rows,
        "url": url,
        "qr": qr,
        **{key: both(key) for key in ("title", "said", "limits", "check")},
    }


def _said(admission: Admission, wanted: str) -> tuple[str, str]:
    """The conditions in both languages; those that were written in one stand once, and say so in the other."""
    text = admission.conditions
    zh = script.into(text.zh, wanted, text.script)
    if len(text.missing) == 1:
        zh, en = zh or _entries()["en_only"].label(f"zh-{wanted}"), text.en or _entries()["zh_only"].en
        return zh, en
    return zh, text.en
