"""Whom a name may mean: what is found in other scripts, orders and spellings, and what is left in peace."""

import pytest

from listing.screening.names import Index

INDEX = Index(
    [
        ("wang", "王小明"),
        ("zhang", "Zhang San"),
        ("dragon", "Evergreen Dragon Holdings Limited"),
        ("hua", "深圳市華晨科技有限公司"),
        ("rahman", "Muhammad Al-Rahman"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "key", "likeness"),
    [
        ("王小明", "wang", 100),
        ("Xiaoming WANG", "wang", 95),
        ("WANG Xiao Ming", "wang", 95),
        ("Wang, Xiao-Ming", "wang", 95),
        ("王曉明", "wang", 95),
        ("張三", "zhang", 95),
        ("SAN Zhang", "zhang", 100),
        ("Ｚｈａｎｇ　Ｓａｎ", "zhang", 100),
        ("Zh\u200bang San", "zhang", 100),
        ("Dragon Evergreen Hldgs. Ltd", "dragon", 100),
        ("深圳市华晨科技股份有限公司", "hua", 100),
        ("华晨科技（深圳）有限公司", "hua", 87),
        ("Mohammad al Rahman", "rahman", 94),
    ],
)
def test_a_name_is_found_however_it_is_written(asked, key, likeness):
    found = INDEX.like(asked)
    assert {each: score for each, (score, _name) in found.items()} == {key: likeness}


@pytest.mark.parametrize(
    "asked", ["王明", "Li Si", "李四", "Ltd", "有限公司", "王", "", "\0", "\ud800", "Green Dragon Tea"]
)
def test_another_name_is_left_in_peace(asked):
    assert INDEX.like(asked) == {}
