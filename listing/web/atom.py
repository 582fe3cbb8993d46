"""Atom feeds (RFC 4287).

Written with an XML writer, never by joining strings. Characters that XML cannot carry are left out. What a reader may
see is decided by the query that gives the entries.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as xml

from flask import Response, request

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

xml.register_namespace("", ATOM)
xml.register_namespace("xhtml", XHTML)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed; ``summary`` with its language tag may be empty.

    ``content`` is the same in several languages, line by line, each with its tag; it may be left out.
    """

    href: str
    title: str
    summary: str
    language: str
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    content: tuple[tuple[str, tuple[str, ...]], ...] = ()


def answer(**feed) -> Response:
    """The feed with these parts of ``written``, or 304 for a reader that has it."""
    response = Response(written(**feed), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "private, no-cache"  # who is signed in may see more
    response.add_etag()
    return response.make_conditional(request)


def written(
    *, title: str, own: str, page: str, author: str, language: str, entries: Iterable[Entry], subtitle: str = ""
) -> bytes:
    """The feed as UTF-8; ``own`` is its address, ``page`` that of the list it follows, ``subtitle`` what is in it."""
    entries = list(entries)
    feed = xml.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": language})
    _add(feed, "id", own)
    _add(feed, "title", title)
    if subtitle:
        _add(feed, "subtitle", subtitle)
    _add(feed, "updated", max((entry.updated for entry in entries), default=EPOCH).isoformat())
    _add(feed, "link", attributes={"rel": "self", "type": "application/atom+xml", "href": own})
    _add(feed, "link", attributes={"rel": "alternate", "type": "text/html", "href": page})
    _add(_add(feed, "author"), "name", author)
    for entry in entries:
        _put(feed, entry)
    return xml.tostring(feed, encoding="utf-8", xml_declaration=True)


def _add(parent: xml.Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> xml.Element:
    element = xml.SubElement(parent, f"{{{ATOM}}}{name}", dict(attributes or {}))
    element.text = _UNFIT.sub("", text) or None
    return element


def _put(feed: xml.Element, entry: Entry) -> None:
    element = _add(feed, "entry")
    _add(element, "id", entry.href)
    _add(element, "title", entry.title)
    _add(element, "published", entry.published.isoformat())
    _add(element, "updated", entry.updated.isoformat())
    _add(element, "link", attributes={"rel": "alternate", "type": "text/html", "href": entry.href})
    for category in entry.categories:
        _add(element, "category", attributes={"term": _UNFIT.sub("", category)})
    if entry.summary:
        _add(element, "summary", entry.summary, {f"{{{XML}}}lang": entry.language})
    if entry.content:
        whole = xml.SubElement(_add(element, "content", attributes={"type": "xhtml"}), f"{{{XHTML}}}div")
        for language, lines in entry.content:
            _list(whole, language, lines)


def _list(parent: xml.Element, language: str, lines: Iterable[str]) -> None:
    several = xml.SubElement(parent, f"{{{XHTML}}}ul", {f"{{{XML}}}lang": language, "lang": language})
    for line in lines:
        xml.SubElement(several, f"{{{XHTML}}}li").text = _UNFIT.sub("", line)
