"""The standard forms that are published: read strictly from forms/*.yaml, each version pinned.

Raises ``rulebook.node.Broken`` with file, line and reason at start-up. What may be typed into a field is decided in
``fields``, what the texts say in ``wording``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from listing.disclosure.announcements import headlines, texts
from listing.disclosure.announcements.categories import EVENT, PERIOD, categories
from listing.refusal import Refusal
from listing.rulebook import pins
from listing.rulebook.node import Broken, Section, opened
from listing.rulebook.vocabulary import MEMORY, VERIFIED, Label

from .fields import CHOICE, COUNT, DAY, DAYS, KINDS, PAIRS, PAST, PERIOD_END, WHENS, Field
from .periods import PERIODS

AFTER, NOT_BEFORE, AT_MOST, DIFFER = RULES = ("after", "not_before", "at_most", "differ")
_COMPARED = {AFTER: DAYS, NOT_BEFORE: DAYS, AT_MOST: (COUNT,), DIFFER: PAIRS}  # the kinds that a rule compares
LANGUAGES = {"zh_hans": "zh-Hans", "zh_hant": "zh-Hant", "en": "en"}
COMPANY = "company"  # what stands in a text for the name of the company
NAMED = re.compile(r"\{([a-z_]+)\}")
_WORD = re.compile(r"[a-z_]{1,30}")


@dataclass(frozen=True, slots=True)
class Check:
    """What has to hold between two fields."""

    rule: str
    of: str
    than: str


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a form: what it announces, its fields, and its texts in three writings.

    ``event_on`` names the field that says the day of the event, where the category asks for one.
    """

    id: str
    version: int
    name: Label
    category: str
    headline: str | None
    event_on: str | None
    source: str
    status: str
    fields: Mapping[str, Field]
    checks: tuple[Check, ...]
    title: Label
    body: Label
    digest: str


def read(text: str, file: str) -> Form:
    """The form that a file holds. Raises Broken."""
    root, tree = opened(text, file)
    fields = _fields(root)
    form = Form(
        id=_word(root, "id"),
        version=_version(root),
        name=_label(root.section("name")),
        category=root.one_of("category", tuple(categories())),
        headline=root.text("headline", None),
        event_on=root.text("event_on", None),
        source=root.text("source"),
        status=root.one_of("status", (VERIFIED, MEMORY)),
        fields=fields,
        checks=tuple(_check(each, fields) for each in root.sections("checks", ())),
        title=_label(root.section("title")),
        body=_label(root.section("body")),
        digest=pins.digest(tree),
    )
    root.close()
    _announces(root, form)
    _says(root, form)
    return form


def _label(section: Section) -> Label:
    label = Label(*(section.text(key).strip() for key in LANGUAGES))
    section.close()
    return label


def _word(section: Section, key: str) -> str:
    found = section.text(key)
    if not _WORD.fullmatch(found):
        raise section.refuse(f"{key}: {found} is not a word of small letters", key)
    return found


def _version(root: Section) -> int:
    found = root.text("version")
    if not (found.isascii() and found.isdigit() and 0 < int(found) < 1000):
        raise root.refuse(f"version: {found} is no number from 1 on", "version")
    return int(found)


def _fields(root: Section) -> Mapping[str, Field]:
    found = [_field(section) for section in root.sections("fields")]
    names, inputs = [COMPANY, *(field.id for field in found)], [name for field in found for name in field.inputs]
    for several in (names, inputs):
        if len({*several}) != len(several):
            raise root.refuse("fields: a name stands twice", "fields")
    chosen = {field.id for field in found if field.choices and {*field.choices} <= {*PERIODS}}
    for field in found:
        if field.period and field.period not in {*PERIODS, *chosen}:
            raise root.refuse(f"fields: {field.period} is no kind of period", "fields")
    return MappingProxyType({field.id: field for field in found})


