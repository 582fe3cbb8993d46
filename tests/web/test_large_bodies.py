"""F14: a body of 1 GB, announced or in chunks, is refused with 413 before it fills memory or disk."""

import io
import tracemalloc

import pytest

GB, MIB = 1 << 30, 1 << 20
MULTIPART = b'--b\r\nContent-Disposition: form-data; name="plan"; filename="plan.pdf"\r\n\r\n'


class Endless(io.RawIOBase):
    """A gigabyte that exists only as it is read, after a beginning of one's choice."""

    def __init__(self, beginning: bytes):
        self.beginning, self.given = beginning, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        piece = self.beginning[: len(buffer)] or b"x" * min(len(buffer), GB - self.given)
        self.beginning = self.beginning[len(buffer) :]
        buffer[: len(piece)] = piece
        self.given += len(piece)
        return len(piece)


def _sent(app, body: Endless, **environ) -> str:
    """The status of a POST, as a server would hand it over; the answer is read to its end."""
    statuses = []
    whole = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/en/login",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.14",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BufferedReader(body),
    } | environ
    for _piece in app.wsgi_app(whole, lambda status, *_: statuses.append(status)):
        pass
    return statuses[-1]


CHUNKED = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
BODIES = [
    pytest.param("multipart/form-data; boundary=b", MULTIPART, id="file"),
    pytest.param("multipart/form-data; boundary=b", MULTIPART.replace(b'; filename="plan.pdf"', b""), id="field"),
    pytest.param("application/x-www-form-urlencoded", b"plan=", id="urlencoded"),
    pytest.param("application/json", b"[", id="json"),
]


@pytest.mark.parametrize(("media_type", "beginning"), BODIES)
def test_an_announced_gigabyte_is_not_even_read(app, media_type, beginning):
    body = Endless(beginning)
    assert _sent(app, body, CONTENT_TYPE=media_type, CONTENT_LENGTH=str(GB)) == "413 REQUEST ENTITY TOO LARGE"
    assert body.given == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the parser drops its spool file
@pytest.mark.parametrize(("media_type", "beginning"), BODIES)
def test_a_gigabyte_in_chunks_stops_at_the_limit(app, media_type, beginning):
    body = Endless(beginning)
    tracemalloc.start()
    status = _sent(app, body, CONTENT_TYPE=media_type, **CHUNKED)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert status == "413 REQUEST ENTITY TOO LARGE"
    assert body.given <= app.config["MAX_CONTENT_LENGTH"] + MIB
    assert peak < 64 * MIB


@pytest.mark.parametrize(("size", "status"), [(3 * MIB, "413"), (MIB, "400")])
@pytest.mark.parametrize("chunked", [True, False])
def test_a_form_without_files_may_fill_little_memory(app, chunked, size, status):
    length = CHUNKED if chunked else {"CONTENT_LENGTH": str(size)}
    body = io.BytesIO(b"plan=".ljust(size, b"x"))
    answer = _sent(
        app, Endless(b""), CONTENT_TYPE="application/x-www-form-urlencoded", **length, **{"wsgi.input": body}
    )
    assert answer.startswith(status)
