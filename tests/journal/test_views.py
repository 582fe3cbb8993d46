"""What strangers fetch: proofs that verify, nothing personal, and an answer to every number."""

from base64 import b64decode
from hashlib import sha256

import pytest

from listing.access.permission import Permission
from listing.journal import canonical, checkpoint, merkle, queries, views
from listing.journal.models import Node

from . import forger
from .factories import ORIGIN, a_log

SIZE = 11


@pytest.fixture
def get(app):
    """Fetch from a log of eleven entries."""
    a_log(SIZE)
    return app.test_client().get


def digests(path):
    return [b64decode(step) for step in path]


def test_every_view_is_public(app):
    marks = {app.view_functions[rule.endpoint].permission for rule in app.url_map.iter_rules("journal.entry")}
    functions = [views.checkpoint, views.key, views.entry, views.proof, views.consistency]
    assert marks | {function.permission for function in functions} == {Permission.PUBLIC}


def test_the_checkpoint_is_signed_by_the_published_key(get):
    verifier = checkpoint.Verifier.parse(get("/log/key").text)
    answer = get("/log/checkpoint")
    assert answer.mimetype == "text/plain"
    assert checkpoint.verify(answer.text, verifier) == checkpoint.Checkpoint(ORIGIN, SIZE, queries.tip().root)


def test_the_checkpoint_of_an_empty_log_is_the_empty_root(app):
    note = app.test_client().get("/log/checkpoint").text
    assert checkpoint.parse(note) == checkpoint.Checkpoint(ORIGIN, 0, merkle.EMPTY_ROOT)


def test_an_entry_shows_its_leaf_and_nothing_of_its_content(get):
    answer = get("/log/entry/4")
    shown = answer.get_json()
    leaf = {name: shown[name] for name in ("v", "index", "at", "code", "commitment")}
    assert set(shown) == {*leaf, "leaf_hash"}
    assert (leaf["index"], leaf["at"], leaf["code"]) == (4, "2026-11-03T02:04:00Z", "company.published")
    assert merkle.leaf_hash(canonical.encoded(leaf)) == b64decode(shown["leaf_hash"])
    for hidden in ("林", "\\u6797", "湾", "revision", "101", '"7"', '"company"'):
        assert hidden not in answer.text


def test_the_commitment_opens_to_the_content(get):
    shown, opening = get("/log/entry/4").get_json(), queries.opening(queries.entry(4))
    assert opening["private"]["actor"] == "林慧敏"
    assert opening["private"]["data"] == {"revision": 4, "名稱": "湾桥"}
    committed = sha256(b64decode(opening["salt"]) + canonical.encoded(opening["private"])).digest()
    assert committed == b64decode(shown["commitment"])


def test_two_entries_of_equal_content_look_different(app):
    a_log(1)
    a_log(1)
    first, second = (app.test_client().get(f"/log/entry/{n}").get_json()["commitment"] for n in (0, 1))
    assert first != second


def test_every_entry_is_proved_in_every_size(get):
    for size in range(1, SIZE + 1):
        for index in range(size):
            proof = get(f"/log/entry/{index}/proof?size={size}").get_json()
            facts = {"index": proof["index"], "size": proof["size"], "path": digests(proof["path"])}
            assert (facts["index"], facts["size"]) == (index, size)
            root = queries.root_at(size)
            assert b64decode(proof["root"]) == root
            assert merkle.includes(leaf=b64decode(proof["leaf_hash"]), root=root, **facts)
    assert get("/log/entry/3/proof").get_json()["size"] == SIZE


def test_every_size_is_proved_to_continue_every_earlier_one(get):
    for second in range(SIZE + 1):
        for first in range(second + 1):
            proof = get(f"/log/consistency?from={first}&to={second}").get_json()
            roots = {"first_root": queries.root_at(first), "second_root": queries.root_at(second)}
            assert (b64decode(proof["from_root"]), b64decode(proof["root"])) == tuple(roots.values())
            assert merkle.extends(first=first, second=second, path=digests(proof["path"]), **roots)
    assert get("/log/consistency?from=3").get_json()["to"] == SIZE


HUGE = "9" * 30


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/log/entry/11", 404),
        ("/log/entry/-1", 404),
        ("/log/entry/x", 404),
        (f"/log/entry/{HUGE}", 404),
        (f"/log/entry/{'9' * 5000}", 404),
        ("/log/entry/11/proof", 404),
        (f"/log/entry/{HUGE}/proof", 404),
        ("/log/entry/3/proof?size=3", 400),
        ("/log/entry/3/proof?size=0", 400),
        ("/log/entry/3/proof?size=12", 400),
        ("/log/entry/3/proof?size=", 400),
        ("/log/entry/3/proof?size=-1", 400),
        ("/log/entry/3/proof?size=1e3", 400),
        ("/log/entry/3/proof?size=１１", 400),
        ("/log/entry/3/proof?size=011", 400),
        (f"/log/entry/3/proof?size={HUGE}", 400),
        ("/log/consistency", 400),
        ("/log/consistency?from=&to=3", 400),
        ("/log/consistency?from=4&to=3", 400),
        ("/log/consistency?from=3&to=12", 400),
        ("/log/consistency?from=%00&to=3", 400),
        (f"/log/consistency?from=3&to={HUGE}", 400),
    ],
)
def test_bad_numbers_are_answered(get, url, status):
    assert get(url).status_code == status


def test_a_log_with_a_hole_says_so(get):
    forger.write(forger.delete(Node))
    assert get("/log/entry/0/proof").status_code == 503
    assert get("/log/consistency?from=3").status_code == 503
