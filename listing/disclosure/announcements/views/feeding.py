"""The list of announcements for feed readers: the same query as the page, as Atom."""

from collections.abc import Iterator

from flask import request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.companies import presentable
from listing.disclosure.announcements import asking, headlines, parties, readers, searching
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.searching import Asked
from listing.web import atom, formats
from listing.web.page import language

from . import unnamed
from .blueprint import PUBLIC, bp


@bp.get(f"{PUBLIC}/feed")
@requires(Permission.PUBLIC)
def feed():
    """The newest announcements that the address asks for; where its company is several or none, that it is."""
    wanted, several = unnamed.asked()
    rows = [] if several else readers.seen(searching.page(searching.below(wanted, None)).rows, actor())
    behind = parties.behind([row.id for row in rows])
    companies = presentable.of({each for ids in behind.values() for each in ids})
    kept = asking.filters(request.args, wanted)
    page = url_for("announcements.index", _external=True, **kept)
    return atom.answer(
        title=_("Announcements on Baybridge"),
        own=url_for("announcements.feed", _external=True, **kept),
        page=page,
        author=_("Baybridge"),
        language=language(),
        subtitle=" ".join(unnamed.in_words(several)) if several else _period(wanted),
        entries=[unnamed.entry(several, page)]
        if several
        else [_entry(row, [companies[each].name for each in behind[row.id]]) for row in rows],
    )


def _period(asked: Asked) -> str:
    """The days of release that the feed is limited to."""
    since, until = (found and formats.day(found, language()) for found in (asked.since, asked.until))
    if since and until:
        return _("The newest of those released from %(since)s to %(until)s", since=since, until=until)
    if since:
        return _("The newest of those released since %(since)s", since=since)
    return _("The newest of those released until %(until)s", until=until) if until else _("The newest of all days")


def _terms(row, names) -> Iterator[str]:
    yield categories()[row.category].name.said(language())
    if not row.withheld and (headline := headlines.headline(row.headline)):
        yield headline.name.said(language())
    yield from (name.shown(language()).text for name in names)


def _entry(row, names) -> atom.Entry:
    return atom.Entry(
        href=url_for("announcements.show", number=row.number, _external=True),
        **(_withheld(row, names) if row.withheld else _said(row)),
        categories=tuple(dict.fromkeys(_terms(row, names))),  # a category and its headline may be called the same
        published=row.released_at,
        updated=row.released_at,
    )


def _said(row) -> dict[str, str]:
    first, second = row.title.ordered(language())
    summary = row.passages[0].shown(language())
    return {"title": f"{first.text} · {second.text}", "summary": summary.text, "language": summary.lang}


def _withheld(row, names) -> dict[str, str]:
    """That there is an announcement, and who reads it."""
    about = categories()[row.category].name.said(language())
    title = f"{about} · {names[0].shown(language()).text}"
    return {"title": title, "summary": _("For admitted investors."), "language": language()}
