"""Clients that write without pause and remember what they were told; one that reads and takes the time."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from http.client import HTTPException
from itertools import count

from listing.accounts.rules import MOST_KEYS

from .browser import Answer, Browser, people
from .place import Place

FORM = "/en/account/keys/new"
DONE = (201, 303)  # made now, or made by an earlier copy whose answer was lost
AGAIN = (500, 502, 503, 504, 507)


class Writer(threading.Thread):
    """Makes one key for programs after another; a form that got no answer, or 5xx, is sent again as it is."""

    def __init__(self, number: int, ports: Sequence[int], tokens: Sequence[str], stopped: threading.Event):
        super().__init__(daemon=True)
        self._number, self._ports, self._tokens, self._stopped = number, ports, tokens, stopped
        self.acknowledged: list[str] = []
        self.refused: Counter[int] = Counter()
        self.cut = 0

    def run(self) -> None:
        for token in self._tokens:
            for _ in range(MOST_KEYS):
                if self._stopped.is_set() or not self._write(token, f"{self._number}-{len(self.acknowledged)}"):
                    return

    def _write(self, token: str, name: str) -> bool:
        fields: dict = {}
        for attempt in count(self._number):
            browser = Browser(self._ports[attempt % len(self._ports)], token, f"192.0.2.{self._number}")
            try:
                fields = fields or self._opened(browser, name)
                answer = browser.post(FORM, fields) if fields else None
            except (OSError, HTTPException, AttributeError):
                self.cut += 1
                answer = None
            if answer is not None and answer.status in DONE:
                self.acknowledged.append(name)
                return True
            if not self._again(answer):
                return False
        return False

    def _opened(self, browser: Browser, name: str) -> dict:
        return {**browser.hidden(FORM), "name": name, "organisation_id": "", "scopes": "companies:read", "days": "30"}

    def _again(self, answer: Answer | None) -> bool:
        if answer is not None:
            self.refused[answer.status] += 1
        if answer is not None and answer.status not in AGAIN:
            return False
        return not self._stopped.wait(0.2)


class Writers:
    """Many of them; leaving the block ends them."""

    def __init__(self, place: Place, how_many: int, ports: Sequence[int] = (), people_each: int = 10):
        tokens = people(place, how_many * people_each)
        self._stopped = threading.Event()
        self._place = place
        self.writers = [
            Writer(n, ports or (place.port,), tokens[n * people_each : (n + 1) * people_each], self._stopped)
            for n in range(how_many)
        ]

    def __enter__(self) -> "Writers":
        for writer in self.writers:
            writer.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopped.set()
        for writer in self.writers:
            writer.join(60)

    @property
    def count(self) -> int:
        return sum(len(writer.acknowledged) for writer in self.writers)

    @property
    def cut(self) -> int:
        return sum(writer.cut for writer in self.writers)

    @property
    def refused(self) -> Counter:
        return sum((writer.refused for writer in self.writers), Counter())

    def lost_and_doubled(self) -> tuple[int, int]:
        """How many acknowledged writes have no row, and how many names have more than one."""
        rows = stored(self._place)
        lost = [name for writer in self.writers for name in writer.acknowledged if not rows[name]]
        return len(lost), sum(1 for times in rows.values() if times > 1)


def stored(place: Place) -> Counter:
    """How many rows each name has."""
    return Counter(place.column("SELECT name FROM access_key"))


class Reader(threading.Thread):
    """Opens a page again and again until told to stop; keeps how long each took, and which failed."""

    def __init__(self, port: int, path: str = "/en/companies", pause: float = 0.05, patience: float = 20):
        super().__init__(daemon=True)
        self._browser, self._path, self._pause = Browser(port, address="192.0.2.250", patience=patience), path, pause
        self._stopped = threading.Event()
        self.taken: list[float] = []
        self.failed = 0

    def __enter__(self) -> "Reader":
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopped.set()
        self.join(30)

    def run(self) -> None:
        while not self._stopped.wait(self._pause):
            began = time.monotonic()
            try:
                self.failed += self._browser.get(self._path).status != 200
            except (OSError, HTTPException):
                self.failed += 1
            self.taken.append(time.monotonic() - began)

    def p95(self) -> float:
        """Seconds; infinite when nothing was answered."""
        ordered = sorted(self.taken)
        return ordered[int(0.95 * (len(ordered) - 1))] if ordered else float("inf")


def at_once(how_many: int, act: Callable[[int], object]) -> list:
    """What ``act`` gives to each of so many threads that begin together; an error is given by its name."""
    begin, given = threading.Barrier(how_many), [None] * how_many

    def one(number: int) -> None:
        begin.wait()
        try:
            given[number] = act(number)
        except Exception as error:
            given[number] = type(error).__name__

    threads = [threading.Thread(target=one, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
