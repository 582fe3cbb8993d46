"""The standard forms of the demo market: what they are filled in with holds on whichever day it is loaded."""

from datetime import date, timedelta

import pytest

from listing.demo import standard_forms
from listing.demo.profiles import read
from listing.disclosure.announcements.standard import book, wording


@pytest.mark.parametrize("row", read("standard_forms.yaml")["forms"], ids=lambda row: row["form"])
def test_they_hold_on_every_day_of_a_year(row):
    form = book.in_force()[row["form"]]
    for ahead in range(366):
        today = date(2026, 11, 28) + timedelta(days=ahead)
        wording.look(form, standard_forms.filled(form, row["fields"], today), today, 12)


def test_the_period_is_the_last_quarter_that_ended():
    form, given = book.in_force()["board_meeting"], {"period_end": "quarter"}
    for today, end in (("2026-11-28", "2026-09-30"), ("2027-01-01", "2026-12-31"), ("2026-06-30", "2026-03-31")):
        assert standard_forms.filled(form, given, date.fromisoformat(today)) == {"period_end": end}
