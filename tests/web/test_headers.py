"""The header set of every answer, and what may be kept by whom."""

import pytest

from listing.web.headers import HEADERS

EXACT = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DOWNLOAD = EXACT | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox"}


def _without_arguments(app):
    return sorted(
        {
            rule.rule.replace("<ui:lang>", "en")
            for rule in app.url_map.iter_rules()
            if "GET" in rule.methods and rule.arguments <= {"lang"}
        }
    )


def test_every_route_and_every_error_carries_the_exact_set(app, client):
    assert HEADERS == EXACT
    paths = [*_without_arguments(app), "/en/nowhere", "/en/companies/nobody", "/static/none.css", "/fr/"]
    wrong = {}
    for path in paths:
        answer = client.get(path)
        expected = DOWNLOAD if answer.headers.get("Content-Disposition", "").startswith("attachment") else EXACT
        if {name: answer.headers.get(name) for name in EXACT} != expected or "Cache-Control" not in answer.headers:
            wrong[path] = answer.status_code
    assert wrong == {}


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
