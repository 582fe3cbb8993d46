"""The public face: directory, company page, and the same query as feed and files.

Decides what goes to which template; what is found and what is visible comes from the queries and the profile.
"""

import io

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from listing.access.actor import Tier
from listing.access.gate import actor, may, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.files import queries as files_of
from listing.files import serving
from listing.later import qrcode, svg
from listing.money import Money
from listing.rates.queries import Rates
from listing.rates.rules import Conversion
from listing.web import atom, exports, formats
from listing.web.form import Form
from listing.web.languages import address
from listing.web.page import language, now
from listing.web.turn import accepted

from . import (
    choices,
    directory,
    figure_tables,
    figures,
    files,
    history,
    profile,
    provenance,
    queries,
    rules,
    suiting,
    told,
    watched,
)
from .counted import counted
from .directory import SORTS, Selection
from .operations import reading as reading_documents

DAY = 24 * 3600

bp = Blueprint("companies", __name__)


def asked() -> Selection:
    """What this request asks of the directory."""
    return choices.read(request.args, language())


def _how_many(count: queries.Count) -> str:
    return formats.number(count.number, language()) + ("+" if count.more else "")


@bp.get("/<ui:lang>/companies")
@requires(Permission.PUBLIC)
def index():
    """The companies on display, filtered and sorted as the address says."""
    selection, tier = asked(), actor().tier
    typed = selection  # what the form shows: a search typed into it looks at all companies
    selection, page = _first_our_own(selection, tier)
    count = queries.count(selection, tier)
    excluding = queries.most_excluding(selection, tier) if not page.cards and selection.active != ("q",) else None
    language_marks, origin_marks = choices.marks()
    return render_template(
        "companies/index.html",
        selection=selection,
        page=page,
        count=count,
        how_many=_how_many(count),
        excluding=excluding and (*excluding, _how_many(excluding[1])),
        chips=choices.chips(selection),
        filters=[
            (name, choices.filter_label(name), choices.options(name, getattr(typed, name)))
            for name in directory.FILTERS
        ],
        sorts=[(name, choices.sort_label(name)) for name in SORTS if name != "relevance" or selection.q],
        filter_label=choices.filter_label,
        language_marks=language_marks,
        origin_marks=origin_marks,
        base=address("companies.index"),
        tabs=choices.tabs(selection),
        all_ranked=selection.sort == "relevance" and count.number >= queries.MOST_RANKED,
    )


def _first_our_own(selection: Selection, tier: Tier) -> tuple[Selection, queries.Page]:
    """An address without filters begins with our own companies, and with all where there are none of our own."""
    if not selection.active and selection.at == directory.FIRST:
        own = selection.of_origin(directory.OWN)
        page = queries.page(own, tier)
        if page.cards:
            return own, page
    return selection, queries.page(selection, tier)


@bp.get("/<ui:lang>/companies/<slug>")
@requires(Permission.PUBLIC)
def show(slug: str):
    """One company as far as this visitor may see it; gone when withdrawn."""
    found = queries.by_slug(slug)
    if found is None:
        return render_template("companies/unknown.html", words=slug.replace("-", " ")[: directory.MOST_TYPED]), 404
    company, revision = found
    if company.status == rules.WITHDRAWN:
        return render_template("companies/withdrawn.html", company=company, on=_day(company.status_at)), 410
    if company.status != rules.DISPLAYED:
        revision = None
    read_as = counted(company, "page")
    script = _one_of(profile.SCRIPTS, "script")
    tier = profile.tier_for(actor(), company)
    contents = revision.shown.get("sheets", {}) if revision else {}
    reading = {"tier": tier, "reader": language(), "script": script}
    shown = profile.profile(revision, **reading)
    blocks = list(told.blocks(contents, **reading))
    return render_template(
        "companies/show.html",
        company=company,
        revision=revision,
        profile=shown,
        blocks=blocks,
        conversions=_conversions(blocks),
        documents=told.documents(contents, **reading),
        gates=told.gates(shown, told.hidden(contents, tier=tier, reader=language())),
        view=_one_of(profile.VIEWS, "view"),
        script=script,
        figures=_figures(revision, tier),
        facts=profile.facts(company, language()),
        findings=provenance.findings(company, found[1], language()),
        watching=_watching(company),
        read_as=read_as,
        kept=rules.READINGS_KEPT.days,
        register=provenance.register(company.registration_scheme),
        canonical=url_for("companies.show", slug=slug, _external=True),
        on=_day,
        today=_day(now()),
    )


def _conversions(blocks: list[told.Block]) -> dict[Money, Conversion | None]:
    """What the amounts told are in the reader's own currency, to stand beside them."""
    amounts = {answer.value for block in blocks for answer in block.answers if answer.kind == "amount"}
    person = accounts.person_by_id(actor().user_id) if amounts else None
    if person is None:
        return {}
    if not any(amount.currency != person.currency for amount in amounts):
        return {}
    rates = Rates(_day(now()))
    return {amount: rates.beside(amount, person.currency) for amount in amounts}


def _figures(revision, tier) -> figure_tables.Shown:
    """The key figures as far as this reader sees them."""
    return figure_tables.shown(figures.of_revision(revision.content if revision else None), tier, language())


