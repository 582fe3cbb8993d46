"""A small list, and staff who may look at it."""

import pytest

from listing.access.actor import SYSTEM
from listing.screening import operations
from listing.store.db import db

from ..factories import NOW, a_member, a_user, an_organisation, signed_in

LIST = """reference,kind,name,aliases,detail
P1,person,王小明,"Wang Xiaoming; 王曉鳴",Born 1970
P2,person,Zhang San,,
E1,entity,Evergreen Dragon Holdings Limited,長青龍集團有限公司,Shipping
"""


@pytest.fixture
def imported(app):
    """Import a list, by default the small one as TEST 1."""

    def imported(content=LIST, code="TEST", version="1"):
        about = {"code": code, "version": version, "source": "made up"}
        return operations.import_list(**about, content=content.encode(), actor=SYSTEM, now=NOW)

    return imported


@pytest.fixture
def staff(client):
    """Sign a member of the operator in, with the second factor."""

    def staff(role="reviewer"):
        person = a_user(name="Rei", tf_primary_method="authenticator", tf_totp_secret="secret")
        a_member(an_organisation("operator"), role, person)
        db.session.commit()
        return signed_in(client, person)

    return staff
