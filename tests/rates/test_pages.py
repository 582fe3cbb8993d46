"""The operator's pages and the command."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string
from sqlalchemy import func, select

from listing.money import Money
from listing.rates import queries
from listing.rates.models import StatedRate
from listing.store.db import db

from ..accounts import walk
from ..factories import NOW, a_member, a_user, an_organisation, signed_in
from .conftest import CSV

PATH = "/en/review/rates/new"
PEG = {"base": "HKD", "quote": "MOP", "value": "1.03", "day": "2026-11-20", "source": "AMCM notice"}


@pytest.fixture
def staff(client):
    second = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    person = a_member(an_organisation("operator"), "reviewer", a_user(**second)).user
    db.session.commit()
    return signed_in(client, person)


def rows():
    db.session.commit()
    return db.session.scalar(select(func.count()).select_from(StatedRate))


def text(response):
    return " ".join(BeautifulSoup(response.text, "lxml").main.get_text(" ").split())


def confirm(client, looked):
    form = BeautifulSoup(looked.text, "lxml").main.find("form")
    return client.post(PATH, data={field["name"]: field["value"] for field in form.find_all("input")})


def test_a_rate_is_typed_looked_at_and_entered_once(staff):
    looked = walk.send(staff, PATH, PEG)
    assert (looked.status_code, rows()) == (200, 0)
    assert "Rate 1 HKD = 1.03 MOP The other way round 1 MOP = 0.97087379 HKD" in text(looked)
    assert [confirm(staff, looked).location for _ in range(2)] == ["/en/review/rates"] * 2
    assert rows() == 1
    assert "HKD/MOP 1.03 20 Nov 2026 AMCM notice entered by Person" in text(staff.get("/en/review/rates"))


def test_another_value_than_the_one_seen_asks_for_another_look(staff):
    looked = walk.send(staff, PATH, PEG)
    form = BeautifulSoup(looked.text, "lxml").main.find("form")
    changed = {field["name"]: field["value"] for field in form.find_all("input")} | {"value": "10.3"}
    assert "1 HKD = 10.3 MOP" in text(staff.post(PATH, data=changed))
    assert rows() == 0


def test_a_large_step_is_pointed_at(staff):
    confirm(staff, walk.send(staff, PATH, PEG))
    assert "more than five per cent" in text(walk.send(staff, PATH, PEG | {"value": "10.3"}))
    assert "more than five per cent" not in text(walk.send(staff, PATH, PEG | {"value": "1.031"}))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"value": "a lot"}, "Enter the rate as a number above zero"),
        ({"value": ""}, "Enter the rate as a number above zero"),
        ({"quote": "HKD"}, "Choose two different currencies."),
        ({"quote": "XXX"}, "Not a valid choice"),
        ({"day": "2027-01-01"}, "still to come"),
        ({"day": "soon"}, "Not a valid date value."),
        ({"day": ""}, "Enter a day, such as 2026-11-20."),
        ({"source": "AMCM\u202e"}, "Remove invisible"),
        ({"source": ""}, "Say where the rate comes from."),
        ({"source": "x" * 201}, "200"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(staff, fields, told):
    answer = walk.send(staff, PATH, PEG | fields)
    assert (answer.status_code, rows()) == (422, 0)
    assert told in text(answer)
    kept = BeautifulSoup(answer.text, "lxml").find(id="value")["value"]
    assert kept == (PEG | fields)["value"]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
def test_the_pages_stand_in_chinese(staff, reference, lang):
    path = PATH.replace("/en/", f"/{lang}/")
    assert walk.send(staff, path, PEG).status_code == 200
    assert walk.send(staff, path, PEG | {"value": "x"}).status_code == 422
    assert staff.get(path.removesuffix("/new")).status_code == 200


def run(app, *arguments):
    done = app.test_cli_runner().invoke(args=["rates", *arguments])
    return done.exit_code, done.output


def test_the_command_takes_a_file_in_and_lists_what_is_known(app, tmp_path):
    file = tmp_path / "eurofxref.csv"
    file.write_bytes(CSV)
    code, said = run(app, "import", str(file), "--json")
    assert (code, json.loads(said)["added"], json.loads(said)["first"]) == (0, 8, "2026-11-19")
    assert run(app, "import", str(file))[1].startswith("0 rates new, 0 corrected, 8 unchanged")
    known = json.loads(run(app, "list", "--json")[1])
    assert [(row["quote"], row["value"], row["age_days"], row["usable"]) for row in known] == [
        ("CNY", "7.8509", 3, True),
        ("HKD", "8.6314", 3, True),
        ("JPY", "157.81", 3, True),
        ("USD", "1.105", 3, True),
    ]
    assert json.loads(run(app, "list", "--json", "--on", "2026-12-02")[1])[0]["usable"] is False
    assert "EUR/CNY" in run(app, "list")[1]


def test_a_broken_file_ends_with_a_sentence_and_without_a_change(app, tmp_path):
    file = tmp_path / "broken.csv"
    file.write_bytes(CSV + b"2026-11-18,oops\n")
    code, said = run(app, "import", str(file), "--lang", "zh-Hans")
    assert (code, rows(), "第 4 行" in said) == (1, 0, True)
    code, said = run(app, "import", str(file), "--json")
    assert (code, json.loads(said)["applied"]) == (1, False)


def test_a_converted_amount_says_rate_day_and_source(app, reference):
    found = queries.converted(Money(8_000_000_000, "CNY"), "HKD", on=queries.today(NOW))
    said = {}
    for lang in ("en", "zh-Hans", "zh-Hant"):
        with app.test_request_context(f"/{lang}/"):
            app.preprocess_request()
            template = '{% from "_ui.html" import converted with context %}{{ money(c.original) }} {{ converted(c) }}'
            page = BeautifulSoup(render_template_string(template, c=found), "lxml")
            said[lang] = " ".join(page.get_text(" ", strip=True).replace("\xa0", " ").split())
    assert said["en"].startswith(
        "CNY 80 million ≈ HKD 87.95 million (1 CNY = 1.0994154 HKD, computed from EUR/CNY 7.8509, "
    )
    assert said["en"].endswith("ECB, 20 Nov 2026 )")
    assert said["zh-Hans"].startswith("人民币 8,000 万元 ≈ 8,795 万港元")
    assert said["zh-Hant"].startswith("人民幣 8,000 萬元 ≈ 8,795 萬港元")
