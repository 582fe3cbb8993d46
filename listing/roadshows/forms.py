"""What an organizer and an investor send about a roadshow; times are those of the clocks of its zone."""

import re
from datetime import datetime
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp, ValidationError

from listing.accounts.rules import NEAR_ZONES
from listing.rulebook.vocabulary import words
from listing.web.form import CreatingForm, Form, WholeField
from listing.web.page import language, lazy_place

from . import agenda, queue, rules
from .fields import Ticks, line, near, number, paired, several_lines
from .workplaces import places

LANGUAGE_LABELS = {"zh": _l("Mandarin"), "yue": _l("Cantonese"), "en": _l("English (spoken)")}
MODE_LABELS = {rules.ONSITE: _l("On site"), rules.ONLINE: _l("Online")}
_NEEDED = _l("Write this in both languages.")
_FAR = _l("Write a number nearer to zero.")
_RANKS = range(1, len(words("grades")))  # the last class needs no place: it stands with all others
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
MOST_INVITED = 500


def _once(form, field) -> None:
    """Each class has one place in an order."""
    if field.data and [one.data for one in form.ranks].count(field.data) > 1:
        raise ValidationError(_l("Name each class once."))


def _code():
    return line(
        _l("Short address"),
        rules.CODE_LONGEST,
        InputRequired(_l("Choose a short address.")),
        Regexp(r"[a-z0-9]+(-[a-z0-9]+)*\Z", message=_l("Use small letters, digits and hyphens only.")),
    )


class BasicsForm(Form):
    """What is said of a roadshow and who may attend."""

    title_zh = line(_l("Title in Chinese"), rules.TITLE_LONGEST, InputRequired(_NEEDED))
    title_en = line(_l("Title in English"), rules.TITLE_LONGEST, InputRequired(_NEEDED))
    summary_zh = several_lines(_l("Introduction in Chinese"), rules.TEXT_LONGEST, InputRequired(_NEEDED))
    summary_en = several_lines(_l("Introduction in English"), rules.TEXT_LONGEST, InputRequired(_NEEDED))
    zone = SelectField(
        _l("Time zone of the event"), choices=[SelectChoice(zone, lazy_place(zone)) for zone in NEAR_ZONES]
    )
    workplaces = Ticks(_l("Markets in which the audience works"))
    opens = DateTimeLocalField(
        _l("Registration opens"), validators=[InputRequired(_l("Enter a day and a time.")), near]
    )
    closes = DateTimeLocalField(
        _l("Registration closes"), validators=[InputRequired(_l("Enter a day and a time.")), near]
    )
    approval = BooleanField(_l("I approve each registration"))
    markets = Ticks(_l("Only investors admitted for"))
    classes = Ticks(_l("Only investors admitted under"))
    sectors = Ticks(_l("Only investors in these sectors"))
    colleagues = number(
        _l("Colleagues that one person may register along"), queue.MOST_COLLEAGUES, default=queue.USUAL_COLLEAGUES
    )
    priority_1, priority_2, priority_3, priority_4, priority_5 = (
        SelectField(_l("Place %(number)s in the order", number=n), validators=[_once], default="") for n in _RANKS
    )
    invitation_only = BooleanField(_l("By invitation only"))
    invited = several_lines(_l("E-mail addresses invited"), 30_000)

    BESIDE: ClassVar = {
        rules.WindowReversed: "closes",
        agenda.Skipped: "closes",
        agenda.Repeated: "closes",
        queue.OrderStands: "priority_1",
    }

    def __init__(self, *, markets, books, sectors, grades, **kwargs):
        super().__init__(**kwargs)
        for each in self.ranks:
            each.choices = [SelectChoice(*one) for one in (("", "–"), *grades)]
        self.workplaces.choices = [SelectChoice(place.id, place.name(language())) for place in places().values()]
        self.sectors.choices = [SelectChoice(*one) for one in sectors]
        self.markets.choices = [SelectChoice(*one) for one in markets]
        self.classes.choices = [SelectChoice(*one) for one in books]

    @property
    def ranks(self) -> list[SelectField]:
        """The classes in the order in which they get places."""
        return [self[f"priority_{n}"] for n in _RANKS]

    def validate_invited(self, field) -> None:
        """One address a line, each of which looks like one."""
        emails = (field.data or "").split()
        if len(emails) > MOST_INVITED or any(len(e) > 254 or not _EMAIL.fullmatch(e) for e in emails):
            raise ValidationError(_l("Write one e-mail address on each line, 500 at most."))

    def values(self) -> dict:
        """The operation's arguments."""
        given = paired(super().values(), "title", "summary")
        priority = [each for n in _RANKS if (each := given.pop(f"priority_{n}"))]
        return given | {"invited": (given["invited"] or "").split(), "priority": priority}


class NewForm(BasicsForm, CreatingForm):
    """A roadshow to begin."""

    code = _code()

    BESIDE: ClassVar = {**BasicsForm.BESIDE, rules.CodeInUse: "code"}


class CopyForm(CreatingForm):
    """Another roadshow like one that is there."""

    first = DateField(_l("First day"), validators=[InputRequired(_l("Enter a day, such as 2026-12-31.")), near])
    code = _code()
    series = BooleanField(_l("It goes on with the same series"), default=True)

    BESIDE: ClassVar = {rules.CodeInUse: "code", agenda.Skipped: "first", agenda.Repeated: "first"}


