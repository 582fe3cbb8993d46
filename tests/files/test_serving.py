"""A download: the exact name, nothing a browser may run, and never the whole file in memory."""

import tracemalloc
from urllib.parse import unquote_to_bytes

from listing.files import queries, serving
from listing.files.rules import MB

from .samples import PDF


def _downloaded(app, file, **request):
    with app.test_request_context(**request):
        answer = serving.download(file)
        content = b"".join(answer.iter_encoded())
        answer.close()
        return answer, content


def test_a_chinese_name_comes_back_byte_for_byte(app, keep):
    name = "廣東 𠮷野 apresentação（終稿）.pdf"
    file = keep(PDF, name)
    answer, content = _downloaded(app, queries.get(file.id))
    assert content == PDF
    exact = answer.headers["Content-Disposition"].split("filename*=UTF-8''")[1]
    assert unquote_to_bytes(exact) == name.encode()


def test_a_download_carries_exactly_these_headers(app, keep):
    file = keep(PDF)
    answer, _content = _downloaded(app, file)
    assert dict(answer.headers) == {
        "Accept-Ranges": "none",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": "attachment; filename=\"plan.pdf\"; filename*=UTF-8''plan.pdf",
        "Content-Length": str(len(PDF)),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/pdf",
        "ETag": f'"{file.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }


def test_a_range_is_not_served(app, keep):
    answer, content = _downloaded(app, keep(PDF), headers={"Range": "bytes=0-3"})
    assert (answer.status_code, content) == (200, PDF)


def test_20_mb_go_in_and_out_within_little_memory(app, keep):
    content = PDF[:9] + b"\n" * 20 * MB + PDF[9:]
    tracemalloc.start()
    file = keep(content)
    with app.test_request_context():
        answer = serving.download(file)
        size = sum(len(piece) for piece in answer.iter_encoded())
        answer.close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == len(content)
    assert peak < 2 * MB
