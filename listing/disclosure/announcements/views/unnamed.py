"""A company that an address names and that is several or none: the feed and the files say so, never nothing at all.

A file is refused, because a table or a program would take an empty one for a company that announced nothing. A feed is
not: a reader of feeds shows what stands in a feed and drops the words of a refusal, so they are its only entry.
"""

from flask import Response, jsonify, request, url_for
from flask_babel import gettext as _

from listing.access.gate import actor
from listing.companies.meant import Meant
from listing.disclosure.announcements import asking
from listing.disclosure.announcements.searching import Asked
from listing.web import atom
from listing.web.page import language

REFUSED = 400  # as programs get it under /api/


def asked() -> tuple[Asked, Meant | None]:
    """What the address asks for; with those that it may mean where it names a company that is several or none."""
    named = asking.company_named(request.args)
    return asking.of_company(request.args, named, actor().tier), named if named and not named.company else None


def in_words(named: Meant) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    if named.others:
        return _("Which company?"), _("Several companies that announced something are called so. Choose one:")
    return (
        _("No company of this name has announced anything."),
        _("Type a part of its Chinese or English name, or the code on its page; or search for the name in all texts."),
    )


def text(named: Meant, endpoint: str) -> Response:
    """The refusal for people, with the address of the file for each company."""
    lines = [*in_words(named), ""]
    for one in named.others:
        lines += [f"{one.code}  {_called(one)}", _address(one, endpoint), ""]
    return _refused(Response("\n".join(lines), mimetype="text/plain"))


def data(named: Meant, endpoint: str, about: dict) -> Response:
    """The refusal for programs: what the file would have said, without announcements, and the companies."""
    companies = [
        {"code": one.code, "company_zh": one.name_zh, "company_en": one.name_en, "url": _address(one, endpoint)}
        for one in named.others
    ]
    return _refused(jsonify(about | {"problem": " ".join(in_words(named)), "companies": companies}))


def entry(named: Meant, page: str) -> atom.Entry:
    """The one entry of a feed, which leads to ``page``, where one may be chosen; dated by their last announcement."""
    title, advice = in_words(named)
    since = max((one.announced_at for one in named.others if one.announced_at), default=atom.EPOCH)
    several = tuple(f"{one.code} {_called(one)}" for one in named.others)
    return atom.Entry(
        href=page,
        title=title,
        summary=advice,
        language=language(),
        categories=(),
        published=since,
        updated=since,
        content=((language(), several),) if several else (),
    )


def _called(company) -> str:
    names = company.name.ordered(language())
    return " · ".join(dict.fromkeys(name.text for name in names if name.text))


def _address(company, endpoint: str) -> str:
    return url_for(endpoint, _external=True, **(asking.filters(request.args, None) | {"company": company.slug}))


def _refused(answer: Response) -> Response:
    answer.status_code = REFUSED
    answer.headers["Cache-Control"] = "no-store"
    return answer
