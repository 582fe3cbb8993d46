"""The interface language: negotiated at the root, kept in the address, switched by a link."""

import pytest


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("zh-HK,zh;q=0.8", "/zh-Hant/"),
        ("zh-MO", "/zh-Hant/"),
        ("zh-TW,en;q=0.5", "/zh-Hant/"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "/zh-Hans/"),
        ("zh", "/zh-Hans/"),
        ("fr,en;q=0.5", "/en/"),
        ("", "/en/"),
        ("q=;;,\x00zh", "/en/"),
    ],
)
def test_root_answers_in_the_visitors_language(client, header, target):
    answer = client.get("/", headers={"Accept-Language": header})
    assert (answer.status_code, answer.location) == (302, target)
    assert set(answer.vary) == {"Accept-Language", "Cookie"}


def test_the_switch_keeps_path_and_query_and_remembers(client):
    page = client.get("/en/companies?sector=ai&sort=name").text
    assert 'href="/language/zh-Hant?to=companies?sector%3Dai%26sort%3Dname"' in page or "to=companies" in page
    answer = client.get("/language/zh-Hant?to=companies%3Fsector%3Dai%26sort%3Dname")
    assert answer.location == "/zh-Hant/companies?sector=ai&sort=name"
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/zh-Hant/"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "\\\\evil.example", "%0d%0aSet-Cookie:a=b"])
def test_the_switch_never_leaves_the_site(client, to):
    location = client.get(f"/language/en?to={to}").location
    assert location.startswith("/en/")
    assert "\n" not in location


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_page_names_its_language_and_its_alternates(client, language):
    page = client.get(f"/{language}/help").text
    assert f'<html lang="{language}">' in page
    for other in ("zh-Hans", "zh-Hant", "en"):
        assert f'hreflang="{other}" href="http://localhost/{other}/help"' in page
    assert 'hreflang="x-default" href="http://localhost/"' in page


def test_an_unknown_language_is_no_page(client):
    assert client.get("/fr/help").status_code == 404
