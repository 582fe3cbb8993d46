"""An organizer writes to those who wait for a place on a day, each by themselves and in their own language.

Nobody is sent the same text twice, however often and from wherever it is sent: the key of each letter is made of the
day, the text and the person. Who wrote when, and to how many, stands in the log.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.accounts.operations import letters as people
from listing.bilingual import unsound
from listing.bilingual.pair import Pair
from listing.notifications import queries as notices
from listing.notifications.rules import Address
from listing.roadshows import letters, queries, queue, rules, waiting
from listing.roadshows.models import Day

from .planning import noted


def preview(*, day: Day, text: Pair) -> Counter[str]:
    """How many would be written to in each language now. Raises NotNow, Unsound, NobodyToTell."""
    return Counter(to.language for to in _unwritten(day, text).values())


def tell(*, day: Day, text: Pair, actor: Actor, now: datetime) -> int:
    """Write to everybody who waits and was not sent this text; return how many.

    Raises NotNow, Unsound, NobodyToTell, TooManyLetters.
    """
    show = queries.held(day.roadshow)
    if not queries.still_there(day) or show.state != rules.PUBLISHED or now >= day.begins_at:
        raise rules.NotNow
    told = _unwritten(day, text)
    if len(waiting.letters(show, since=now - queue.LETTERS_WITHIN)) >= queue.MOST_LETTERS:
        raise queue.TooManyLetters(most=queue.MOST_LETTERS)
    for key, to in told.items():
        letters.to_queue(key, to, day, text, now)
    noted("queue_told", show, actor, now, day=day.id, number=len(told), text=_digest(text))
    return len(told)


def _unwritten(day: Day, text: Pair) -> Mapping[str, Address]:
    """Those who wait and were not sent this text, by the key of their letter."""
    unsound.check("text", text)
    rows = waiting.of_day(day.id)
    persons = accounts.people({row.account_id for row in rows})
    active = [persons[row.account_id] for row in rows if persons[row.account_id].active]
    every = {f"roadshow_queue:{day.id}:{_digest(text)}:{person.id}": people.address(person) for person in active}
    sent = notices.by_keys(every)
    fresh = {key: to for key, to in every.items() if key not in sent}
    if not fresh:
        raise queue.NobodyToTell
    return fresh


def _digest(text: Pair) -> str:
    return sha256(f"{text.zh}\0{text.en}".encode()).hexdigest()[:32]