def _field(section: Section) -> Field:
    kind = section.one_of("kind", KINDS)
    choices = [(_word(each, "id"), each) for each in section.sections("choices")] if kind == CHOICE else []
    field = Field(
        id=_word(section, "id"),
        kind=kind,
        name=Label(*(section.text(key) for key in LANGUAGES)),
        when=section.one_of("when", WHENS) if kind in DAYS else None,
        choices=MappingProxyType({key: _label(each) for key, each in choices}),
        period=section.text("period", None) if kind == PERIOD_END else None,
    )
    if len(field.choices) != len(choices):
        raise section.refuse("choices: an id stands twice", "choices")
    section.close()
    return field


def _check(section: Section, fields: Mapping[str, Field]) -> Check:
    found = Check(section.one_of("rule", RULES), section.one_of("of", fields), section.one_of("than", fields))
    for key in ("of", "than"):
        kind = fields[getattr(found, key)].kind
        if kind not in _COMPARED[found.rule]:
            raise section.refuse(f"{key}: {found.rule} does not compare a {kind}", key)
    section.close()
    return found


def _announces(root: Section, form: Form) -> None:
    """Look that category, headline and the day of an event go together."""
    needs = categories()[form.category].needs
    if needs == PERIOD:
        raise root.refuse(f"category: {form.category} is a report and no standard form", "category")
    try:
        headlines.check(form.category, form.headline)
    except Refusal as refusal:
        raise root.refuse(f"headline: {refusal}", "headline" if form.headline else "category") from None
    if (form.event_on is not None) != (needs == EVENT):
        raise root.refuse(f"event_on: {form.category} asks for {needs}", "event_on")
    if form.event_on is not None:
        told = form.fields.get(form.event_on)
        if told is None or (told.kind, told.when) != (DAY, PAST):
            raise root.refuse(f"event_on: {form.event_on} is no field of a day that has passed", "event_on")


def _says(root: Section, form: Form) -> None:
    """Look that each writing names every field and nothing else, in the same passages."""
    known = {*form.fields, COMPANY}
    counts = {len(texts.parts(form.body.said(language))) for language in LANGUAGES.values()}
    if len(counts) != 1:
        raise root.refuse("body: the three writings have different numbers of passages", "body")
    for key, language in LANGUAGES.items():
        title, body = form.title.said(language), form.body.said(language)
        if "\n" in title:
            raise root.refuse(f"title: {key} is more than one line", "title")
        _named(root, "title", key, title, known)
        _named(root, "body", key, body, known)
        for name in sorted(known - {*NAMED.findall(title + body)}):
            raise root.refuse(f"body: {key} never names {name}", "body")


def _named(root: Section, place: str, key: str, text: str, known: set[str]) -> None:
    for name in NAMED.findall(text):
        if name not in known:
            raise root.refuse(f"{place}: {key} names {name}, which is no field", place)
    if {"{", "}"} & {*NAMED.sub("", text)}:
        raise root.refuse(f"{place}: {key} has a brace that names nothing", place)


@cache
def published() -> Mapping[tuple[str, int], Form]:
    """Every version of every form. Raises Broken, also for a version that is not what was published under its name."""
    folder = resources.files(__package__).joinpath("forms")
    pinned = pins.of(folder)
    found = {}
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml")):
        if name == pins.FILE:
            continue
        form = read(folder.joinpath(name).read_text(encoding="utf-8"), name)
        if name != f"{form.id}-{form.version}.yaml":
            raise Broken(name, 1, f"it holds version {form.version} of {form.id}")
        if pinned.get(f"{form.id}-{form.version}") != form.digest:
            raise Broken(name, 1, f"version {form.version} is not the one that was published: {form.digest}")
        found[form.id, form.version] = form
    return MappingProxyType(found)


@cache
def in_force() -> Mapping[str, Form]:
    """The latest version of each form, in the order of the categories."""
    latest = {}
    for (form_id, version), form in published().items():
        if form_id not in latest or version > latest[form_id].version:
            latest[form_id] = form
    order = list(categories())
    return MappingProxyType(dict(sorted(latest.items(), key=lambda item: (order.index(item[1].category), item[1].id))))
