"""Standard forms of the demo market: one was released, another one is a draft."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from listing.accounts import rules as people
from listing.companies import queries as companies
from listing.disclosure.announcements import queries
from listing.disclosure.announcements.operations import filling, writing
from listing.disclosure.announcements.standard import book
from listing.disclosure.announcements.standard.fields import DAY, PERIOD_END

from .announcements import of_role, seal
from .profiles import read


def fill_in(*, now: datetime) -> None:
    """Let the editors of the companies that were loaded fill them in, and sign those that are to be released."""
    for row in read("standard_forms.yaml")["forms"]:
        found = companies.by_slug(row["company"])
        if found is None:
            continue
        company, editor = found[0], of_role(found[0], people.EDITOR)
        form = book.in_force()[row["form"]]
        values = filled(form, row["fields"], now.astimezone(queries.ZONE).date())
        given = {"form_id": form.id, "form_version": form.version, "values": values, "script": company.name_script}
        draft = filling.begin(company=company, prevailing=company.prevailing, actor=editor, now=now, **given)
        if row.get("signed"):
            writing.send(announcement=draft, seen=writing.digest(draft), actor=editor, now=now)
            seal(company, draft, now)


def filled(form: book.Form, given: Mapping[str, str], today: date) -> dict[str, str]:
    """The values of a form as the demo market fills it in on a day."""
    ended = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    days = {DAY: lambda ahead: today + timedelta(days=int(ahead)), PERIOD_END: lambda _quarter: ended}
    return {
        key: days[form.fields[key].kind](said).isoformat() if form.fields[key].kind in days else said
        for key, said in given.items()
    }
