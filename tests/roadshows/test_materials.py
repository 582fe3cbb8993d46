"""Files of companies: had by those they are for and by nobody else, whichever way they are asked for."""

import io
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import update
from werkzeug.datastructures import FileStorage

from listing.access.actor import Tier
from listing.accounts.models import WebSession
from listing.bilingual.pair import Pair
from listing.files.models import StoredFile
from listing.roadshows import queries as roadshows
from listing.roadshows import rules as shows
from listing.roadshows.operations import scheduling, seating
from listing.roadshows.presenting import queries, rules
from listing.roadshows.presenting.operations import inviting, materials
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_member, a_user, an_organisation, signed_in
from tests.files.samples import PDF

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply


@pytest.fixture
def agreed(app):
    """An organizer, the owner of a company that presents on a day with two places, and its session."""
    organizer, owner = an_organizer(), a_member(an_organisation(), "owner")
    company = a_presenter(organisation_id=owner.organisation_id)
    session = a_session(a_roadshow(organizer).days[0], time(12), company=company, title=Pair("", ""))
    db.session.commit()
    return organizer, owner, session


def bring(owner, session, visibility, name="slides.pdf", *, now=NOW, **said):
    values = {"language": "en", "visibility": visibility, "replaces_id": None, "actor": actor_of(owner), "now": now}
    file = FileStorage(io.BytesIO(PDF), filename=name)
    return materials.bring(row=queries.standing_in(session), file=file, **values | said)


def test_a_file_is_for_everybody_for_the_admitted_or_for_those_with_a_place():
    tiers = [(Tier.PUBLIC, False), (Tier.REGISTERED, True), (Tier.ADMITTED, False), (Tier.ADMITTED, True)]
    opened = {v: [rules.may_have(v, tier=tier, has_place=place) for tier, place in tiers] for v in rules.VISIBILITIES}
    assert opened == {
        "public": [True, True, True, True],
        "admitted": [False, False, True, True],
        "registered": [False, False, False, True],
    }


@pytest.mark.parametrize("visibility", rules.VISIBILITIES)
def test_nobody_else_downloads_a_file_or_reads_its_name(app, clock, agreed, visibility):
    organizer, owner, session = agreed
    show = session.day.roadshow
    placed, admitted, ended = an_admitted_investor(), an_admitted_investor(), an_admitted_investor(until=NOW)
    apply(placed, session.day)
    row = bring(owner, session, visibility, "港口 slides.pdf")
    db.session.commit()
    inside = [organizer.user, owner.user]
    may = {"public": None, "admitted": {admitted.user, placed.user}, "registered": {placed.user}}[visibility]
    every = [None, ended.user, a_member(an_organisation(), "owner").user, a_user(), admitted.user, placed.user]
    for user in (*every, *inside):
        client = signed_in(app.test_client(), user)
        opens = may is None or user in may or user in inside
        for ask in (client.get, client.head):
            answer = ask(f"/en/roadshows/materials/{row.id}")
            assert answer.status_code == (200 if opens else 404)
            assert (b"%PDF" in answer.data) is (opens and ask == client.get)
            assert (answer.headers.get("X-Content-Type-Options"), "slides" in str(answer.headers)) == ("nosniff", opens)
        reads = visibility == "public" or (opens and user is not owner.user)
        for at in (NOW, show.ends_at):  # and once the page is the record
            clock.set(at)
            db.session.execute(update(WebSession).values(seen_at=at, expires_at=at + timedelta(hours=1)))
            db.session.commit()
            assert ("slides.pdf" in client.get(f"/zh-Hant/roadshows/{show.code}").text) is reads
        clock.set(NOW)


def test_a_place_given_back_and_a_company_that_steps_back_close_the_file(app, agreed):
    organizer, owner, session = agreed
    placed = an_admitted_investor()
    seat = apply(placed, session.day)
    row, everybodys = bring(owner, session, "registered"), bring(owner, session, "public")
    db.session.commit()
    guest, address = signed_in(app.test_client(), placed.user), "/en/roadshows/materials/{}"
    assert guest.get(address.format(row.id)).status_code == 200
    seating.withdraw(row=seat, actor=actor_of(placed), now=NOW)
    db.session.commit()
    assert guest.get(address.format(row.id)).status_code == 404
    assert guest.get(address.format(everybodys.id)).status_code == 200
    part = queries.standing_in(session)
    inviting.decline(row=part, reason="Fair", substitute_id=None, actor=actor_of(owner), now=NOW)
    db.session.commit()
    assert guest.get(address.format(everybodys.id)).status_code == 404
    with pytest.raises(shows.NotNow):
        materials.bring(
            row=part,
            file=FileStorage(io.BytesIO(PDF), filename="a.pdf"),
            language="zh",
            visibility="public",
            replaces_id=None,
            actor=actor_of(owner),
            now=NOW,
        )
    a_session(session.day, time(15))
    scheduling.remove_session(session=session, actor=actor_of(organizer), now=NOW)
    assert db.session.query(StoredFile).count() == 0


def test_what_comes_after_the_fifth_day_before_is_late_on_the_clocks_of_the_event(app, agreed):
    _organizer, owner, session = agreed
    assert rules.materials_due(session.day.date).isoformat() == "2026-12-03"
    in_time, late = datetime(2026, 12, 3, 15, 58, tzinfo=UTC), datetime(2026, 12, 3, 16, 30, tzinfo=UTC)
    assert [bring(owner, session, "public", now=at).late for at in (in_time, late)] == [False, True]
    for _ in range(rules.MOST_MATERIALS - 2):
        bring(owner, session, "public")
    with pytest.raises(rules.TooManyMaterials):
        bring(owner, session, "public")


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_a_company_sends_a_file_replaces_it_and_takes_it_back(app, agreed, lang):
    organizer, owner, session = agreed
    show = roadshows.by_id(session.day.roadshow_id)
    theirs, manager = signed_in(app.test_client(), owner.user), signed_in(app.test_client(), organizer.user)
    home = f"/{lang}/studio/roadshows/{queries.standing_in(session).id}/materials"
    for name, content, status in (("a.html", b"<html>", 422), ("a.pdf", b"<script>", 422), ("a.pdf", PDF, 303)):
        answer = submit(
            theirs, home, "/materials", file=(io.BytesIO(content), name), visibility="admitted", language="zh"
        )
        assert answer.status_code == status
    first = queries.current([session])[session.id][0]
    replaced = submit(theirs, home, "/materials", file=(io.BytesIO(PDF), "b.pdf"), replaces_id=str(first.id))
    assert replaced.status_code == 303
    assert [row.replaces_id for row in queries.current([session])[session.id]] == [first.id]
    assert "a.pdf" in theirs.get(home).text
    assert "b.pdf" in manager.get(f"/{lang}/events/manage/roadshows/{show.id}/companies").text
    assert manager.get(f"/{lang}/roadshows/materials/{first.id}").status_code == 200
    admitted = signed_in(app.test_client(), an_admitted_investor().user)
    assert admitted.get(f"/{lang}/roadshows/materials/{first.id}").status_code == 404
    assert submit(theirs, home, "/withdraw").status_code == 303
    assert queries.current([session]) == {}
    assert theirs.get(home.removesuffix("/materials")).status_code == 200
