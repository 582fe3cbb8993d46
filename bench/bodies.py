"""20 MB sent to the web server as shipped and fetched from it again: what memory that takes beyond what it had.

The most that gunicorn and its workers hold alone, looked at fifty times a second while the file is on its way.
"""

import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from faults.browser import Browser, people
from faults.place import Process, installed
from tests.files import samples

from .report import Figure

SIZE = 20 << 20
MEGABYTE = 1 << 20
ABOUT = {
    "documents.0.title.zh": "审计报告",
    "documents.0.title.en": "Audit report",
    "documents.0.language": "zh-Hans",
    "documents.0.class": "accounts",
    "documents.0.visibility": "admitted",
}


def bodies() -> list[Figure]:
    """Extra memory of one upload and one download, after a small one of each has warmed the process up."""
    with installed(None) as place:
        web = place.web()
        browser = Browser(place.port, people(place, 1)[0], patience=120)
        begin = "/en/studio/profiles/new"
        profile = browser.post(begin, browser.hidden(begin)).location.rsplit("/", 1)[0]
        _there_and_back(browser, profile, samples.PDF)
        content = samples.PDF.replace(b"%%EOF", b"%" + secrets.token_hex(SIZE // 2).encode() + b"\n%%EOF")
        with watched(web) as sending:
            address = _sent(browser, profile, content)
        with watched(web) as fetching:
            got = browser.get(address)
        if got.status != 200:
            raise RuntimeError(f"the file was not given back: {got.status}")
    return [
        Figure("upload of 20 MB: memory beyond before", sending() / MEGABYTE, "MiB", most=64),
        Figure("download of 20 MB: memory beyond before", fetching() / MEGABYTE, "MiB", most=64),
    ]


def _there_and_back(browser: Browser, profile: str, content: bytes) -> None:
    browser.get(_sent(browser, profile, content))


def _sent(browser: Browser, profile: str, content: bytes) -> str:
    """The address of the file just sent."""
    form = f"{profile}/documents/add"
    answer = browser.send_file(form, browser.hidden(form) | ABOUT, "file", b"report.pdf", content)
    if answer.status != 303:
        raise RuntimeError(f"the upload was refused: {answer.status} {answer.text[:2000]}")
    return re.findall(r'href="([^"]+/documents/[^"/]+/file)"', browser.get(f"{profile}/documents").text)[-1]


@contextmanager
def watched(web: Process) -> Iterator[Callable[[], int]]:
    """A function that tells, afterwards, by how many bytes the server grew at most."""
    before, most, over = web.resident(), [0], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            most[0] = max(most[0], web.resident() - before)

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield lambda: most[0]
    finally:
        over.set()
        watch.join()
