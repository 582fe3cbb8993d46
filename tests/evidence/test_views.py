"""The pages of the vault: who gets anything at all, what goes out, and what is left of it."""

import re
from datetime import UTC, datetime, timedelta
from time import time
from urllib.parse import quote

import pytest
from sqlalchemy import select

from listing.accounts.models import WebSession
from listing.evidence import queries
from listing.evidence.operations import granting
from listing.store.db import db
from tests.factories import NOW, signed_in
from tests.files.samples import PDF, a_picture

from .conftest import CASE, NAME, acting

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
STRANGERS = ("investor", "enterprise", "organizer", "reviewer", "supervisor")


def csrf_token(page) -> str:
    return _TOKEN.search(page.text)[1]


def fetched(client, file, how="view"):
    page = client.get(f"/en/evidence/{file.uid}")
    return client.post(f"/en/evidence/{file.uid}/{how}", data={"csrf_token": csrf_token(page)})


@pytest.mark.parametrize("who", STRANGERS)
def test_without_a_grant_there_is_nothing_and_the_attempt_is_noted(app, client, keep, people, who):
    file, person = keep(), getattr(people, who)
    before = db.session.get(type(file), file.id).wrapped
    signed_in(client, person)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    try:
        answers = [client.get(f"/en/evidence/{file.uid}")]
        answers += [client.post(f"/en/evidence/{file.uid}/{how}") for how in ("view", "beside", "download")]
    finally:
        app.config["WTF_CSRF_CHECK_DEFAULT"] = True
    assert [a.status_code for a in answers] == [404] * 4
    unknown = client.get("/en/evidence/" + "0" * 32)
    assert (unknown.status_code, NAME in answers[0].text) == (404, False)
    log = queries.access_log_of(db.session.get(type(file), file.id))
    assert [(line.act, line.account_id, line.for_holder) for line in log] == [("refused", person.id, False)] * 4
    assert file.wrapped == before


def test_the_holder_sees_a_masked_list_and_who_came_near(client, keep, people):
    file = keep()
    signed_in(client, people.holder)
    page = client.get("/zh-Hant/desk/evidence")
    assert (page.status_code, NAME in page.text, "•••" in page.text) == (200, False, True)
    assert fetched(client, file).data == PDF
    page = client.get(f"/zh-Hans/evidence/{file.uid}")
    assert NAME in page.text
    assert people.holder.name in page.text


def test_it_is_shown_so_that_it_can_do_nothing_and_downloaded_under_its_name(client, keep, people):
    signed_in(client, people.holder)
    for file, kind in ((keep(), "application/pdf"), (keep(a_picture(), "照片.png"), "image/png")):
        name = file.name
        shown, taken = fetched(client, file), fetched(client, file, "download")
        assert (shown.status_code, shown.content_type, taken.content_type) == (200, kind, kind)
        assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; object-src 'self'")
        assert taken.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
        for answer, how in ((shown, "inline"), (taken, "attachment")):
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Disposition"].startswith(how)
            assert quote(name, safe="") in answer.headers["Content-Disposition"]
            assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_session_left_open_feels_a_revocation_at_once(client, keep, people):
    file = keep()
    given = {"organisation_id": file.organisation_id, "case": CASE, "until": NOW + timedelta(days=9)}
    by = {"actor": acting(people.holder), "now": NOW}
    grant = granting.grant(**given, **by, purpose="review", to_person=people.reviewer.id)
    db.session.commit()
    signed_in(client, people.reviewer)
    page = client.get(f"/en/evidence/{file.uid}")
    assert (page.status_code, "Access log" in page.text) == (200, False)
    token = csrf_token(page)
    assert client.post(f"/en/evidence/{file.uid}/view", data={"csrf_token": token}).data == PDF
    granting.revoke(grant=grant, why="done", **by)
    db.session.commit()
    assert client.post(f"/en/evidence/{file.uid}/view", data={"csrf_token": token}).status_code == 404
    assert client.get(f"/en/evidence/{file.uid}").status_code == 404


def test_without_a_password_given_lately_it_is_asked_for(client, keep, people, clock):
    file = keep()
    signed_in(client, people.holder)
    token = csrf_token(client.get(f"/en/evidence/{file.uid}"))
    row = db.session.scalars(select(WebSession).where(WebSession.user_id == people.holder.id)).one()
    row.data = row.data | {"fs_paa": time() - 16 * 60}
    clock.set(datetime.now(UTC))
    row.expires_at = clock.now() + timedelta(hours=1)
    row.created_at = row.seen_at = clock.now()
    db.session.commit()
    answer = client.post(f"/en/evidence/{file.uid}/view", data={"csrf_token": token})
    assert (answer.status_code, answer.location) == (302, f"/en/evidence/{file.uid}")
    asked = client.get(answer.location)
    assert (asked.status_code, "/verify" in asked.location) == (302, True)
    assert queries.access_log_of(file) == []


def test_a_long_list_and_a_long_log_come_page_by_page(client, keep, people, monkeypatch, statements):
    monkeypatch.setattr(queries, "PAGE", 2)
    signed_in(client, people.holder)
    files = [keep(name=f"statement-{number}.pdf").uid for number in range(2)]
    client.get("/en/desk/evidence")
    with statements() as few:
        assert "Next page" not in client.get("/en/desk/evidence").text
    files += [keep(name=f"statement-{number}.pdf").uid for number in range(2, 5)]
    seen, path = [], "/en/desk/evidence"
    while path:
        with statements() as many:
            page = client.get(path).text
        assert len(many) == len(few)
        seen += re.findall(r"/en/evidence/(\w+)\"", page)
        path = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), None)
    assert seen == files[::-1]
    for _ in range(3):
        fetched(client, queries.get(files[0]))
    page = client.get(f"/en/evidence/{files[0]}")
    onward = re.findall(r'rel="next" href="([^"]+)#log"', page.text)
    assert (page.text.count("Opened in the browser"), len(onward)) == (2, 1)
    rest = client.get(onward[0]).text
    assert (rest.count("Opened in the browser"), 'rel="next"' in rest) == (1, False)
