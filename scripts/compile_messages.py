"""Compile every catalogue under translations/ so that the application can read it."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def compile_all(folder: Path = TRANSLATIONS) -> int:
    """Write one ``.mo`` beside each ``.po``; return how many."""
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    for source in catalogues:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, domain=source.stem)
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return len(catalogues)


if __name__ == "__main__":
    compile_all()
