"""What is told, when, to whom, and that nothing is told twice or forgotten."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from listing.access.actor import SYSTEM, Actor
from listing.alerts import links, operations, queries, rules
from listing.alerts.models import Alert
from listing.companies.operations import publishing, watching
from listing.notifications import render
from listing.notifications.models import Notice
from listing.store.db import db

from ..factories import NOW, a_company, a_user
from ..store.example import ON_POSTGRESQL

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def going_on():
    return False


def acting(user):
    return Actor(user_id=user.id, label=user.name, language=user.language, zone=user.zone)


def told():
    return db.session.scalars(select(Notice).order_by(Notice.id)).all()


@pytest.fixture
def reader(app):
    return a_user(language="en", zone="Asia/Hong_Kong")


def saved(reader, query="sector=ai", cadence=rules.AT_ONCE, now=NOW):
    alert = operations.save(query=query, cadence=cadence, actor=acting(reader), now=now)
    db.session.commit()
    return alert


def an_ai_company(now, **fields):
    return a_company(sector_group="software", sector="ai", now=now, **fields)


def test_new_matches_are_told_once_and_only_when_there_are_any(reader):
    an_ai_company(NOW - MINUTE)
    saved(reader)
    assert operations.tell_due(now=NOW + 6 * MINUTE, stopping=going_on) == 0
    an_ai_company(NOW + 7 * MINUTE, name_en="Fresh Mind Limited", name_zh="新思有限公司")
    a_company(sector_group="health", sector="devices", now=NOW + 7 * MINUTE)
    db.session.commit()
    assert operations.tell_due(now=NOW + 30 * MINUTE, stopping=going_on) == 1
    assert operations.tell_due(now=NOW + 60 * MINUTE, stopping=going_on) == 0
    [notice] = told()
    assert (notice.message, notice.data["count"]) == ("search_alert", 1)
    assert notice.data["named"] == [{"zh": "新思有限公司", "en": "Fresh Mind Limited"}]


def test_what_was_published_while_a_search_looked_is_told_by_the_next(reader):
    """A row with an instant just before the look may be committed after it; the last five minutes are left alone."""
    saved(reader)
    look = NOW + 10 * MINUTE
    assert operations.tell_due(now=look, stopping=going_on) == 0
    an_ai_company(look - MINUTE)  # its transaction ended after the look
    db.session.commit()
    assert operations.tell_due(now=look + 6 * MINUTE, stopping=going_on) == 1


def test_words_find_a_company_whose_row_is_older_than_others(reader):
    """Words are ranked by row; a company put on display late must be found all the same."""
    old = an_ai_company(NOW - DAY, name_en="Lantern Robotics Limited")
    saved(reader, query="q=lantern")
    an_ai_company(NOW - MINUTE, name_en="Lantern Later Limited")
    old.displayed_at = NOW + MINUTE
    db.session.commit()
    assert operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on) == 1
    assert told()[0].data["named"][0]["en"] == "Lantern Robotics Limited"


def test_a_search_finds_nothing_by_what_only_admitted_investors_read(reader):
    saved(reader, query="q=quartz")
    a_company(passages=[("financing", "石英", "quartz")], now=NOW + MINUTE)
    a_company(passages=[("summary", "石英", "quartz")], now=NOW + MINUTE, name_en="Open Limited")
    db.session.commit()
    operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on)
    assert [row["en"] for row in told()[0].data["named"]] == ["Open Limited"]


def test_a_watched_company_tells_of_a_revision_and_of_a_suspension(reader):
    company = a_company(passages=[("summary", "甲", "one")])
    who = {"actor": acting(reader), "now": NOW}
    operations.follow_watched(cadence=rules.DAILY, **who)
    assert watching.watch(company=company, **who)
    db.session.commit()
    morning = NOW + DAY
    assert operations.tell_due(now=morning, stopping=going_on) == 0
    publishing.suspend(company=company, reason="operator", actor=SYSTEM, now=morning + MINUTE)
    db.session.commit()
    assert operations.tell_due(now=morning + DAY, stopping=going_on) == 1
    [notice] = told()
    assert (notice.message, notice.data["named"][0]["status"]) == ("watch_alert", "suspended")


def test_another_persons_watching_tells_me_nothing(reader):
    company = a_company()
    operations.follow_watched(cadence=rules.AT_ONCE, actor=acting(reader), now=NOW)
    other = acting(a_user())
    watching.watch(company=company, actor=other, now=NOW)
    publishing.suspend(company=company, reason="operator", actor=SYSTEM, now=NOW + MINUTE)
    db.session.commit()
    assert operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on) == 0


def test_two_schedulers_tell_once(reader):
    alert = saved(reader)
    an_ai_company(NOW + MINUTE)
    db.session.commit()
    stale = db.session.get(Alert, alert.id)
    db.session.expunge(stale)
    assert operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on) == 1
    assert operations._claimed([stale], {reader.id: reader}, NOW + 5 * MINUTE, NOW + 10 * MINUTE) == []


@ON_POSTGRESQL  # on SQLite a transaction begins with the lock on the whole database
def test_who_looks_at_alerts_holds_them_all_first_so_that_two_never_wait_in_a_circle(reader):
    alerts = [saved(reader), saved(reader, "sector=robotics")]
    assert [each.id for each in queries.by_ids([each.id for each in reversed(alerts)])] == [alerts[1].id, alerts[0].id]
    free = select(Alert.id).with_for_update(skip_locked=True)
    with db.engine.connect() as other:
        assert other.execute(free).all() == []
        db.session.rollback()
        assert len(other.execute(free).all()) == 2


def test_who_was_disabled_is_told_nothing(reader):
    saved(reader)
    an_ai_company(NOW + MINUTE)
    reader.active = False
    db.session.commit()
    assert operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on) == 0


def test_while_nobody_wanted_mail_nothing_piles_up(reader):
    alert = saved(reader, cadence=rules.NEVER)
    an_ai_company(NOW + MINUTE)
    operations.change(alert=alert, cadence=rules.AT_ONCE, actor=acting(reader), now=NOW + DAY)
    db.session.commit()
    assert operations.tell_due(now=NOW + 2 * DAY, stopping=going_on) == 0


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_mail_has_one_link_and_a_button_of_the_mail_program(app, language):
    reader = a_user(language=language, zone="Asia/Hong_Kong")
    alert = saved(reader)
    an_ai_company(NOW + MINUTE, name_en="A & B <Limited>", name_zh="甲乙有限公司")
    db.session.commit()
    operations.tell_due(now=NOW + 10 * MINUTE, stopping=going_on)
    mail = message_from_bytes(render.envelope(told()[0], NOW + 10 * MINUTE).content, policy=policy.default)
    link = f"http://localhost:8000/{language}/alerts/{links.token(alert.id)}"
    assert mail["List-Unsubscribe"].strip() == f"<{link}>"  # too long for a line, so it begins on the next one
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text, html = (part.get_content() for part in mail.iter_parts())
    assert (text.count(link), html.count(link)) == (1, 1)
    assert "A & B <Limited>" in text
    assert "A &amp; B &lt;Limited&gt;" in html


def test_no_more_than_fifty_searches(reader):
    for n in range(rules.MOST):
        saved(reader, query=f"q=word{n}")
    with pytest.raises(rules.TooManySearches):
        saved(reader, query="q=one-more")


def test_saved_again_a_search_is_the_same_one(reader):
    first = saved(reader, cadence=rules.DAILY)
    again = saved(reader, cadence=rules.WEEKLY)
    assert (first.id, again.cadence) == (again.id, rules.WEEKLY)
