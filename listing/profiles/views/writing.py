"""What a request typed into the pages of a profile, and what surrounds the answers."""

from collections.abc import Mapping

from flask import request

from listing import calendars
from listing.access.gate import actor
from listing.profiles import kinds, queries
from listing.web.interrupted import SHOWN_TO
from listing.web.page import language, now

HOME = calendars.ZONES["HK"]
NOT_TYPED = frozenset({"csrf_token", "idempotency_key", SHOWN_TO, "version", "go"})
IN_TRADITIONAL = frozenset({"HK", "MO"})


def typed_here() -> dict[str, str]:
    """What was typed, by name; several ticks of one field as one text."""
    return typed_of({name: " ".join(values) for name, values in request.form.lists()})


def typed_of(sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed among what a form sent."""
    return {name: text for name, text in sent.items() if name not in NOT_TYPED}


def version_here() -> int:
    """The version of the sheet that the page was shown with; 0 where it says none."""
    return version_of(request.form)


def version_of(sent: Mapping[str, str]) -> int:
    """The same of what a form sent earlier."""
    text = sent.get("version", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def setting(contents: Mapping) -> kinds.Setting:
    """What surrounds the answers: who writes now, the script of the place, the documents there are."""
    domicile = contents.get("identity", {}).get("domicile")
    hant = domicile in IN_TRADITIONAL or (domicile is None and language() == "zh-Hant")
    return kinds.Setting(
        by=actor().label,
        now=now(),
        today=now().astimezone(HOME).date(),
        script="Hant" if hant else "Hans",
        documents=frozenset(row["file"] for row in queries.documents(contents)),
    )
