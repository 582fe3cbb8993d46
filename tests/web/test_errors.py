"""Error pages: three languages, the right status, nothing from inside."""

import pytest
from flask import abort

from listing.access.gate import requires
from listing.access.permission import Permission

TITLES = {
    "en": {404: "Page not found", 403: "You may not open this page", 429: "Too many attempts"},
    "zh-Hans": {404: "找不到页面", 403: "您无权打开此页面", 429: "尝试次数过多"},
    "zh-Hant": {404: "找不到頁面", 403: "您無權開啟此頁面", 429: "嘗試次數過多"},
}


@pytest.fixture
def failing(app):
    """A page that ends as asked; put in place of a real one for this test."""
    real = app.view_functions["front.accessibility"]

    def fail_with(error):
        def view():
            if isinstance(error, int):
                abort(error)
            raise error

        app.view_functions["front.accessibility"] = requires(Permission.PUBLIC)(view)

    yield fail_with
    app.view_functions["front.accessibility"] = real


@pytest.mark.parametrize("status", [400, 403, 404, 409, 410, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_each_status_has_its_page(client, failing, language, status):
    failing(status)
    answer = client.get(f"/{language}/accessibility")
    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.text
    if status in TITLES[language]:
        assert TITLES[language][status] in answer.text


def test_an_unexpected_error_shows_nothing_from_inside(client, failing):
    failing(RuntimeError("secret-detail"))
    answer = client.get("/en/accessibility")
    assert answer.status_code == 500
    assert "secret-detail" not in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_machine_gets_json(client):
    answer = client.get("/log/entry/999999")
    assert answer.status_code == 404
    assert answer.is_json


@pytest.mark.parametrize(
    "path", ["/en/companies/%00", "/en/companies/%ff%fe", "/en/companies?q=%00%ff", "/en/%2e%2e/%2e%2e/etc/passwd"]
)
def test_hostile_addresses_are_plain_answers(client, path):
    assert client.get(path).status_code in (200, 400, 404)
