"""What the enterprises of the demo market type into their sheets.

Decides how it is written down: a pair of texts is one line, ``中文 | English``; a list of mappings is rows, a list of
words a choice of several, and amounts are in the unit of their sheet, as people type them. What an answer may hold is
decided where everybody's is, in ``profiles.reading``; a file that it refuses stops the loading.
"""

from collections.abc import Iterator, Mapping

from listing.companies import mapping
from listing.companies.sheets import FILE_PARTS, sheets
from listing.profiles import kinds, reading

APART = " | "
_TITLES = {
    "Hans": "技术评价报告（演示） | Technology assessment (demonstration)",
    "Hant": "技術評價報告（示範） | Technology assessment (demonstration)",
}
_DOCUMENT = {
    "language": "both",
    "class": "test",
    "visibility": "admitted",
}


class Refused(ValueError):
    """A file of the demo market holds an answer that would be refused to anybody."""


def typed(row: Mapping) -> dict[str, dict[str, str]]:
    """The answers of one file by sheet, as flat as a form sends them."""
    told = {key: dict(_flat("", answers)) for key, answers in row.get("sheets", {}).items()}
    _add(told, "identity", _identity(row))
    _add(told, "contact", {"prevailing": row["prevailing"]})
    passages = {passage["section"]: passage for passage in row["passages"]}
    for key, sheet in sheets().items():
        for field in sheet.fields:
            if passage := passages.get(field.rule("section")):
                _add(told, key, {f"{field.id}.{side}": passage[side] for side in reading.SIDES})
    return told


def _add(told: dict[str, dict[str, str]], sheet: str, answers: Mapping) -> None:
    told.setdefault(sheet, {}).update(answers)


def _identity(row: Mapping) -> dict[str, str]:
    names, home = row["names"], row["domicile"]
    place = mapping.place_of(home["market"], home.get("province", ""), home["city"])
    answers = {
        "name": {"zh": names["zh"], "en": names["en"]},
        "short": {"zh": names["short_zh"], "en": names["short_en"]},
        "domicile": place.domicile,
        "city": place.city,
        **{key: row[key] for key in ("sector", "stage", "founded", "website")},
    }
    return dict(_flat("", answers))


def _flat(name: str, value) -> Iterator[tuple[str, str]]:
    """Name and text of every answer under a value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else key, inner)
    elif isinstance(value, list):
        yield from _several(name, value)
    elif isinstance(value, str) and APART in value:
        yield from zip((f"{name}.{side}" for side in reading.SIDES), value.split(APART), strict=True)
    else:
        yield name, "1" if value is True else str(value)


def _several(name: str, values: list) -> Iterator[tuple[str, str]]:
    if any(isinstance(value, Mapping) for value in values):
        for number, row in enumerate(values):
            yield from _flat(f"{name}.{number}", row)
    else:
        yield name, " ".join(values)


def needs_evidence(answers: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether something in these answers has to be shown by a document."""
    return "technologies" in answers


def proven(answers: Mapping[str, Mapping[str, str]], file: int, *, script: str) -> dict[str, dict[str, str]]:
    """The same answers with a stored file on the list of documents, and as the evidence of every technology."""
    rows = {name.rsplit(".", 1)[0] for name in answers["technologies"] if name.endswith(".trl")}
    shown = answers["technologies"] | {f"{row}.evidence": str(file) for row in rows}
    documents = dict(_flat("documents.0", {"id": "1", "title": _TITLES[script], **_DOCUMENT}))
    return {**answers, "technologies": shown, "documents": documents}


def contents(answers: Mapping, *, setting: kinds.Setting, file: Mapping | None = None) -> dict[str, dict]:
    """The contents of the sheets, in their order. Raises Refused."""
    before = {"documents": {"documents": [{"id": "1", **file}]}} if file else {}
    found = {}
    for key, sheet in sheets().items():
        if key in answers:
            read = reading.read(sheet, answers[key], before.get(key, {}), setting)
            if read.errors:
                raise Refused({f"{key}.{name}": str(error) for name, error in read.errors.items()})
            found[key] = read.content
    return found


def parts(file) -> dict:
    """What a row of the documents keeps of a stored file."""
    return {"file": file.id, **{key: getattr(file, key) for key in FILE_PARTS if key != "file"}}
