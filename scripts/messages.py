"""Collect the texts of code and templates into the catalogues; what is gone leaves, what is new waits empty."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "translations" / "messages.pot"
LOCALES = ("zh_Hans", "zh_Hant", "en")
KEYWORDS = ("_l", "N_")


def _babel(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments], cwd=ROOT, check=True)


def extract(target: Path = TEMPLATE) -> Path:
    """Write the template of every text in listing/ and templates/ to ``target``."""
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    options = ["--omit-header", "--sort-by-file", "--no-wrap", "--add-location=file"]
    _babel("extract", "-F", "babel.cfg", *keywords, *options, "-o", str(target), "listing", "templates")
    return target


def update() -> None:
    """Bring each catalogue up to the template; the English one answers with the text itself."""
    for locale in LOCALES:
        folder = TEMPLATE.parent / locale / "LC_MESSAGES"
        verb = "update" if (folder / "messages.po").exists() else "init"
        options = ["--ignore-obsolete", "--no-fuzzy-matching", "--ignore-pot-creation-date"] if verb == "update" else []
        _babel(verb, *options, "--no-wrap", "-i", str(TEMPLATE), "-d", str(TEMPLATE.parent), "-l", locale)
    _answer_in_english(TEMPLATE.parent / "en" / "LC_MESSAGES" / "messages.po")


def _answer_in_english(path: Path) -> None:
    """Fill what is new in the English catalogue with the text itself, both forms of a plural included."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id and not any(message.string if message.pluralizable else [message.string]):
            message.string = message.id
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)


if __name__ == "__main__":
    extract()
    update()
