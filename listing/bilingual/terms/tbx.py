"""The term list as TBX-Basic (ISO 30042), which translation programs read."""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from listing.bilingual.terms.glossary import Term

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
CONTENT_TYPE = "application/x-tbx+xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFERRED, ADMITTED = "preferredTerm-admn-sts", "admittedTerm-admn-sts"


def document(terms: Iterable[Term], title: str) -> bytes:
    """Return the terms as one TBX file in UTF-8: a concept for each term, with a section for each writing."""
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en", "xmlns": NAMESPACE})
    description = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    _text(ET.SubElement(description, "sourceDesc"), "p", title)
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for term in terms:
        _concept(body, term)
    ET.indent(root, "")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _text(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _concept(body: ET.Element, term: Term) -> None:
    concept = ET.SubElement(body, "conceptEntry", {"id": f"c-{term.id}"})
    _text(concept, "descrip", term.field, type="subjectField")
    _language(concept, term, "zh-Hans", (term.hans, *term.zh_also))
    _language(concept, term, "zh-Hant-HK", (term.hant, *term.hant_also))
    _language(concept, term, "en", (term.en, *term.en_also))


def _language(concept: ET.Element, term: Term, tag: str, forms: Iterable[str]) -> None:
    section = ET.SubElement(concept, "langSec", {_LANG: tag})
    lang = tag.removesuffix("-HK")
    group = ET.SubElement(section, "descripGrp")
    _text(group, "descrip", term.meaning(lang), type="definition")
    _text(group, "admin", term.source.name(lang), type="source")
    for number, form in enumerate(dict.fromkeys(forms)):
        entry = ET.SubElement(section, "termSec")
        _text(entry, "term", form)
        _text(entry, "termNote", ADMITTED if number else PREFERRED, type="administrativeStatus")
