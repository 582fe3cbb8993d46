"""What programs read: as much as the page shows the same person, and in the shape the document describes."""

import re
from datetime import date, timedelta

import pytest
from jsonschema import Draft202012Validator

from listing.access.actor import SYSTEM
from listing.accounts.operations import letters
from listing.api import openapi
from listing.companies import catalogue, queries, rules
from listing.companies.operations import publishing
from listing.store.db import db
from tests.disclosure.announcements.endorsing import released_in_select
from tests.disclosure.announcements.made import a_house, released
from tests.factories import NOW, a_company, a_key, a_member, an_organisation

SECRET = "not for everybody"
COMPANIES = "/api/v1/companies"


def by_tier():
    """One section of each tier."""
    return {section.tier.name: section.id for section in reversed(catalogue.sections().values())}


@pytest.fixture
def known(app):
    """What is wrong with an answer by the document, in which every answer is closed."""
    document = openapi.document(app)

    def check(answer, schema, **added):
        whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
        return [error.message for error in validator.iter_errors(answer.json | added)]

    return check


def test_every_answer_has_the_shape_the_document_describes(app, ask, membership, known):
    texts = [(section, "正文", "Text") for section in by_tier().values()]
    a_company(slug="example", passages=texts, organisation_id=membership.organisation_id, city="shenzhen")
    letters.security_changed(membership.user, "password", NOW)
    released_in_select(a_house())
    examples = {"slug": "example", "kind": "place", "number": "2026-000001"}
    for address in openapi.addresses(app):
        path = re.sub(r"{(\w+)}", lambda found: examples[found[1]], address.path)
        answer = ask(path)
        assert answer.status_code == 200, path
        assert known(answer, address.about.answer) == []
        items = answer.json.get("items")
        assert items is None or items, path


def test_what_a_key_may_not_read_has_the_shape_of_the_document(app, ask, known):
    report = {"category": "annual_report", "event_on": None, "period_end": date(2025, 12, 31)}
    released(a_house(), **report)
    answer = ask("/api/v1/announcements")
    assert [row["title"] for row in answer.json["items"]] == [None]
    assert known(answer, "Announcements") == []


def test_the_address_of_a_company_is_that_of_its_page(client, ask):
    a_company(slug="example")
    for item in (ask(COMPANIES).json["items"][0], ask(f"{COMPANIES}/example").json):
        assert item["url"] == "http://localhost/en/companies/example"
        assert client.get(item["url"]).status_code == 200


def test_a_field_nobody_described_would_be_noticed(ask, known):
    a_company()
    answer = ask(COMPANIES)
    assert known(answer, "Companies") == []
    assert known(answer, "Companies", secret=1) != []


def test_the_list_is_that_of_the_directory_in_its_order_and_pages(ask):
    for n in range(60):
        a_company(slug=f"c{n}", now=NOW + timedelta(minutes=n), name_en=f"Company {99 - n} Limited")
    a_company(slug="hidden", now=NOW)
    publishing.suspend(company=queries.by_slug("hidden")[0], reason="test", actor=SYSTEM, now=NOW)
    for query, first in (("", "c59"), ("?sort=name", "c59"), ("?sort=name&side=zh", None), ("?q=company", None)):
        slugs, path = [], COMPANIES + query
        while path:
            answer = ask(path)
            assert answer.json["count"] == {"number": 60, "more": False}
            slugs += [item["slug"] for item in answer.json["items"]]
            path = answer.json["next"]
        assert (len(slugs), len(set(slugs))) == (60, 60)
        assert first in (None, slugs[0])
    last = ask(ask(COMPANIES).json["next"]).json
    assert ask(last["previous"]).json["items"][0]["slug"] == "c59"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("sector=none", "sector"),
        ("stage=none", "stage"),
        ("languages=fr", "languages"),
        ("origin=none", "origin"),
        ("sort=relevance", "sort"),
        ("side=fr", "side"),
        ("page=none", "page"),
        ("sektor=x", "sektor"),
    ],
)
def test_a_parameter_that_is_not_understood_is_refused_by_name(ask, query, name):
    answer = ask(f"{COMPANIES}?{query}")
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json(force=True)["parameter"] == name


@pytest.mark.parametrize("before", ["", "-1", "1e3", "²", "9" * 30, str(2**31)])
def test_hostile_numbers_are_refused(ask, before):
    assert ask(f"/api/v1/messages?before={before}").status_code == 400


@pytest.mark.parametrize(
    "query", ["q=%00%ff", "place=%00", "q=" + "x" * 5000, "market=%E2%80%AE", "page=" + "A" * 3000]
)
def test_hostile_parameters_are_plain_answers(ask, query):
    assert ask(f"{COMPANIES}?{query}").status_code in (200, 400)


