"""The instant, the language and the words of the current request."""

from datetime import datetime

from flask import current_app, g
from flask_babel import gettext

from listing.refusal import Refusal


def now() -> datetime:
    """The instant of this request; one value from first line to last."""
    if "now" not in g:
        g.now = current_app.extensions["clock"].now()
    return g.now


def language() -> str:
    """The interface language of this request: zh-Hans, zh-Hant or en."""
    return g.get("language", "en")


def words(refusal: Refusal) -> str:
    """The refusal as a sentence in the reader's language."""
    return gettext(refusal.message, **refusal.params)
