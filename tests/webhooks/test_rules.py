"""Where may be called, what a signature is, when to stop trying."""

import base64
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from listing.webhooks import rules
from tests.factories import NOW


@pytest.mark.parametrize("address", ["8.8.8.8", "203.208.60.1", "2001:4860:4860::8888", "2400:3200::1"])
def test_the_public_internet_may_be_called(address):
    assert rules.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",  # metadata of a cloud in Hangzhou
        "127.0.0.1",
        "127.9.9.9",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_no_closed_network_may_be_called(address):
    assert not rules.is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://hooks.example.com",
        "https://hooks.example.com/a/b?c=d",
        "https://hooks.example.com:8443/",
        "https://xn--fiqs8s.example.cn/x",
    ],
)
def test_an_address_of_the_public_internet_is_kept_as_typed(address):
    assert rules.check_address(f" {address} ") == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks.example.com",
        "http://hooks.example.com/",
        "ftp://hooks.example.com/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://[::1]/",
        "https://user:word@hooks.example.com/",
        "https://hooks.example.com@127.0.0.1/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:99999/",
        "https://hooks.example.com:x/",
        "https://hooks.example.com/#part",
        "https://hooks.example.com\\@127.0.0.1/",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/\r\nX: 1",
        "https://例子.中国/",
        "https://[",
        "https://-a.example.com/",
        "https://hooks.example.com/" + "x" * 500,
    ],
)
def test_other_addresses_are_refused(address):
    with pytest.raises(rules.BadAddress):
        rules.check_address(address)


def test_the_signature_is_that_of_standard_webhooks():
    """The example of the specification's reference libraries."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    signed = rules.signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert base64.b64decode(rules.written(secret).removeprefix("whsec_")) == secret


def test_trying_ends():
    assert [rules.is_exhausted(n, "timeout") for n in (15, 16)] == [False, True]
    assert [rules.is_exhausted(n, rules.DEFECT) for n in (4, 5)] == [False, True]
    assert not rules.is_given_up(None, NOW)
    assert not rules.is_given_up(NOW - timedelta(days=3) + timedelta(seconds=1), NOW)
    assert rules.is_given_up(NOW - timedelta(days=3), NOW)


def test_ids_differ_by_entry_address_and_installation():
    ids = {rules.message_id(*args) for args in (("a", 1, 1), ("a", 1, 2), ("a", 2, 1), ("b", 1, 1), ("a", 11, 1))}
    assert len(ids) == 5
    assert hmac.compare_digest(rules.message_id("a", 1, 1), rules.message_id("a", 1, 1))
