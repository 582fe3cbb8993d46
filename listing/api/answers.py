"""How rows look to a program: codes and both sides of a text, no labels and no markup.

What somebody may see of a company is decided where the company page asks too (companies/profile.py, rules.py).
"""

import hashlib
from base64 import b64encode
from collections.abc import Mapping

from flask import Response, json, request, url_for

from listing.access.actor import Actor, Tier
from listing.bilingual import agreement, terms
from listing.companies import profile, rules
from listing.companies.catalogue import Entry
from listing.disclosure.announcements import facts
from listing.disclosure.announcements.lists import Listed
from listing.journal.queries import Tip
from listing.notifications import render

from .asked import Pair

_TIERS = {Tier.REGISTERED: "registered", Tier.ADMITTED: "admitted"}
_SAME = ("slug", "market", "code", "origin", "domicile", "province", "city", "sector_group", "sector", "stage")
# What an announcement has for a program whose person may not read it.
_WITHHELD = dict.fromkeys(("headline", "title", *(fact.id for fact in facts.FACTS)))
_WITHHELD |= {"intermediaries": [], "standard": [], "documents": []}
_MORE = ("name_zh_alt", "registration_scheme", "registration_number", "lei", "founded", "website", "prevailing")


def given(data: Mapping) -> Response:
    """The answer with its ETag, or 304 where the program has it already."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    answer = Response(body, content_type="application/json")
    answer.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.vary.add("Authorization")
    return answer.make_conditional(request)


def pages(language: str) -> str:
    """The full address of the directory in that language; a company's page is its slug below."""
    return url_for("companies.index", lang=language, _external=True)


def in_list(row, base: str) -> dict:
    """A company as a row of the directory, whose full address is ``base``."""
    return {
        **{name: getattr(row, name) for name in _SAME},
        "url": f"{base}/{row.slug}",
        "names": _names(row),
        "languages": row.languages,
        "displayed_at": row.displayed_at.isoformat(),
    }


def company(row, revision, person: Actor) -> dict:
    """A company as far as this person sees it; of what is hidden, only which section it is and for whom."""
    tier = profile.tier_for(person, row)
    passages = revision.shown["passages"] if revision else ()
    hidden = [(section, rules.tier_of(section)) for section in rules.hidden_sections(passages, tier)]
    return {
        **in_list(row, pages(person.language)),
        **{name: getattr(row, name) for name in _MORE},
        "status": row.status,
        "status_at": row.status_at.isoformat(),
        "short_names": {"zh": row.short_zh, "en": row.short_en},
        "listed_on": row.listed_on and row.listed_on.isoformat(),
        "source": row.source,
        "revision": revision and _revision(revision),
        "passages": [_passage(p) for p in rules.visible(passages, tier)],
        "hidden": [{"section": section, "tier": _TIERS[least]} for section, least in hidden if least in _TIERS],
    }


def _revision(row) -> dict:
    """Not its digest: who knew all of a content but one amount could try amounts against it."""
    return {"number": row.number, "published_at": row.published_at.isoformat()}


def _passage(passage: Mapping) -> dict:
    return {"script": passage.get("script") or "Hans", **{name: passage[name] for name in ("section", "zh", "en")}}


def released(one: Listed, base: str, sides: tuple[str, ...]) -> dict:
    """An announcement as a row of the list whose full address is ``base``, its documents in the order of ``sides``."""
    row, url = one.release, f"{base}/{one.release.number}"
    known = {
        "number": row.number,
        "url": url,
        "company": _of(one.company),
        "companies": [_of(each) for each in one.companies],
        "category": row.category,
        "visibility": row.visibility,
        "released_at": row.released_at.isoformat(),
        "corrects": one.corrects,
        "corrected_by": one.corrected_by,
    }
    return known | (_WITHHELD if row.withheld else _said(row, one, url, sides))


def _said(row, one: Listed, url: str, sides: tuple[str, ...]) -> dict:
    return {
        "headline": row.headline,
        "title": {"zh": row.title.zh, "en": row.title.en, "script": row.title.script},
        **facts.values(row, one.companies),
        "documents": [_document(row, side, url) for side in sides],
    }


def announcement(one: Listed, base: str, sides: tuple[str, ...]) -> dict:
    """An announcement with both its texts."""
    note = one.release.note
    return {
        **released(one, base, sides),
        "passages": [{"zh": part.zh, "en": part.en} for part in one.release.passages],
        "note": note and {"zh": note.zh, "en": note.en},
    }


def _of(company) -> dict:
    return {**{name: getattr(company, name) for name in ("slug", "market", "code")}, "names": _names(company)}


def _names(company) -> dict:
    return {"zh": company.name_zh, "en": company.name_en, "script": company.name_script}


def _document(row, side: str, url: str) -> dict:
    files = [file for file in row.files if file["side"] == side]
    return {
        "language": side,
        "text": f"{url}/{side}.txt",
        "sha256": getattr(row, f"digest_{side}"),
        "attachments": [
            {**{name: file[name] for name in ("name", "size", "sha256")}, "url": f"{url}/files/{file['id']}"}
            for file in files
        ],
    }


def term(entry: Entry) -> dict:
    """An entry of a closed list."""
    labels = {"zh-Hans": entry.zh_hans, "zh-Hant": entry.zh_hant, "en": entry.en}
    return {"id": entry.id, "labels": labels, "parent": entry.parent}


def organisation(row, person: Actor) -> dict:
    """An organisation that the person belongs to, with the role there."""
    names = {"zh": row.name_zh or "", "en": row.name_en or "", "script": row.name_script}
    return {"id": row.id, "kind": row.kind, "role": person.membership(row.id).role, "names": names}


def message(notice) -> dict:
    """A message of the inbox."""
    return {
        "id": notice.id,
        "message": notice.message,
        "language": notice.language,
        "subject": render.subject(notice),
        "url": render.link(notice),
        "due_at": notice.due_at.isoformat(),
        "read_at": notice.read_at and notice.read_at.isoformat(),
    }


def checked(pair: Pair) -> dict:
    """What does not agree in a pair: figures as ``flask bilingual check`` prints them, then terms and wording."""
    return {
        "id": pair.id,
        "findings": [finding.record() for finding in agreement.check(pair.zh, pair.en)],
        "wording": [finding.record() for finding in terms.check(pair.zh, pair.en)],
    }


def log(tip: Tip, verifier: str) -> dict:
    """Where the record of changes stands, and where its proofs are."""
    last = url_for("journal.entry", n=tip.size - 1, _external=True) if tip.size else None
    return {
        "size": tip.size,
        "root": b64encode(tip.root).decode(),
        "verifier_key": verifier,
        "checkpoint": url_for("journal.checkpoint", _external=True),
        "consistency": url_for("journal.consistency", _external=True),
        "last_entry": last,
    }
