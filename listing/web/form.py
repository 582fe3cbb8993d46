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
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property
from wtforms import BooleanField, FileField, HiddenField, IntegerField, PasswordField, SelectMultipleField
from wtforms.csrf.core import CSRFTokenField
from wtforms.validators import StopValidation, ValidationError

from listing.refusal import Refusal

from . import interrupted

_MOST = 2**31 - 1  # a whole number as a database keeps it
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class _TokenField(CSRFTokenField):
    """The token against forged requests, and beside it who was shown the form (listing/web/interrupted.py)."""

    def __call__(self, **kwargs) -> Markup:
        form = self.csrf_impl.form
        if form.back:
            form.back.offered = True
        shown = form.signature
        return super().__call__(**kwargs) + interrupted.field_of(shown)


class _Csrf(FlaskForm.Meta.csrf_class):
    field_class = _TokenField

    def setup_form(self, form):
        self.form = form
        return super().setup_form(form)


class Form(FlaskForm):
    """A form whose ``values`` are the keyword arguments of the operation it leads to.

    ``back`` is what its reader had typed into it before the session ended; the fields are filled with it.
    """

    back: interrupted.Kept | None = None
    IS_KEPT: ClassVar[bool] = True  # False where a page promises that what is typed is kept nowhere
    NOT_VALUES = frozenset({"csrf_token", "idempotency_key", interrupted.SHOWN_TO})
    BESIDE: ClassVar[Mapping[type[Refusal], str]] = MappingProxyType({})  # refusals that belong to one field

    class Meta(FlaskForm.Meta):
        """How a form reads a request."""

        csrf_class = _Csrf

        def wrap_formdata(self, form, formdata):
            """Only what a form sends: no JSON, whose values may be of any type, and files only for file fields.

            NUL is left out: nobody types it, and PostgreSQL keeps it in no text.
            """
            if request.is_json:
                return request.form
            read = super().wrap_formdata(form, formdata)
            if read is None:
                return form.brought_back()
            wanted = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            return MultiDict(
                (name, sent.replace("\0", "") if isinstance(sent, str) else sent)
                for name, sent in read.items(multi=True)
                if isinstance(sent, str) or name in wanted
            )

    def brought_back(self) -> MultiDict | None:
        """What was typed before the session ended; a tick under something seen then is set anew."""
        self.back = interrupted.back(self.called)
        return self._typed(self.back) if self.back else None

    def _typed(self, found: interrupted.Kept) -> MultiDict:
        ticks = {f.name for f in self._fields.values() if isinstance(f, BooleanField)} if "seen" in self._fields else ()
        return MultiDict((name, text) for name, text in interrupted.sent(found) if name not in ticks)

    @property
    def called(self) -> str:
        """Which form of a page this is."""
        return self._prefix + type(self).__name__

    @cached_property
    def signature(self) -> str | None:
        """Our word on to whom it is shown; None for what is never kept, as where a password is typed."""
        secret = any(isinstance(field, PasswordField) for field in self)
        hidden = (field.name for field in self if isinstance(field, HiddenField))
        return interrupted.signature(self.called, hidden) if self.IS_KEPT and not secret else None

    def at(self, address: str, **hidden: str) -> "Form":
        """Of a form shown in several places the one that goes to this address with these hidden values.

        It is this one where it was sent so, and else one that holds what is back in this place alone.
        """
        here = self.is_submitted() and request.script_root + request.path == address
        if here and all(self[name].data == value for name, value in hidden.items()):
            return self
        if self.back and self.back.belongs(self.called, address, hidden):
            return self
        found = interrupted.back_at(self.called, address, hidden)
        if found is None:
            return self._blank
        form = type(self)(formdata=self._typed(found), prefix=self._prefix)
        form.back = found
        return form

    @cached_property
    def _blank(self) -> "Form":
        return type(self)(formdata=MultiDict(), prefix=self._prefix)

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
