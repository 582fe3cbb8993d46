"""The addresses for programs, each with its scope, its parameters and its answer; and the page about them."""

from flask import Blueprint, abort, current_app, jsonify, render_template, request, url_for

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.access.scope import Scope
from listing.accounts import queries as people
from listing.accounts.rules import CALLS
from listing.companies import catalogue, directory, queries, rules
from listing.disclosure.announcements import asking, lists, searching
from listing.disclosure.announcements import queries as releases
from listing.disclosure.announcements.rules import SIDES
from listing.journal import queries as journal
from listing.journal.checkpoint import Signer
from listing.notifications import queries as notices
from listing.refusal import N_
from listing.web.database import MOST_ROWS
from listing.web.page import now
from listing.web.problems import BadParameter

from . import answers, asked, openapi
from .marks import Parameter, described, describes
from .schemas import DAY, NUMBER, TEXT, one_of

bp = Blueprint("api", __name__)
ROOT = openapi.ROOT
PAGE = 25
_LISTS = ", ".join(sorted(catalogue.LISTS))

ASKED = (
    Parameter("q", "Words, as typed into the search", TEXT),
    Parameter("market", "Id of the list 'market'", TEXT),
    Parameter("place", "Id of the list 'place' or 'domicile', or 'gba'", TEXT),
    Parameter("sector", "Id of the list 'sector' or 'group'", TEXT),
    Parameter("stage", "Id of the list 'stage'", TEXT),
    Parameter("languages", "In which languages the text is complete", one_of(*directory.LANGUAGES)),
    Parameter("origin", "Where the company comes from", one_of(*directory.ORIGINS)),
    Parameter("sort", "Order; by relevance only with words", one_of(*directory.SORTS)),
    Parameter("side", "The side whose names are sorted by", {**one_of("zh", "en"), "default": "en"}),
    Parameter("page", "As in 'next' and 'previous' of an answer", TEXT),
)
# What must be one of a list of ours; market and place may also be as an imported file has them.
_CHOSEN = ("sector", "stage", "languages", "origin")


@bp.before_request
def _only_what_is_described() -> None:
    """Refuse a parameter nobody described: a filter misspelt would answer with more than was asked for."""
    about = described(current_app.view_functions[request.endpoint])
    if about:
        for name in set(request.args) - {parameter.name for parameter in about.parameters}:
            raise BadParameter(name)


@bp.get(f"{ROOT}/companies")
@describes(N_("Companies on display, filtered and sorted like the directory, 25 at a time"), "Companies", *ASKED)
@requires(Permission.ACCOUNT_SELF, scope=Scope.COMPANIES_READ)
def companies():
    """A page of the directory."""
    selection, tier = _selection(), actor().tier
    found = queries.page(selection, tier, made=list)
    count, base = queries.count(selection, tier), answers.pages(actor().language)
    return answers.given(
        {
            "items": [answers.in_list(row, base) for row in found.cards],
            "count": {"number": count.number, "more": count.more},
            "next": _beside(selection, found.next),
            "previous": _beside(selection, found.previous),
        }
    )


def _selection() -> directory.Selection:
    args = request.args
    side = args.get("side", "en")
    if side not in ("zh", "en"):
        raise BadParameter("side")
    sectors = frozenset(catalogue.groups()) | frozenset(catalogue.sectors())
    selection = directory.read(args, side=side, sectors=sectors, stages=frozenset(catalogue.stages()))
    for name in _CHOSEN:
        if args.get(name, "") not in (getattr(selection, name), directory.EVERY if name == "origin" else ""):
            raise BadParameter(name)
    if args.get("sort", selection.sort) != selection.sort:
        raise BadParameter("sort")
    if args.get("page") and selection.at == directory.FIRST:
        raise BadParameter("page")
    return selection


def _beside(selection: directory.Selection, place: directory.Place | None) -> str | None:
    if place is None:
        return None
    query = selection.query_string(place)
    side = "" if selection.side == "en" else ("&" if query else "?") + f"side={selection.side}"
    return url_for("api.companies", _external=True) + query + side


@bp.get(f"{ROOT}/companies/<slug>")
@describes(N_("One company with the texts that the key may see"), "Company", also=(404, 410))
@requires(Permission.ACCOUNT_SELF, scope=Scope.COMPANIES_READ)
def company(slug: str):
    """One company; gone when withdrawn, without its texts while suspended."""
    row, revision = queries.by_slug(slug) or abort(404)
    if row.status == rules.WITHDRAWN:
        abort(410)
    return answers.given(answers.company(row, revision if row.status == rules.DISPLAYED else None, actor()))