def _watching(company) -> bool | None:
    """Whether the reader watches the company; None for those who cannot."""
    return watched.is_watching(actor().user_id, company.id) if may(Permission.WATCH) else None


def _one_of(known: tuple[str, ...], name: str) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def _day(instant):
    return instant.astimezone(rules.MARKET_ZONE).date()


@bp.get("/<ui:lang>/companies/<slug>/documents/<int:file_id>")
@requires(Permission.PUBLIC)
def document(slug: str, file_id: int):
    """Hand out a document that everybody, or everybody with an account, may read."""
    company, found = _document(slug, file_id)
    if found.logged:
        abort(404)
    counted(company, "document")
    return serving.download(files_of.get(file_id) or abort(404))


@bp.post("/<ui:lang>/companies/<slug>/documents/<int:file_id>")
@requires(Permission.ACCOUNT_SELF)
def read_document(slug: str, file_id: int):
    """Note who reads a document that is for admitted investors, and hand it out."""
    company, _found = _document(slug, file_id)
    file = files_of.get(file_id) or abort(404)
    form, reader = Form(), {"actor": actor(), "now": now()}
    if accepted(form, reading_documents.note, rules.NotSuited, company=company, file=file, **reader) is None:
        return suiting.settled(slug) if form.form_errors else abort(400)
    counted(company, "document")
    return serving.download(file)


def _document(slug: str, file_id: int):
    """The company and its document, if this visitor may read it."""
    company, revision = queries.by_slug(slug) or abort(404)
    if company.status != rules.DISPLAYED or revision is None:
        abort(404)
    tier = profile.tier_for(actor(), company)
    listed = told.documents(revision.content.get("sheets", {}), tier=tier, reader=language())
    return company, next((one for one in listed if one.file == file_id), None) or abort(404)


@bp.get("/<ui:lang>/companies/<slug>/qr.svg")
@requires(Permission.PUBLIC)
def qr(slug: str):
    """The address of a company's page as a QR code."""
    found = queries.by_slug(slug)
    if found is None or found[0].status == rules.WITHDRAWN:
        abort(404)
    code = qrcode.make(
        url_for("companies.show", slug=slug, _external=True), image_factory=svg.SvgPathFillImage, border=4, box_size=10
    )
    target = io.BytesIO()
    code.save(target)
    return Response(target.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": f"private, max-age={DAY}"})


@bp.get("/<ui:lang>/companies/feed")
@requires(Permission.PUBLIC)
def feed():
    """The first page of the query as an Atom feed, newest first unless another order is asked for."""
    selection, tier = directory.to_follow(asked()), actor().tier
    page = queries.page(selection, tier)
    published = history.current([card.slug for card in page.cards])
    base = url_for("companies.index", _external=True)
    entries = [_entry(card, f"{base}/{card.slug}", published.get(card.slug), tier) for card in page.cards]
    return atom.answer(
        title=_("Companies on Baybridge"),
        own=url_for("companies.feed", _external=True) + selection.query_string(),
        page=base + selection.query_string(),
        author=_("Baybridge"),
        language=language(),
        entries=entries,
    )


def _entry(card, href: str, published, tier: Tier) -> atom.Entry:
    updated, content = published or (card.displayed_at, {"passages": []})
    text, tag = profile.summary(content["passages"], tier=tier, english=language() == "en")
    names = (card.name_en, card.name_zh) if language() == "en" else (card.name_zh, card.name_en)
    return atom.Entry(
        href=href,
        title=" · ".join(filter(None, names)),
        summary=text,
        language=tag,
        categories=tuple(
            filter(None, (card.sector_label, card.place_label, card.stage_label, choices.note(card.origin)))
        ),
        published=card.displayed_at,
        updated=max(card.displayed_at, updated),
    )


@bp.get("/<ui:lang>/companies/csv")
@requires(Permission.PUBLIC)
def csv():
    """Every company of the query as a table for spreadsheets."""
    rows = queries.everything(asked(), actor().tier, files.COLUMNS)
    columns = files.columns(reader=language(), base=url_for("companies.index", _external=True), note=choices.note)
    return exports.as_csv(rows, columns, name="companies.csv")


@bp.get("/<ui:lang>/companies/xlsx")
@requires(Permission.PUBLIC)
def xlsx():
    """Every company of the query as a workbook."""
    rows = queries.everything(asked(), actor().tier, files.COLUMNS)
    columns = files.columns(reader=language(), base=url_for("companies.index", _external=True), note=choices.note)
    return exports.as_xlsx(rows, columns, name="companies.xlsx", title=_("Companies"))


@bp.get("/<ui:lang>/companies/json")
@requires(Permission.PUBLIC)
def json():
    """Every company of the query for programs."""
    selection = asked()
    rows = queries.everything(selection, actor().tier, files.COLUMNS)
    base = url_for("companies.index", _external=True)
    about = {"query": base + selection.query_string(), "language": language(), "generated_at": now().isoformat()}
    columns = files.columns(reader=language(), base=base, note=choices.note)
    return exports.as_json(rows, columns, name="companies.json", items="companies", about=about)
