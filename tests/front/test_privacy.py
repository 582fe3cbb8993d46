"""The page on privacy says what the consents promise: who operates the platform, who reads papers, for how long."""

import re

import pytest

from listing.admission import retention
from listing.admission.rules import DRAFT_KEPT
from listing.rulebook.vocabulary import words


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_applicants_read_how_long_papers_are_kept_as_it_is_declared(client, lang):
    page = client.get(f"/{lang}/privacy").text.partition('id="admission"')[2]
    rows = [re.sub("<.*?>", " ", row) for row in re.findall(r"<tr><th.*?</tr>", page)][-3 - len(_admitted()) :]
    declared = retention.classes()
    years = [declared["withdrawn"]["years"], declared["refused"]["years"], *_admitted().values()]
    assert [int(re.search(r"\d+", row)[0]) for row in rows] == [DRAFT_KEPT.days, *years]
    assert all(words("places")[place].said(lang) in row for place, row in zip(_admitted(), rows[3:], strict=True))


def test_the_operator_is_named_as_configured(app, client):
    named = {
        "OPERATOR_ZH": "灣橋（香港）有限公司",
        "OPERATOR_EN": "Baybridge (HK) Ltd",
        "PRIVACY_CONTACT": "dpo@b.example",
    }
    before = {name: app.config[name] for name in named}
    assert "Send no real papers here." in client.get("/en/privacy").text
    app.config.update(named)
    try:
        chinese, english = (client.get(f"/{lang}/privacy").text for lang in ("zh-Hant", "en"))
    finally:
        app.config.update(before)
    assert (named["OPERATOR_ZH"] in chinese, named["OPERATOR_EN"] in english) == (True, True)
    assert "mailto:dpo@b.example" in english


def _admitted() -> dict[str, int]:
    return {place: one["years"] for place, one in retention.classes()["admitted"].items()}
