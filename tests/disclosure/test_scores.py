"""The three scores: counted from filings and releases, on cases enough, for a company and for the market."""

from datetime import date, timedelta

import pytest

from listing.access.actor import SYSTEM
from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing
from listing.disclosure.announcements import queries as announcements
from listing.disclosure.obligations import queries, scores, standing
from listing.disclosure.obligations.operations import filing, scoring
from listing.disclosure.obligations.scores import CORRECTION, PARITY, PUNCTUALITY, Definition, Score
from listing.store.db import db

from ..factories import NOW, signed_in
from .announcements.made import BODY, NOON, a_house, released, sent, signed
from .duties import DAY, a_company_in, a_document, a_reviewer

DOUBTED = Pair("公司有客户300家。", "The company has many customers.")


@pytest.mark.parametrize(
    ("id_", "part", "of", "percent"),
    [
        (PUNCTUALITY, 199, 200, 99),  # only all of them are 100
        (PUNCTUALITY, 5, 5, 100),
        (CORRECTION, 1, 500, 1),  # only none is 0
        (CORRECTION, 2, 6, 33),
        (PUNCTUALITY, 7, 8, 88),
        (CORRECTION, 0, 200, 0),
        (PARITY, 4, 4, None),  # too few
        (PARITY, 0, 0, None),
    ],
)
def test_a_score_is_rounded_but_never_to_all_or_none_and_kept_back_below_the_fewest_cases(id_, part, of, percent):
    assert Score(Definition(id_, 24, 5), part, of).percent == percent


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2026, 11, 27), date(2024, 11, 27)),
        (date(2026, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2022, 2, 28)),
    ],
)
def test_the_months_of_a_score_begin_on_the_same_day_of_a_month(today, since):
    assert Definition(PUNCTUALITY, 24, 5).since(today) == since


def announce(house, number, *, now=NOON, **written):
    """Several announcements of a company, the first of them corrected."""
    rows = [released(house, now=now, **written) for _ in range(number)]
    corrects = announcements.release(announcements.numbers([rows[0].id])[rows[0].id])
    note = Pair("更正一处。", "One place is corrected.")
    body = Pair(BODY.zh + "完", BODY.en + " End.")
    signed(house, sent(house, corrects=corrects, note=note, body=body, now=now), now=now)
    db.session.commit()


def score(now=NOW):
    return scoring.score(now=now, stopping=lambda: False)


def pairs(found):
    return {one.definition.id: (one.part, one.of) for one in found}


def test_what_was_corrected_or_doubted_counts_and_what_is_long_ago_does_not(app, client):
    house = a_house(slug="lantern")
    announce(house, 5)
    released(house, body=DOUBTED)
    score()
    calendar = queries.calendar(house.company, NOW)
    # Six announcements of which one was corrected; a title and two passages five times, one passage once, the version
    # that corrects with its note.
    assert pairs(standing.of_company(calendar)) == {PUNCTUALITY: (0, 0), CORRECTION: (1, 6), PARITY: (20, 21)}
    assert score() == 1  # nothing is measured twice
    page = client.get("/en/companies/lantern").text
    assert "1 of 6 announcements corrected in the last 24 months" in page
    assert "17%" in page
    told = client.get("/en/companies/lantern/disclosure/json").json["scores"]
    assert told[CORRECTION] == {"part": 1, "of": 6, "percent": 17, "months": 24, "fewest": 5}
    assert told[PUNCTUALITY]["percent"] is None
    assert "it takes 5 cases, and there are 0" in client.get("/en/companies/lantern/disclosure").text
    late = queries.calendar(house.company, NOW + timedelta(days=740))
    assert pairs(standing.of_company(late)) == {PUNCTUALITY: (0, 0), CORRECTION: (0, 0), PARITY: (0, 0)}


def test_a_company_without_cases_enough_shows_no_score(client):
    house = a_house(slug="lantern")
    announce(house, 3)
    score()
    assert "corrected in the last" not in client.get("/en/companies/lantern").text
    page = client.get("/en/companies/lantern/disclosure").text
    assert "it takes 5 cases, and there are 3" in page
    assert "33%" not in page
    assert client.get("/en/companies/lantern/disclosure/json").json["scores"][CORRECTION]["percent"] is None


def test_punctuality_counts_what_had_its_day_within_the_months(app):
    company, owner = a_company_in(since=NOW - 200 * DAY)
    who = {"company": company, "actor": accounts.as_actor(owner)}
    lines = [line for line in queries.calendar(company, NOW).lines if line.late]
    filing.file(key=lines[0].owed.key, dated=NOW.date(), document=a_document(), note="There.", now=NOW, **who)
    calendar = queries.calendar(company, NOW)
    came = [line for line in calendar.lines if line.by <= calendar.today]
    in_time = [line for line in came if line.in_time]
    assert 0 < len(in_time) < len(came)
    assert scores.punctuality(calendar.lines, calendar.today) == (len(in_time), len(came))
    assert scores.punctuality(calendar.lines, calendar.today + 800 * DAY) == (0, 0)


def test_the_market_adds_up_who_is_on_display_by_tier_and_market(client):
    house, other = a_house(slug="lantern"), a_house(slug="beacon")
    a_company_in(since=NOW - 200 * DAY, slug="tower")
    announce(house, 4)
    announce(other, 2)
    assert score() == 3
    told = client.get("/en/standing/json").json
    assert told["whole"]["companies"] == 3
    assert told["whole"]["scores"][CORRECTION] | {"months": 24} == {
        "part": 2,
        "of": 6,
        "percent": 33,
        "months": 24,
        "fewest": 5,
    }
    assert told["tiers"]["growth"]["companies"] == 1
    assert told["tiers"]["growth"]["scores"][PUNCTUALITY]["of"] > 0
    assert told["markets"]["GBA"]["companies"] == 3
    page = client.get("/en/standing").text
    assert "<svg" in page
    assert "2 of 6" in page
    assert "A correction is no announcement of its own. From 5 announcements on." in page
    publishing.suspend(company=other.company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    assert score(NOW + DAY) == 2
    assert client.get("/en/standing/json").json["whole"]["scores"][CORRECTION]["of"] == 4
    assert "Too few" in client.get("/en/standing").text


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "zh-Hant"])
def test_before_the_first_count_the_page_says_so_and_what_will_be_counted(client, lang):
    page = client.get(f"/{lang}/standing")
    assert (page.status_code, "<svg" in page.text, "24" in page.text) == (200, False, True)


def test_the_operator_sees_charts_of_what_is_late(client):
    a_company_in(since=NOW - 200 * DAY)
    page = signed_in(client, a_reviewer()).get("/en/review/disclosure/due").text
    assert page.count("<svg") == 3
