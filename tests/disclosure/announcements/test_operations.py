"""An announcement from its draft to its release: who may sign, when it is released, that it is released once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import select

from listing.access.actor import Actor
from listing.alerts import operations as alerts
from listing.alerts.rules import AT_ONCE
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing, watching
from listing.disclosure.announcements import proofs, queries, rules, searching, texts
from listing.disclosure.announcements.models import Announcement, Release
from listing.disclosure.announcements.operations import releasing, signing, withdrawing, writing
from listing.journal import queries as journal
from listing.notifications.models import Notice
from listing.store import fulltext
from listing.store.db import db
from listing.upkeep import reindexing
from tests.factories import a_user

from .made import BODY, EVENING, NOON, SESSION, WRITTEN, a_house, acting, begun, released, sent, signed

READ_ALOUD = {side: f"{getattr(WRITTEN['title'], side)}\n\n{getattr(BODY, side)}\n" for side in ("zh", "en")}
NOTE = Pair("更正收入金额。", "The amount of revenue is corrected.")


def never():
    return False


def tick(now):
    return releasing.release_due(now=now, stopping=never)


@pytest.fixture
def house(app):
    return a_house()


def test_both_texts_are_released_at_one_instant_under_one_number(house):
    first, second = released(house), released(house, category="clarification", event_on=None)
    rows = db.session.scalars(select(Release).order_by(Release.id)).all()
    assert [row.number for row in rows] == ["2026-000001", "2026-000002"]
    assert (first.state, rows[0].released_at, rows[0].title) == (rules.PUBLISHED, NOON, first.title)
    entry = proofs.entry(rows[0])
    assert (entry.code, entry.at, entry.actor_id) == ("announcement.released", NOON, None)
    assert entry.data["zh"] == texts.digest(texts.plain(WRITTEN["title"].zh, texts.parts(BODY.zh)))
    assert entry.data["en"] == rows[0].digest_en
    found = queries.published(house.company.id, NOON)
    assert [(one.number, one.item, one.event_on) for one in found] == [
        ("2026-000001", "D21", WRITTEN["event_on"]),
        ("2026-000002", None, None),
    ]
    assert second.signed_digest == writing.digest(second)


def test_who_wrote_any_of_it_does_not_sign_it(house):
    row = begun(house)
    kept = {"announcement": row, "version": 1, "actor": acting(house.signatory), "now": SESSION}
    writing.save(**kept, **WRITTEN | {"title": Pair("重大合同公告", "Major contract")})
    writing.save(**kept | {"version": 2}, **WRITTEN, read=True)
    with pytest.raises(rules.ChangedMeanwhile):
        writing.save(**kept, **WRITTEN)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=SESSION)
    with pytest.raises(rules.WroteIt):
        signed(house, row)
    assert signed(house, row, by=house.second, now=NOON).state == rules.PUBLISHED
    with pytest.raises(rules.NotNow):
        signed(house, row, by=house.second, now=NOON)


def test_what_was_read_is_what_is_signed_and_released(house):
    row = sent(house)
    who = {"announcement": row, "actor": acting(house.signatory), "now": SESSION}
    with pytest.raises(rules.ChangedSinceRead):
        signing.sign(declared_true=True, seen="0" * 64, **who)
    with pytest.raises(rules.NotDeclared):
        signing.sign(declared_true=False, seen=writing.digest(row), **who)
    assert signed(house, row).state == rules.QUEUED
    row.body = Pair(BODY.zh, BODY.en.replace("86.9", "96.8"))  # past every operation
    db.session.commit()
    assert (tick(NOON), queries.by_id(row.id).state) == (0, rules.QUEUED)


def test_outside_the_windows_it_waits_for_the_next_one(house):
    row = signed(house, sent(house))
    assert (row.state, row.window_opens) == (rules.QUEUED, NOON - timedelta(minutes=10))
    db.session.commit()
    assert tick(SESSION) == 0
    assert (tick(NOON), tick(NOON)) == (1, 0)
    release = queries.release("2026-000001")
    assert (release.released_at, release.missed) == (NOON, None)
    at_once = signed(house, sent(house, category="clarification", event_on=None))
    assert at_once.state == rules.PUBLISHED


def test_a_window_in_which_the_platform_was_away_is_noted(house):
    row = signed(house, sent(house))
    opens = row.window_opens
    db.session.commit()
    after = NOON + timedelta(hours=1)  # the exchange trades again
    assert (tick(after), tick(EVENING)) == (0, 1)
    release = queries.release("2026-000001")
    assert (release.released_at, release.missed) == (EVENING, opens)
    assert proofs.entry(release).data["missed"] == "2026-11-23T04:00:00Z"


def test_nothing_of_a_suspended_company_is_released(house):
    row = signed(house, sent(house))
    publishing.suspend(company=house.company, reason="operator", actor=acting(house.editor), now=SESSION)
    db.session.commit()
    assert (tick(NOON), tick(EVENING)) == (0, 0)
    with pytest.raises(rules.NotReady):
        sent(house)
    db.session.rollback()
    publishing.restore(company=house.company, actor=acting(house.editor), now=EVENING)
    db.session.commit()
    assert (tick(EVENING), queries.release("2026-000001").missed) == (1, None)
    assert row.state == rules.PUBLISHED


def test_withdrawn_before_its_window_it_is_never_released(house):
    row = signed(house, sent(house))
    who = {"announcement": row, "actor": acting(house.editor), "now": SESSION}
    with pytest.raises(rules.NoReason):
        withdrawing.withdraw(reason=" ", **who)
    assert withdrawing.withdraw(reason="Signed too early.", **who).state == rules.WITHDRAWN
    db.session.commit()
    assert tick(NOON) == 0
    with pytest.raises(rules.NotNow):
        withdrawing.withdraw(reason="Again.", **who)


def test_the_entry_of_a_withdrawal_keeps_digests_of_both_texts_and_files_and_none_of_their_words(house):
    row = sent(house)
    digests = {side: sha256(text.encode()).hexdigest() for side, text in READ_ALOUD.items()}
    row.files = [
        {"side": "zh", "name": "a.pdf", "sha256": "ab" * 32},
        {"side": "en", "name": "b.pdf", "sha256": "cd" * 32},
    ]
    who = {"actor": acting(house.editor), "now": SESSION}
    withdrawing.withdraw(announcement=row, reason="The contract failed.", **who)
    last = db.session.scalars(journal.about("announcement_draft", row.id).limit(1)).one()
    assert last.code == "announcement.withdrawn"
    assert last.data == digests | {"files": [["zh", "ab" * 32], ["en", "cd" * 32]]}
    assert set(journal.published(last)) == {"at", "code", "commitment", "index", "leaf_hash", "v"}
    released(house)
    (release,) = db.session.scalars(select(Release))
    told = proofs.entry(release).data
    assert {side: told[side] for side in digests} == digests  # the same texts have the same digests there


def test_half_a_text_is_withdrawn_as_far_as_it_was_written(house):
    row = begun(house, body=Pair("只有中文。\n\n第二段。", ""))
    withdrawing.withdraw(announcement=row, reason="Begun in error.", actor=acting(house.editor), now=SESSION)
    last = db.session.scalars(journal.about("announcement_draft", row.id).limit(1)).one()
    texts = {"zh": f"{WRITTEN['title'].zh}\n\n只有中文。\n\n第二段。\n", "en": f"{WRITTEN['title'].en}\n"}
    assert last.data == {side: sha256(text.encode()).hexdigest() for side, text in texts.items()}


def test_a_correction_of_a_correction(house):
    released(house)
    first = queries.release("2026-000001")
    correction = {
        "corrects": first,
        "note": NOTE,
        "body": Pair(BODY.zh.replace("12%", "13%"), BODY.en.replace("12%", "13%")),
    }
    other = begun(house, **correction)
    row = begun(house, **correction)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(house.editor), now=NOON)
    signed(house, row, now=NOON)
    second = queries.release("2026-000002")
    with pytest.raises(rules.AlreadyCorrected, match="2026-000002"):
        begun(house, **correction)
    with pytest.raises(rules.NotReady):  # begun before the other one was released
        writing.send(announcement=other, seen=writing.digest(other), actor=acting(house.editor), now=NOON)
    again = begun(house, **correction | {"corrects": second})
    writing.send(announcement=again, seen=writing.digest(again), actor=acting(house.editor), now=NOON)
    signed(house, again, now=NOON)
    assert [row.number for row in queries.versions(second)] == ["2026-000001", "2026-000002", "2026-000003"]
    assert queries.corrected([first.id, second.id, second.id + 1]) == {first.id, second.id}
    assert proofs.entry(second).data["corrects"] == "2026-000001"
    assert first.passages[0].en == "Revenue was RMB 86.9 million, up 12% year on year."


def _at_once(app, house, number):
    """Both signatories have read the page; both press at the same instant."""
    ready = Barrier(2)

    def one(member):
        with app.app_context():
            row = queries.by_id(number)
            seen = writing.digest(row)
            db.session.rollback()
            ready.wait()
            try:
                who = {"actor": member, "now": NOON}
                signing.sign(announcement=queries.by_id(number), declared_true=True, seen=seen, **who)
                db.session.commit()
                return "released"
            except rules.NotNow:
                db.session.rollback()
                return "not now"
            finally:
                db.session.remove()

    people = [acting(house.signatory), acting(house.second)]
    db.session.commit()
    db.session.remove()
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, people))


def test_two_signatories_at_once_release_it_once(app, house):
    number = sent(house).id
    assert _at_once(app, house, number) == ["not now", "released"]
    assert len(db.session.scalars(select(Release)).all()) == 1
    assert db.session.scalars(select(Announcement.state)).all() == [rules.PUBLISHED]


def test_an_index_filled_anew_finds_announcements_again(app, house):
    released(house)
    fulltext.clear(db.session)
    assert searching.page(searching.Asked(q="revenue")).rows == []
    assert reindexing.rebuild() == (1, 1)
    assert [row.number for row in searching.page(searching.Asked(q="營業收入")).rows] == ["2026-000001"]


def test_who_watches_the_company_is_told_as_often_as_chosen(house):
    reader = a_user(zone="Asia/Hong_Kong")
    who = {"actor": Actor(user_id=reader.id, label=reader.name, zone=reader.zone), "now": SESSION}
    watching.watch(company=house.company, **who)
    alerts.follow_watched(cadence=AT_ONCE, **who)
    db.session.commit()
    assert alerts.tell_due(now=SESSION + timedelta(minutes=20), stopping=never) == 0
    released(house)
    assert alerts.tell_due(now=NOON + timedelta(minutes=20), stopping=never) == 1
    assert alerts.tell_due(now=NOON + timedelta(hours=2), stopping=never) == 0
    told = db.session.scalars(select(Notice).where(Notice.recipient_id == reader.id)).one()
    [company] = told.data["named"]
    assert (told.message, company["en"]) == ("watch_alert", house.company.name_en)
