"""The term list for everybody to read, search and take along; the wording that is forbidden.

Decides what a page and a file hold; terms and rules are in listing/bilingual/terms.
"""

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.bilingual import terms
from listing.bilingual.terms import looking, tbx
from listing.files.rules import disposition
from listing.refusal import N_
from listing.web import exports
from listing.web.exports import Column
from listing.web.languages import address
from listing.web.page import language

bp = Blueprint("terms", __name__)

FIELD_LABELS = {
    "market": N_("Markets and boards"),
    "listing": N_("Listing and offering"),
    "disclosure": N_("Disclosure"),
    "investors": N_("Investors and admission"),
    "financing": N_("Financing"),
    "company": N_("Companies and their people"),
    "accounting": N_("Accounts and figures"),
    "credit": N_("Credit and evaluation"),
    "technology": N_("Technology and certificates"),
    "ip": N_("Intellectual property"),
    "roadshow": N_("Roadshows"),
    "crossborder": N_("Cross-border investment and currency"),
    "data": N_("Personal data"),
    "tokens": N_("Tokenised securities"),
    "law": N_("Legal and general terms"),
}
REASON_LABELS = {
    "guarantee": N_("Promises of a return or of safety"),
    "riskless": N_("Denial of risk"),
    "certainty": N_("Certainty about the future"),
    "inside": N_("Inside information"),
    "pressure": N_("Pressure to act"),
    "superlative": N_("Superlatives"),
    "endorsement": N_("Authorities as guarantors"),
    "solicitation": N_("Invitations to the public"),
}
_JOINT = "; "
COLUMNS = (
    Column("id", lambda term: term.id),
    Column("field", lambda term: term.field),
    Column("zh_hans", lambda term: term.hans),
    Column("zh_hant_hk", lambda term: term.hant),
    Column("en", lambda term: term.en),
    Column("pinyin", lambda term: term.sound),
    Column("also_zh_hans", lambda term: _JOINT.join(term.zh_also)),
    Column("also_zh_hant_hk", lambda term: _JOINT.join(term.hant_also)),
    Column("also_en", lambda term: _JOINT.join(term.en_also)),
    Column("definition_zh_hans", lambda term: term.meaning_zh),
    Column("definition_zh_hant_hk", lambda term: term.meaning_hant),
    Column("definition_en", lambda term: term.meaning_en),
    Column("not_zh", lambda term: _JOINT.join(term.not_zh)),
    Column("not_en", lambda term: _JOINT.join(term.not_en)),
    Column("source_zh", lambda term: term.source.name("zh-Hans")),
    Column("source_en", lambda term: term.source.name("en")),
    Column("status", lambda term: term.status),
)


def _asked() -> tuple[str, str]:
    """What was typed, and the field, empty where there is none of that name."""
    field = request.args.get("field", "")
    return request.args.get("q", "")[: looking.LONGEST], field if field in terms.FIELDS else ""


def _found() -> list[terms.Term]:
    return looking.find(*_asked(), language())


@bp.get("/<ui:lang>/terms")
@requires(Permission.PUBLIC)
def index():
    """The term list in the reader's order, a page at a time."""
    typed, field = _asked()
    return render_template(
        "front/terms.html",
        typed=typed,
        field=field,
        fields=[(name, _(FIELD_LABELS[name])) for name in terms.FIELDS],
        page=looking.page(looking.find(typed, field, language()), request.args.get("after", "")),
        base=address("terms.index"),
    )


@bp.get("/<ui:lang>/terms/<term_id>")
@requires(Permission.PUBLIC)
def show(term_id: str):
    """One term at an address of its own."""
    term = terms.by_id().get(term_id)
    if term is None:
        return render_template("front/term_unknown.html", words=term_id.replace("-", " ")[: looking.LONGEST]), 404
    return render_template("front/term.html", term=term, field=_(FIELD_LABELS[term.field]))


@bp.get("/<ui:lang>/terms/forbidden-wording")
@requires(Permission.PUBLIC)
def forbidden():
    """The wording that no text may hold, and the rules that say so."""
    return render_template(
        "front/forbidden.html", rules=[(_(REASON_LABELS[rule.reason]), rule) for rule in terms.rules()]
    )


@bp.get("/<ui:lang>/terms/csv")
@requires(Permission.PUBLIC)
def csv():
    """The terms found, for spreadsheets."""
    return exports.as_csv(_found(), COLUMNS, name="terms.csv")


@bp.get("/<ui:lang>/terms/tbx")
@requires(Permission.PUBLIC)
def tbx_file():
    """The terms found, for translation programs."""
    body = tbx.document(_found(), _("Term list of Baybridge"))
    headers = {"Content-Disposition": disposition("terms.tbx"), "Cache-Control": "no-store"}
    return Response(body, content_type=tbx.CONTENT_TYPE, headers=headers)
