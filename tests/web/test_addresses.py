"""What no address may hold, wherever it stands: PostgreSQL would answer it with an error."""

import pytest

from tests.factories import a_member, a_user, an_organisation, signed_in

SECOND_FACTOR = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}


@pytest.mark.parametrize("path", ["review/companies/import/a%00b", "review/screening/a%00b/1", "companies/a%00b"])
def test_a_nul_in_an_address_is_no_page(app, path):
    supervisor = a_member(an_organisation("operator"), "supervisor", a_user(**SECOND_FACTOR)).user
    client = signed_in(app.test_client(), supervisor)
    assert client.get(f"/en/{path}").status_code == 404
