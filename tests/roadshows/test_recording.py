"""After a roadshow: recordings at known places, one word a person, numbers for companies, and how far people came."""

import csv
import io
from collections import Counter
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from listing.accounts.models import WebSession
from listing.bilingual.pair import Pair
from listing.companies.operations import watching
from listing.roadshows import rules as shows
from listing.roadshows.operations import door, planning, scheduling
from listing.roadshows.presenting import queries as presenting
from listing.roadshows.recording import operations, queries, rules
from listing.store.db import db
from tests.admission.conftest import submit
from tests.factories import NOW, a_member, an_organisation, signed_in

from .made import a_presenter, a_roadshow, a_session, actor_of, an_admitted_investor, an_organizer
from .test_seating import apply

HOUR = timedelta(hours=1)


def test_a_recording_lies_at_a_host_of_the_list_over_https_and_nowhere_else():
    good = ("https://vimeo.com/1", "https://us02.zoom.us/rec/x?pwd=1", "https://www.youtube.com/watch?v=1")
    bad = (
        "http://vimeo.com/1",
        "https://evil.example/vimeo.com",
        "https://notvimeo.com/1",
        "https://vimeo.com@evil.example/",
        "https://user@vimeo.com/",
        "https://vimeo.com:444/1",
        "https://VIMEO.com/1",
        "https://[/",
        "javascript:alert(1)//vimeo.com",
        "//vimeo.com/1",
        "",
    )
    assert [rules.may_lie(address) for address in good] == [True] * 3
    assert [rules.may_lie(address) for address in bad] == [False] * len(bad)


def test_answers_are_counted():
    assert rules.counted([(5, True), (5, False), (1, True)]) == rules.Said(3, Counter({5: 2, 1: 1}), 2)


@pytest.fixture
def over(app, clock):
    """A roadshow that is over: organizer, owner of a company, its session; who came, stayed away, was online."""
    organizer, owner = an_organizer(), a_member(an_organisation(), "owner")
    company = a_presenter(organisation_id=owner.organisation_id)
    show = a_roadshow(organizer, first=NOW.date(), onsite=2, online=1)
    session = a_session(show.days[0], time(12), company=company, title=Pair("", ""))
    came, away, online = (an_admitted_investor(name=name) for name in ("Ann Came", "Bo Away", "Cy Online"))
    row = apply(came, show.days[0], now=NOW - HOUR, sessions=[session.id])
    apply(away, show.days[0], now=NOW - HOUR)
    apply(online, show.days[0], mode=shows.ONLINE, now=NOW - HOUR)
    door.check_in(row=row, actor=actor_of(organizer), now=show.begins_at + HOUR)
    watching.watch(company=company, actor=actor_of(came), now=NOW)
    db.session.commit()
    clock.set(show.ends_at)
    return organizer, owner, session, (came, away, online)


def enters(app, user, at):
    client = signed_in(app.test_client(), user)
    db.session.execute(update(WebSession).values(seen_at=at, expires_at=at + HOUR))
    db.session.commit()
    return client


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_who_took_part_says_what_they_thought_and_the_company_reads_numbers(app, client, over, lang):
    organizer, owner, session, (came, away, online) = over
    show = session.day.roadshow
    at, page = show.ends_at, f"/{lang}/roadshows/{show.code}"
    guest, theirs, manager = (enters(app, member.user, at) for member in (came, owner, organizer))
    address = f"{page}/sessions/{session.id}/feedback"
    seen = guest.get(page).text
    assert address in seen[seen.index('id="feedback"') :]
    empty = submit(guest, address, remark="Loud room")
    assert (empty.status_code, "Loud room" in empty.text) == (422, True)
    for score in ("2", "4"):
        assert submit(guest, address, score=score, follow_up="y", remark="Loud room").status_code == 303
    assert queries.said(session, session.company_id) == rules.Said(1, Counter({4: 1}), 1)
    assert enters(app, away.user, at).get(address).status_code == 404
    assert submit(enters(app, online.user, at), address, score="3").status_code == 303
    home = f"/{lang}/events/manage/roadshows/{show.id}"
    whole = manager.get(f"{home}/record").text
    assert all(text in whole for text in ("Ann Came", "Loud room", "Cy Online"))
    assert "record" in manager.get(home).text
    seen = theirs.get(f"/{lang}/studio/roadshows/{presenting.standing_in(session).id}").text
    assert not any(text in seen for text in ("Ann Came", "Loud room", "Cy Online"))
    assert queries.steps(show) == {session.company_id: rules.Steps(None, 3, 1, 1, 0, 1)}
    rows = csv.DictReader(io.StringIO(manager.get(f"{home}/follow-up.csv").data.decode("utf-8-sig")))
    told = {row["person"]: (row["planned"].lower(), row["score"], row["follow_up"].lower()) for row in rows}
    assert told == {
        "Ann Came": ("true", "4", "true"),
        "Bo Away": ("false", "", ""),
        "Cy Online": ("false", "3", "false"),
    }
    assert "Ann Came" not in client.get(page).text


def test_nobody_says_anything_before_the_end_or_after_the_archive_and_what_was_said_keeps_the_session(app, over):
    organizer, _owner, session, (came, away, _online) = over
    show = session.day.roadshow
    said = {"session": session, "score": 5, "follow_up": False, "remark": ""}
    with pytest.raises(shows.NotNow):
        operations.say(**said, actor=actor_of(came), now=session.ends_at - HOUR)
    with pytest.raises(rules.WasAway):
        operations.say(**said, actor=actor_of(away), now=show.ends_at)
    operations.say(**said, actor=actor_of(came), now=show.ends_at)
    with pytest.raises(rules.SessionRated):
        scheduling.remove_session(session=session, actor=actor_of(organizer), now=show.ends_at)
    planning.archive(show=show, actor=actor_of(organizer), now=show.ends_at)
    with pytest.raises(shows.NotNow):
        operations.say(**said, actor=actor_of(came), now=show.ends_at)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "en"])
def test_the_recording_is_for_admitted_investors_once_the_day_is_over(app, client, over, lang):
    organizer, _owner, session, (came, _away, _online) = over
    show, at = session.day.roadshow, session.day.ends_at
    manager = enters(app, organizer.user, at)
    home, page = f"/{lang}/events/manage/roadshows/{show.id}", f"/{lang}/roadshows/{show.code}"
    address = f"{home}/days/{session.day_id}/replay"
    assert address in manager.get(f"{home}/record").text
    wrong = submit(manager, address, replay="https://evil.example/x")
    assert (wrong.status_code, "https://evil.example/x" in wrong.text) == (422, True)
    assert submit(manager, address, replay="https://vimeo.com/76979871").status_code == 303
    for visitor, sees in ((client, False), (enters(app, came.user, at), True), (manager, True)):
        assert ("https://vimeo.com/76979871" in visitor.get(page).text) is sees
    with pytest.raises(shows.NotNow):
        operations.put_replay(day=session.day, replay="", actor=actor_of(organizer), now=at - HOUR)
