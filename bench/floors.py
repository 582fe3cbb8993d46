"""The floors: what a plain Flask application would spend on the same rows, built with no care beyond the usual.

``plain`` carries Flask, Flask-Babel and Flask-SQLAlchemy and serves an empty route, 25 bilingual companies once
from raw sqlite3 and once from the ORM, and one company with its passages. It knows neither sign-in, gate, log nor
security headers, so what those cost counts against us. ``application`` adds the libraries that any application with
accounts loads (Flask-Login, Flask-WTF, Flask-Security with Argon2) and is what memory, cold start and the sign-in
page are held against. Both read our own database, so that the rows are the same ones.

Templates escape and refuse undefined names like ours, and go through the same catalogues.
"""

import sqlite3
from pathlib import Path

from flask import Flask, abort, render_template
from flask_babel import Babel
from flask_sqlalchemy import SQLAlchemy
from jinja2 import StrictUndefined
from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

ROOT = Path(__file__).parent.parent
ROWS = 25
LABELS = {  # three lists of two labels: what a plain application would keep as constants
    "sector": ("软件与信息服务", "Software and information services"),
    "stage": ("已上市", "Listed"),
    "place": ("深圳", "Shenzhen"),
}


class Model(DeclarativeBase):
    """Tables as a plain application would declare them: only the columns its pages show."""


class Company(Model):
    __tablename__ = "company"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    status: Mapped[str]
    displayed_at: Mapped[str]
    market: Mapped[str]
    code: Mapped[str]
    name_zh: Mapped[str]
    name_script: Mapped[str]
    name_en: Mapped[str]
    city: Mapped[str]
    sector: Mapped[str]
    stage: Mapped[str]
    website: Mapped[str]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("company_revision.id"))
    revision: Mapped["Revision | None"] = relationship()


class Revision(Model):
    __tablename__ = "company_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    content: Mapped[dict] = mapped_column(JSON)


RAW = """SELECT id, slug, market, code, name_zh, name_script, name_en, city, sector, stage
FROM company WHERE status = 'displayed' ORDER BY displayed_at DESC, id DESC LIMIT 25"""


def bare(database: Path, **settings) -> tuple[Flask, SQLAlchemy]:
    """An application of Flask, Flask-Babel and Flask-SQLAlchemy over ``database``, without pages."""
    app = Flask(__name__, template_folder="templates")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}",
        SECRET_KEY="only-for-measuring-" + "0" * 20,
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        **settings,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["labels"] = LABELS
    db = SQLAlchemy(model_class=Model)
    db.init_app(app)
    Babel(app, default_locale="en")
    return app, db


def put_orm_pages(app: Flask, db: SQLAlchemy) -> None:
    """Give it the list and the company page from the ORM."""

    @app.get("/orm")
    def orm():
        shown = select(Company).where(Company.status == "displayed")
        newest = shown.order_by(Company.displayed_at.desc(), Company.id.desc()).limit(ROWS)
        return render_template("list.html", rows=db.session.scalars(newest).all())

    @app.get("/company/<slug>")
    def company(slug: str):
        row = db.session.scalar(select(Company).where(Company.slug == slug))
        if row is None:
            abort(404)
        passages = row.revision.content["passages"] if row.revision else []
        return render_template("company.html", row=row, passages=passages)

    @app.get("/detail/<slug>")
    def detail(slug: str):
        row = db.session.scalar(select(Company).where(Company.slug == slug))
        if row is None or row.revision is None:
            abort(404)
        return render_template("detail.html", row=row, content=row.revision.content)


def plain(database: Path) -> Flask:
    """The pages that directory and company page are held against, and an empty route."""
    app, db = bare(database)
    connection = sqlite3.connect(database, check_same_thread=False)  # kept open, as nothing would be cheaper
    connection.row_factory = sqlite3.Row

    @app.get("/empty")
    def empty():
        return ""

    @app.get("/raw")
    def raw():
        return render_template("list.html", rows=connection.execute(RAW).fetchall())

    put_orm_pages(app, db)
    return app
