"""What a published change changed, in the words of one language: for feeds and paper, which belong to no reader's zone.

The sentences are those of the page (templates/roadshows/_changes.html).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from markupsafe import Markup

from listing.bilingual.language import LANGUAGES
from listing.companies.presentable import Candidate
from listing.web import formats

from . import agenda, changes
from .forms import LANGUAGE_LABELS
from .models import Change, Roadshow


def day(instant: datetime, lang: str, zone: str) -> str:
    """The day of an instant in a zone."""
    return formats.day(instant.astimezone(ZoneInfo(zone)).date(), lang)


def lines(row: Change, show: Roadshow, lang: str, companies: Mapping[int, Candidate]) -> list[str]:
    """The lines of a version as plain text."""
    said = {
        "show": show,
        "companies": companies,
        "languages_spoken": LANGUAGE_LABELS,
        "language": lambda: lang,
        "hours": agenda.hours,
        "day_of": lambda instant, zone: day(instant, lang, zone),
        "when": lambda instant, zone: formats.when(instant, lang, zone),
    }
    with force_locale(LANGUAGES[lang].locale):
        sentences = current_app.jinja_env.get_template("roadshows/_changes.html").make_module(said)
        return [Markup(sentences.line(changes.read(line))).striptags() for line in row.lines]


def named(rows: Iterable[Change]) -> set[int]:
    """The companies that the lines of these versions name."""
    several = (part for row in rows for line in row.lines for part in (line, line.get("before"), line.get("after")))
    return {part["company"] for part in several if isinstance(part, dict) and part.get("company")}
