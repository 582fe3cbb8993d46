"""The regulator's file: the same bytes each time, going on where the last one ended, without people, proof to edits."""

import json
from base64 import b64encode
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from listing.access.actor import SYSTEM
from listing.accounts import queries as accounts
from listing.bilingual.pair import Pair
from listing.companies.operations import publishing
from listing.disclosure.announcements import queries as announcements
from listing.disclosure.obligations.models import Filing
from listing.disclosure.obligations.operations import filing, lateness
from listing.journal.checkpoint import Signer
from listing.journal.models import Entry
from listing.store.db import db
from listing.supervision import envelope
from listing.supervision.seals import HouseSeal
from tests.disclosure.announcements.endorsing import NAMES, released_in_select
from tests.disclosure.announcements.made import BODY, NOON, a_house, released, sent, signed
from tests.disclosure.duties import DAY, INTERIM, a_company_in, a_document, a_reviewer
from tests.factories import NOW, a_company

PRIVATE = "Told by Wang Daming, wang@example.com"


@pytest.fixture
def run(app):
    """Run the command; what it printed, or what it complained of."""

    def ran(*args, fails=False):
        answer = app.test_cli_runner().invoke(args=["supervision", *map(str, args)])
        assert (answer.exit_code != 0) == fails, answer.output
        return answer.output

    return ran


@pytest.fixture
def market(app):
    """A company in a tier that filed, was let off and told of an event; another that announced and corrected."""
    company, owner = a_company_in(since=NOW - 200 * DAY)
    who = {"company": company, "actor": accounts.as_actor(owner)}
    filing.file(key=INTERIM, dated=date(2026, 9, 1), document=a_document(), note=PRIVATE, now=NOW, **who)
    filing.note_event(what=("event", "D21"), on_day=NOW.date(), code="contract", note=PRIVATE, now=NOW, **who)
    reviewer = accounts.as_actor(a_reviewer())
    key = "D07.half_year.pe.2026-06-30"
    until = NOW.date() + 30 * DAY
    lateness.waive(company=company, key=key, until=until, reason=PRIVATE, actor=reviewer, now=NOW)
    house = a_house(slug="beacon", name_zh="信标有限公司", name_en="Beacon Limited")
    first = released(house, headline="contract")
    corrects = announcements.release(announcements.numbers([first.id])[first.id])
    note = Pair("更正一处。", "One place is corrected.")
    body = Pair(BODY.zh + "完", BODY.en + " End.")
    signed(house, sent(house, corrects=corrects, note=note, body=body, now=NOON), now=NOON)
    db.session.commit()
    return company, house


def told(file):
    """The objects of a file as (type, operation, version), in their order."""
    found = [json.loads(line)["content"] for line in file.read_bytes().splitlines()[1:-1]]
    return [(each["type"], each["operation"], each["version"]) for each in found]


def body(file, kind):
    """The last body of a type."""
    found = [json.loads(line) for line in file.read_bytes().splitlines()[1:-1]]
    return [each["body"] for each in found if each["content"]["type"] == kind][-1]


SINCE = ("--since", "2020-01-01")


