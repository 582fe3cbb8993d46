"""The signs of life of the scheduler: one row a tick."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.columns import Instant
from listing.store.db import Model


class Heartbeat(Model):
    """When a tick last ended well, and when and why it last did not."""

    __tablename__ = "heartbeat"

    tick: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime | None] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    error: Mapped[str | None] = mapped_column(Text)
