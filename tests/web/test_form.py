"""A form takes what a form sends: no JSON, no file unasked, no number or choice that is none."""

from io import BytesIO

import pytest
from flask_babel import force_locale
from wtforms import FileField, TextAreaField
from wtforms.validators import NumberRange

from listing.web.form import Form, SeveralField, WholeField
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


class Sent(Form):
    """The kinds of fields that are asked in this file."""

    number = WholeField(validators=[NumberRange(1, 20, message="From 1 to 20.")])
    several = SeveralField(choices=["a", "b"])
    text = TextAreaField()
    file = FileField()


def test_what_is_no_number_or_choice_is_told_once_and_in_few_words(app):
    beyond, none, strange = "From 1 to 20.", "請輸入整數。", "請從列表中選擇。"
    told = {"21": beyond, "9" * 400: beyond, "-" + "9" * 4_000: beyond, "9" * 5_000: none, "NaN": none, "二十": none}
    for number, error in told.items():
        assert _errors(app, number=number) == {"number": [error]}
    for several in (["x"], ["a", "x", "y"], ["x" * 50_000]):
        assert _errors(app, number="１２", several=several) == {"several": [strange]}


def _errors(app, **sent) -> dict:
    with app.test_request_context(method="POST", data=sent), force_locale("zh_Hant"):
        form = Sent(meta={"csrf": False})
        form.validate()
        assert form.number._value() == sent["number"], "nothing that was typed is lost"
        return form.errors


def test_nul_which_postgresql_keeps_in_no_text_is_left_out(app):
    sent = {"number": "1\0", "several": ["a", "b\0"], "text": "one\0\n\0two", "file": (BytesIO(b"\0"), "a.csv")}
    with app.test_request_context(method="POST", data=sent):
        form = Sent(meta={"csrf": False})
        assert form.validate(), form.errors
        assert (form.number.data, form.several.data, form.text.data) == (1, ["a", "b"], "one\ntwo")
        assert form.file.data.read() == b"\0"
