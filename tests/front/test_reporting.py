"""`security.txt` is what RFC 9116 asks for and always holds; the page it names exists in every language."""

import re
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.factories import NOW

FIELD = re.compile(r"([A-Z][A-Za-z-]*): (\S.*)")


def fields(client):
    answer = client.get("/.well-known/security.txt")
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert answer.text.endswith("\n")
    return [FIELD.fullmatch(line).groups() for line in answer.text.splitlines()]


def test_the_fields_are_exactly_these(app, client):
    address = app.config["PUBLIC_URL"]
    assert fields(client) == [
        ("Contact", "mailto:security@baybridge.example"),
        ("Expires", "2027-05-22T00:00:00Z"),
        ("Preferred-Languages", "zh, en"),
        ("Canonical", f"{address}/.well-known/security.txt"),
        ("Policy", f"{address}/zh-Hans/security"),
        ("Policy", f"{address}/zh-Hant/security"),
        ("Policy", f"{address}/en/security"),
    ]


def test_it_never_expires_while_it_is_served_and_never_lasts_a_year(client, clock):
    for days in (0, 200, 4_000):
        clock.set(NOW + timedelta(days=days))
        ends = datetime.fromisoformat(dict(fields(client))["Expires"])
        assert timedelta(days=100) < ends - clock.now() < timedelta(days=365)


def test_every_policy_it_names_is_a_page(app, client):
    pages = [value for name, value in fields(client) if name == "Policy"]
    assert len(pages) == 3
    for page in pages:
        assert client.get(page.removeprefix(app.config["PUBLIC_URL"])).status_code == 200


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_names_the_contact_of_this_installation(app, client, lang):
    own = "mailto:csirt@example.com"
    app.config["SECURITY_CONTACT"], before = own, app.config["SECURITY_CONTACT"]
    try:
        page = BeautifulSoup(client.get(f"/{lang}/security").text, "lxml")
        named = dict(fields(client))["Contact"]
    finally:
        app.config["SECURITY_CONTACT"] = before
    assert [(a["href"], a.text) for a in page.main.select("p a")][0] == (own, "csirt@example.com")
    assert named == own
