"""The answers of a family office in Hong Kong, as they are typed."""

from listing.admission.pages import pages
from listing.profiles import kinds, reading
from tests.factories import NOW

INSTITUTION = {
    "name_zh": "示例家族辦公室有限公司",
    "name_en": "Sample Family Office Limited",
    "investor_type": "corporation",
    "residence": "HK",
    "markets": "HK CN",
    "address": "1 Sample Street, Central, Hong Kong",
}
REGISTRATION = {"register": "HKCR", "number": "1234567", "founded": "2015-06-01"}
SIGNATORIES = {
    "signatories.0.name": "Chan Tai Man",
    "signatories.0.position": "Director",
    "signatories.0.authority": "director",
}
OWNERS = {
    "owners.0.name": "Chan Siu Ming",
    "owners.0.kind": "person",
    "owners.0.country": "HK",
    "owners.0.share": "60",
    "owners.0.pep": "no",
}
LICENCE = {"authority": "none"}
ASSETS = {
    "as_of": "2026-09-30",
    "currency": "HKD",
    "unit": "million",
    "portfolio": "52",
    "total_assets": "80",
}
EXPERIENCE = {"years": "11", "products": "listed funds", "qualification": "finance_qualification", "work": "20"}
FUNDS = {"sources": "sale", "countries": "HK", "told": "The family sold a textile business in 2014."}
TAX = {"class": "passive", "us": "no", "residences.0.country": "HK", "residences.0.number": "12345678"}
RISK = {"horizon": "d", "loss": "c", "part": "d", "fall": "c", "aim": "c", "exit": "c"}
DECLARATIONS = {
    "own_account": "yes",
    "sanctioned": "no",
    "staff": "no",
    "true": "1",
    "explained": "1",
    "withdrawal": "1",
    "changes": "1",
}
WHOLE = {
    "institution": INSTITUTION,
    "registration": REGISTRATION,
    "signatories": SIGNATORIES,
    "owners": OWNERS,
    "licence": LICENCE,
    "assets": ASSETS,
    "experience": EXPERIENCE,
    "funds": FUNDS,
    "tax": TAX,
    "risk": RISK,
    "declarations": DECLARATIONS,
}
SETTING = kinds.Setting(by="Test", now=NOW, today=NOW.date())


def read(page, typed):
    """What a page makes of what was typed."""
    return reading.read(pages()[page], typed, {}, SETTING)


def content(page, typed):
    """The content of a page, which has no mistakes."""
    found = read(page, typed)
    assert found.errors == {}
    return found.content


def contents(**changed):
    """The contents of all pages; ``changed`` replaces single answers by page."""
    return {page: content(page, {**typed, **changed.get(page, {})}) for page, typed in WHOLE.items()}
