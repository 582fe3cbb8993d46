"""A second version of the standard, made from the first: it takes effect on 1 July 2027."""

from datetime import date
from pathlib import Path

from listing.disclosure import standards
from listing.disclosure.announcements import categories
from listing.rulebook import pins

FIRST = (standards.FOLDER / "2026.yaml").read_text(encoding="utf-8")
EFFECT = date(2027, 7, 1)
ADDED = """\
  - id: D33
    name: {zh_hans: 算力与能耗, zh_hant: 算力及能耗, en: Computing power and energy used}
    kinds: [figure]
    visibility: public
    tiers:
      growth: {need: required, when: [{every: annual, due: PE+2M}]}
      select: {need: required, when: [{every: annual, due: PE+2M}, {every: half_year, due: PE+1M}]}
    source: our own
    status: memory
events:  # of D21
"""


def edited(text: str, *edits: tuple[str, str]) -> str:
    """The text with each edit made once."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


INTERIM = "growth: {need: required, when: [{every: half_year, due: PE+3M}]}"
SECOND = edited(
    FIRST,
    ('version: "2026"', 'version: "2027"'),
    ("effective_from: 2027-01-01", f"effective_from: {EFFECT}"),
    ("events:  # of D21\n", ADDED),
    (INTERIM, INTERIM.replace("PE+3M", "PE+2M")),  # D14
    (FIRST[FIRST.index("  - id: D28") : FIRST.index("  - id: D29")], ""),
    (
        "growth: [preparer, translator, checker, signatory]",
        "growth: [preparer, translator, checker, signatory, intermediary]",
    ),
    (
        "  - {id: other,",
        "  - {id: export_control, zh_hans: 出口管制, zh_hant: 出口管制, en: Export control}\n  - {id: other,",
    ),
)


def a_folder(path: Path, *texts: str) -> Path:
    """A folder of published versions, pinned in the order in which they are given."""
    pinned = []
    for text in texts:
        standard = standards.read(text, "made.yaml")
        (path / f"{standard.version}.yaml").write_text(text, encoding="utf-8")
        pinned.append(f'"{standard.version}": {standard.digest}\n')
    (path / pins.FILE).write_text("".join(pinned), encoding="utf-8")
    return path


def forget() -> None:
    """Read the standard anew, and what follows from it."""
    standards.published.cache_clear()
    categories.categories.cache_clear()
