"""The floor for memory, cold start and sign-in: the list page and the usual libraries around accounts.

Apart from ``floors``, because importing Flask-Security there would charge the plain pages for it.
"""

from pathlib import Path

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.models import sqla
from flask_wtf import CSRFProtect
from jinja2 import Undefined

from .floors import Model, bare, put_orm_pages

sqla.FsModels.set_db_info(base_model=Model)


class Role(Model, sqla.FsRoleMixin):
    __tablename__ = "role"


class User(Model, sqla.FsUserMixin):
    __tablename__ = "user"


class WebAuthn(Model, sqla.FsWebAuthnMixin):
    __tablename__ = "web_authn"


def application(database: Path) -> Flask:
    """A minimal application of the same libraries: list page, and Flask-Security's sign-in page as it comes."""
    app, db = bare(
        database,
        SECURITY_PASSWORD_SALT="only-for-measuring-" + "1" * 20,
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
    )
    app.jinja_env.undefined = Undefined  # the library's own templates rely on it
    CSRFProtect(app)
    Security(app, SQLAlchemyUserDatastore(db, User, Role, WebAuthn))
    put_orm_pages(app, db)
    return app
