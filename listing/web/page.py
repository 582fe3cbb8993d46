"""The instant, the language and the words of the current request."""

from datetime import date, datetime

from flask import current_app, g
from flask_babel import gettext
from flask_babel.speaklater import LazyString

from listing import localtime
from listing.bilingual.language import LANGUAGES
from listing.refusal import Refusal, Said

from . import formats


def now() -> datetime:
    """The instant of this request; one value from first line to last."""
    if "now" not in g:
        g.now = current_app.extensions["clock"].now()
    return g.now


def language() -> str:
    """The interface language of this request: zh-Hans, zh-Hant or en."""
    return g.get("language", "en")


def place(zone: str) -> str:
    """The place whose clocks an IANA zone is, in the reader's language."""
    return localtime.place(zone, LANGUAGES[language()].locale)


def lazy_place(zone: str) -> LazyString:
    """The same for the choices of a form, which are made before there is a reader."""
    return LazyString(place, zone)


def _said(value: object) -> object:
    if isinstance(value, Said):
        return gettext(value)
    return formats.day(value, language()) if isinstance(value, date) else value


def words(refusal: Refusal) -> str:
    """The refusal as a sentence in the reader's language; days as written in it, a zone by the name of its place."""
    said = {name: _said(value) for name, value in refusal.params.items()}
    zone = refusal.params.get("zone")
    return gettext(refusal.message, **said | ({"zone": place(zone)} if zone else {}))
