"""The shapes of what the API answers and reads, as JSON Schema 2020-12 by name. Data only.

Every answer is closed (no further properties), so that a field added without being described turns a test red.
"""

from typing import Any

from listing.bilingual.agreement.finding import CERTAIN, HINT, LIKELY
from listing.checking.rules import MOST_CHARACTERS
from listing.companies import catalogue, directory, rules
from listing.disclosure.announcements.rules import SIDES
from listing.disclosure.announcements.visibility import VISIBILITIES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": ["string", "null"], "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
NO_INSTANT: Schema = {"type": ["string", "null"], "format": "date-time"}
NO_TEXT: Schema = {"type": ["string", "null"]}
NO_ADDRESS: Schema = {"type": ["string", "null"], "format": "uri"}


def one_of(*values: str) -> Schema:
    """A closed list of codes."""
    return {"type": "string", "enum": list(values)}


def named(name: str) -> Schema:
    """Another schema of this list."""
    return {"$ref": f"#/components/schemas/{name}"}


def several(items: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items}


def closed(**properties: Schema) -> Schema:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _maybe(name: str) -> Schema:
    return {"oneOf": [{"type": "null"}, named(name)]}


_SEVERITY = one_of(CERTAIN, LIKELY, HINT)

_CARD = {
    "slug": TEXT,
    "url": ADDRESS,
    "market": TEXT,
    "code": TEXT,
    "origin": one_of(*rules.ORIGINS),
    "names": named("Names"),
    "domicile": TEXT,
    "province": TEXT,
    "city": TEXT,
    "sector_group": TEXT,
    "sector": TEXT,
    "stage": TEXT,
    "languages": one_of("", *directory.LANGUAGES),
    "displayed_at": INSTANT,
}

_OF_COMPANY = closed(slug=TEXT, market=TEXT, code=TEXT, names=named("Names"))
_RELEASE = {
    "number": TEXT,
    "url": ADDRESS,
    "company": _OF_COMPANY,
    "companies": several(_OF_COMPANY),
    "category": TEXT,
    "visibility": one_of(*VISIBILITIES),
    "headline": NO_TEXT,
    "form": {"oneOf": [{"type": "null"}, closed(id=TEXT, version=NUMBER, values={"type": "object"})]},
    "title": _maybe("Names"),
    "released_at": INSTANT,
    "period_end": DAY,
    "event_on": DAY,
    "prevailing": {"type": ["string", "null"], "enum": [*SIDES, None]},
    "intermediaries": several(closed(company=TEXT, names=named("Names"))),
    "urgent": _maybe("Names"),
    "missed": NO_INSTANT,
    "held": NO_INSTANT,
    "standard": several(closed(company=TEXT, standard=TEXT)),
    "corrects": NO_TEXT,
    "corrected_by": NO_TEXT,
    "documents": several(named("Document")),
}

SCHEMAS: dict[str, Schema] = {
    "Names": closed(zh=TEXT, en=TEXT, script=one_of("Hans", "Hant")),
    "Labels": closed(**{"zh-Hans": TEXT, "zh-Hant": TEXT, "en": TEXT}),
    "CompanyInList": closed(**_CARD),
    "Companies": closed(
        items=several(named("CompanyInList")),
        count=closed(number=NUMBER, more={"type": "boolean", "description": "There are more than were counted."}),
        next=NO_ADDRESS,
        previous=NO_ADDRESS,
    ),
    "Passage": closed(section=TEXT, zh=TEXT, en=TEXT, script=one_of("Hans", "Hant")),
    "Company": closed(
        **_CARD,
        status=one_of(rules.DISPLAYED, rules.SUSPENDED),
        status_at=INSTANT,
        name_zh_alt=TEXT,
        short_names=closed(zh=TEXT, en=TEXT),
        registration_scheme=TEXT,
        registration_number=TEXT,
        lei=TEXT,
        founded={"type": ["integer", "null"]},
        listed_on=DAY,
        website=TEXT,
        prevailing=one_of("zh", "en"),
        source=TEXT,
        revision={"oneOf": [{"type": "null"}, closed(number=NUMBER, published_at=INSTANT)]},
        passages=several(named("Passage")),
        hidden=several(closed(section=TEXT, tier=one_of("registered", "admitted"))),
    ),
    "Document": closed(
        language=one_of(*SIDES),
        text=ADDRESS,
        sha256=TEXT,
        attachments=several(closed(name=TEXT, url=ADDRESS, size=NUMBER, sha256=TEXT)),
    ),
    "AnnouncementInList": closed(**_RELEASE),
    "Announcements": closed(
        items=several(named("AnnouncementInList")), period=closed(since=DAY, until=DAY), next=NO_ADDRESS
    ),
    "Announcement": closed(
        **_RELEASE,
        passages=several(closed(zh=TEXT, en=TEXT)),
        note={"oneOf": [{"type": "null"}, closed(zh=TEXT, en=TEXT)]},
    ),
    "Pair": {
        "type": "object",
        "properties": {
            "id": {"type": ["string", "integer", "null"]},
            "zh": {"type": "string", "maxLength": MOST_CHARACTERS},
            "en": {"type": "string", "maxLength": MOST_CHARACTERS},
        },
        "required": ["zh", "en"],
        "additionalProperties": False,
    },
    "Figure": closed(
        text=TEXT, start=NUMBER, end=NUMBER, kind=TEXT, value=TEXT, unit=NO_TEXT, currency=NO_TEXT, hedge=NO_TEXT
    ),
    "Finding": closed(kind=TEXT, severity=_SEVERITY, zh=_maybe("Figure"), en=_maybe("Figure"), message=TEXT),
    "Mention": closed(text=TEXT, start=NUMBER, end=NUMBER),
    "WordFinding": closed(
        kind=TEXT,
        severity=_SEVERITY,
        zh=_maybe("Mention"),
        en=_maybe("Mention"),
        message=TEXT,
        suggestion=TEXT,
        entry=TEXT,
    ),
    "Checked": closed(
        id={"type": ["string", "integer", "null"]},
        findings=several(named("Finding")),
        wording=several(named("WordFinding")),
    ),
    "Term": closed(id=TEXT, labels=named("Labels"), parent=TEXT),
    "Terms": closed(list=one_of(*sorted(catalogue.LISTS)), items=several(named("Term"))),
    "Organisation": closed(id=NUMBER, kind=TEXT, role=TEXT, names=closed(zh=TEXT, en=TEXT, script=TEXT)),
    "Organisations": closed(items=several(named("Organisation"))),
    "Message": closed(
        id=NUMBER, message=TEXT, language=TEXT, subject=TEXT, url=ADDRESS, due_at=INSTANT, read_at=NO_INSTANT
    ),
    "Messages": closed(items=several(named("Message")), unread=NUMBER, next=NO_ADDRESS),
    "Log": closed(
        size=NUMBER,
        root={"type": "string", "contentEncoding": "base64"},
        verifier_key=TEXT,
        checkpoint=ADDRESS,
        consistency=ADDRESS,
        last_entry=NO_ADDRESS,
    ),
    "Problem": {
        "type": "object",
        "properties": {"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT, "parameter": TEXT},
        "required": ["type", "title", "status", "detail"],
    },
}
