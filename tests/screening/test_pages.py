"""Staff's pages and the command."""

import io
import json

import pytest

from listing.access.actor import SYSTEM
from listing.screening import operations, queries, rules
from listing.store.db import db

from ..accounts import walk
from ..factories import NOW
from .conftest import LIST

NEW = "/en/review/lists/import"
CASE = rules.Case("application", 7)


def _sent(client, content=LIST, **fields):
    data = {"code": "UNSC", "version": "2026-11-20", "source": "Security Council"} | fields
    data["file"] = (io.BytesIO(content.encode()), "list.csv")
    return walk.send(client, NEW, data, content_type="multipart/form-data")


def _count():
    db.session.commit()
    return len(queries.versions())


def test_a_list_is_imported_and_a_name_looked_up(staff):
    client = staff("supervisor")
    assert _sent(client).location == "/en/review/lists"
    page = client.get("/en/review/lists").text
    assert "In force" in page
    assert "Security Council" in page
    found = walk.send(client, "/en/review/lists", {"name": "Xiaoming WANG"})
    assert "1 listed name may be meant" in found.text
    assert "王小明" in found.text
    assert "No listed name is like this one" in walk.send(client, "/en/review/lists", {"name": "Li Si"}).text
    assert walk.send(client, "/en/review/lists", {"name": ""}).status_code == 422


@pytest.mark.parametrize(
    ("content", "fields"),
    [("nonsense", {}), (LIST + "X\n", {}), (LIST, {"code": "a b"}), (LIST, {"version": ""}), (LIST, {"source": ""})],
)
def test_what_is_no_list_changes_nothing_and_loses_nothing(staff, content, fields):
    client = staff("supervisor")
    answer = _sent(client, content, **fields)
    assert (answer.status_code, _count()) == (422, 0)
    assert fields.get("code", "UNSC") in answer.text


def test_a_hit_is_resolved_with_a_reason(staff, imported):
    imported()
    (hit,) = operations.screen(
        case=CASE, subjects=[rules.Subject("signatory", ("王小明",))], actor=SYSTEM, now=NOW
    ).hits
    db.session.commit()
    client, path, action = staff(), "/en/review/screening/application/7", f"/en/review/screening/hits/{hit.id}"
    assert client.get("/en/review/screening/application/8").status_code == 404
    assert "Hits wait for a person" in client.get(path).text
    without = walk.send(client, action, {"outcome": "cleared", "reason": ""}, shown_at=path)
    assert (without.status_code, 'id="reason-' in without.text) == (422, True)
    assert "Say who is meant." in walk.send(client, action, {"reason": "Born 1990"}, shown_at=path).text
    assert walk.send(client, action, {"outcome": "cleared", "reason": "Born 1990"}, shown_at=path).status_code == 303
    assert "Nobody listed is meant" in client.get(path).text
    again = walk.send(client, action, {"outcome": "confirmed", "reason": "x"}, shown_at="/en/review/lists")
    assert "Rei has resolved this hit already." in again.text


def test_the_command_imports_and_looks_up(app, tmp_path):
    run = app.test_cli_runner().invoke
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    about = ["--code", "UNSC", "--version", "1", "--source", "made up"]
    assert "UNSC 1: 3 persons and entities" in run(args=["screening", "import", str(file), *about]).output
    found = json.loads(run(args=["screening", "search", "Xiaoming Wang", "--json"]).output)
    assert [(one["reference"], one["likeness"]) for one in found] == [("P1", 100)]
    file.write_text("x", encoding="utf-8")
    refused = run(args=["screening", "import", str(file), *about[:3], "2", *about[4:]])
    assert (refused.exit_code, "not a list" in refused.output) == (1, True)
