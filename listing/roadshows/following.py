"""Whom an organizer follows up with after a roadshow: everybody with a place, and what they wanted of which company.

One row for each person and company they planned to see, asked or said something of, and one without a company for who
named none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import queries, record, rules
from .models import Question, Registration, Roadshow
from .recording import queries as recording


class Row(NamedTuple):
    """A person with a place on a day, and one company of that day or none."""

    registration: Registration
    company_id: int | None
    planned: bool
    asked: int
    answered: int
    score: int | None
    follow_up: bool | None

    @property
    def minutes(self) -> int | None:
        day = self.registration.day
        return record.minutes(self.registration.attended_at, begins=day.begins_at, ends=day.ends_at)


def rows(show: Roadshow) -> list[Row]:
    """The rows of a roadshow, by day and turn; the same number of statements whatever they hold."""
    asked, said = queries.questions(show), recording.of_roadshow(show)
    standing = [held for held in queries.registrations(show) if held.state == rules.CONFIRMED]
    return [row for held in standing for row in _of(held, asked, said)]


def _of(held: Registration, asked: Sequence[Question], said: Sequence[recording.Feedback]) -> Iterator[Row]:
    companies = {session.id: session.company_id for session in held.day.sessions}
    own = [q for q in asked if q.account_id == held.account_id and q.session_id in companies]
    planned = {companies[number] for number in held.sessions if companies.get(number)}
    counted = Counter(companies[q.session_id] for q in own)
    answered = Counter(companies[q.session_id] for q in own if q.answered_at)
    thought = {row.company_id: row for row in said if row.registration_id == held.id}
    for number in sorted(planned | thought.keys() | {number for number in counted if number}) or [None]:
        word = thought.get(number)
        score, wish = (word.score, word.follow_up) if word else (None, None)
        yield Row(held, number, number in planned, counted[number], answered[number], score, wish)
