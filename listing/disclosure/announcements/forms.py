"""What is typed about an announcement: its two texts side by side, what it is about, and the signature under it."""

from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField as Upload
from flask_wtf.file import FileRequired
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from listing.bilingual import script
from listing.bilingual.pair import Pair
from listing.files.rules import ACCEPT, Unfit
from listing.refusal import Refusal
from listing.web.form import CreatingForm, Form, WholeField
from listing.web.page import language, now, words

from . import headlines, joint, queries, roles, rules, texts
from .categories import EVENTS_ITEM, PERIOD, categories, offered, visibility_on
from .embargo_form import EmbargoFields, taken
from .visibility import PUBLIC, TooNarrow

_TOO_LONG = _l("This is too long.")
_DAY = Optional()
_TALL = {"rows": 16}


class _Title(StringField):
    """One line without anything invisible."""

    def pre_validate(self, form) -> None:
        _fit(texts.title, self.data)


class _Text(TextAreaField):
    """Several lines without anything invisible; an empty line sets passages off."""

    def pre_validate(self, form) -> None:
        _fit(texts.typed, self.data)


def _fit(read, text: str | None) -> None:
    try:
        read(text or "")
    except Refusal as refusal:
        raise ValidationError(words(refusal)) from None


def _fits(most: int) -> list:
    return [Length(max=most, message=_TOO_LONG)]


class WriteForm(EmbargoFields, Form):
    """An announcement as it is being written; either language may be missing as long as it is a draft."""

    BESIDE: ClassVar = {
        **EmbargoFields.BESIDE,
        headlines.NoSuchHeadline: "headline",
        headlines.OtherHeadline: "headline",
        roles.NoChoice: "intermediary_id",
        roles.NotMandated: "intermediary_id",
        TooNarrow: "visibility",
    }

    category = SelectField(_l("What it is about"), validators=[InputRequired(_l("Choose one of the list."))])
    headline = SelectField(_l("Headline"), validators=[_DAY], default="")
    period_end = DateField(_l("End of the period"), validators=[_DAY])
    event_on = DateField(_l("Day of the event"), validators=[_DAY])
    title_zh = _Title(_l("Title in Chinese"), validators=_fits(rules.TITLE_LONGEST), default="")
    title_en = _Title(_l("Title in English"), validators=_fits(rules.TITLE_LONGEST), default="")
    body_zh = _Text(_l("Text in Chinese"), validators=_fits(rules.BODY_LONGEST), default="", render_kw=_TALL)
    body_en = _Text(_l("Text in English"), validators=_fits(rules.BODY_LONGEST), default="", render_kw=_TALL)
    note_zh = _Text(_l("What changes, in Chinese"), validators=_fits(rules.NOTE_LONGEST), default="")
    note_en = _Text(_l("What changes, in English"), validators=_fits(rules.NOTE_LONGEST), default="")
    prevailing = RadioField(
        _l("Where the two texts differ"),
        choices=[
            SelectChoice("zh", _l("The Chinese text prevails")),
            SelectChoice("en", _l("The English text prevails")),
        ],
        default="zh",
    )
    visibility = RadioField(
        _l("Who reads it"),
        choices=[
            SelectChoice("", _l("Whom the standard says: of most reports admitted investors alone, else everybody")),
            SelectChoice(PUBLIC, _l("Everybody, whatever it is about")),
        ],
        default="",
    )
    intermediary_id = SelectField(_l("Intermediary"), validators=[_DAY], default="")
    made = SelectField(
        _l("Who wrote the texts"),
        choices=[
            SelectChoice("", _l("People wrote both texts")),
            SelectChoice("en", _l("A program translated the English text")),
            SelectChoice("zh", _l("A program translated the Chinese text")),
        ],
        default="",
    )
    read = BooleanField(_l("I have read both texts against each other: they say the same"))
    version = WholeField(validators=[Optional()], widget=HiddenInput(), default=0)

    def __init__(self, *, correction: bool, agents: list | None = None, **kwargs):
        super().__init__(**kwargs)
        self.chooses = agents is not None
        choices_of = [SelectChoice(str(each.id), each.name(language())) for each in agents or ()]
        self.intermediary_id.choices = [SelectChoice("", _("None: the company alone signs")), *choices_of]
        self.category.choices = choices()
        none = SelectChoice("", _l("None, or the only one there is"))
        self.headline.choices = {str(_l("No choice")): [none], **headline_choices()}
        self.correction = correction
        if not correction:
            del self.note_zh, self.note_en

    def fitting(self) -> list[str]:
        """The headlines that go with what is chosen, in the reader's language."""
        return [one.name.said(language()) for one in headlines.of_category(self.category.data)]

    def values(self) -> dict:
        """The arguments of ``writing.save``."""
        given = super().values()
        title = {side: texts.title(given.pop(f"title_{side}") or "") for side in rules.SIDES}
        body = {side: texts.typed(given.pop(f"body_{side}") or "") for side in rules.SIDES}
        note = {side: texts.typed(given.pop(f"note_{side}", None) or "") for side in rules.SIDES}
        given["headline"] = given["headline"] or None
        chosen = (given["intermediary_id"] or "").strip()  # blanks pass for an optional field left empty
        given["intermediary_id"] = int(chosen) if chosen else None
        given["not_before"] = taken(given)
        found = script.detect(title["zh"] + body["zh"]) or ("Hant" if language() == "zh-Hant" else "Hans")
        pairs = {name: Pair(text["zh"], text["en"], found) for name, text in (("title", title), ("body", body))}
        return given | pairs | {"note": Pair(note["zh"], note["en"], found) if self.correction else None}


