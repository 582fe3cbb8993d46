"""A form takes what a form sends: no JSON, and a file only where a file is asked for."""

from io import BytesIO

import pytest

from tests.accounts.walk import hidden


@pytest.mark.parametrize("path", ["/en/register", "/en/reset", "/en/confirm"])
def test_a_file_in_place_of_a_text_is_an_empty_field(client, path):
    sent = hidden(client, path)
    for name in ("email", "password", "name"):
        sent[name] = (BytesIO(b"text"), "text.txt")
    assert client.post(path, data=sent).status_code == 422


@pytest.mark.parametrize("body", [{"email": 1, "password": [1]}, {"email": "ann@example.com"}, [1], 1])
def test_json_is_not_read_as_a_form(client, body):
    token = hidden(client, "/en/register")["csrf_token"]
    for path in ("/en/register", "/en/reset"):
        assert client.post(path, json=body, headers={"X-CSRFToken": token}).status_code == 422
