"""How the interface says what changed in a text and how the two sides of a pair stand."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask import g, render_template_string
from flask_babel import force_locale

from listing.bilingual import freshness
from listing.bilingual.difference import difference
from listing.bilingual.freshness import Freshness, confirmed, saved, state, together
from listing.bilingual.language import LANGUAGES
from listing.bilingual.pair import Pair

from ..factories import NOW

LATER = NOW + timedelta(days=2)
PAIR = Pair("年产3万套", "30,000 sets a year")
MOVED = Pair("年产4万套", PAIR.en)
ARRIVED = together(PAIR, by="Chi", now=NOW)


def _shown(app, macro, lang="en", **values):
    with app.test_request_context(f"/{lang}/"), force_locale(LANGUAGES[lang].locale):
        g.language = lang
        source = "{% from '_ui.html' import diff, freshness with context %}{{ " + macro + " }}"
        return BeautifulSoup(render_template_string(source, **values), "html.parser")


def test_a_change_is_said_in_words_and_not_by_colour_alone(app):
    page = _shown(app, "diff(parts, 'zh-Hans')", parts=difference("收入1亿元。", "收入2亿元。", "zh"))
    assert page.div["lang"] == "zh-Hans"
    assert page.text == "收入[removed: 1亿元][added: 2亿元]。"
    assert page.find("del").span["lang"] == "en"
    chinese = _shown(app, "diff(parts, 'en')", "zh-Hant", parts=difference("In 1 year.", "In 2 years.", "en"))
    assert (chinese.text.count("［"), chinese.text.count("］")) == (2, 2)


def test_what_a_text_holds_is_never_markup(app):
    page = _shown(app, "diff(parts, 'en')", parts=difference("<b>a</b>", "<script>b", "en"))
    assert page.find("b") is None
    assert page.find("script") is None


def _made(side):
    start = Pair("", PAIR.en) if side == "zh" else Pair(PAIR.zh, "")
    return PAIR, saved(start, PAIR, Freshness(), by="Chi", now=LATER, made={side: freshness.TRANSLATED})


CASES = {
    "unwritten": (Pair(PAIR.zh, ""), Freshness(), "Missing The English has not been written yet."),
    "unmet": (PAIR, Freshness(), "Draft Nobody has yet read the two texts against each other as they stand."),
    "orphan": (
        Pair("", PAIR.en),
        saved(PAIR, Pair("", PAIR.en), ARRIVED, by="Chi", now=LATER),
        "Missing The Chinese was taken out on {day}; the English stands alone.",
    ),
    "unfinished": (
        PAIR,
        saved(PAIR, PAIR, ARRIVED, by="Chi", now=LATER, unfinished=True),
        "Draft Unfinished since {day}.",
    ),
    "machine": (*_made("en"), "Draft A program made the English text on {day}; nobody has edited or confirmed it."),
    "other changed": (
        MOVED,
        saved(PAIR, MOVED, ARRIVED, by="Chi", now=LATER),
        "Needs update The Chinese changed on {day}; the English has not followed yet.",
    ),
    "written": (PAIR, together(PAIR, by="Chi", now=LATER), "Complete The two texts were written to match on {day}."),
    "read": (
        PAIR,
        confirmed(PAIR, ARRIVED, by="Chi", now=LATER),
        "Confirmed Read against each other on {day}: the two texts say the same.",
    ),
}


@pytest.mark.parametrize("reason", CASES)
def test_a_state_is_said_with_its_reason_and_day(app, reason):
    pair, fresh, expected = CASES[reason]
    found = state(pair, fresh)
    assert found.reason == reason
    page = _shown(app, "freshness(state)", state=found)
    assert " ".join(page.text.split()) == expected.format(day=_day(app))


def _day(app):
    return _shown(app, "day_of(at)", at=LATER).text
