"""The demo market's own answers pass what is asked of everybody's: they are complete, and both languages agree."""

import pytest

from listing.bilingual import agreement, terms
from listing.bilingual.agreement.evaluation import alarms
from listing.companies.sheets import sheets
from listing.demo import profiles, telling
from listing.profiles import completeness, kinds

from ..factories import NOW

FILE = {"file": 1, "name": "evidence.pdf", "sha256": "0" * 64, "media_type": "application/pdf", "size": 1}
EVERY = profiles.written() + profiles.unfinished()


def contents(enterprise):
    """What the sheets of an enterprise hold once they are read as anybody's are."""
    answers, file = enterprise.answers, None
    if telling.needs_evidence(answers):
        answers, file = telling.proven(answers, FILE["file"], script=enterprise.script), FILE
    setting = kinds.Setting(
        by="a demo", now=NOW, today=NOW.date(), script=enterprise.script, documents=frozenset({FILE["file"]})
    )
    return telling.contents(answers, setting=setting, file=file)


def pairs(node, where=""):
    """Every pair of texts under a node."""
    if isinstance(node, dict):
        if isinstance(node.get("zh"), str) and isinstance(node.get("en"), str):
            yield where, node["zh"], node["en"]
        else:
            for key, value in node.items():
                yield from pairs(value, f"{where}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from pairs(value, f"{where}.{number}")


@pytest.fixture(params=EVERY, ids=lambda enterprise: enterprise.slug)
def enterprise(request):
    return request.param


def test_whatever_is_sent_is_complete(enterprise):
    lacking = completeness.to_send(contents(enterprise))
    assert (set(lacking) == {"business", "financing"}) if enterprise.state == "draft" else not lacking


def test_both_languages_agree(enterprise):
    found = {}
    for where, zh, en in pairs(contents(enterprise)):
        wrong = [f.sentence for f in (*alarms(agreement.check(zh, en)), *alarms(terms.check(zh, en)))]
        if wrong and zh and en:
            found[where] = wrong
    assert found == {}


def test_no_answer_says_what_may_not_be_said(enterprise):
    found = [
        (where, f.sentence) for where, zh, en in pairs(contents(enterprise)) for f in alarms(terms.forbidden(zh, en))
    ]
    assert found == []


def test_a_whole_profile_fills_every_sheet_that_is_asked_of_it():
    for enterprise in profiles.written():
        told = contents(enterprise)
        empty = set(sheets()) - set(told) - {"figures", "certifications"}  # the young have neither
        assert not empty, enterprise.slug
        assert enterprise.row["founded"] >= 2023 or "figures" in told, enterprise.slug


def test_a_refused_answer_stops_the_loading():
    answers = profiles.written()[0].answers
    answers["financing"]["uses.0.share"] = "101"
    setting = kinds.Setting(by="a demo", now=NOW, today=NOW.date())
    with pytest.raises(telling.Refused, match="financing.uses.0.share"):
        telling.contents({"financing": answers["financing"]}, setting=setting)