def test_a_company_shows_a_key_what_its_page_shows_the_person(app, ask, membership):
    sections = by_tier()
    texts = [(section, f"{SECRET} {tier}", f"{SECRET} {tier}") for tier, section in sections.items()]
    a_company(slug="example", passages=texts, organisation_id=membership.organisation_id)
    own = ask(f"{COMPANIES}/example")
    assert own.json["revision"].keys() == {"number", "published_at"}  # no digest to try guesses of hidden amounts on
    assert {p["section"] for p in own.json["passages"]} == set(sections.values())
    _row, alone = a_key(membership.user, organisation=a_member(user=membership.user).organisation)
    other = ask(f"{COMPANIES}/example", alone)
    seen = {p["section"] for p in other.json["passages"]}
    assert seen == {sections["PUBLIC"], sections["REGISTERED"]}
    assert {"section": sections["ADMITTED"], "tier": "admitted"} in other.json["hidden"]
    for tier in set(sections) - {"PUBLIC", "REGISTERED"}:
        assert f"{SECRET} {tier}" not in other.text
        assert f"{SECRET} {tier}" in own.text


def test_words_find_only_what_the_key_may_see(ask, membership):
    section = by_tier()["ADMITTED"]
    a_company(passages=[(section, "密文", "zanzibar")], organisation_id=membership.organisation_id)
    found = ask(f"{COMPANIES}?q=zanzibar")
    assert (found.json["items"], found.json["count"]["number"]) == ([], 0)


def test_a_suspended_company_shows_facts_only_and_a_withdrawn_one_nothing(ask):
    company = a_company(slug="example", passages=[(by_tier()["PUBLIC"], SECRET, SECRET)])
    publishing.suspend(company=company, reason="test", actor=SYSTEM, now=NOW)
    shown = ask(f"{COMPANIES}/example")
    assert (shown.json["status"], shown.json["passages"], shown.json["revision"]) == (rules.SUSPENDED, [], None)
    assert SECRET not in shown.text
    publishing.withdraw(company=company, reason="test", actor=SYSTEM, now=NOW)
    gone = ask(f"{COMPANIES}/example")
    assert (gone.status_code, company.name_en in gone.text) == (410, False)


def test_an_answer_known_already_is_not_sent_again(ask):
    company = a_company(slug="example")
    first = ask(f"{COMPANIES}/example")
    tag = {"If-None-Match": first.headers["ETag"]}
    again = ask(f"{COMPANIES}/example", **tag)
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in again.headers["Cache-Control"]
    publishing.suspend(company=company, reason="test", actor=SYSTEM, now=NOW)
    assert ask(f"{COMPANIES}/example", **tag).status_code == 200
    assert ask(f"{COMPANIES}/example", None, **tag).status_code == 401


def test_messages_are_ones_own_and_never_those_with_a_secret(ask, membership):
    letters.security_changed(membership.user, "password", NOW)
    letters.set_password(membership.user, "secret-link", NOW)
    letters.security_changed(a_member().user, "codes_on", NOW)
    answer = ask("/api/v1/messages")
    assert [(m["message"], m["subject"]) for m in answer.json["items"]] == [
        ("security_changed", "A change to how you sign in")
    ]
    assert answer.json["unread"] == 1
    assert "secret-link" not in answer.text


def test_messages_come_page_by_page(ask, membership):
    for _ in range(30):
        letters.security_changed(membership.user, "password", NOW)
    first = ask("/api/v1/messages").json
    second = ask(first["next"]).json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (25, 5, None)
    assert {m["id"] for m in first["items"]}.isdisjoint(m["id"] for m in second["items"])


def test_the_place_of_somebody_elses_message_shows_nothing(ask, membership):
    letters.security_changed(membership.user, "password", NOW)
    letters.security_changed(a_member().user, "password", NOW)
    db.session.commit()
    assert ask("/api/v1/messages?before=2").json["items"] == []
    assert [row["id"] for row in ask("/api/v1/messages").json["items"]] == [1]


def test_lists_cost_the_same_with_one_row_and_with_three(ask, statements, membership):
    def asked(path):
        with statements() as found:
            assert ask(path).status_code == 200
        return len(found)

    paths = (COMPANIES, "/api/v1/organisations", "/api/v1/messages")
    for path in paths:
        asked(path)  # the first call of an hour notes the use
    a_company()
    letters.security_changed(membership.user, "password", NOW)
    one = [asked(path) for path in paths]
    for _ in range(2):
        a_company()
        a_member(an_organisation(), user=membership.user)
        letters.security_changed(membership.user, "password", NOW)
    assert [asked(path) for path in paths] == one
