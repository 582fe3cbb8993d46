"""Passkeys in a real browser under our content policy: built into the device, and on a key that is plugged in."""

import pytest

from listing.store.db import db
from tests.factories import PASSWORD, a_member

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("transport", ["internal", "usb"])
def test_a_passkey_is_added_and_then_signs_in_alone(site, visit, transport):
    with site.app.app_context():
        email = a_member().user.email
        db.session.commit()
        db.session.remove()
    page = visit(390)
    home = site.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a bare address
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": transport,
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{home}/en/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{home}/en/wan-register")
    page.fill("#name", "Work laptop")
    page.click("form.form button")
    page.get_by_role("status").wait_for()
    assert page.get_by_text("Work laptop ·").is_visible()
    page.goto(f"{home}/en/account")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{home}/en/wan-signin")
    page.get_by_role("button", name="Use passkey").click()
    page.wait_for_url("**/en/studio")
