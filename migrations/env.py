"""Alembic's way into the application: the same models, the same engine, batch mode for SQLite."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from listing.store.db import db
from listing.store.fulltext import is_index_table


def include(_object, name: str | None, kind: str, _reflected: bool, _compare_to) -> bool:
    """Leave the tables a full-text index makes for itself out of every comparison."""
    return not (kind == "table" and name is not None and is_index_table(name))


def run(connection: Connection) -> None:
    """Run the migrations on ``connection``, in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=include,
    )
    with context.begin_transaction():
        context.run_migrations()


with current_app.extensions["migrate"].db.engine.connect() as connection:
    run(connection)
