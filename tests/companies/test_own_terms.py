"""The terms a company keeps: who writes them, what is refused, and that its texts are held to them."""

import pytest
from bs4 import BeautifulSoup

from listing.access.actor import SYSTEM
from listing.companies import own_terms, rules
from listing.companies.models import OwnTerm
from listing.companies.operations import wording
from listing.journal.models import Entry
from listing.store.db import db
from tests.factories import NOW, a_company, a_member, an_organisation, signed_in


def hidden_of(page, name):
    return BeautifulSoup(page, "lxml").find("input", attrs={"name": name})["value"]


PATH = "/en/studio/companies/example/terms"
PASSAGE = ("summary", "海光方舟已量产，公司保证收益。", "The Ark is in mass production.")


@pytest.fixture
def enterprise(app):
    organisation = an_organisation("enterprise")
    company = a_company(slug="example", organisation_id=organisation.id, passages=(PASSAGE,))
    db.session.commit()
    return organisation, company


def kept(company, zh="海光方舟", en="HaiArk", **more):
    values = {"kind": "product", "zh": zh, "en": en, "zh_also": "", "en_also": "", "actor": SYSTEM, "now": NOW, **more}
    return wording.keep_term(company=company, **values)


def sent(client, path=PATH, **values):
    page = client.get(PATH).text
    hidden = {name: hidden_of(page, name) for name in ("csrf_token", "idempotency_key")}
    fields = {**hidden, "kind": "product", "zh_also": "", "en_also": ""}
    return client.post(path, data={**fields, **values})


def test_an_editor_keeps_a_term_and_removes_it(client, enterprise):
    organisation, company = enterprise
    signed_in(client, a_member(organisation, "editor").user)
    answer = sent(client, zh="海光方舟", en="HaiArk", zh_also="方舟\n\n方舟 2", en_also="Ark")
    assert (answer.status_code, answer.location) == (303, PATH)
    (row,) = own_terms.of(company.id)
    assert (row.zh, row.en, row.zh_also, row.en_also) == ("海光方舟", "HaiArk", ["方舟", "方舟 2"], ["Ark"])
    assert "HaiArk" in client.get(PATH).text
    assert (
        client.post(
            f"{PATH}/{row.id}/drop", data={"csrf_token": hidden_of(client.get(PATH).text, "csrf_token")}
        ).status_code
        == 303
    )
    assert own_terms.of(company.id) == []
    codes = [entry.code for entry in db.session.query(Entry).order_by(Entry.index)]
    assert codes[-2:] == ["company.term_kept", "company.term_dropped"]


def test_a_viewer_reads_and_has_no_buttons(client, enterprise):
    organisation, company = enterprise
    kept(company)
    signed_in(client, a_member(organisation, "viewer").user)
    page = client.get(PATH).text
    assert "HaiArk" in page
    assert (f'action="{PATH}"' in page, "/drop" in page) == (False, False)


def test_a_mistake_keeps_what_was_typed(client, enterprise):
    organisation, company = enterprise
    kept(company)
    signed_in(client, a_member(organisation, "owner").user)
    answer = sent(client, zh="海光方舟", en="Other <b>", en_also="one\ntwo")
    assert answer.status_code == 422
    assert "“海光方舟” is among the terms already." in answer.text
    assert "Other &lt;b&gt;" in answer.text
    assert sent(client, zh="", en="x").status_code == 422


def test_another_company_s_term_is_not_there(client, enterprise):
    organisation, _company = enterprise
    other = kept(a_company(slug="elsewhere", organisation_id=an_organisation("enterprise").id))
    db.session.commit()
    signed_in(client, a_member(organisation, "owner").user)
    token = hidden_of(client.get(PATH).text, "csrf_token")
    assert client.post(f"{PATH}/{other.id}/drop", data={"csrf_token": token}).status_code == 303
    assert db.session.get(OwnTerm, other.id) is not None
    assert client.get("/en/studio/companies/elsewhere/terms").status_code == 404


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"zh": "=SUM"}, rules.LooksLikeFormula),
        ({"en": "a\u202eb"}, rules.HostileCharacters),
        ({"zh_also": "\n".join(f"形{n}" for n in range(11))}, rules.FormTooLong),
        ({"en_also": "x" * 121}, rules.FormTooLong),
    ],
)
def test_what_is_refused(enterprise, values, refusal):
    with pytest.raises(refusal):
        kept(enterprise[1], **values)


def test_there_is_a_most(enterprise, monkeypatch):
    monkeypatch.setattr(rules, "MOST_TERMS", 1)
    kept(enterprise[1])
    with pytest.raises(rules.TooManyTerms):
        kept(enterprise[1], zh="另一")


def test_the_page_as_published_is_held_to_them(client, enterprise):
    organisation, company = enterprise
    kept(company)
    signed_in(client, a_member(organisation, "viewer").user)
    found = own_terms.deviations(company, own_terms.of(company.id))
    assert [(d.section, d.finding.kind, d.finding.zh.text) for d in found] == [
        ("summary", "company_term", "海光方舟"),
        ("summary", "forbidden", "保证收益"),
    ]
    assert "The company writes “HaiArk” for “海光方舟”" in client.get(PATH).text
