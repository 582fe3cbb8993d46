"""What everybody does in a browser: sign in, fill a form and send it."""

from tests.factories import PASSWORD


def enter(page, lang, email):
    """Sign in, in that language."""
    page.goto(f"/{lang}/login")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)


def save(page, **typed):
    """Fill the form of a page and send it; nothing of it is refused."""
    for name, value in typed.items():
        page.fill(f"main [name={name}]", value)
    page.click("main form.form button[type=submit]")
    assert page.locator(".errsum").count() == 0, page.locator(".errsum").inner_text()
