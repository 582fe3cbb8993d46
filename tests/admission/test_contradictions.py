"""Answers that are hardly both right are named with both their places, and nothing else is."""

import pytest

from listing.admission import contradictions

from . import answers

LICENSED = {"authority": "sfc", "number": "ABC123", "scope": "Types 4 and 9", "since": "2014-01-01"}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, []),
        ({"licence": LICENSED}, ["registration.founded licence.since"]),
        ({"licence": LICENSED | {"since": "2016-01-01"}}, []),
        ({"registration": {"founded": "2026-10-10"}}, ["registration.founded assets.as_of"]),
        ({"institution": {"investor_type": "bank"}}, ["institution.investor_type licence.authority"]),
        ({"licence": {"statuses": "bank"}}, ["licence.authority licence.statuses"]),
        ({"licence": {"statuses": "charity"}}, []),
        ({"tax": {"class": "person"}}, ["tax.class institution.investor_type"]),
        ({"institution": {"investor_type": "individual"}}, ["institution.investor_type tax.class"]),
    ],
)
def test_each_is_named_with_both_places(changed, named):
    found = contradictions.found(answers.contents(**changed))
    assert [" ".join(f"{p.page}.{p.field.id}" for p in one.between) for one in found] == named
    assert all(one.said(language) for one in found for language in ("zh-Hans", "zh-Hant", "en"))
