"""What a standard or a matrix cites is said in the reader's language, and cited as it stands there."""

import re

import pytest

from listing.bilingual.citing import cited
from listing.disclosure import standards
from listing.suitability import matrix

HAN = re.compile(r"[\u4e00-\u9fff]")


def sources():
    last = matrix.published()[-1]
    every = {item.source for item in standards.latest().items}
    return every | {one.standing.clause for one in last.regimes}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_source_is_said_in_each_language_and_stands_as_it_is_cited(language):
    assert len(sources()) > 20
    for source in sources():
        first, *others = cited(source, language)
        assert [side.text for side in others] in ([], [source])
        standard_number = re.fullmatch(r"[\w /.;-]+", first.text, re.ASCII)
        assert standard_number or bool(HAN.search(first.text)) == (language != "en"), first


def test_several_in_one_are_said_each_by_itself():
    said = cited("企业信息公示暂行条例; JR/T 0314-2024", "en")
    assert [(side.lang, side.text) for side in said] == [
        ("en", "Interim Regulations on Enterprise Information Disclosure; JR/T 0314-2024"),
        ("zh-Hans", "企业信息公示暂行条例; JR/T 0314-2024"),
    ]
    assert cited("证券法 (2019); HKEX Main Board Rule 13.48", "zh-Hant")[0].text == (
        "《證券法》（2019）；聯交所《主板上市規則》第 13.48 條"
    )
    assert cited("", "en") == ()
