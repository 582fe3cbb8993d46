"""By what an institution may be known already: its numbers, and its names as they compare.

Pure. Two that look alike are shown to a person, who decides whether they are the same.
"""

import re
from collections.abc import Mapping

from listing.bilingual.tokens import fold

_FORM_EN = re.compile(
    r"\b(?:limited|ltd|company|co|incorporated|inc|llc|l\.?p|llp|plc|corporation|corp|pte|holdings?|group)\b\.?"
)
_FORM_ZH = re.compile("(?:股份)?有限(?:责任)?公司|有限合伙|集团|控股")


def marks(contents: Mapping[str, Mapping]) -> set[tuple[str, str]]:
    """The numbers and names of an applicant as (kind, value); ``NAME`` for a folded name of either language."""
    registration, institution = contents.get("registration", {}), contents.get("institution", {})
    found = set()
    if "register" in registration and "number" in registration:
        found.add((registration["register"], registration["number"]))
    if "lei" in registration:
        found.add(("LEI", registration["lei"]))
    names = (folded(institution.get(key, "")) for key in ("name_zh", "name_en"))
    return found | {("NAME", name) for name in names if len(name) > 1}


def folded(name: str) -> str:
    """A name without its legal form, width, script, case, blanks and punctuation."""
    plain = _FORM_ZH.sub("", _FORM_EN.sub(" ", fold(name)))
    return "".join(character for character in plain if character.isalnum())[:200]
