"""Released outside the windows in an emergency: two people of the platform, a reason that everybody reads."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing
from listing.disclosure.announcements import overrides, parties, proofs, queries, rules, sheet
from listing.disclosure.announcements.embargo import Typed
from listing.disclosure.announcements.models import Override, Release
from listing.disclosure.announcements.operations import joining, overriding, releasing, withdrawing, writing
from listing.journal.models import Entry
from listing.notifications import render
from listing.notifications.models import Notice
from listing.store.db import db
from tests.admission.conftest import submit
from tests.disclosure.duties import a_reviewer
from tests.factories import a_session, signed_in

from .made import BODY, NOON, SESSION, TITLE, a_house, acting, at_once, sent, signed
from .test_filling import filled_in
from .test_filling import sent as sent_filled
from .test_joint import HARBOUR, LANTERN, sent_jointly

REASON = Pair("市场传闻已广泛流传。", "Rumours are all over the market.")
LIST = "/en/review/announcements/queued"


@pytest.fixture
def house(app):
    return a_house(slug="lantern", name_zh="灯塔医疗有限公司", name_en="Lantern Medical Limited")


def asked(row, by, now=SESSION):
    return overriding.ask(announcement=row, reason=REASON, actor=accounts.as_actor(by), now=now)


def test_one_asks_another_releases_and_everybody_reads_why(app, client, house):
    first, second = a_reviewer(), a_reviewer("supervisor")
    row = signed(house, sent(house))
    db.session.commit()
    desk, chair = (signed_in(app.test_client(), user) for user in (first, second))
    page = f"{LIST}/{row.id}"
    assert page in desk.get(LIST).text
    lone = submit(desk, page, reason_en=REASON.en)
    assert (lone.status_code, "Give the reason in both languages" in lone.text, REASON.en in lone.text) == (
        422,
        True,
        True,
    )
    differ = submit(desk, page, reason_zh="涉及人民币2亿元。", reason_en="It is about CNY 300 million.")
    assert "The figures of the two languages differ." in differ.text
    assert submit(desk, page, reason_zh=REASON.zh, reason_en=REASON.en).status_code == 303
    [letter] = [one for one in db.session.scalars(select(Notice)) if one.message == "announcement_override"]
    assert (letter.recipient_id, letter.data["path"]) == (second.id, page)
    assert "Release it now" not in desk.get(page).text
    assert submit(chair, page, "/release").status_code == 303
    release = queries.release("2026-000001")
    entry = proofs.entry(release)
    assert (release.released_at, entry.data["urgent"]["en"]) == (SESSION, REASON.en)
    assert REASON.en in client.get("/zh-Hans/announcements/2026-000001").text
    paper = sheet.content(release, [house.company], entry=None, corrects=None, url="", qr="")
    assert REASON.zh in [line["value"]["zh"] for line in paper["rows"]]
    assert chair.get(page).status_code == 404
    codes = [code for code in db.session.scalars(select(Entry.code).order_by(Entry.index)) if "override" in code]
    assert codes == ["announcement.override_asked", "announcement.override_taken"]


def test_who_asked_does_not_answer_and_left_to_its_window_it_waits(house):
    chair, other = a_reviewer("supervisor"), a_reviewer("supervisor")
    row = signed(house, sent(house))
    one = asked(row, chair)
    with pytest.raises(rules.AsksAlready):
        asked(row, other)
    with pytest.raises(rules.SecondPerson):
        overriding.answer(override=one, take=True, actor=accounts.as_actor(chair), now=SESSION)
    overriding.answer(override=one, take=False, actor=accounts.as_actor(other), now=SESSION)
    with pytest.raises(rules.NotNow):
        overriding.answer(override=one, take=True, actor=accounts.as_actor(other), now=SESSION)
    again = asked(row, chair)
    publishing.suspend(company=house.company, reason="operator", actor=acting(house.editor), now=SESSION)
    with pytest.raises(rules.NotOnDisplay):
        overriding.answer(override=again, take=True, actor=accounts.as_actor(other), now=SESSION)
    assert (row.state, db.session.scalars(select(Release)).all()) == (rules.QUEUED, [])


def test_what_a_company_holds_back_is_neither_listed_nor_released(app, house):
    reviewer = a_reviewer()
    row = signed(house, sent(house, not_before=Typed(date(2026, 11, 24), time(9), "Asia/Hong_Kong")))
    assert overrides.lines(accounts.as_actor(reviewer), SESSION) == []
    with pytest.raises(rules.Embargoed):
        asked(row, reviewer)
    desk = signed_in(app.test_client(), reviewer)
    assert (row.title.en in desk.get(LIST).text, desk.get(f"{LIST}/{row.id}").status_code) == (False, 404)


def test_of_two_answers_and_the_window_itself_one_releases_it(app, house):
    row = signed(house, sent(house))
    number = asked(row, a_reviewer()).id
    chairs = [accounts.as_actor(a_reviewer("supervisor")) for _ in range(2)]

    def answer(chair):
        overriding.answer(override=db.session.get(overrides.Override, number), take=True, actor=chair, now=NOON)

    def window():
        releasing.release_due(now=NOON, stopping=lambda: False)

    told = at_once(app, lambda: answer(chairs[0]), lambda: answer(chairs[1]), window)
    assert told in (["NotNow", "NotNow", "done"], ["NotNow", "done", "done"])
    assert len(db.session.scalars(select(Release)).all()) == 1


def test_a_form_whose_day_has_passed_is_released_by_nobody(app, house, clock):
    chair = a_reviewer("supervisor")
    row = sent_filled(house, filled_in(house, meeting_on="2026-11-24"))
    signed(house, row)
    one = asked(row, a_reviewer())
    db.session.commit()
    clock.instant = away = SESSION + timedelta(days=2)
    with pytest.raises(rules.StandsNoMore):
        overriding.answer(override=one, take=True, actor=accounts.as_actor(chair), now=away)
    db.session.rollback()
    hour = {"created_at": away, "seen_at": away, "expires_at": away + timedelta(hours=1)}
    desk, token = app.test_client(), "the day after"
    a_session(chair, token, **hour)
    db.session.commit()
    desk.set_cookie("session", token)
    page = desk.get(f"{LIST}/{row.id}").text
    said = ("A day in its standard form does not hold any more", "/release", "/leave")
    assert [each in page for each in said] == [True, False, True]
    overriding.answer(override=one, take=False, actor=accounts.as_actor(chair), now=away)
    with pytest.raises(rules.StandsNoMore):
        asked(row, chair, away)
    db.session.commit()
    assert releasing.release_due(now=NOON + timedelta(days=2), stopping=lambda: False) == 0
    assert (queries.by_id(row.id).state, queries.release("2026-000001")) == (rules.DRAFT, None)


ASK_AGAIN = "Ask for its release now"


@pytest.fixture
def houses(app):
    return a_house(**LANTERN), a_house(**HARBOUR)


def closed_for():
    found = db.session.scalars(select(Override).order_by(Override.id)).all()
    return [(one.verdict, one.closed_for, one.open_of, one.answered_by) for one in found]


def waiting_jointly(houses):
    row = sent_jointly(houses)
    for house in houses:
        signed(house, row)
    return row


def signing_of(houses):
    return [acting(house.second) for house in houses]


def leave(by, row, now=SESSION):
    joining.leave(announcement=row, reason="The board has not agreed.", actor=by[1], now=now)


def withdraw(by, row, now=SESSION):
    withdrawing.withdraw(announcement=row, reason="Not yet.", actor=by[0], now=now)


def window(_by, _row):
    db.session.commit()
    assert releasing.release_due(now=NOON, stopping=lambda: False) == 1


def suspended(by, row):
    partner = parties.companies_of(row)[1]
    publishing.suspend(company=partner, reason="operator", actor=by[1], now=SESSION)
    db.session.commit()
    assert releasing.release_due(now=NOON, stopping=lambda: False) == 0


def _mail(notice, language):
    notice.language = language
    found = render.words(notice)
    db.session.rollback()
    return found.subject + found.text


ENDS = [
    (leave, rules.LEFT, "A company of the announcement ceased to take part"),
    (withdraw, rules.ENDED, "The announcement was withdrawn before its release."),
    (window, rules.RELEASED, "The announcement was released in its window before anybody answered."),
    (suspended, rules.SUSPENDED, "Its window came while a company of the announcement was not on display"),
]


@pytest.mark.parametrize(("end", "why", "words"), ENDS)
def test_a_request_closes_with_what_it_was_about_and_says_why(app, houses, end, why, words):
    first, chair = a_reviewer(), a_reviewer("supervisor")
    row = waiting_jointly(houses)
    request = asked(row, first)
    db.session.commit()
    desk, other = (signed_in(app.test_client(), user) for user in (first, chair))
    page = f"{LIST}/{row.id}"
    assert [words in each.get(LIST).text for each in (desk, other)] == [False, False]
    end(signing_of(houses), row)
    db.session.commit()
    assert closed_for() == [(rules.MOOT, why, None, None)]
    (notice,) = db.session.scalars(select(Notice).where(Notice.message == "announcement_override_closed"))
    assert (notice.recipient_id, notice.data["why"]) == (first.id, why)
    assert notice.data["path"].endswith(f"/review/announcements/queued/{row.id}")
    said = {language: _mail(notice, language) for language in ("en", "zh-Hans", "zh-Hant")}
    assert (words in said["en"], said["zh-Hans"] == said["zh-Hant"]) == (True, False)
    assert not [mail for mail in said.values() if TITLE.en in mail or TITLE.zh in mail or REASON.en in mail]
    assert [words in each.get(LIST).text for each in (desk, other)] == [True, False]
    assert "Release now asked for" not in desk.get(LIST).text
    for each in (desk, other):
        told = each.get(page)
        assert (told.status_code, words in told.text) == (200, True)
        still = why == rules.SUSPENDED  # it waits for a window, and may be asked for anew
        shown = [text in told.text for text in (BODY.en.split("\n")[0], ASK_AGAIN, REASON.en)]
        assert shown == [still, still, not still]
    assert signed_in(app.test_client(), houses[0].editor.user).get(page).status_code == 403
    with pytest.raises(rules.NotNow):
        overriding.answer(override=request, take=True, actor=accounts.as_actor(chair), now=NOON)
    for lang in ("zh-Hans", "zh-Hant"):
        assert words not in desk.get(page.replace("/en/", f"/{lang}/")).text


def test_what_is_sent_anew_is_asked_for_anew(app, houses):
    first = a_reviewer()
    row = waiting_jointly(houses)
    asked(row, first)
    leave(signing_of(houses), row)
    writing.send(announcement=row, seen=writing.digest(row), actor=acting(houses[0].editor), now=SESSION)
    signed(houses[0], row)
    db.session.commit()
    page = signed_in(app.test_client(), first).get(f"{LIST}/{row.id}").text
    assert [words in page for words in (ENDS[0][2], ASK_AGAIN)] == [True, True]
    asked(row, first)
    assert [one[0] for one in closed_for()] == [rules.MOOT, rules.WAITS]


@pytest.mark.parametrize("end", [leave, withdraw])
def test_of_an_answer_and_an_end_at_once_one_counts(app, houses, end):
    row = waiting_jointly(houses)
    number, chair = asked(row, a_reviewer()).id, accounts.as_actor(a_reviewer("supervisor"))
    ended, by = row.id, signing_of(houses)

    def answer():
        overriding.answer(override=db.session.get(Override, number), take=True, actor=chair, now=NOON)

    def ends():
        end(by, queries.by_id(ended), NOON)

    assert at_once(app, answer, ends) == ["NotNow", "done"]
    released = bool(db.session.scalars(select(Release)).all())
    verdict = closed_for()[0][0]
    assert (released, verdict) in ((True, rules.TAKEN), (False, rules.MOOT))
