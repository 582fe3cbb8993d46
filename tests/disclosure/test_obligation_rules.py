"""What a company owes, from its tiers, its year and what happened; and where it stands. Pure."""

from datetime import date, timedelta

import pytest

from listing.disclosure.obligations import owing, rules, scores
from listing.disclosure.obligations.owing import Filed, Happened, Held

DAY = timedelta(days=1)
GROWTH = Held("growth", "2026", 12, date(2026, 11, 23), None)


def found(*tenures, events=(), filings=(), waivers=None, today=date(2026, 12, 1), region="CN"):
    owed = owing.owed(tenures, events, filings, today=today, region=region)
    return {line.owed.key: line for line in rules.lines(owed, filings, waivers or {}, today=today)}


def test_an_annual_report_is_owed_four_months_after_the_year_of_the_company():
    by = {end: found(Held("growth", "2026", end, date(2026, 1, 1), None)) for end in (12, 6, 2)}
    assert by[12]["D12.annual.pe.2026-12-31"].by == date(2027, 4, 30)
    assert by[6]["D12.annual.pe.2026-06-30"].by == date(2026, 10, 31)
    assert by[2]["D12.annual.pe.2026-02-28"].by == date(2026, 6, 30)
    leap = found(Held("growth", "2026", 2, date(2024, 1, 1), None), today=date(2024, 3, 1))
    assert leap["D12.annual.pe.2024-02-29"].by == date(2024, 6, 30)


def test_somebody_new_owes_what_earlier_periods_make_due_from_then_on():
    keys = found(Held("growth", "2026", 12, date(2027, 2, 1), None), today=date(2027, 2, 1))
    assert "D12.annual.pe.2026-12-31" in keys
    assert "D12.annual.pe.2026-12-31" not in found(
        Held("growth", "2026", 12, date(2027, 5, 1), None), today=date(2027, 5, 1)
    )


def test_a_tier_left_stays_owed_and_asks_for_nothing_new():
    left = Held("growth", "2026", 12, date(2026, 11, 1), date(2027, 1, 15))
    now = Held("showcase", "2026", 12, date(2027, 1, 15), None)
    keys = found(left, now, today=date(2027, 6, 1))
    assert keys["D12.annual.pe.2026-12-31"].late == 32
    assert "D14.half_year.pe.2027-06-30" not in keys
    assert keys["D07.half_year.pe.2027-06-30"].owed.held == now
    assert not [key for key in keys if key.startswith("D01.admission") and key.endswith("2027-01-15")]  # had it already


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2027, 3, 30), rules.UPCOMING),
        (date(2027, 3, 31), rules.DUE),
        (date(2027, 4, 30), rules.DUE),
        (date(2027, 5, 1), rules.LATE),
    ],
)
def test_the_state_follows_from_the_day(today, state):
    assert found(GROWTH, today=today)["D12.annual.pe.2026-12-31"].state == state


def test_a_waiver_moves_the_day_and_lateness_counts_from_there():
    waived = {"D12.annual.pe.2026-12-31": date(2027, 5, 31)}
    line = {
        today: found(GROWTH, waivers=waived, today=today)["D12.annual.pe.2026-12-31"]
        for today in (date(2027, 5, 31), date(2027, 6, 2))
    }
    assert [(one.state, one.late) for one in line.values()] == [(rules.WAIVED, 0), (rules.LATE, 2)]


def test_an_event_makes_its_item_due_and_a_round_all_of_its_items():
    events = [Happened(1, "event", "D21", date(2026, 11, 27)), Happened(2, "round", "", date(2026, 12, 31))]
    keys = found(GROWTH, events=events)
    assert keys["D21.event.ev.e1"].by == date(2026, 12, 1)  # two trading days over a weekend
    assert {key for key in keys if key.endswith(".e2")} == {
        "D17.round.apply.e2",
        "D18.round.pre.e2",
        "D29.round.pre.e2",
        "D32.round.pre.e2",
    }
    assert "D13.annual.pe.2026-12-31" in keys  # the auditor's report, because funds are raised
    assert "D13.annual.pe.2026-12-31" not in found(GROWTH)


def test_a_financing_need_is_stated_anew_after_ninety_days():
    filing = Filed(7, "D17.round.apply.e2", date(2026, 12, 1))
    keys = found(GROWTH, events=[Happened(2, "round", "", date(2026, 12, 1))], filings=[filing])
    assert keys["D17.refresh.every.f7"].by == date(2027, 3, 1)


def test_completeness_counts_what_had_to_be_there_and_punctuality_what_came_by_its_day():
    today = date(2027, 5, 2)
    annual = [key for key in found(GROWTH, today=today) if key.endswith("annual.pe.2026-12-31")]
    in_time, late = annual[0], annual[1]
    filings = [Filed(1, in_time, date(2027, 4, 30)), Filed(2, late, date(2027, 5, 1))]
    lines = list(found(GROWTH, filings=filings, today=today).values())
    counted = [line for line in lines if line.state in (rules.MET, rules.LATE)]
    assert rules.completeness(lines) == (2, len(counted))
    assert scores.punctuality(lines, today) == (1, len(counted))
    assert rules.Share(0, 0).percent is None
    assert rules.Share(199, 200).percent == 99


def test_lateness_reaches_the_rungs_one_after_the_other():
    line = {
        days: found(GROWTH, today=date(2027, 4, 30) + days * DAY)["D12.annual.pe.2026-12-31"]
        for days in (0, 1, 9, 10, 30, 60, 120)
    }
    assert [len(one.rungs) for one in line.values()] == [0, 1, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("every", "on", "refusal"),
    [
        ("event", date(2026, 12, 2), rules.InTheFuture),
        ("change", date(2026, 11, 22), rules.TooLongAgo),
        ("roadshow", date(2028, 2, 29), rules.TooLongAgo),
    ],
)
def test_a_day_on_which_nothing_can_have_happened_is_refused(every, on, refusal):
    with pytest.raises(refusal):
        rules.check_happened(every, on, today=date(2026, 12, 1), begins=GROWTH.begins)
    rules.check_happened("roadshow", date(2026, 12, 20), today=date(2026, 12, 1), begins=GROWTH.begins)