@bp.get(f"{ROOT}/announcements")
@describes(
    N_("Announcements, newest first, 25 at a time, found by words, company, category, headline and day"),
    "Announcements",
    Parameter("q", "Words of the texts, a company or a number, in either script", TEXT),
    Parameter("company", "Slug of a company, its code on this platform, or a name that only one has", TEXT),
    Parameter("category", "What it is about, as in an answer", TEXT),
    Parameter("headline", "Its headline code, as in an answer", TEXT),
    Parameter("since", "First day of release, in Hong Kong", DAY),
    Parameter("until", "Last day of release, in Hong Kong", DAY),
    Parameter("documents", "Whose documents come first; by your language without it", one_of(*SIDES)),
    Parameter("before", "As in 'next' of an answer", NUMBER),
)
@requires(Permission.ACCOUNT_SELF, scope=Scope.ANNOUNCEMENTS_READ)
def announcements():
    """A page of the list of announcements."""
    wanted = asking.asked(request.args, actor().tier)
    if name := asking.misread(request.args, wanted):
        raise BadParameter(name)
    found = searching.page(wanted)
    base, sides = _announced(wanted.documents)
    kept = asking.filters(request.args, wanted)
    further = url_for("api.announcements", before=found.before, _external=True, **kept) if found.before else None
    items = [answers.released(one, base, sides) for one in lists.listed(found.rows, actor())]
    return answers.given({"items": items, "period": searching.period(wanted), "next": further})


@bp.get(f"{ROOT}/announcements/<number>")
@describes(N_("One announcement with both its texts, if the key may see them"), "Announcement", also=(403, 404))
@requires(Permission.ACCOUNT_SELF, scope=Scope.ANNOUNCEMENTS_READ)
def announcement(number: str):
    """One announcement, as it was released."""
    row = releases.release(number.replace("\0", "")) or abort(404)
    one = lists.listed([row], actor())[0]
    if one.release.withheld:
        abort(403)
    return answers.given(answers.announcement(one, *_announced("")))


def _announced(documents: str) -> tuple[str, tuple[str, ...]]:
    """The full address of the list in the person's language, and in which order the documents stand."""
    person = actor().language
    return url_for("announcements.index", lang=person, _external=True), lists.sides(
        documents or actor().documents, person
    )


@bp.get(f"{ROOT}/terms/<any({_LISTS}):kind>")
@describes(N_("A closed list (sectors, places, stages …) with its labels in three languages"), "Terms", also=(404,))
@requires(Permission.ACCOUNT_SELF, scope=Scope.COMPANIES_READ)
def terms(kind: str):
    """A list of the catalogue, in its order."""
    return answers.given({"list": kind, "items": [answers.term(entry) for entry in catalogue.LISTS[kind]().values()]})


@bp.get(f"{ROOT}/organisations")
@describes(N_("The organisations that the key acts for, and your role in each"), "Organisations")
@requires(Permission.ACCOUNT_SELF, scope=Scope.ORGANISATIONS_READ)
def organisations():
    """The person's own organisations, as far as the key carries them."""
    rows = people.organisations_of(actor())
    return answers.given({"items": [answers.organisation(row, actor()) for row in rows]})


@bp.get(f"{ROOT}/messages")
@describes(
    N_("Your messages, newest first, 25 at a time"),
    "Messages",
    Parameter("before", "Id of the last message of the page before", NUMBER),
)
@requires(Permission.ACCOUNT_SELF, scope=Scope.MESSAGES_READ)
def messages():
    """A page of the person's inbox."""
    person = actor().user_id
    rows = notices.inbox(person, now(), before=_row_number("before"), limit=PAGE + 1)
    further = url_for("api.messages", before=rows[PAGE - 1].id, _external=True) if len(rows) > PAGE else None
    items = [answers.message(notice) for notice in rows[:PAGE]]
    return answers.given({"items": items, "unread": notices.unread(person, now()), "next": further})


def _row_number(name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 11 and int(given) <= MOST_ROWS):
        raise BadParameter(name)
    return int(given)


@bp.post(f"{ROOT}/check")
@describes(
    N_("What does not agree between a Chinese and an English text; nothing of them is kept"),
    "Checked",
    body="Pair",
    also=(400, 413, 415),
)
@requires(Permission.ACCOUNT_SELF, scope=Scope.CHECK_USE)
def check():
    """The findings of ``flask bilingual check``, and those on words."""
    pair = asked.pair(asked.body())
    return answers.given(answers.checked(pair))


@bp.get(f"{ROOT}/log")
@describes(N_("Where the record of changes stands, and where its signed checkpoint and proofs are"), "Log")
@requires(Permission.ACCOUNT_SELF, scope=Scope.LOG_READ)
def log():
    """The tip of the log."""
    return answers.given(answers.log(journal.tip(), str(Signer.of(current_app.config).verifier())))


@bp.get(f"{ROOT}/openapi.json")
@requires(Permission.PUBLIC)
def document():
    """The description of all of this, for programs that write programs."""
    return jsonify(openapi.document(current_app))


@bp.get("/<ui:lang>/api")
@requires(Permission.PUBLIC)
def about():
    """What programs can ask for, and how."""
    return render_template("api/about.html", addresses=openapi.addresses(current_app), calls=CALLS)
