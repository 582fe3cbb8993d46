"""A room with one creating form and one page, small enough to be seen whole. Its table is no part of the schema."""

from flask import Blueprint, Flask, render_template_string, session, url_for
from flask_babel import Babel
from flask_wtf import CSRFProtect
from flask_wtf.file import FileField
from sqlalchemy import Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from wtforms import StringField
from wtforms.validators import InputRequired

from listing.access import gate
from listing.access.actor import Actor
from listing.access.gate import requires
from listing.access.permission import Permission
from listing.clock import FixedClock
from listing.refusal import Refusal
from listing.store.db import db
from listing.store.repeats import FirstAnswer
from listing.web import database
from listing.web.form import CreatingForm
from listing.web.page import now
from listing.web.turn import created

PAGE = """<form method="post" enctype="multipart/form-data">{{ form.hidden_tag() }}{{ form.title() }}{{ form.plan() }}
{% for error in form.form_errors %}<p>{{ error }}</p>{% endfor %}</form>"""

bp = Blueprint("proposals", __name__)


class Base(DeclarativeBase):
    pass


class Proposal(Base):
    __tablename__ = "example_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(Text)


class ProposalForm(CreatingForm):
    title = StringField(validators=[InputRequired()])
    plan = FileField()


class Unwelcome(Refusal):
    message = "Not %(title)s."


def propose(*, title: str, plan, now) -> Proposal:
    if title == "refused":
        raise Unwelcome(title=title)
    proposal = Proposal(title=plan.read().decode() if plan else title)
    db.session.add(proposal)
    return proposal


@bp.route("/new", methods=["GET", "POST"])
@bp.route("/other", methods=["GET", "POST"], endpoint="other")
@requires(Permission.PUBLIC)
def new():
    form = ProposalForm()
    answer = created(form, propose, Unwelcome, then=lambda p: url_for(".show", proposal_id=p.id), now=now())
    return answer or render_template_string(PAGE, form=form)


@bp.get("/<int:proposal_id>")
@requires(Permission.PUBLIC)
def show(proposal_id: int):
    return f"{db.session.get_one(Proposal, proposal_id).title}"


@bp.post("/sign-in/<int:user_id>")
@requires(Permission.PUBLIC)
def sign_in(user_id: int):
    session["person"] = user_id
    return ""


def _person() -> Actor | None:
    return Actor(user_id=session["person"], label="") if "person" in session else None


def small_app(settings: dict, clock: FixedClock) -> Flask:
    """The room as an application; forms carry CSRF tokens as everywhere."""
    app = Flask(__name__)
    app.config.update(settings, SECRET_KEY="of the test")
    app.extensions["browser_secret"] = lambda: None
    app.extensions["clock"] = clock
    db.init_app(app)
    database.init_app(app)
    Babel(app)
    CSRFProtect(app).exempt("tests.web.proposals.sign_in")
    gate.init_app(app, {Permission.PUBLIC: [[lambda _actor, _subject: True]]}, _person)
    app.register_blueprint(bp)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        FirstAnswer.__table__.create(db.engine)
    return app
