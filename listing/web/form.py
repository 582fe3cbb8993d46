"""The form every page's form grows from: CSRF, our words for the library's messages, the operation's arguments."""

import re
import secrets
from collections.abc import Mapping
from gettext import NullTranslations
from types import MappingProxyType
from typing import ClassVar

from flask import Flask, Request, request
from flask_babel import Domain
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property
from wtforms import FileField, HiddenField, IntegerField, SelectMultipleField
from wtforms.validators import StopValidation, ValidationError

from listing.refusal import Refusal

_MOST = 2**31 - 1  # a whole number as a database keeps it
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Form(FlaskForm):
    """A form whose ``values`` are the keyword arguments of the operation it leads to."""

    NOT_VALUES = frozenset({"csrf_token", "idempotency_key"})
    BESIDE: ClassVar[Mapping[type[Refusal], str]] = MappingProxyType({})  # refusals that belong to one field

    class Meta(FlaskForm.Meta):
        """How a form reads a request."""

        def wrap_formdata(self, form, formdata):
            """Only what a form sends: no JSON, whose values may be of any type, and files only for file fields.

            NUL is left out: nobody types it, and PostgreSQL keeps it in no text.
            """
            if request.is_json:
                return request.form
            read = super().wrap_formdata(form, formdata)
            if read is None:
                return None
            wanted = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            return MultiDict(
                (name, sent.replace("\0", "") if isinstance(sent, str) else sent)
                for name, sent in read.items(multi=True)
                if isinstance(sent, str) or name in wanted
            )

    def values(self) -> dict:
        """The operation's keyword arguments: every field by name, without the hidden keys and the buttons."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name not in self.NOT_VALUES and field.widget.__class__.__name__ != "SubmitInput"
        }


class WholeField(IntegerField):
    """A whole number; one that is larger than a database keeps counts as the largest, which no limit lets through."""

    def process_formdata(self, valuelist):
        """Hold the number where it can be compared: the library's limits make a float of it, which overflows."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = max(-_MOST, min(self.data, _MOST))

    def pre_validate(self, form):
        """What is no number is told as that and not measured as well."""
        if self.process_errors:
            raise StopValidation


class SeveralField(SelectMultipleField):
    """Several of the choices."""

    def pre_validate(self, form):
        """Refuse what is no choice without saying it again, however long it is and however often it was sent."""
        try:
            super().pre_validate(form)
        except ValidationError as refused:
            raise ValidationError(_("Choose only from the list.")) from refused


class CreatingForm(Form):
    """A form that creates something: sent twice, it creates it once (listing/web/turn.py, ``created``).

    Its template renders ``form.hidden_tag()``. The key is new each time the form is shown, and stays when it is shown
    again with a mistake.
    """

    idempotency_key = HiddenField(default=lambda: secrets.token_urlsafe(16), render_kw={"id": False})

    def validate(self, extra_validators=None) -> bool:
        """Check the fields, and that the key is one."""
        valid = super().validate(extra_validators)
        if _KEY.fullmatch(self.idempotency_key.data or ""):
            return valid
        self.form_errors.append(_("This form was incomplete. Reload the page and send it again."))
        return False


def init_app(app: Flask) -> None:
    """Let every form, the account library's too, speak from our own catalogue.

    WTForms would answer a Traditional reader in Simplified, because gettext falls from zh_Hant back to zh.
    """
    texts = Domain(translation_directories=[app.config["BABEL_TRANSLATION_DIRECTORIES"]], domain="wtforms")

    class SpeakingRequest(Request):
        @cached_property
        def wtforms_translations(self) -> NullTranslations:
            """Found by flask_wtf.i18n before it looks for the library's own texts."""
            return texts.get_translations()

    app.request_class = SpeakingRequest
