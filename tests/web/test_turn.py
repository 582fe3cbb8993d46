"""F8: a form sent many times creates once and answers alike; the test would see it if it did not."""

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from listing.clock import FixedClock
from listing.store import repeats
from listing.store.db import db
from tests.factories import NOW
from tests.store import databases

from .proposals import Proposal, small_app


@pytest.fixture
def clock():
    return FixedClock(NOW)


@pytest.fixture(params=databases.KINDS)
def room(request, tmp_path, clock):
    with databases.fresh(request.param, tmp_path) as settings:
        app = small_app(settings, clock)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def browser(room):
    return room.test_client()


def _opened(browser, path: str = "/new") -> dict:
    """The hidden fields of the form just opened."""
    page = BeautifulSoup(browser.get(path).text, "lxml")
    return {tag["name"]: tag["value"] for tag in page.find_all("input", type="hidden")}


def _titles(room) -> list[str]:
    with room.app_context():
        return list(db.session.scalars(select(Proposal.title).order_by(Proposal.id)))


def _in_parallel(room, browser, many: int, form: dict) -> Counter:
    """The (status, address) of ``many`` copies of one POST from one browser, all sent at once."""
    cookie = browser.get_cookie("session").value

    def send(_number: int):
        copy = room.test_client()
        copy.set_cookie("session", cookie)
        answer = copy.post("/new", data=form)
        return answer.status_code, answer.headers.get("Location")

    with ThreadPoolExecutor(many) as pool:
        return Counter(pool.map(send, range(many)))


def test_20_parallel_copies_make_one_record_and_get_one_answer(room, browser):
    form = {**_opened(browser), "title": "廣東路演"}
    assert _in_parallel(room, browser, 20, form) == {(303, "/1"): 20}
    assert _titles(room) == ["廣東路演"]


def test_without_the_guard_20_copies_make_20_records(room, browser, monkeypatch):
    monkeypatch.setattr(repeats, "claim", lambda **_: None)
    form = {**_opened(browser), "title": "廣東路演"}
    answers = _in_parallel(room, browser, 20, form)
    assert len(answers) == len(_titles(room)) == 20


def test_sent_again_after_back_it_gets_the_first_answer(room, browser):
    form = {**_opened(browser), "title": "One"}
    first, again = browser.post("/new", data=form), browser.post("/new", data=form)
    assert [(a.status_code, a.headers["Location"]) for a in (first, again)] == [(303, "/1")] * 2
    assert _titles(room) == ["One"]


def test_the_same_key_with_other_content_is_a_conflict(room, browser):
    form = _opened(browser)
    browser.post("/new", data={**form, "title": "One"})
    assert browser.post("/new", data={**form, "title": "Two"}).status_code == 409
    assert browser.post("/other", data={**form, "title": "One"}).status_code == 409
    assert _titles(room) == ["One"]


def test_a_file_is_content_too(room, browser):
    form = {**_opened(browser), "title": "One"}

    def send(plan: bytes, name: str = "plan.pdf") -> int:
        return browser.post("/new", data={**form, "plan": (io.BytesIO(plan), name)}).status_code

    assert [send(b"a"), send(b"a"), send(b"b"), send(b"a", "other.pdf")] == [303, 303, 409, 409]
    assert _titles(room) == ["a"]


def test_a_new_form_makes_a_new_record(room, browser):
    for _ in range(2):
        browser.post("/new", data={**_opened(browser), "title": "One"})
    assert _titles(room) == ["One", "One"]


def test_a_refused_form_keeps_its_key_and_may_be_sent_again(room, browser):
    form = _opened(browser)
    refused = browser.post("/new", data={**form, "title": "refused"})
    assert refused.status_code == 200
    assert "Not refused." in refused.text
    assert f'value="{form["idempotency_key"]}"' in refused.text
    assert browser.post("/new", data={**form, "title": "One"}).status_code == 303
    assert _titles(room) == ["One"]


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "naïve-key-of-the-sender", "a\0" * 15])
def test_a_form_without_a_proper_key_creates_nothing(room, browser, key):
    answer = browser.post("/new", data={**_opened(browser), "title": "One", "idempotency_key": key})
    assert answer.status_code == 200
    assert "Reload the page and send it again." in answer.text
    assert _titles(room) == []


def test_a_stranger_with_the_key_reads_nobody_elses_answer(room, browser):
    key = _opened(browser)["idempotency_key"]
    browser.post("/new", data={**_opened(browser), "idempotency_key": key, "title": "One"})
    stranger = room.test_client()
    answer = stranger.post("/new", data={**_opened(stranger), "idempotency_key": key, "title": "One"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/2")
    other = room.test_client()
    answer = other.post("/new", data={**_opened(other), "idempotency_key": key, "title": "Two"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/3")


def test_a_person_gets_the_first_answer_in_another_browser_too(room, browser):
    second = room.test_client()
    for one in (browser, second):
        one.post("/sign-in/7")
    key = _opened(browser)["idempotency_key"]
    for one in (browser, second):
        answer = one.post("/new", data={**_opened(one), "idempotency_key": key, "title": "One"})
        assert answer.headers["Location"] == "/1"
    third = room.test_client()
    third.post("/sign-in/8")
    answer = third.post("/new", data={**_opened(third), "idempotency_key": key, "title": "One"})
    assert answer.headers["Location"] == "/2"


def test_what_was_typed_cannot_be_guessed_from_the_digest(room, browser):
    for secret in ("one", "two"):
        room.secret_key = secret
        visitor = room.test_client()
        visitor.post("/new", data={**_opened(visitor), "title": "One"})
    with room.app_context():
        digests = list(db.session.scalars(select(repeats.FirstAnswer.digest)))
    assert len(set(digests)) == 2


def test_first_answers_are_kept_for_two_days(room, browser, clock):
    browser.post("/new", data={**_opened(browser), "title": "One"})
    with room.app_context():
        assert repeats.purge(now=clock.now() + timedelta(hours=48)) == 0
        assert repeats.purge(now=clock.now() + timedelta(hours=48, seconds=1)) == 1
        assert db.session.scalar(select(func.count()).select_from(repeats.FirstAnswer)) == 0
