"""Answers are called by their labels, whatever name somebody sends."""

import pytest

from listing.companies.sheets import sheets
from listing.profiles import explained


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("currency", "Currency"),
        ("conditions.en", "Conditions · English"),
        ("uses.1.share", "Use of proceeds 2 · Share (%)"),
        ("uses.0.note.zh", "Use of proceeds 1 · Note · Chinese"),
        ("uses.x.share", "uses.x.share"),
        ("uses." + "9" * 5_000, "uses." + "9" * 5_000),
        ("uses", "uses"),
        ("unknown.zh", "unknown.zh"),
        ("", ""),
    ],
)
def test_an_answer_is_called_by_its_label(app, name, called):
    with app.test_request_context("/en/"):
        assert explained.called(sheets()["financing"], name, "en") == called


def test_what_was_chosen_is_said_by_its_label(app):
    financing = sheets()["financing"]
    assert explained.said(financing, "accepted", "CNY odd", "en") == "Renminbi CNY, odd"
    assert explained.said(financing, "x.0.y", "z", "en") == "z"
