"""Any pair of texts is answered in bounded time, and the agreeing pairs of others raise few alarms."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listing.bilingual.terms import CompanyTerm, check, forbidden, glossary

from .test_agreement_measures import DATA, needs_data

ANY = st.text(st.characters(), max_size=200)
FORMS = [form for term in glossary() for form in (*term.zh_forms, *term.en_forms, *term.not_en)]
WORDED = st.lists(st.sampled_from([*FORMS, "不", "非", "，", " no ", ". ", "保本", "risk-free", "'", "-"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.one_of(ANY, WORDED.map("".join)), st.one_of(ANY, WORDED.map(" ".join)), ANY, ANY)
def test_any_pair_is_answered_with_places_that_hold(zh, en, own_zh, own_en):
    for finding in [*check(zh, en, [CompanyTerm(own_zh, own_en)]), *forbidden(en, zh)]:
        assert finding.sentence
        assert finding.record()["kind"] == finding.kind
    for finding in check(zh, en):
        assert finding.zh is None or zh[finding.zh.start : finding.zh.end] == finding.zh.text
        assert finding.en is None or en[finding.en.start : finding.en.end] == finding.en.text


HOSTILE = ["a" * 100_000, "不" * 100_000, "保本" * 50_000, "挂牌" * 50_000, "listed " * 14_000, "no risk " * 12_000]
HOSTILE += ["中华人民共和国" * 14_000, "股份有限公司" * 16_000, "guaranteed " * 9_000, "a'" * 50_000, "İ" * 100_000]


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:6]!r}")
def test_hostile_text_takes_less_than_a_second_for_ten_thousand_characters(text):
    check("", "")  # what is read once
    start = time.process_time()
    check(text, text)
    assert time.process_time() - start < len(text) / 10_000


@needs_data
@pytest.mark.parametrize("name", ["figure_pairs", "nofigure_pairs"])
def test_pairs_that_others_wrote_raise_next_to_no_alarm(name):
    rows = map(json.loads, (DATA / "parallel" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    agreeing = [row for row in rows if row.get("agree", "strict") in ("strict", "loose")]
    alarms = [row["id"] for row in agreeing if any(f.severity != "hint" for f in check(row["zh"], row["en"]))]
    assert len(alarms) <= len(agreeing) / 500, alarms
