"""An event with few seats: the smallest thing that is scarce. Its tables are no part of the product's schema."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from listing.store.db import db


class Base(DeclarativeBase):
    pass


class Evening(Base):
    __tablename__ = "example_evening"

    id: Mapped[int] = mapped_column(primary_key=True)
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)


class Guest(Base):
    __tablename__ = "example_guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    evening_id: Mapped[int] = mapped_column(ForeignKey("example_evening.id"))
    seat: Mapped[int]


def an_evening(**values) -> int:
    evening = Evening(**{"seats": 50, **values})
    db.session.add(evening)
    db.session.flush()
    number = evening.id
    db.session.commit()
    return number


def at_once(app, many: int, act) -> list:
    """What ``act`` gives to each of ``many`` clients, every one in a thread and an application context of its own."""

    def one(_number: int):
        with app.app_context():
            try:
                return act()
            except Exception as error:
                return type(error).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))
