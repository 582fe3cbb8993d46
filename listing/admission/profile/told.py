"""The parts of a profile in words, each under the name that its consent has."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from listing.bilingual.pair import Pair
from listing.companies import catalogue
from listing.rulebook.vocabulary import words
from listing.web import formats

from .. import consents
from ..pages import choices
from . import rules


class Line(NamedTuple):
    """One part: its name, and its value as lines, or as a pair."""

    part: str
    label: str
    lines: Sequence[str] = ()
    pair: Pair | None = None


def label(part: str, reader: str) -> str:
    """What a part is called."""
    return consents.purposes()[rules.purpose(part)].text.title.label(reader)


def lines(parts: Mapping[str, object], reader: str) -> list[Line]:
    """The parts that are there, in their order."""
    return [_line(part, parts[part], reader) for part in rules.PARTS if part in parts]


def _line(part: str, value, reader: str) -> Line:
    if isinstance(value, Pair):
        return Line(part, label(part, reader), pair=value)
    return Line(part, label(part, reader), lines=_SAID[part](value, reader))


def _joined(names: Sequence[str], reader: str) -> str:
    return (", " if reader == "en" else "、").join(names)


def _class(value, reader: str) -> list[str]:
    grade, markets = value
    opened = _joined([choices("markets")[code].label(reader) for code in markets], reader)
    return [words("grades")[grade].said(reader), *([opened] if opened else [])]


def _size(size: rules.Size, reader: str) -> list[str]:
    least, most = (amount and formats.money(amount, reader) for amount in size)
    if least and most:
        return [_("%(least)s to %(most)s", least=least, most=most)]
    return [_("From %(least)s", least=least) if least else _("Up to %(most)s", most=most)]


_SAID = {
    "kind": lambda value, reader: [choices("investor_types")[value].label(reader)],
    "domicile": lambda value, reader: [choices("residences")[value].label(reader)],
    "class": _class,
    "sectors": lambda value, reader: [_joined([catalogue.groups()[one].label(reader) for one in value], reader)],
    "stages": lambda value, reader: [_joined([catalogue.stages()[one].label(reader) for one in value], reader)],
    "size": _size,
    "languages": lambda value, reader: [_joined([_(rules.LANGUAGES[one]) for one in value], reader)],
}
