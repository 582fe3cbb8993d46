"""INSERT with ON CONFLICT: both databases know it, and SQLAlchemy has it once for each."""

from sqlalchemy.dialects import sqlite

from listing.later import postgresql

from .db import db

_DIALECTS = {"postgresql": postgresql, "sqlite": sqlite}


def insert(table, dialect: str = ""):
    """An INSERT into a table or model that can say what happens where the row is there already."""
    return _DIALECTS[dialect or db.session.get_bind().dialect.name].insert(table)
