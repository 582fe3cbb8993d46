"""The public page of the check: what a visitor sends and what comes back."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import inspect, select, text

from listing.accounts import rules as pauses
from listing.accounts.models import Attempts
from listing.store.db import db

from ..accounts.walk import hidden

ZH, EN = "2025年收入2,030万元，增长12%。", "Revenue rose 12% to RMB203 million in 2025."


def _send(client, zh, en, lang="en"):
    path = f"/{lang}/check"
    return client.post(path, data={**hidden(client, path), "zh": zh, "en": en})


def _read(answer):
    return BeautifulSoup(answer.text, "lxml")


def test_a_contradiction_is_told_and_marked_on_both_sides(client):
    answer = _send(client, ZH, EN)
    page = _read(answer)
    assert answer.status_code == 200
    assert page.title.text.startswith("1 point ·")
    assert " ".join(page.select_one("#p1").text.split()) == (
        "1 Certain The figures differ by a factor of 10: 2,030万元 in Chinese, RMB203 million in English. "
        "2,030万元 RMB203 million"
    )
    assert page.select_one("#zh-p1")["href"] == page.select_one("#en-p1")["href"] == "#p1"
    assert page.select_one("#zh-1")["href"] == "#en-1"
    assert page.select_one("#en-1")["href"] == "#zh-1"
    assert [side["lang"] for side in page.select(".marked")] == ["en", "zh-Hans"]
    assert (page.select_one("textarea#zh").text.strip(), page.select_one("textarea#en").text.strip()) == (ZH, EN)


@pytest.mark.parametrize(("lang", "verdict"), [("zh-Hans", "数字全部相符。"), ("zh-Hant", "數字全部相符。")])
def test_agreement_is_told_in_the_readers_language(client, lang, verdict):
    page = _read(_send(client, "收入增长12%。", "Revenue rose 12%.", lang))
    assert page.select_one("#verdict").text == verdict
    assert [side["lang"] for side in page.select(".marked")] == ["zh-Hans", "en"]


def test_traditional_text_is_marked_as_such(client):
    page = _read(_send(client, "營業收入增長12%。", "Revenue rose 12%."))
    assert [side["lang"] for side in page.select(".marked")] == ["en", "zh-Hant"]


def test_texts_in_each_others_field_are_exchanged_and_said_to_be(client):
    page = _read(_send(client, EN, ZH))
    assert "exchanged" in page.select_one(".note").text
    assert page.select_one("textarea#zh").text.strip() == ZH


@pytest.mark.parametrize(
    ("zh", "en", "told"),
    [
        ("", "", "Paste the Chinese text."),
        (EN, EN, "Both texts look English."),
        ("多" * 20_001, EN, "20,001 characters; at most 20,000"),
    ],
)
def test_what_cannot_be_checked_is_refused_and_kept(client, zh, en, told):
    answer = _send(client, zh, en)
    page = _read(answer)
    assert answer.status_code == 422
    assert told in page.select_one(".errsum").text
    assert page.title.text.startswith("Error:")
    assert page.select_one("textarea#zh").text.strip() == zh
    assert page.select_one("textarea#en").text.strip() == en
    assert not page.select(".verdict")


def test_the_example_is_one_click_away_and_counts_for_nothing(client):
    link = _read(client.get("/en/check")).find("a", string="See an example")
    page = _read(client.get(link["href"]))
    assert len(page.select(".points > li")) == 5
    assert db.session.scalars(select(Attempts)).all() == []


def test_a_text_is_never_markup(client):
    page = _read(_send(client, "<b>收入</b>12%<script>1</script>", "</textarea><b>Up</b> 12%"))
    assert page.find("b") is None
    assert page.select_one("textarea#en").text.strip() == "</textarea><b>Up</b> 12%"


def test_no_table_holds_a_word_of_the_texts(client):
    _send(client, "舢板" + ZH, "Sampan. " + EN)
    with db.engine.connect() as connection:
        rows = [
            str(tuple(row))
            for table in inspect(connection).get_table_names()
            if not table.startswith("fulltext_")
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        ]
    assert any("check" in row for row in rows), "not even the count was seen, so this test sees nothing"
    assert not [row for row in rows if "舢板" in row or "Sampan" in row or "2,030" in row]


def test_too_many_checks_wait_and_lose_nothing(client, clock, monkeypatch):
    monkeypatch.setitem(pauses.FREE, "check", 2)
    fields = hidden(client, "/en/check")
    sent = [client.post("/en/check", data={**fields, "zh": ZH, "en": EN}) for _ in range(4)]
    assert [answer.status_code for answer in sent] == [200, 200, 200, 429]
    assert sent[-1].headers["Retry-After"] == "2"
    page = _read(sent[-1])
    assert "Wait 2 seconds" in page.select_one(".errsum").text
    assert page.select_one("textarea#zh").text.strip() == ZH
    clock.advance(timedelta(seconds=2))
    assert client.post("/en/check", data={**fields, "zh": ZH, "en": EN}).status_code == 200


def test_a_text_with_thousands_of_findings_is_answered_in_a_page_that_can_be_read(client):
    answer = _send(client, "保本，" * 1_000, "A text. " * 10)
    page = _read(answer)
    assert page.title.text.startswith("1000 points ·")
    assert len(page.select(".points > li")) == 200
    assert "800 further points are not listed." in page.get_text()
    assert len(page.select(".m.certain[id]")) == 200


def test_home_and_header_lead_to_the_check(client):
    page = _read(client.get("/en/"))
    found = [link["href"] for link in page.find_all("a") if "/check" in link["href"] and "language" not in link["href"]]
    assert found == ["/en/check", "/en/check", "/en/check?example=1"]


def test_a_finding_on_words_leads_to_what_it_rests_on(client):
    page = _read(_send(client, "公司挂牌，保证收益。", "The company is listed, with a guaranteed return."))
    led = {link["href"] for link in page.select("main a") if "/terms/" in link["href"]}
    assert led == {"/en/terms/board-admission", "/en/terms/forbidden-wording#guaranteed-return"}
    for href in led:
        assert client.get(href).status_code == 200
