"""A person's own calendar link: made, and ended so that it never works again."""

import secrets
from datetime import datetime

from listing.access.actor import Actor
from listing.journal import operations as journal
from listing.roadshows import queries
from listing.roadshows.models import Feed
from listing.store.db import db


def make(*, actor: Actor, now: datetime) -> Feed:
    """Give the person a link; the one before ends."""
    end(actor=actor, now=now)
    feed = Feed(account_id=actor.user_id, nonce=secrets.token_urlsafe(16), created_at=now)
    db.session.add(feed)
    db.session.flush()
    journal.append(code="roadshow.feed_made", actor=actor, subject=("account", actor.user_id), now=now)
    return feed


def end(*, actor: Actor, now: datetime) -> bool:
    """End the person's link, if there is one; return whether there was."""
    feed = queries.feed_of(actor.user_id)
    if feed is None:
        return False
    db.session.delete(feed)
    db.session.flush()
    journal.append(code="roadshow.feed_ended", actor=actor, subject=("account", actor.user_id), now=now)
    return True
