"""Our application as production would build it, over a database of the benchmark."""

from pathlib import Path

from listing import loading

with loading.undisturbed():  # as in app.py
    from config import Base
    from listing.factory import create_app


class Bench(Base):
    """Fixed secrets, logs as in production; the cost of a password hash is the real one."""

    LOG_JSON = True

    def __init__(self, database: Path):
        super().__init__()
        self.SQLALCHEMY_DATABASE_URI = f"sqlite:///{database}"
        self.MAIL_BACKEND, self.MAIL_FOLDER = "file", str(database.parent / "mail")

    def _secrets(self) -> dict[str, str]:
        return {name: f"{name.lower()}-".ljust(64, "0") for name in self.SECRETS}


def product(database: Path):
    """The whole application."""
    with loading.undisturbed():
        return create_app(Bench(database))
