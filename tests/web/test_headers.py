"""The header set of every answer, and what may be kept by whom."""

import pytest

from listing.web.headers import HEADERS
from tests.page import EXACT
from tests.store.databases import on_one_database


def _without_arguments(app):
    return sorted(
        {
            rule.rule.replace("<ui:lang>", "en")
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and rule.arguments <= {"lang"}
        }
    )


@on_one_database
def test_every_route_and_every_error_carries_the_exact_set(app, client):
    """The client itself compares each answer any test gets with the set (tests/page.py); here each address is asked."""
    assert HEADERS == EXACT
    for path in [*_without_arguments(app), "/en/nowhere", "/en/companies/nobody", "/static/none.css", "/fr/"]:
        for method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS"):
            client.open(path, method=method)


@pytest.mark.parametrize("name", EXACT)
def test_an_answer_that_lacks_one_is_noticed(app, client, monkeypatch, name):
    monkeypatch.delitem(HEADERS, name)
    with pytest.raises(AssertionError):
        client.get("/en/help")


def test_strict_transport_security_only_over_https(client):
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    secure = client.get("/healthz", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_static_files_under_their_hash_are_kept_for_a_year(app, client):
    page = client.get("/en/help").text
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = client.get(style)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/app.css").headers["Cache-Control"] != answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/en/help", "/en/companies"])
def test_a_public_page_starts_no_session(client, path):
    assert "Set-Cookie" not in client.get(path).headers
