"""The factsheet's own sentences, both sides at once; pure."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import yaml

from ..catalogue import Entry

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Both = dict[str, str]  # "zh" and "en"


@cache
def _entries() -> Mapping[str, Entry]:
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return {row["id"]: Entry(**row) for row in yaml.load(text, Loader=_LOADER)}


def chinese(script: str) -> str:
    """The interface language whose words go with a script."""
    return "zh-Hant" if script == "Hant" else "zh-Hans"


def known(key: str) -> bool:
    """Whether there is a word of this id."""
    return key in _entries()


def both(key: str, script: str) -> Both:
    """One sentence in the script of the sheet and in English, its gaps still open."""
    entry = _entries()[key]
    return {"zh": entry.label(chinese(script)), "en": entry.en}
