"""One company: put on display, publish a revision, suspend, restore, withdraw.

Keeps the search index in step within the same transaction. A bulk of imported companies is ``importing``'s matter.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from listing.access.actor import Actor, System
from listing.journal import operations as journal
from listing.store import fulltext
from listing.store.db import db

from .. import rules
from ..facts import Facts, digest, searchable
from ..models import Company, Revision, without_financing


def display(
    *,
    market: str,
    code: str,
    origin: str,
    facts: Facts,
    actor: Actor | System,
    now: datetime,
    organisation_id: int | None = None,
    slug: str = "",
) -> Company:
    """Put a company on display with its first revision. Raises CodeTaken, Nameless."""
    if not facts.name_zh and not facts.name_en:
        raise rules.Nameless
    if db.session.scalar(select(Company.id).where(Company.market == market, Company.code == code)):
        raise rules.CodeTaken(code=code)
    company = Company(
        organisation_id=organisation_id,
        slug=free_slug(slug or rules.slug(facts.name_en, market, code), market, code),
        market=market,
        code=code,
        origin=origin,
        status=rules.DISPLAYED,
        status_at=now,
        displayed_at=now,
        **facts.columns(),
    )
    db.session.add(company)
    db.session.flush()
    revision = _add_revision(company, facts, 1, now)
    index(company, facts)
    data = {"market": market, "code": code, "origin": origin, "digest": revision.digest}
    _log("company.displayed", company, data, actor, now)
    return company


def publish_revision(*, company: Company, facts: Facts, actor: Actor | System, now: datetime) -> Revision | None:
    """Show these facts and passages from now on; None when they are what is shown already. Raises NotNow, Nameless."""
    if company.status == rules.WITHDRAWN:
        raise rules.NotNow
    if not facts.name_zh and not facts.name_en:
        raise rules.Nameless
    facts = _with_what_no_sheet_asks(company, facts)
    if company.revision is not None and company.revision.digest == digest(facts.content()):
        return None
    last = db.session.scalar(select(func.max(Revision.number)).where(Revision.company_id == company.id))
    for column, value in facts.columns().items():
        setattr(company, column, value)
    revision = _add_revision(company, facts, (last or 0) + 1, now)
    if company.status == rules.DISPLAYED:
        index(company, facts)
    _log("company.published", company, {"number": revision.number, "digest": revision.digest}, actor, now)
    return revision


def take_over(
    *, company: Company, organisation_id: int, facts: Facts, actor: Actor | System, now: datetime
) -> Revision | None:
    """Make an imported page that of the enterprise it is about: address, code and earlier revisions stay.

    Raises NotFree, NotNow, Nameless.
    """
    db.session.refresh(company, with_for_update=True)
    if company.origin != rules.IMPORTED or company.organisation_id is not None:
        raise rules.NotFree
    if company.status != rules.DISPLAYED:
        raise rules.NotNow
    company.origin, company.organisation_id = rules.PARTICIPANT, organisation_id
    _log("company.taken_over", company, {"source": company.source}, actor, now)
    return publish_revision(company=company, facts=facts, actor=actor, now=now)


def suspend(*, company: Company, reason: str, actor: Actor | System, now: datetime) -> Company:
    """Take a company off display for the time being; ``reason`` is a code. Raises NotNow."""
    return _change(company, "suspend", {"reason": reason}, actor, now)


def restore(*, company: Company, actor: Actor | System, now: datetime) -> Company:
    """Show a suspended company again as it was. Raises NotNow."""
    return _change(company, "restore", {}, actor, now)


def withdraw(*, company: Company, reason: str, actor: Actor | System, now: datetime) -> Company:
    """Take a company off display for good; ``reason`` is a code. Raises NotNow."""
    return _change(company, "withdraw", {"reason": reason}, actor, now)


def hold_back(*, company: Company, reason: str, actor: Actor | System, now: datetime) -> None:
    """Keep a company off roadshows and its financing need out of sight; ``reason`` is a code. Twice is once."""
    _hold(company, now, {"reason": reason}, actor, now)


def let_on(*, company: Company, actor: Actor | System, now: datetime) -> None:
    """Let a company that was held back appear again as it did. Twice is once."""
    _hold(company, None, {}, actor, now)


def _hold(company: Company, since: datetime | None, data: dict, actor: Actor | System, now: datetime) -> None:
    db.session.refresh(company, with_for_update=True)
    if bool(company.held_back_at) == bool(since):
        return
    company.held_back_at = since
    if company.status == rules.DISPLAYED:
        index(company, facts_of(company))
    _log("company.held_back" if since else "company.let_on", company, data, actor, now)


def _change(company: Company, event: str, data: dict, actor: Actor | System, now: datetime) -> Company:
    before = company.status
    company.status = rules.next_status(before, event)
    company.status_at = now
    if company.status == rules.DISPLAYED:
        index(company, facts_of(company))
    else:
        fulltext.remove(db.session, fulltext.Kind.COMPANY, company.id)
    _log(f"company.{company.status}", company, {"from": before, **data}, actor, now)
    return company


def _with_what_no_sheet_asks(company: Company, facts: Facts) -> Facts:
    """What came with an import and nobody can type: it stays, and with it where the first facts are from."""
    kept = {name: getattr(facts, name) or getattr(company, name) for name in ("lei", "listed_on", "source")}
    if facts.name_zh == company.name_zh:
        kept["name_zh_alt"] = facts.name_zh_alt or company.name_zh_alt
    return replace(facts, **kept)


def facts_of(company: Company) -> Facts:
    """The facts and passages that the company's present revision shows."""
    return Facts.of_content(company.revision.content) if company.revision else Facts()


def _add_revision(company: Company, facts: Facts, number: int, now: datetime) -> Revision:
    content = facts.content()
    revision = Revision(company_id=company.id, number=number, content=content, digest=digest(content), published_at=now)
    db.session.add(revision)
    db.session.flush()
    company.revision = revision
    db.session.flush()
    return revision


def index(company: Company, facts: Facts) -> None:
    """Let searches find the company by what each tier may see of it, and by nothing else."""
    if company.held_back_at:
        facts = Facts.of_content(without_financing(facts.content()))
    fulltext.put(db.session, *documents(company.id, facts, company.market, company.code))


def documents(company_id: int, facts: Facts, market: str, code: str) -> list[fulltext.Document]:
    """The documents of the search index for one company."""
    return [
        fulltext.Document(
            fulltext.Kind.COMPANY, company_id, found.names, found.title, found.text, "", found.lowest, found.highest
        )
        for found in searchable(facts, market, code)
    ]


def free_slug(wanted: str, market: str, code: str) -> str:
    """The address wanted, or one made of market and code where another company has it."""
    taken = db.session.scalar(select(Company.id).where(Company.slug == wanted))
    return rules.slug_by_code(market, code) if taken else wanted


def _log(code: str, company: Company, data: dict, actor: Actor | System, now: datetime) -> None:
    subject = ("company", company.id, company.organisation_id)
    journal.append(code=code, data=data, actor=actor, subject=subject, now=now)
