"""What an institution can do next about its admission: apply, renew it, or nothing for now. Pure."""

from listing.access.actor import Standing

from . import rules

APPLY, RENEW = "apply", "renew"
NEAR_ITS_END = (rules.EXPIRING, rules.EXPIRED)


def ahead(state: str | None, standing: Standing | None) -> str:
    """The next step of an institution whose last application is in ``state``; empty where there is none to take.

    ``standing`` is how its admission stands, None without a live one.
    """
    if state in rules.OPEN:
        return ""
    if standing is None or standing.state == rules.SUSPENDED:
        return APPLY
    return RENEW if standing.state in NEAR_ITS_END else ""
