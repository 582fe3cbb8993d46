"""A file of reference rates as the bank writes it, taken in."""

import pytest

from listing.access.actor import SYSTEM
from listing.rates import operations
from listing.store.db import db

from ..factories import NOW

CSV = b"""Date,USD,JPY,CNY,HKD,THB,
2026-11-20,1.1050,157.81,7.8509,8.6314,37.973,
2026-11-19,1.1114,156.57,7.8941,8.6876,N/A,
"""


def taken(data=CSV, **kwargs):
    report = operations.import_rates(data=data, **{"actor": SYSTEM, "now": NOW} | kwargs)
    db.session.commit()
    return report


@pytest.fixture
def reference(app):
    return taken()
