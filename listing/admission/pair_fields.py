"""Fields for a text in two languages, and the pair that they make."""

from wtforms import TextAreaField
from wtforms.validators import Length

from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.web.page import language


def several_lines(label, most: int, *validators) -> TextAreaField:
    """A box for several lines of one language."""
    return TextAreaField(label, validators=[*validators, Length(max=most)], default="", render_kw={"rows": 4})


def paired(values: dict, *names: str) -> dict:
    """The values with each ``<name>_zh`` and ``<name>_en`` made one Pair."""
    rest = dict(values)
    for name in names:
        zh, en = ((rest.pop(f"{name}_{side}") or "").strip() for side in ("zh", "en"))
        rest[name] = Pair(zh, en, script.detect(zh) or ("Hant" if language() == "zh-Hant" else "Hans"))
    return rest
