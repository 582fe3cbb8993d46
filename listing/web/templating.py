"""What every template may say: amounts, dates, numbers and the two sides of a text."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from flask import Flask
from flask_babel import get_locale, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from listing.access.gate import actor
from listing.bilingual import citing, script
from listing.money import Money

from . import formats, sentences
from .page import language, place


def money(amount: Money) -> Markup:
    """The amount in the reader's language, never broken over two lines."""
    return Markup('<span class="nowrap">{}</span>').format(formats.money(amount, language()))


def when(instant: datetime, zone: str = "Asia/Hong_Kong") -> Markup:
    """The instant in ``zone``, with the reader's own zone where that differs."""
    own = actor().zone
    text = formats.when(instant, language(), zone, own if own != zone else None)
    lines = Markup("<br>").join(escape(line) for line in text.split("\n"))
    return Markup('<time datetime="{}">{}</time>').format(instant.isoformat(), lines)


def hours(begins: datetime, ends: datetime, zone: str) -> Markup:
    """From when until when within a day of ``zone``, with the same in the reader's own zone where that differs."""
    own = actor().zone
    lines = [_clocks(begins, ends, zone), Markup("<small>{}</small>").format(formats.zone_label(begins, zone))]
    if begins.astimezone(ZoneInfo(own)).utcoffset() != begins.astimezone(ZoneInfo(zone)).utcoffset():
        lines.append(Markup("<small>{} {}</small>").format(_clocks(begins, ends, own), formats.zone_label(begins, own)))
    return Markup(" ").join(lines)


def _clocks(begins: datetime, ends: datetime, zone: str) -> Markup:
    times = (instant.astimezone(ZoneInfo(zone)) for instant in (begins, ends))
    return Markup("–").join(Markup('<time datetime="{}">{:%H:%M}</time>').format(at.isoformat(), at) for at in times)


def clock_at(instant: datetime, zone: str, event: str | None = None) -> str:
    """What the clocks of ``zone`` show, with the day where that differs from the one at ``event``."""
    return formats.clock(instant, language(), zone, event)


def day(value: date) -> Markup:
    """The day in the reader's language."""
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), formats.day(value, language()))


def day_of(instant: datetime, zone: str = "Asia/Hong_Kong") -> Markup:
    """The day of the instant in ``zone``."""
    return day(instant.astimezone(ZoneInfo(zone)).date())


def file_size(size: int) -> str:
    """A number of bytes as people say it."""
    return formats.file_size(size, language())


def number(value: int) -> str:
    """The number with its thousands grouped."""
    return formats.number(value, language())


def comma() -> str:
    """What stands between two things told in one line."""
    return ", " if language() == "en" else "，"


def colon() -> str:
    """What stands before what is said of a thing."""
    return ": " if language() == "en" else "："


def gap() -> str:
    """What stands after a label that ends in a colon: the full-width one brings its own room."""
    return " " if language() == "en" else ""


@lru_cache(maxsize=5_000)
def _sentence(_locale: Locale | None, text: str) -> tuple[str, Markup]:
    """``text`` as the catalogue of the locale in force has it, plain and as markup."""
    said = get_translations().gettext(text)
    return said, Markup(said)


@pass_eval_context
def _gettext(context: EvalContext, text: str, /, **variables: object) -> str:
    """``text`` in the reader's language; Flask-Babel's own looks for the catalogue anew at each sentence."""
    plain, markup = _sentence(get_locale(), text)
    said = markup if context.autoescape else plain
    return said % variables if variables or "%" in plain else said


def init_app(app: Flask) -> None:
    """Offer the formats to every template; after Flask-Babel, whose gettext this takes the place of."""
    app.jinja_env.globals.update(gettext=_gettext, _=_gettext)
    app.jinja_env.globals.update(clock_at=clock_at, day=day, day_of=day_of, file_size=file_size, hours=hours)
    app.jinja_env.globals.update(cited=citing.cited, colon=colon, comma=comma, gap=gap, language=language, place=place)
    app.jinja_env.globals.update(in_script=script.into, paired=sentences.paired, money=money, number=number, when=when)