def test_the_log_becomes_versioned_objects_and_always_the_same_bytes(run, market, tmp_path):
    company, house = market
    publishing.withdraw(company=company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    one, two = tmp_path / "one", tmp_path / "two"
    run("export", *SINCE, "--to", one)
    run("export", *SINCE, "--to", two)
    assert one.read_bytes() == two.read_bytes() == run("export", "--since", "0001-01-01").encode()
    assert told(one) == [
        ("subject", "create", 0),
        ("tier", "create", 0),
        ("filing", "create", 0),
        ("event", "create", 0),
        ("waiver", "create", 0),
        ("subject", "create", 0),
        ("announcement", "create", 0),
        ("announcement", "update", 1),
        ("subject", "delete", 1),
    ]
    assert body(one, "filing")["subject"] == {"object_id": f"subject:GBA:{company.code}", "version": 0}
    assert body(one, "filing")["obligation"] == INTERIM
    assert body(one, "announcement")["change"]["en"] == "One place is corrected."
    assert body(one, "announcement")["outside_windows"] is None
    assert "headline" not in body(one, "announcement")  # the correction chose none
    release = announcements.release("2026-000002")
    assert body(one, "announcement")["text"]["en"]["sha256"] == release.digest_en
    assert json.loads(run("verify", one, "--json")) == {
        "holds": True,
        "objects": 9,
        "exceptions": 0,
        "first": 0,
        "cursor": db.session.query(Entry).count(),
        "after": None,
        "faults": [],
    }
    assert "never written over" in run("export", *SINCE, "--to", one, fails=True)


def test_it_names_the_intermediary_that_signed_and_the_standard_it_answers(run, app, tmp_path):
    agent = released_in_select(a_house(slug="beacon"))
    agent.organisation.name_en = "Renamed Since Limited"
    db.session.commit()
    run("export", *SINCE, "--to", tmp_path / "one")
    told = body(tmp_path / "one", "announcement")
    assert told["intermediaries"] == [
        {"subject": told["subject"], "name": {"zh": NAMES["name_zh"], "en": NAMES["name_en"]}}
    ]
    assert told["standard"] == [{"subject": told["subject"], "standard": "select@2026"}]
    run("verify", tmp_path / "one")


def test_nobody_is_named_in_it(run, market):
    company, house = market
    assert db.session.scalar(select(Filing.note).where(Filing.key == INTERIM)) == PRIVATE
    people = {row.actor_label for row in db.session.scalars(select(Entry))} - {"system", "announcements"}
    assert people >= {"Editor", "Signatory"}
    written = run("export", *SINCE)
    for text in (PRIVATE, "Wang Daming", "@", "actor_", *people):
        assert text not in written.replace("growth@2026", ""), text
    assert "信标有限公司" in written


def test_the_next_file_goes_on_where_the_last_one_ended(run, market, tmp_path):
    company, house = market
    first, second, whole = (tmp_path / name for name in ("first", "second", "whole"))
    run("export", *SINCE, "--to", first)
    publishing.suspend(company=house.company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    run("export", "--after", first, "--to", second)
    run("export", *SINCE, "--to", whole)
    assert told(second) == [("subject", "update", 1)]
    assert (
        first.read_bytes().splitlines()[1:-1] + second.read_bytes().splitlines()[1:-1]
        == (whole.read_bytes().splitlines()[1:-1])
    )
    run("verify", second, "--after", first)
    assert "does not go on" in run("verify", whole, "--after", first, fails=True)
    first.write_bytes(first.read_bytes().replace(b"Beacon", b"Deacon"))
    assert "does not hold" in run("export", "--after", first, fails=True)


def test_a_later_beginning_counts_versions_from_the_beginning_of_the_log(run, market, tmp_path):
    file = tmp_path / "late"
    _company, house = market
    later = NOW + timedelta(days=9)
    publishing.suspend(company=house.company, reason="test", actor=SYSTEM, now=later)
    db.session.commit()
    run("export", "--since", later.date(), "--to", file)
    assert told(file) == [("subject", "update", 1)]
    run("verify", file)
    run("export", "--since", later.date() + DAY, "--to", tmp_path / "none")
    assert told(tmp_path / "none") == []


def reseal(app, line, **changed):
    """A line with something else in it, sealed anew with the right key."""
    found = json.loads(line)
    found.pop("seal")
    made = envelope.sealed(found | changed, HouseSeal(Signer.of(app.config)))
    return json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


TAMPERED = {
    "an amount changed": (lambda app, lines: [*lines[:2], lines[2].replace(b"growth", b"select"), *lines[3:]], 3),
    "a line dropped": (lambda app, lines: [*lines[:3], *lines[4:]], 9),
    "two lines exchanged": (lambda app, lines: [lines[0], lines[2], lines[1], *lines[3:]], 3),
    "a line twice": (lambda app, lines: [*lines[:2], lines[1], *lines[2:]], 3),
    "the end cut off": (lambda app, lines: lines[:-1], 9),
    "a line after the end": (lambda app, lines: [*lines, lines[1]], 11),
    "a field more, sealed": (
        lambda app, lines: [
            lines[0],
            reseal(app, lines[1], body=json.loads(lines[1])["body"] | {"leading_member_information": ["Wang"]}),
            *lines[2:],
        ],
        2,
    ),
    "no JSON": (lambda app, lines: [b"{\n", *lines[1:]], 1),
    "blanks": (lambda app, lines: [lines[0].replace(b'{"begin"', b'{ "begin"'), *lines[1:]], 1),
    "not a number": (lambda app, lines: [lines[0].replace(b'"first":0', b'"first":NaN'), *lines[1:]], 1),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_whatever_is_changed_is_found(app, run, market, tmp_path, how):
    file, (change, line) = tmp_path / "file", TAMPERED[how]
    run("export", *SINCE, "--to", file)
    lines = change(app, file.read_bytes().splitlines(keepends=True))
    file.write_bytes(b"".join(lines))
    verdict = json.loads(run("verify", file, "--json", fails=True))
    assert line in {fault["line"] for fault in verdict["faults"]}, verdict
    assert "Wang" not in json.dumps(verdict)


def test_another_key_does_not_pass(app, run, market, tmp_path):
    file = tmp_path / "file"
    run("export", *SINCE, "--to", file)
    other = Signer("elsewhere/log", b"\1" * 32).verifier()
    assert "sealed with another key" in run("verify", file, "--key", other, fails=True)
    assert "not an Ed25519 verifier key" in run("verify", file, "--key", "none", fails=True)
    own = Signer.of(app.config).verifier()
    run("verify", file, "--key", own)
    assert b64encode(own.public).decode() in file.read_text()


def test_what_has_not_the_shape_is_named_in_its_place(run, app, tmp_path):
    file = tmp_path / "file"
    house = a_house(name_en="X" * 501)
    publishing.suspend(company=house.company, reason="test", actor=SYSTEM, now=NOW)
    db.session.commit()
    run("export", *SINCE, "--to", file)
    _begin, first, second, _end = map(json.loads, file.read_bytes().splitlines())
    assert first["exception"]["object_id"] == f"subject:GBA:{house.company.code}"
    assert [each["exception"]["version"] for each in (first, second)] == [0, 1]
    assert "X" * 50 not in file.read_text()
    assert "2 exceptions" in run("verify", file)


def test_sm3_is_that_of_the_standard():
    assert envelope.sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_companies_nobody_speaks_for_are_not_told(run, app):
    a_company()
    db.session.commit()
    assert json.loads(run("export", *SINCE).splitlines()[-1])["end"]["objects"] == 0
