"""Which statements ask for evidence."""

import pytest

from listing.companies.sheets import sheets
from listing.profiles import claims


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("我们是国内首家量产企业", ""),
        ("公司为行业领先者", ""),
        ("公司是全球最大的製造商", ""),
        ("技術領先同業", ""),
        ("", "the largest maker of sensors"),
        ("", "A world-class laboratory"),
        ("市场占有率达35%", ""),
        ("", "sold to 120 customers"),
        ("订单金额3000万元", ""),
    ],
)
def test_a_claim(zh, en):
    assert list(claims.of_text(zh, en))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("公司成立于2018年3月", "Founded in March 2018"),
        ("第一阶段已经完成", "in the first quarter"),
        ("最后，我们感谢各位", "We make sensors for rail transport."),
        ("符合GB/T 22900", ""),
    ],
)
def test_no_claim(zh, en):
    assert list(claims.of_text(zh, en)) == []


def test_a_document_beside_the_text_answers_its_claims():
    value = {"zh": "国内首家", "en": "", "evidence": None}
    sheet = sheets()["business"]
    assert claims.unsupported(sheet, {"summary": value}) == [("summary", "zh", "superlative", "首家")]
    assert claims.unsupported(sheet, {"summary": value | {"evidence": 7}}) == []


def test_texts_inside_rows_are_looked_at():
    row = {"id": "1", "description": {"zh": "", "en": "The only supplier", "evidence": None}}
    found = claims.unsupported(sheets()["products"], {"products": [row]})
    assert [claim.name for claim in found] == ["products.0.description"]
