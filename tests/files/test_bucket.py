"""The bucket: what is put comes back, what nobody names goes, and nothing goes that somebody brings anew meanwhile.

Tried against a server that speaks S3, on this machine.
"""

import io
import urllib.request
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest
from moto.server import ThreadedMotoServer
from werkzeug.exceptions import ServiceUnavailable

from listing.clock import FixedClock
from listing.files import bucket, operations, queries, rules, serving, storage
from listing.files.rules import MB
from tests.factories import NOW

from .samples import PDF

DIGEST = sha256(PDF).hexdigest()
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def server():
    with pytest.MonkeyPatch.context() as environment:
        running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        running.start()
        host, port = running.get_host_and_port()
        given = {"ACCESS_KEY_ID": "any", "SECRET_ACCESS_KEY": "any", "REGION": "us-east-1", "ALLOW_HTTP": "true"}
        for name, value in (given | {"ENDPOINT_URL": f"http://{host}:{port}"}).items():
            environment.setenv(f"AWS_{name}", value)
        made = urllib.request.Request(f"http://{host}:{port}/papers", method="PUT")
        urllib.request.urlopen(made).close()
        yield
        running.stop()


@pytest.fixture
def url(server, request):
    return f"s3://papers/{sha256(request.node.nodeid.encode()).hexdigest()[:8]}"


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture
def place(url, clock):
    return bucket.Bucket(url, clock)


def _put(place):
    return place.put(io.BytesIO(PDF))


def test_what_is_put_comes_back_once(place):
    assert _put(place) == _put(place) == (DIGEST, len(PDF))
    with place.open(DIGEST) as content:
        assert content.read() == PDF
    assert list(place.digests()) == [DIGEST]
    assert storage.state(place, DIGEST) == "ok"


def test_what_was_never_put_is_missing(place):
    with pytest.raises(FileNotFoundError):
        place.open(DIGEST)
    assert storage.state(place, DIGEST) == "missing"
    assert list(place.digests()) == []


def test_a_large_file_is_read_in_pieces(place):
    content = bytes(range(256)) * (12 * MB // 256)
    digest, size = place.put(io.BytesIO(content))
    assert (digest, size) == (sha256(content).hexdigest(), len(content))
    with place.open(digest) as opened:
        assert b"".join(iter(lambda: opened.read(100_000), b"")) == content


def test_old_content_goes_and_what_was_brought_again_stays(place, clock):
    _put(place)
    assert not place.drop(DIGEST, untouched_since=NOW)
    clock.set(NOW + 3 * DAY)
    _put(place)
    assert not place.drop(DIGEST, untouched_since=NOW + 2 * DAY)
    assert storage.state(place, DIGEST) == "ok"
    assert place.drop(DIGEST, untouched_since=NOW + 6 * DAY)
    assert storage.state(place, DIGEST) == "missing"


@pytest.mark.parametrize("guarded", [True, False])
def test_content_brought_while_it_is_cleared_away_stays(place, clock, monkeypatch, guarded):
    """Between reading the age and deleting; with one name for all days, the guard off, it would be lost."""
    if not guarded:
        monkeypatch.setattr(clock, "now", lambda: NOW)
    _put(place)
    if guarded:
        clock.set(NOW + 3 * DAY)
    delete = bucket.obstore.delete

    def overtaken(store, names):
        _put(place)
        delete(store, names)

    monkeypatch.setattr(bucket.obstore, "delete", overtaken)
    place.drop(DIGEST, untouched_since=NOW + 3 * DAY)
    assert storage.state(place, DIGEST) == ("ok" if guarded else "missing")


@pytest.fixture
def app(app, url):
    app.config["FILES_URL"] = url
    return app


def test_an_upload_goes_into_the_bucket_and_comes_out_under_its_name(app, keep):
    file = keep(PDF, "廣東路演.pdf")
    with app.test_request_context():
        answer = serving.download(queries.get(file.id))
        assert b"".join(answer.iter_encoded()) == PDF
        answer.close()
    assert operations.sweep(now=datetime.now(UTC) + 9 * DAY) == 0
    operations.forget(file=file)
    assert operations.sweep(now=datetime.now(UTC)) == 0
    assert operations.sweep(now=datetime.now(UTC) + 9 * DAY) == 1


def test_a_store_that_does_not_answer_is_a_refusal_and_503(app, keep, monkeypatch):
    monkeypatch.setitem(bucket._PATIENCE, "max_retries", 0)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(rules.NotKept):
        keep(PDF)
    with app.test_request_context(), pytest.raises(ServiceUnavailable):
        serving.download(SimpleNamespace(sha256=DIGEST))
