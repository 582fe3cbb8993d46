"""How somebody takes part on a day, and which colleagues come along, as the form says it."""

from collections.abc import Sequence
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from listing.web.form import CreatingForm

from . import agenda, attendance, rules
from .fields import Ticks, line, several_lines
from .queue import Colleague

Choices = Sequence[tuple]


class RegisterForm(CreatingForm):
    """How somebody takes part on a day; made by ``register_form``."""

    mode = RadioField(_l("How you take part"), validators=[InputRequired(_l("Choose how you take part."))])
    sessions = Ticks(_l("Sessions you plan to attend"), coerce=int)
    interpretation = BooleanField(_l("I need interpretation"))
    needs = several_lines(_l("What we should prepare for you"), rules.NEEDS_LONGEST)
    sectors = Ticks(_l("Sectors in which your institution invests"))

    BESIDE: ClassVar = {
        rules.NoSuchMode: "mode",
        agenda.ChoiceClash: "sessions",
        attendance.NotForSector: "sectors",
    }
    MOST_ALONG: ClassVar = 0

    @property
    def along(self) -> list[dict]:
        """The fields about each colleague, by what they say."""
        names = ("email", "mode", "sessions", "interpretation")
        return [{name: self[f"{name}_{n}"] for name in names} for n in range(1, self.MOST_ALONG + 1)]

    @property
    def names_colleagues(self) -> bool:
        """Whether anything was typed about a colleague."""
        return any(fields["email"].data for fields in self.along)

    def values(self) -> dict:
        """The operation's arguments."""
        own = ("mode", "sessions", "interpretation", "needs", "sectors")
        said = [{name: field.data for name, field in fields.items()} for fields in self.along]
        colleagues = [Colleague(**each | {"email": each["email"].strip().lower()}) for each in said if each["email"]]
        return {name: self[name].data for name in own} | {"colleagues": colleagues}


def register_form(*, modes: Choices, sessions: Choices, sectors: Choices, colleagues: int, data=None) -> RegisterForm:
    """The form of a day with these ways, sessions and sectors, and room for so many colleagues."""
    fields: dict = {"MOST_ALONG": colleagues}
    first = modes[0][0] if modes else None
    ways, slots = ([SelectChoice(*one) for one in each] for each in (modes, sessions))
    for n in range(1, colleagues + 1):
        fields[f"email_{n}"] = line(_l("E-mail address with which they sign in"), 254)
        fields[f"mode_{n}"] = SelectField(_l("How they take part"), choices=ways, default=first)
        fields[f"sessions_{n}"] = Ticks(_l("Sessions they plan to attend"), coerce=int, choices=slots)
        fields[f"interpretation_{n}"] = BooleanField(_l("They need interpretation"))
    form = type("RegisterForm", (RegisterForm,), fields)(data=data)
    form.mode.choices, form.sessions.choices = ways, slots
    form.sectors.choices = [SelectChoice(*one) for one in sectors]
    return form
