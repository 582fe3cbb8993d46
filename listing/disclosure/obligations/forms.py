"""What an enterprise sends about its tier and its obligations, and what a reviewer answers."""

from datetime import datetime
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from listing.accounts.rules import HostileText
from listing.disclosure import standards
from listing.files.rules import ACCEPT, Unfit
from listing.rulebook.node import MOST_BYTES, Broken
from listing.web.form import CreatingForm, Form
from listing.web.page import language, words

from . import affected, owing, rules, wording

_ENTER_A_DAY = _l("Enter a day, such as 2026-12-31.")
_LONGEST = Length(max=rules.MOST_WORDS)


def _text(sent: str | None) -> str:
    """What was typed; nothing where a request left the field out."""
    return sent or ""


class TierForm(CreatingForm):
    """The tier an enterprise asks for, and where that stands which comes with the application."""

    BESIDE: ClassVar = {rules.SameTier: "tier", HostileText: "note"}

    tier = RadioField(_l("Tier"), validators=[InputRequired(_l("Choose a tier."))])
    year_end = SelectField(_l("The financial year ends on"), coerce=int)
    note = TextAreaField(
        _l("Where to find what comes with the application"),
        validators=[InputRequired(_l("Say where it stands.")), _LONGEST],
    )

    def offer(self, standard: standards.Standard) -> None:
        """Offer the tiers of a standard, and the ends of months, in the reader's language."""
        said = language()
        self.tier.choices = [SelectChoice(code, label.said(said)) for code, label in standard.tiers.items()]
        self.year_end.choices = [SelectChoice(month, words) for month, words in wording.months(said)]


class DraftForm(Form):
    """The file of a version that is not published yet; ``broken`` says at which line it is none, and why."""

    IS_KEPT = False
    file = FileField(_l("File of the version"), render_kw={"accept": ".yaml,.yml"})
    answer = RadioField(
        _l("Show it as"),
        choices=[SelectChoice("page", _l("Page")), SelectChoice("csv", "CSV"), SelectChoice("json", "JSON")],
        default="page",
    )
    broken: Broken | None = None

    def read(self, now: datetime) -> standards.Standard | None:
        """The version that the file holds; none, with what to do about it, where it cannot be published."""
        if not self.file.data:
            self.file.errors = [_("Choose the file of a version.")]
            return None
        try:
            content = self.file.data.stream.read(MOST_BYTES + 1).decode("utf-8-sig")
            standard = standards.read(content, "")
            affected.check_draft(standard, now)
        except UnicodeDecodeError:
            self.file.errors = [_("The file cannot be read as UTF-8.")]
        except Broken as broken:
            self.broken = broken
            self.file.errors = [_("The file is no disclosure standard, at line %(line)s.", line=broken.line)]
        except affected.REFUSALS as refusal:
            self.file.errors = [words(refusal)]
        else:
            return standard
        return None


class DecideForm(Form):
    """What a reviewer says of an application for a tier."""

    BESIDE: ClassVar = {rules.NoReason: "reason", HostileText: "reason"}

    answer = RadioField(
        _l("Your decision"),
        choices=[SelectChoice("grant", _l("Grant it")), SelectChoice("refuse", _l("Refuse it"))],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    reason = TextAreaField(_l("Reason, which the enterprise reads"), filters=[_text], validators=[_LONGEST])


class WaiverForm(CreatingForm):
    """Until when an obligation is waived, and why."""

    BESIDE: ClassVar = {rules.NotAhead: "until", rules.NoReason: "reason", HostileText: "reason"}

    until = DateField(_l("Waived until"), validators=[InputRequired(_ENTER_A_DAY)])
    reason = TextAreaField(_l("Reason, which the enterprise reads"), filters=[_text], validators=[_LONGEST])


class StepForm(Form):
    """Whether a step of the ladder is taken, and why; a second person gives no reason of their own."""

    BESIDE: ClassVar = {rules.NoReason: "words", HostileText: "words"}

    answer = RadioField(
        _l("Your decision"),
        choices=[SelectChoice("take", _l("Take this step")), SelectChoice("decline", _l("Leave it at that"))],
        validators=[InputRequired(_l("Choose a decision."))],
    )
    words = TextAreaField(_l("Reason, which the enterprise reads"), filters=[_text], validators=[_LONGEST])


class EventForm(CreatingForm):
    """What happened to a company, and when."""

    BESIDE: ClassVar = {
        rules.InTheFuture: "on_day",
        rules.TooLongAgo: "on_day",
        rules.NoCode: "code",
        HostileText: "note",
    }

    what = SelectField(_l("What happened"), validators=[InputRequired(_l("Say what happened."))])
    code = SelectField(_l("Which major event"))
    on_day = DateField(_l("Day"), validators=[InputRequired(_ENTER_A_DAY)])
    note = TextAreaField(_l("In a few words"), filters=[_text], validators=[_LONGEST])

    def offer(self, held: owing.Held) -> None:
        """Offer what the tier asks to be told of."""
        said, standard = language(), standards.published()[held.version]
        names = {item.id: f"{item.id} {item.name.said(said)}" for item in standard.items}
        happenings = [
            SelectChoice(f"{every}.{item}", wording.happening(every, names.get(item, "")))
            for every, item in rules.happenings(held)
        ]
        self.what.choices = [SelectChoice("", "–"), *happenings]
        codes = [SelectChoice(code, label.said(said)) for code, label in standard.events.items()]
        self.code.choices = [SelectChoice("", _l("None: it is no major event")), *codes]

    def values(self) -> dict:
        """The operation's arguments: what happened as occasion and item."""
        found = super().values()
        every, _dot, item = found["what"].partition(".")
        return found | {"what": (every, item)}


class FilingForm(CreatingForm):
    """What an enterprise files for one obligation."""

    BESIDE: ClassVar = {
        rules.InTheFuture: "dated",
        rules.UnknownNumber: "reference",
        rules.NothingFiled: "document",
        rules.NothingSaid: "note",
        HostileText: "note",
        Unfit: "document",
    }

    dated = DateField(_l("Date of the document"), validators=[InputRequired(_ENTER_A_DAY)])
    reference = StringField(_l("Number of the published announcement"), filters=[_text], validators=[Length(max=60)])
    document = FileField(_l("Document"), render_kw={"accept": ACCEPT})
    note = TextAreaField(_l("Where it stands, or a remark"), filters=[_text], validators=[_LONGEST])
