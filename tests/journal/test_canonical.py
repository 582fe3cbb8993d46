"""One spelling for every value."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pytest

from listing.journal import canonical


class Stage(StrEnum):
    SEED = "seed"


def test_canonical_bytes_are_json_sorted_by_code_point_in_utf8():
    value = canonical.plain({"ß": (1, None), "Z": True, "a": {"臺": "𠮷", "b": Stage.SEED}})
    assert canonical.encoded(value) == '{"Z":true,"a":{"b":"seed","臺":"𠮷"},"ß":[1,null]}'.encode()


def test_instants_are_utc_and_days_are_days():
    hong_kong = timezone(timedelta(hours=8))
    assert canonical.plain(datetime(2026, 11, 3, 10, 0, tzinfo=hong_kong)) == "2026-11-03T02:00:00Z"
    assert canonical.plain(datetime(2026, 11, 3, 2, 0, 0, 5, tzinfo=UTC)) == "2026-11-03T02:00:00.000005Z"
    assert canonical.plain(date(2026, 11, 3)) == "2026-11-03"


@pytest.mark.parametrize("value", [1.0, float("nan"), b"x", {1: 2}, {"x": [0.1]}, object()])
def test_what_has_no_single_spelling_is_refused(value):
    with pytest.raises(canonical.NotCanonical):
        canonical.plain(value)


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(canonical.NotCanonical):
        canonical.encoded("\ud83d")


def test_a_commitment_depends_on_salt_and_content():
    committed = canonical.commitment(b"s" * 32, {"a": 1})
    assert committed.hex() == "5c72686f5dda2704b69d117101261e62de7b1d4abcd7e05e9e9bbf34bf6dc657"
    assert committed != canonical.commitment(b"t" * 32, {"a": 1})
    assert committed != canonical.commitment(b"s" * 32, {"a": 2})


def test_the_leaf_shows_nothing_but_the_public_part():
    at = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
    assert canonical.encoded(canonical.public_part(index=3, at=at, code="a.b", committed=bytes(32))) == (
        b'{"at":"2026-11-03T02:00:00Z","code":"a.b","commitment":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",'
        b'"index":3,"v":1}'
    )
