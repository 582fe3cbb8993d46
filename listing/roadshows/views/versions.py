"""The published versions of a schedule and what each changed: as a page, and as Atom in both languages at once."""

from flask import Response, abort, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from listing.access.gate import requires
from listing.access.permission import Permission
from listing.bilingual.language import LANGUAGES
from listing.companies import presentable
from listing.roadshows import changes as told_changes
from listing.roadshows import lists, queries, telling
from listing.roadshows.forms import LANGUAGE_LABELS
from listing.web import atom, paging
from listing.web.page import language

from .blueprint import HOME, public


@public.get(f"{HOME}/<code>/changes")
@requires(Permission.PUBLIC)
def changes(code: str):
    """Every published version of the schedule and what it changed, the last first."""
    found = queries.shown(code) or abort(404)
    page = lists.changes(found, below=paging.after_number("below"))
    return render_template(
        "roadshows/changes.html",
        show=found,
        page=page,
        read=told_changes.read,
        companies=presentable.of(telling.named(page.rows)),
        languages_spoken=LANGUAGE_LABELS,
    )


@public.get(f"{HOME}/<code>/changes/feed")
@requires(Permission.PUBLIC)
def changes_feed(code: str) -> Response:
    """The last of them for feed readers."""
    show = queries.shown(code) or abort(404)
    rows = lists.changes(show).rows
    companies = presentable.of(telling.named(rows))
    return atom.answer(
        title=_("Changes to the schedule: %(title)s", title=show.title.shown(language()).text),
        own=url_for("roadshows.changes_feed", code=code, _external=True),
        page=url_for("roadshows.changes", code=code, _external=True),
        author=_("Baybridge"),
        language=language(),
        entries=[_entry(row, show, companies) for row in rows],
    )


def _entry(row, show, companies) -> atom.Entry:
    """One version; its address stays, whatever comes after it."""
    sides = (language(), show.title.zh_lang if language() == "en" else "en")
    lines = {lang: telling.lines(row, show, lang, companies) for lang in sides}
    below, anchor = row.version + 1, f"version-{row.version}"
    return atom.Entry(
        href=url_for("roadshows.changes", code=show.code, below=below, _anchor=anchor, _external=True),
        title=" · ".join(_named(row, show, lang) for lang in sides),
        summary=" ".join(lines[language()]),
        language=language(),
        categories=(),
        published=row.at,
        updated=row.at,
        content=tuple((lang, tuple(said)) for lang, said in lines.items()),
    )


def _named(row, show, lang: str) -> str:
    with force_locale(LANGUAGES[lang].locale):
        return _("%(title)s, version %(number)s", title=show.title.side(lang), number=row.version)