class DayForm(CreatingForm):
    """One day at one venue."""

    date = DateField(_l("Day"), validators=[InputRequired(_l("Enter a day, such as 2026-12-31.")), near])
    begins = TimeField(_l("From"), validators=[InputRequired(_l("Enter a time, such as 14:00."))])
    ends = TimeField(_l("Until"), validators=[InputRequired(_l("Enter a time, such as 14:00."))])
    venue_zh = line(_l("Venue in Chinese"), rules.PLACE_LONGEST, InputRequired(_NEEDED))
    venue_en = line(_l("Venue in English"), rules.PLACE_LONGEST, InputRequired(_NEEDED))
    onsite = number(_l("Places on site"), rules.MOST_SEATS, default=0)
    online = number(_l("Places online"), rules.MOST_SEATS, default=0)
    link = line(
        _l("Link for those online"),
        rules.LINK_LONGEST,
        Optional(),
        Regexp(r"https://[^\s\"<>]+\Z", message=_l("Enter an address that begins with https://.")),
    )

    BESIDE: ClassVar = {
        agenda.Reversed: "ends",
        agenda.Skipped: "begins",
        agenda.Repeated: "begins",
        rules.DayTaken: "date",
        rules.DayInUse: "date",
    }

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "venue")


class SessionForm(CreatingForm):
    """One slot of a day."""

    begins = TimeField(_l("From"), validators=[InputRequired(_l("Enter a time, such as 14:00."))])
    minutes = WholeField(
        _l("Minutes"),
        default=30,
        validators=[
            InputRequired(_l("Say how many minutes.")),
            NumberRange(1, rules.LONGEST_SESSION, message=_l("A session takes 1 to 600 minutes.")),
        ],
    )
    company_id = SelectField(_l("Company"), coerce=int, default=0)
    agreed = BooleanField(_l("The company has agreed already, outside this platform"))
    title_zh = line(_l("Title in Chinese"), rules.TITLE_LONGEST)
    title_en = line(_l("Title in English"), rules.TITLE_LONGEST)
    text_zh = several_lines(_l("What it is about, in Chinese"), rules.TEXT_LONGEST)
    text_en = several_lines(_l("What it is about, in English"), rules.TEXT_LONGEST)
    room_zh = line(_l("Room or track in Chinese"), rules.PLACE_LONGEST)
    room_en = line(_l("Room or track in English"), rules.PLACE_LONGEST)
    language = SelectField(
        _l("Spoken language"),
        default="zh",
        choices=[SelectChoice(key, label) for key, label in LANGUAGE_LABELS.items()],
    )
    interpreted = BooleanField(_l("Interpretation between Chinese and English"))

    BESIDE: ClassVar = {
        rules.UnfitCompany: "company_id",
        rules.Untitled: "title_zh",
        agenda.OutsideDay: "begins",
        agenda.RoomTaken: "begins",
        agenda.CompanyTaken: "company_id",
        agenda.SpeakerTaken: "begins",
        agenda.Skipped: "begins",
        agenda.Repeated: "begins",
    }

    def __init__(self, *, companies, **kwargs):
        super().__init__(**kwargs)
        self.company_id.choices = [SelectChoice(*one) for one in companies]

    def values(self) -> dict:
        """The operation's arguments."""
        given = paired(super().values(), "title", "text", "room")
        return given | {"company_id": given["company_id"] or None}


class CancelForm(Form):
    """Why a roadshow is called off."""

    reason_zh = several_lines(_l("Reason in Chinese"), 500, InputRequired(_NEEDED))
    reason_en = several_lines(_l("Reason in English"), 500, InputRequired(_NEEDED))

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "reason")


class LetterForm(CreatingForm):
    """What an organizer writes to those who wait."""

    text_zh = several_lines(_l("Message in Chinese"), queue.LETTER_LONGEST, InputRequired(_NEEDED))
    text_en = several_lines(_l("Message in English"), queue.LETTER_LONGEST, InputRequired(_NEEDED))

    def values(self) -> dict:
        """The operation's arguments."""
        return paired(super().values(), "text")


class SeenForm(Form):
    """A button that moves a session; ``seen`` is when it began, or ended, on the page where the button stood."""

    seen = HiddenField()

    def values(self) -> dict:
        """The operation's argument; what is no instant is none that was seen."""
        try:
            return {"seen": datetime.fromisoformat(self.seen.data or "")}
        except ValueError:
            return {"seen": None}


class MoveForm(CreatingForm):
    """By how much a roadshow moves, and whether people hear of it."""

    days = WholeField(_l("Days later"), default=0, validators=[NumberRange(-365, 365, message=_FAR)])
    minutes = WholeField(_l("Minutes later"), default=0, validators=[NumberRange(-1439, 1439, message=_FAR)])
    tell = RadioField(
        _l("Tell the people registered?"),
        choices=[SelectChoice("yes", _l("Yes, by e-mail at once")), SelectChoice("no", _l("No"))],
        default="yes",
    )

    def values(self) -> dict:
        """The operation's arguments."""
        given = super().values()
        return {"days": given["days"] or 0, "minutes": given["minutes"] or 0, "tell": given["tell"] == "yes"}


class ReasonForm(Form):
    """Why somebody is put before others."""

    reason = SelectField(
        _l("Reason"), choices=[SelectChoice(key, _l(text)) for key, text in rules.MOVE_REASONS.items()]
    )


class Button(Form):
    """A button."""
