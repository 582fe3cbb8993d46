"""Two texts compared for a program: the contract of the command, and nothing kept."""

import json

import pytest
from jsonschema import Draft202012Validator

from listing.access.scope import Scope
from listing.api import openapi
from listing.bilingual.cli import bilingual
from listing.store.db import db
from tests.factories import a_key

from .conftest import BODIES

CHECK = "/api/v1/check"


@pytest.fixture
def send(client, membership):
    """Send a body with a key that may check."""
    _row, token = a_key(membership.user, Scope.CHECK_USE)
    db.session.commit()

    def sent(body, **more):
        return client.post(CHECK, headers={"Authorization": f"Bearer {token}"}, **{"json": body, **more})

    return sent


def test_findings_are_those_of_the_command(app, send):
    answer = send(BODIES[CHECK])
    printed = app.test_cli_runner().invoke(bilingual, ["check"], input=json.dumps(BODIES[CHECK]))
    assert {name: answer.json[name] for name in ("id", "findings")} == json.loads(printed.output)
    assert [finding["kind"] for finding in answer.json["findings"]] == ["magnitude"]


def test_the_answer_has_the_shape_that_is_described(app, send):
    body = {
        "zh": "公司股份已挂牌，保本，可能提高2个百分点，按年增長3倍。",
        "en": "Its shares are listed and will be up by 2% or 5.",
    }
    answer = send(body).json
    assert answer["findings"]
    assert answer["wording"]
    whole = {"$ref": "#/components/schemas/Checked", "components": openapi.document(app)["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(answer)] == []


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ([], "zh"),
        ({"zh": "一"}, "en"),
        ({"zh": 1, "en": "a"}, "zh"),
        ({"zh": "一", "en": "a" * 20_001}, "en"),
        ({"zh": "一", "en": "a", "lang": "zh"}, "lang"),
        ({"zh": "一", "en": "a", "id": True}, "id"),
        ({"zh": "一", "en": "a", "id": [1]}, "id"),
        ({"zh": "一", "en": "a", "id": "\ud800"}, "id"),
        ({"zh": "\ud800", "en": "a"}, "zh"),
    ],
)
def test_another_body_is_refused_by_name(send, body, wrong):
    answer = send(body)
    assert (answer.status_code, answer.json["parameter"]) == (400, wrong)


def test_what_is_no_json_is_refused(send):
    assert send(None, json=None, data="{", content_type="application/json").status_code == 400
    assert send(None, json=None, data="zh=1").status_code == 415
    assert send({"zh": "\x00", "en": "\x00"}).status_code == 200


@pytest.mark.parametrize("data", ["[" * 100_000, '{"zh":' * 50_000])
def test_what_is_nested_too_deep_to_read_is_refused(send, data):
    assert send(None, json=None, data=data, content_type="application/json").status_code == 400