class NewForm(WriteForm, CreatingForm):
    """An announcement to begin."""

    def values(self) -> dict:
        """The arguments of ``writing.begin``."""
        given = super().values()
        del given["version"]
        return given


class AttachForm(CreatingForm):
    """A file for one language."""

    BESIDE: ClassVar = {Unfit: "file", rules.TooManyFiles: "side"}

    side = RadioField(
        _l("Language"),
        choices=[SelectChoice("zh", _l("Chinese")), SelectChoice("en", _l("English"))],
        validators=[InputRequired(_l("Choose one of the list."))],
    )
    file = Upload(_l("File"), validators=[FileRequired(_l("Choose a file."))], render_kw={"accept": ACCEPT})


class AgentForm(CreatingForm):
    """The agent that is to prepare announcements for a company."""

    BESIDE: ClassVar = {rules.NoSuchAgent: "agent_id", rules.AgentAlready: "agent_id"}

    agent_id = SelectField(_l("Agent"), coerce=int)

    def __init__(self, agents, **kwargs):
        super().__init__(**kwargs)
        self.agent_id.choices = [SelectChoice(each.id, each.name(language())) for each in agents]


class InviteForm(CreatingForm):
    """The company that is to announce it, too."""

    BESIDE: ClassVar = {joint.NoSuchCompany: "code", joint.InvitedAlready: "code", joint.TooManyInvited: "code"}

    code = _Title(
        _l("Code of the company"), validators=[InputRequired(_l("Give the code of the company.")), *_fits(40)]
    )

    def values(self) -> dict:
        """The arguments of ``joining.invite``."""
        return {"code": texts.title(self.code.data).upper()}


class SendForm(Form):
    """What is sent for signing: the digest of what the page showed."""

    seen = HiddenField(validators=[Length(max=64)])


class SignForm(CreatingForm):
    """The signature under both texts."""

    seen = HiddenField(validators=[Length(max=64)])
    declared_true = BooleanField(
        _l(
            "I declare for the company that this announcement is true, accurate and complete in both languages, "
            "and that both say the same."
        )
    )


class CheckForm(CreatingForm):
    """What a checker confirms of both texts as the page showed them."""

    seen = HiddenField(validators=[Length(max=64)])
    read = BooleanField(_l("I have read both texts against each other: they say the same"))


class ReasonForm(Form):
    """Why an announcement goes back or ends."""

    reason = TextAreaField(
        _l("Reason"), validators=[InputRequired(_l("Say why, so that it can be looked up later.")), *_fits(1_000)]
    )


class OverrideForm(CreatingForm):
    """Why an announcement is to be released outside the windows, as everybody will read it."""

    reason_zh = _Text(_l("Reason in Chinese"), validators=_fits(rules.NOTE_LONGEST), default="")
    reason_en = _Text(_l("Reason in English"), validators=_fits(rules.NOTE_LONGEST), default="")

    def values(self) -> dict:
        """The arguments of ``overriding.ask``."""
        zh, en = (texts.typed(self[f"reason_{side}"].data or "") for side in rules.SIDES)
        return {"reason": Pair(zh, en, script.detect(zh) or ("Hant" if language() == "zh-Hant" else "Hans"))}


class VerifyForm(Form):
    """A text or a file somebody holds."""

    IS_KEPT = False
    text = TextAreaField(
        _l("The text in one language, title and passages"),
        validators=_fits(rules.BODY_LONGEST + rules.TITLE_LONGEST),
        render_kw=_TALL,
    )
    file = FileField(_l("Or a file"))

    def validate(self, extra_validators=None) -> bool:
        """Check the fields, and that there is something to look up."""
        valid = super().validate(extra_validators)
        if (self.text.data or "").strip() or getattr(self.file.data, "filename", ""):
            return valid
        self.form_errors.append(_("Paste a text or choose a file."))
        return False


def choices() -> dict[str, list[SelectChoice]]:
    """The categories in three groups, in the reader's language; those of a version to come are left out."""
    groups: dict[str, list[SelectChoice]] = {}
    for one in offered(now().astimezone(queries.ZONE).date()):
        if one.needs == PERIOD:
            group = _l("Reports on a period")
        elif one.item == EVENTS_ITEM:
            group = _l("Major events")
        else:
            group = _l("Notices")
        groups.setdefault(str(group), []).append(SelectChoice(one.id, one.name.said(language())))
    return groups


def headline_choices() -> dict[str, list[SelectChoice]]:
    """The headlines in their groups, in the reader's language."""
    groups: dict[str, list[SelectChoice]] = {}
    for one in headlines.sheet().headlines.values():
        groups.setdefault(one.group.said(language()), []).append(SelectChoice(one.id, one.name.said(language())))
    return groups


def typed_of(row) -> dict:
    """What a form shows of an announcement, or of a release that is to be corrected."""
    body = getattr(row, "body", None) or Pair(
        "\n\n".join(part.zh for part in row.passages), "\n\n".join(part.en for part in row.passages), row.title.script
    )
    pairs = {"title": row.title, "body": body}
    said = {f"{name}_{side}": getattr(pair, side) for name, pair in pairs.items() for side in rules.SIDES}
    kept = {name: getattr(row, name) for name in ("category", "period_end", "event_on", "prevailing")}
    several = len(headlines.of_category(row.category)) > 1  # the only one follows the category as that is changed
    day = row.period_end or row.event_on or now().astimezone(queries.ZONE).date()
    wider = row.visibility == PUBLIC != visibility_on(categories().get(row.category), day)
    return said | kept | {"headline": row.headline if several else "", "visibility": PUBLIC if wider else ""}


def noted(note: Pair | None) -> dict:
    """What a form shows of the note of a correction."""
    return {"note_zh": note.zh, "note_en": note.en} if note else {}
