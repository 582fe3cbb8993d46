"""A sheet of this application as PDF, taken from the shelf where it lies, and the code that leads to its page.

For every sheet whose bytes follow from its data; one that carries a reader's mark is set by press and never kept.
"""

import io
import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from flask import current_app

from listing.later import qrcode, svg

from . import press, shelf


def pdf(data: Mapping[str, object], template: Path = press.TEMPLATE) -> bytes | None:
    """The PDF of these data; none on a machine without the fonts."""
    folder = current_app.config["FONTS_FOLDER"]
    if press.missing(folder):
        return None
    whole = json.dumps([data, template.read_text(encoding="utf-8"), press.edition(folder)], sort_keys=True)
    key = sha256(whole.encode()).hexdigest()
    made = current_app.config["FACTSHEET_CACHE"]
    return shelf.kept(made, key, lambda: press.pdf(data, folder=folder, template=template))


def code(url: str) -> str:
    """An address as a QR code in SVG."""
    drawn = io.BytesIO()
    qrcode.make(url, image_factory=svg.SvgPathFillImage, border=2, box_size=10).save(drawn)
    return drawn.getvalue().decode()
