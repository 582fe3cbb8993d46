"""Setting a sheet with Typst: data in, the same bytes out for the same data, fonts and template.

Decides where fonts come from and which standard the PDF keeps: tagged, PDF/A-2a and PDF/UA-1. A text with a character
that no font has cannot keep them and is set as an ordinary tagged PDF. Nothing of the data is read as markup, and the
template may read no file but itself.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from listing.later import typst

TEMPLATE = Path(__file__).with_name("factsheet.typ")
COVER = Path(__file__).with_name("cover.typ")
FAMILIES = ("Noto Sans CJK SC", "Noto Sans CJK HK", "Noto Sans CJK KR")
STANDARDS = ["a-2a", "ua-1"]


class FontsMissing(RuntimeError):
    """A machine without the fonts of the sheet; Debian has them in fonts-noto-cjk."""


@cache
def _fonts(folder: str) -> "typst.Fonts":
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def missing(folder: str) -> list[str]:
    """The families that a folder, its own folders included, does not hold."""
    if not Path(folder).is_dir():
        return list(FAMILIES)
    known = set(_fonts(folder).families())
    return [family for family in FAMILIES if family not in known]


@cache
def edition(folder: str) -> str:
    """What the bytes depend on besides the data: the template, the fonts, the version of Typst."""
    fonts = sorted((path.name, path.stat().st_size) for path in Path(folder).rglob("Noto*CJK*"))
    whole = [TEMPLATE.read_text(encoding="utf-8"), fonts, typst.__version__]
    return sha256(json.dumps(whole).encode()).hexdigest()


def pdf(data: Mapping[str, object], *, folder: str, template: Path = TEMPLATE) -> bytes:
    """A sheet as PDF. Raises FontsMissing."""
    if missing(folder):
        raise FontsMissing
    compiler = typst.Compiler(str(template), root=str(template.parent), font_paths=_fonts(folder))
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        return compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)
    except typst.TypstError as refused:
        if "could not be displayed" not in str(refused):
            raise
        return compiler.compile(format="pdf", sys_inputs=inputs)


def cover(data: Mapping[str, object], *, folder: str) -> bytes:
    """The picture for links, 1200 by 630, as PNG. Raises FontsMissing."""
    if missing(folder):
        raise FontsMissing
    compiler = typst.Compiler(str(COVER), root=str(COVER.parent), font_paths=_fonts(folder))
    return compiler.compile(format="png", ppi=72, sys_inputs={"data": json.dumps(data, ensure_ascii=False)})
