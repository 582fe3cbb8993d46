from datetime import UTC, datetime, timedelta

import pytest

from listing.notifications import rules


@pytest.mark.parametrize(
    ("tries", "seconds"), [(1, 30), (2, 60), (3, 120), (9, 7680), (10, 14400), (16, 14400), (500, 14400)]
)
def test_pause_doubles_up_to_four_hours(tries, seconds):
    assert rules.pause(tries) == timedelta(seconds=seconds)


def test_a_receiving_server_may_be_down_for_a_day():
    waited = sum((rules.pause(tries) for tries in range(1, rules.MOST_TRIES)), timedelta())
    assert timedelta(hours=24) < waited < timedelta(hours=72)


@pytest.mark.parametrize(
    ("code", "final"), [(421, False), (450, False), (451, False), (500, True), (550, True), (599, True)]
)
def test_only_a_5yz_answer_is_final(code, final):
    assert rules.is_final(code) is final


@pytest.mark.parametrize(
    ("tries", "defect", "expected"),
    [(4, True, False), (5, True, True), (5, False, False), (15, False, False), (16, False, True)],
)
def test_a_defect_of_ours_is_given_up_sooner_than_a_busy_server(tries, defect, expected):
    assert rules.is_exhausted(tries, defect=defect) is expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann\r\nBcc: all@x.example", "Ann Bcc: all@x.example"),
        ("Ann\x00Lee", "Ann Lee"),
        ("Ann\u2028Lee\u2029", "Ann Lee"),
        ("Ann\u0085Lee\x0bTan", "Ann Lee Tan"),
        ("gnp.\u202eexe\u2066", "gnp.exe"),
        ("half \ud800 pair", "half pair"),
        ("廣東 𠮷野 ção", "廣東 𠮷野 ção"),
        ("", ""),
    ],
)
def test_one_line(typed, kept):
    assert rules.one_line(typed) == kept


def test_a_typed_value_offers_no_link():
    assert rules.inert("Prize at https://evil.example/now") == "Prize at https evil.example/now"


def test_a_display_name_is_short():
    assert rules.display_name("名" * 300) == "名" * 100


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("ann@fund.example", "ann@fund.example"), ("o'neil+x@数据.example", "o'neil+x@xn--vxup8b.example")],
)
def test_mailbox(typed, plain):
    assert rules.mailbox(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ann",
        "@fund.example",
        "ann@",
        "a@x.example,b@x.example",
        "a@x.example b@x.example",
        "a@x.example\r\nBcc: b@x.example",
        "a@x.example\n",
        "a@x.example\x00",
        "a@x.example\u2028",
        "<a@x.example>",
        '"a b"@x.example',
        "a@b@x.example",
        "陈@x.example",
        "a@[127.0.0.1]",
        "a@x..example",
        f"a@{'x' * 64}.example",
        "a@" + "数" * 80 + ".example",
    ],
)
def test_not_exactly_one_plain_mailbox(typed):
    with pytest.raises(rules.Unsafe):
        rules.mailbox(typed)


@pytest.mark.parametrize("key", ["", "a b", "a\r\nX: y", "ключ", ":a", "a" * 201])
def test_a_key_that_no_header_may_carry(key):
    with pytest.raises(rules.Unsafe):
        rules.check_key(key)


def test_message_id_depends_on_the_key_only():
    first = rules.message_id("roadshow:7:3:day-before", "market.example")
    assert first == rules.message_id("roadshow:7:3:day-before", "market.example")
    assert first != rules.message_id("roadshow:7:4:day-before", "market.example")
    assert first.endswith("@market.example>")


@pytest.mark.parametrize(
    ("language", "zone", "told"),
    [
        ("en", "Asia/Hong_Kong", "Tue 8 Dec 2026, 00:10 (Hong Kong, UTC+8)"),
        ("zh-Hans", "Asia/Shanghai", "2026年12月8日 星期二 00:10（上海，UTC+8）"),
        ("zh-Hant", "America/New_York", "2026年12月7日 星期一 11:10（紐約，UTC-5）"),
        ("en", "America/New_York", "Mon 7 Dec 2026, 11:10 (New York, UTC-5)"),
        ("en", "Asia/Kolkata", "Mon 7 Dec 2026, 21:40 (Kolkata, UTC+5:30)"),
        ("en", "UTC", "Mon 7 Dec 2026, 16:10 (UTC, UTC+0)"),
    ],
)
def test_when_names_the_zone(language, zone, told):
    assert rules.when(datetime(2026, 12, 7, 16, 10, tzinfo=UTC), language, zone) == told
