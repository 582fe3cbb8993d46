"""What the pages and files of an application call an event, in the reader's language."""

from flask_babel import gettext

from listing.admission.history.rules import EVENTS


def said_event(code: str) -> str:
    """An event of the log in words; one that has none is called by its code."""
    return gettext(EVENTS[code]) if code in EVENTS else code
