"""What an institution can do next about its admission, and that its desk offers that and nothing else."""

from datetime import timedelta

import pytest

from listing.access.actor import Standing
from listing.admission.ahead import APPLY, RENEW, ahead
from tests.factories import NOW, signed_in
from tests.roadshows.made import an_admitted_investor


def standing(state):
    return Standing(1, state, NOW, frozenset(), state in ("admitted", "expiring"))


@pytest.mark.parametrize(
    ("state", "held", "step"),
    [
        (None, None, APPLY),
        ("refused", None, APPLY),
        ("withdrawn", "expired", RENEW),
        ("admitted", "admitted", ""),
        ("conditional", "expiring", RENEW),
        ("admitted", "suspended", APPLY),
        ("draft", "expiring", ""),
        ("second_review", None, ""),
    ],
)
def test_the_next_step(state, held, step):
    assert ahead(state, standing(held) if held else None) == step


def test_the_desk_of_an_admitted_institution_offers_no_application(client):
    signed_in(client, an_admitted_investor().user)
    page = client.get("/en/desk").text
    assert ("Apply for admission" in page, "Renew the admission" in page) == (False, False)
    signed_in(client, an_admitted_investor(until=NOW + timedelta(days=30)).user)
    page = client.get("/en/desk").text
    assert ("Apply for admission" in page, "Renew the admission" in page) == (False, True)
    page = client.get("/en/desk/admission").text
    assert ("Start the application" in page, "Start the renewal" in page) == (False, True)
