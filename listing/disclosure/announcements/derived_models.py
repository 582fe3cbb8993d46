"""What was derived once from a release and is kept: its sheet on paper, and how its two texts agreed."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from listing.store.db import Model


class Paper(Model):
    """The sheet of a release as it was set, once; the digest of its content is in the log."""

    __tablename__ = "announcement_paper"

    release_id: Mapped[int] = mapped_column(
        ForeignKey("announcement_release.id"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)


class Parity(Model):
    """In how many places of a release the check of both texts, as it was then, found a doubt; measured once."""

    __tablename__ = "announcement_parity"

    release_id: Mapped[int] = mapped_column(
        ForeignKey("announcement_release.id"), primary_key=True, autoincrement=False
    )
    places: Mapped[int]
    doubtful: Mapped[int]
