"""Whether a pair holds to the term list. The sentences are our own."""

import json
import re

import pytest
from click.testing import CliRunner

from listing.bilingual.cli import bilingual
from listing.bilingual.script import detect
from listing.bilingual.sound import syllables
from listing.bilingual.terms import CompanyTerm, check, glossary
from listing.bilingual.terms.glossary import STATUSES


def found(zh, en, *own):
    """What the tests compare: kind, severity, both words and the suggestion."""
    return [(f.kind, f.severity, f.zh and f.zh.text, f.en and f.en.text, f.suggestion) for f in check(zh, en, own)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("公司已在区域性股权市场挂牌", "The company was admitted to the board of a regional equity market"),
        ("公司已在區域性股權市場掛牌", "The company has board admission on a Regional Equity Market"),
        ("上市公司挂牌", "A listed company seeks quotation"),  # listed belongs to the other term
        ("首次公開招股", "its IPO"),
        ("毛利率提高2个百分点", "Gross margin rose by 2 percentage points"),
        ("毛利率提高2个百分点，达到32%", "Gross margin rose by 2 percentage points to 32%"),
        ("該股份已質押", "The shares have been pledged"),
        ("天气很好", "The weather is fine"),
        ("", ""),
    ],
)
def test_pairs_that_hold(zh, en):
    assert found(zh, en) == []


@pytest.mark.parametrize(
    ("zh", "en", "finding"),
    [
        (
            "公司于2024年挂牌",
            "The company was listed in 2024",
            ("confusable", "likely", "挂牌", "listed", "board admission"),
        ),
        ("毛利率提高2个百分点", "Gross margin rose by 2%", ("confusable", "likely", "百分点", "%", "percentage point")),
        (
            "该办法须备案",
            "The measures require approval",
            ("confusable", "likely", "备案", "approval", "filing"),
        ),
        (
            "公司發出招股章程",
            "The company issued an offering memorandum",
            ("confusable", "likely", "招股章程", "offering memorandum", "prospectus"),
        ),
        ("公司設有持續督導", "The company is helped", ("term", "hint", "持續督導", None, "continuing supervision")),
        ("公司很好", "A dual primary listing", ("term", "hint", None, "dual primary listing", "双重主要上市")),
        ("公司採用註冊制，並會摘牌", "the registration system; delisting", None),
        (
            "公司發出募集說明書及招股說明書",
            "prospectus, offering memorandum",
            ("hong_kong", "hint", "招股說明書", None, "招股章程"),
        ),
        ("公司发出招股章程", "The company issued a prospectus", ("mainland", "hint", "招股章程", None, "招股说明书")),
    ],
)
def test_pairs_that_deviate(zh, en, finding):
    assert finding in found(zh, en) if finding else found(zh, en) == []


def test_a_finding_says_what_it_found_and_which_entry_speaks():
    (finding,) = check("公司于2024年挂牌", "The company was listed in 2024")
    assert finding.sentence == ("“挂牌” and “listed” are not the same thing. For “挂牌” write “board admission”.")
    record = finding.record()
    assert (record["zh"], record["en"]) == (
        {"text": "挂牌", "start": 8, "end": 10},
        {"text": "listed", "start": 16, "end": 22},
    )
    assert (record["kind"], record["severity"], record["entry"]) == ("confusable", "likely", "board-admission")


def test_a_company_holds_to_its_own_terms():
    own = CompanyTerm("海光方舟", "HaiArk", zh_also=("方舟",), kind="product")
    assert found("海光方舟上市", "HaiArk is listed", own) == []
    assert found("海光方舟发布", "The Ark was launched", own) == [
        ("company_term", "likely", "海光方舟", None, "HaiArk")
    ]
    assert found("新产品发布", "HaiArk was launched", own) == [("company_term", "likely", None, "HaiArk", "海光方舟")]


def test_a_company_term_covers_the_general_terms_inside_it():
    assert found("挂牌通上线", "GuaPass goes live", CompanyTerm("挂牌通", "GuaPass")) == []


def test_ids_are_unique():
    ids = [term.id for term in glossary()]
    assert len(ids) == len(set(ids))


TERMS = glossary()


def test_the_list_is_large_and_every_entry_complete():
    assert len(TERMS) >= 300
    assert [t.id for t in TERMS if t.status not in STATUSES or not t.meaning_zh.endswith("。")] == []
    assert [t.id for t in TERMS if not t.meaning_en.endswith(".") or not t.meaning_hant.endswith("。")] == []


def test_the_pinyin_of_an_entry_is_that_of_its_word():
    latin = {t.id: " ".join(re.findall(r"^[A-Za-z]+", t.hans)).lower() for t in TERMS}
    assert [
        t.id
        for t in TERMS
        if t.sound.split() != latin[t.id].split() + syllables("".join(re.findall(r"[一-鿿]", t.hans)))
    ] == []


def test_each_writing_is_in_its_script():
    assert [t.id for t in TERMS if detect(t.hans + "".join(t.zh_also)) == "Hant" or detect(t.hant) == "Hans"] == []
    assert [(t.id, form) for t in TERMS for form in (t.hant, *t.hant_also) if detect(form) == "Hans"] == []


def kinds(zh, en):
    return {finding.kind for finding in check(zh, en)} - {"forbidden"}


def test_every_entry_holds_to_itself():
    assert [term.id for term in TERMS for zh in (term.hans, term.hant) if kinds(zh, term.en)] == []


def test_every_confusion_that_an_entry_names_is_found():
    missed = [(t.hans, wrong) for t in TERMS for wrong in t.not_en if "confusable" not in kinds(t.hans, wrong)]
    missed += [(wrong, t.en) for t in TERMS for wrong in t.not_zh if "confusable" not in kinds(wrong, t.en)]
    assert missed == []


def test_no_entry_objects_to_what_it_accepts():
    for term in TERMS:
        assert not {form.lower() for form in term.en_forms} & {form.lower() for form in term.not_en}, term.id
        assert not set(term.zh_forms) & set(term.not_zh), term.id


def test_the_command_answers_each_pair():
    given = '{"id": 1, "zh": "公司挂牌", "en": "The company is listed"}\nno json\n'
    answer = CliRunner().invoke(bilingual, ["terms"], input=given)
    first, second = map(json.loads, answer.output.splitlines())
    assert (first["id"], [f["kind"] for f in first["findings"]]) == (1, ["confusable"])
    assert set(first["findings"][0]) == {"kind", "severity", "zh", "en", "message", "suggestion", "entry"}
    assert list(second) == ["error"]
