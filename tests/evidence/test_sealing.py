"""The stream format: comes back as it went in, and whatever was done to it is noticed."""

import io

import pytest

from listing.evidence.keyring import BadKeys, Keyring, UnknownKey
from listing.evidence.sealing import PIECE, TAG, Sealed, Tampered, new_key, opened

KEY, OTHER = new_key(), new_key()
STEP = PIECE + TAG


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    return Sealed(io.BytesIO(content), key).read()


def plain(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened(io.BytesIO(content), key))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_sealed_comes_back_and_its_size_is_known(size):
    content = bytes(i % 251 for i in range(size))
    stream = Sealed(io.BytesIO(content), KEY)
    whole = stream.read()
    assert plain(whole) == content
    assert (stream.seek(0, 2), stream.seek(0), stream.read()) == (len(whole), 0, whole)


CONTENT = b"".join(bytes([n]) * PIECE for n in range(3))
WHOLE = sealed(CONTENT)
FIRST, MIDDLE, LAST = WHOLE[:STEP], WHOLE[STEP : 2 * STEP], WHOLE[2 * STEP :]
ATTACKS = {
    "a flipped byte": WHOLE[:70_000] + bytes([WHOLE[70_000] ^ 1]) + WHOLE[70_001:],
    "cut between pieces": FIRST + MIDDLE,
    "cut inside a piece": WHOLE[:-9],
    "cut to nothing": b"",
    "pieces exchanged": MIDDLE + FIRST + LAST,
    "a piece left out": FIRST + LAST,
    "a piece twice": FIRST + FIRST + MIDDLE + LAST,
    "a piece of another content": FIRST + sealed(CONTENT, OTHER)[STEP : 2 * STEP] + LAST,
    "something behind": WHOLE + b"x" * 40,
    "the end moved forward": FIRST + LAST[:0] + MIDDLE[:-TAG],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_done_to_it_is_noticed(attack):
    with pytest.raises(Tampered):
        plain(ATTACKS[attack])


def test_another_key_opens_nothing():
    with pytest.raises(Tampered):
        plain(WHOLE, OTHER)


A, B = "a" * 40, "b" * 40


def test_a_key_is_unwrapped_by_whoever_has_its_id_and_says_the_same_of_the_file():
    ring = Keyring(f"2026:{A}, 2025:{B}")
    assert ring.current == "2026"
    wrapped = ring.wrap(KEY, b"about")
    assert Keyring(f"new:{B},2026:{A}").unwrap(wrapped, b"about", key_id="2026") == KEY
    for others, about, error in [(f"2026:{B}", b"about", Tampered), (f"2025:{A}", b"about", UnknownKey)]:
        with pytest.raises(error):
            Keyring(others).unwrap(wrapped, about, key_id="2026")
    with pytest.raises(Tampered):
        ring.unwrap(wrapped, b"About", key_id="2026")


@pytest.mark.parametrize("text", ["", " , ", "a:short", f"a:{A},a:{B}", f"{'n' * 33}:{A}"])
def test_keys_that_are_none_are_refused(text):
    with pytest.raises(BadKeys):
        Keyring(text)
