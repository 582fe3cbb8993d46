"""What an enterprise sends around its sheets; the sheets themselves are read by ``reading``."""

from typing import ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import Length

from listing.files.rules import ACCEPT, Unfit
from listing.web.form import CreatingForm, Form

from .filled import NotTheTemplate


class BeginForm(CreatingForm):
    """For which enterprise a profile begins, and from which company on display, by its address."""

    organisation_id = SelectField(_l("Enterprise"), coerce=int)
    company = HiddenField(validators=[Length(max=120)])


class SendForm(CreatingForm):
    """The signature under a profile, and the reason where figures contradict each other and may."""

    seen = HiddenField(validators=[Length(max=64)])
    override = TextAreaField(_l("Why these figures may differ"), validators=[Length(max=1_000)])
    declared_true = BooleanField(
        _l("I declare for the enterprise that what this profile says is true, accurate and complete in both languages.")
    )


class FileForm(CreatingForm):
    """A file for the list of documents; what is said about it is read like a sheet."""

    BESIDE: ClassVar = {Unfit: "file"}

    file = FileField(_l("File"), validators=[FileRequired(_l("Choose a file."))], render_kw={"accept": ACCEPT})


class WorkbookForm(Form):
    """A workbook that was filled in, and whether it goes over what somebody saved since it was downloaded."""

    BESIDE: ClassVar = {Unfit: "file", NotTheTemplate: "file"}

    file = FileField(
        _l("Filled workbook (.xlsx)"), validators=[FileRequired(_l("Choose a file."))], render_kw={"accept": ".xlsx"}
    )
    over = BooleanField(_l("Replace what was saved meanwhile by what the workbook says"))
