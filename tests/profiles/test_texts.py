"""What is remembered of a text between saves."""

from datetime import timedelta

from listing.profiles import texts
from tests.factories import NOW

LATER = NOW + timedelta(days=1)


def written(zh, en, before=None, now=NOW, **rest):
    return texts.written(zh, en, before, default_script="Hans", by="Lin", now=now, **rest)


def test_a_pair_typed_at_once_is_complete_and_needs_an_update_when_one_side_moves():
    first = written("我们制造传感器。", "We make sensors.")
    assert texts.state(first).name == "complete"
    second = written("我们制造两种传感器。", "We make sensors.", first, LATER)
    assert texts.state(second).name == "needs update"
    assert second["met"] == {"zh": "我们制造传感器。", "en": "We make sensors."}
    third = written("我们制造两种传感器。", "We make sensors.", second, LATER, read=True)
    assert texts.state(third).name == "confirmed"
    assert third["met"]["zh"] == "我们制造两种传感器。"


def test_the_script_typed_is_told_and_kept_where_nothing_tells():
    assert written("傳感器", "")["script"] == "Hant"
    assert written("传感器", "")["script"] == "Hans"
    assert texts.written("中文", "", None, default_script="Hant", by="x", now=NOW)["script"] == "Hant"


def test_the_other_script_is_derived_until_somebody_edits_it_and_then_goes_stale():
    first = written("软件信息", "Software", other_text="")
    assert texts.other(first) == ("軟件資訊", "auto")
    second = written("软件信息", "Software", first, other_text="軟體資訊")
    assert texts.other(second) == ("軟體資訊", "edited")
    third = written("软件与信息", "Software", second, other_text="軟體資訊")
    assert texts.other(third) == ("軟體資訊", "stale")
    again = written("软件与信息", "Software", third, other_text="")
    assert texts.other(again)[1] == "auto"
