"""What an organizer sends to open one-to-ones, and what a party sends that wishes to meet others."""

from collections.abc import Sequence
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, ValidationError

from listing.roadshows import agenda
from listing.roadshows.fields import Ticks, near, several_lines
from listing.web.form import CreatingForm, Form, WholeField
from listing.web.page import words

from . import rules

NOT_TO_MEET = -1
_PREFIX = "to_"


def _number(label, least, most, default):
    fits = NumberRange(
        least, most, message=_l("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
    )
    return WholeField(label, default=default, validators=[InputRequired(fits.message), fits])


class RoundForm(Form):
    """Slots, rooms and limits of the one-to-ones of a day."""

    begins = TimeField(_l("First meeting begins"), validators=[InputRequired(_l("Enter a time, such as 14:00."))])
    minutes = _number(_l("Minutes of a meeting"), 5, 240, 20)
    pause = _number(_l("Minutes between two slots"), 0, 120, 5)
    count = _number(_l("How many slots"), 1, rules.MOST_SLOTS, 6)
    rooms = several_lines(_l("Rooms or tables"), 4_000, InputRequired(_l("Write one room on each line.")))
    interpreters = _number(_l("Interpreters at the same time"), 0, rules.MOST_ROOMS, 0)
    investor_most = _number(_l("Meetings of an investor at most"), 1, rules.MOST_SLOTS, 6)
    company_most = _number(_l("Meetings of a company at most"), 1, rules.MOST_SLOTS, 6)
    min_gap = _number(_l("Free slots between two meetings of one party"), 0, rules.MOST_SLOTS, 0)
    closes = DateTimeLocalField(
        _l("Wishes can be sent until"), validators=[InputRequired(_l("Enter a day and a time.")), near]
    )

    BESIDE: ClassVar = {
        agenda.OutsideDay: "begins",
        agenda.Skipped: "begins",
        agenda.Repeated: "begins",
        rules.ClosesLate: "closes",
    }

    def validate_rooms(self, field) -> None:
        """One name a line, each once."""
        names = self._rooms()
        fits = names and len(names) <= rules.MOST_ROOMS and all(len(name) <= rules.ROOM_LONGEST for name in names)
        if not fits or len(set(names)) != len(names):
            raise ValidationError(_("Write one room on each line, 40 at most, each once and up to 40 characters long."))

    def _rooms(self) -> list[str]:
        return [line.strip() for line in (self.rooms.data or "").splitlines() if line.strip()]

    def values(self) -> dict:
        """The operation's arguments."""
        return super().values() | {"rooms": self._rooms()}


class WishForm(Form):
    """When a party can meet, and a place for each other it wishes to meet; made by ``wish_form``."""

    available = Ticks(_l("When you can meet"), coerce=int)
    interpretation = BooleanField(_l("We need an interpreter between Chinese and English"))

    @property
    def others(self) -> list:
        """The fields of those whom this party may meet."""
        return [field for field in self if field.name.startswith(_PREFIX)]

    def validate(self, extra_validators=None) -> bool:
        """Check the fields, and that no place stands twice."""
        valid, seen = super().validate(extra_validators), set()
        for field in self.others:
            if field.data and field.data > 0 and field.data in seen:
                field.errors = [*field.errors, words(rules.SameRank(rank=field.data))]
                valid = False
            seen.add(field.data)
        return valid

    def values(self) -> dict:
        """The operation's arguments."""
        places = {int(field.name.removeprefix(_PREFIX)): field.data for field in self.others}
        return {
            "available": sorted(self.available.data),
            "interpretation": self.interpretation.data,
            "wishes": sorted((other for other, place in places.items() if place > 0), key=places.get),
            "refused": sorted(other for other, place in places.items() if place == NOT_TO_MEET),
        }


def wish_form(slots: Sequence[tuple[int, str]], others: Sequence[tuple[int, str]], kept=None, **defaults) -> WishForm:
    """The form of a party that may meet these others in these slots; ``kept`` is what it sent before."""
    places = range(1, min(rules.MOST_WISHES, len(others)) + 1)
    choices = [SelectChoice(0, "–"), *(SelectChoice(place, _("Wish %(place)s", place=place)) for place in places)]
    choices.append(SelectChoice(NOT_TO_MEET, _("Do not meet")))
    fields = {f"{_PREFIX}{number}": SelectField(name, coerce=int, choices=choices) for number, name in others}
    form = type("PartyForm", (WishForm,), fields)(data=_shown(kept) if kept else defaults)
    form.available.choices = [SelectChoice(*slot) for slot in slots]
    for field in form.others:
        field.data = field.data or 0
    return form


def _shown(kept) -> dict:
    places = {f"{_PREFIX}{other}": place for place, other in enumerate(kept.wishes, 1)}
    refused = {f"{_PREFIX}{other}": NOT_TO_MEET for other in kept.refused}
    return {"available": kept.available, "interpretation": kept.interpretation} | places | refused


class TimesForm(Form):
    """When a party can meet, said anew."""

    available = Ticks(_l("When you can meet"), coerce=int)

    def __init__(self, *, slots, **kwargs):
        super().__init__(**kwargs)
        self.available.choices = [SelectChoice(*slot) for slot in slots]


class RunForm(CreatingForm):
    """A button that works a timetable out."""

    def values(self) -> dict:
        """Nothing is typed."""
        return {}
