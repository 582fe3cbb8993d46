"""What the matrix says of an investor and companies now, and what was confirmed. Changes nothing."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from listing.access.actor import Actor
from listing.accounts import queries as accounts
from listing.admission import queries as admissions
from listing.admission import tolerated
from listing.bilingual.pair import Pair
from listing.companies import presentable, weighed
from listing.rulebook.logic import NOT_MET
from listing.store.db import db

from . import matrix as matrices
from . import rules
from .models import Confirmation, Questionnaire, SetLevel

PAGE, PIECE = 25, 500


class Suited(NamedTuple):
    """A verdict, and the confirmation that counts for it."""

    verdict: rules.Verdict
    confirmation: Confirmation | None

    @property
    def state(self) -> str:
        """How it stands for who reads a list: suitable, warning, confirmed or blocked."""
        return "confirmed" if self.asks and self.confirmation else self.verdict.outcome

    @property
    def open(self) -> bool:
        """Whether the institution may take the company up."""
        return self.state in (matrices.SUITABLE, "confirmed")

    @property
    def asks(self) -> bool:
        """Whether two confirmations are asked for."""
        return self.verdict.outcome == matrices.WARNING


def matrix(now: datetime) -> matrices.Matrix:
    """The version in force."""
    return matrices.in_force(now.astimezone(rules.ZONE).date())


def investors(ids: Collection[int], now: datetime) -> dict[int, rules.Investor]:
    """These institutions as the matrix knows them; those without an admission in force are absent.

    Whom people admitted although no rule was met is ordinary, whatever the class. Of the questionnaires, that of the
    application and those answered anew, the one signed last counts.
    """
    found = tolerated.of(admissions.open_among(ids, now))
    anew = questionnaires(found)
    return {number: _investor(one, anew.get(number)) for number, one in found.items()}


def _investor(one: tolerated.Tolerated, anew: Questionnaire | None) -> rules.Investor:
    investor_class = matrices.ORDINARY if one.proposed == NOT_MET else one.investor_class
    last = anew if anew and anew.answered_at >= one.answered_at else one
    return rules.Investor(one.organisation_id, one.book, investor_class, last.level, last.answered_at)


def questionnaires(ids: Collection[int]) -> dict[int, Questionnaire]:
    """The questionnaire that each of these institutions answered anew last, by institution."""
    last = select(func.max(Questionnaire.id)).where(Questionnaire.organisation_id.in_(ids))
    found = select(Questionnaire).where(Questionnaire.id.in_(last.group_by(Questionnaire.organisation_id)))
    return {row.organisation_id: row for row in db.session.scalars(found)} if ids else {}


def answered_anew(organisation_id: int) -> list[Questionnaire]:
    """Every questionnaire that an institution answered anew, the last first."""
    own = select(Questionnaire).where(Questionnaire.organisation_id == organisation_id)
    return list(db.session.scalars(own.order_by(Questionnaire.number.desc()).limit(100)))


def lately_anew() -> list[Questionnaire]:
    """The questionnaires answered anew last by anybody."""
    return list(db.session.scalars(select(Questionnaire).order_by(Questionnaire.id.desc()).limit(PAGE)))


def suited(organisation_id: int, companies: Collection[int], now: datetime) -> dict[int, Suited]:
    """What holds for an institution and each of these companies; empty where it has no admission in force."""
    found = pairs([organisation_id], companies, now)
    return {company: one for (_institution, company), one in found.items()}


def weighing(person: Actor | None, now: datetime) -> Actor | None:
    """The person, who can say of a company whether its papers are closed to them; nothing is looked up before."""
    own = person.acts_for if person else None
    return person if own is None else replace(person, closed=lambda company: _closed(own, company, now))


def _closed(organisation_id: int, company: int, now: datetime) -> bool:
    found = suited(organisation_id, [company], now) if matrices.PAPERS in matrix(now).acts else {}
    return any(not one.open for one in found.values())


def pairs(institutions: Collection[int], companies: Collection[int], now: datetime) -> dict[tuple[int, int], Suited]:
    """What holds for each of these institutions with an admission in force and each company; six statements."""
    known, in_force = investors(institutions, now), matrix(now)
    found_risks = risks(companies, now) if known else {}
    given: dict[tuple[int, int], list[Confirmation]] = {}
    for row in _confirmed(known, companies) if found_risks else ():
        given.setdefault((row.organisation_id, row.company_id), []).append(row)
    found = {}
    for investor in known.values():
        own = rules.held(in_force, investor, now)
        for number, risk in found_risks.items():
            pair, verdict = (investor.organisation_id, number), rules.match(in_force, own, risk)
            found[pair] = Suited(verdict, next((row for row in given.get(pair, ()) if counts(row, verdict)), None))
    return found


def risks(companies: Collection[int], now: datetime) -> dict[int, rules.Risk]:
    """The levels of these companies, by number; two statements."""
    in_force, by_hand = matrix(now), set_levels(companies)
    return {
        number: rules.risk(in_force, facts, _by_hand(by_hand.get(number)))
        for number, facts in weighed.facts(companies).items()
    }


def _by_hand(row: SetLevel | None) -> tuple[str, Pair] | None:
    return (row.level, row.reason) if row else None


def derived(company_id: int, now: datetime) -> str:
    """The level of a company as it is worked out, whatever a person set."""
    return rules.risk(matrix(now), weighed.facts([company_id])[company_id]).level


def set_levels(companies: Collection[int]) -> dict[int, SetLevel]:
    """The levels that people set for these companies and that hold, by company."""
    found = select(SetLevel).where(SetLevel.live_of.in_(companies))
    return {row.company_id: row for row in db.session.scalars(found)} if companies else {}


def set_level(company_id: int) -> SetLevel | None:
    """The level that a person set for a company and that holds, held until the end of the transaction."""
    found = select(SetLevel).where(SetLevel.live_of == company_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def all_set() -> list[SetLevel]:
    """Every level that a person set and that holds, the last first."""
    return list(db.session.scalars(select(SetLevel).where(SetLevel.live_of.is_not(None)).order_by(SetLevel.id.desc())))


def counts(row: Confirmation, verdict: rules.Verdict) -> bool:
    """Whether a confirmation was given for exactly this verdict."""
    return all(getattr(row, name) == value for name, value in verdict.basis.items())


def _confirmed(institutions: Collection[int], companies: Collection[int]) -> list[Confirmation]:
    about = Confirmation.organisation_id.in_(institutions), Confirmation.company_id.in_(companies)
    found = select(Confirmation).where(*about, Confirmation.confirmed_at.is_not(None)).order_by(Confirmation.id)
    return list(db.session.scalars(found))


def begun(
    organisation_id: int, company_id: int, account_id: int, verdict: rules.Verdict, *, hold: bool = False
) -> Confirmation | None:
    """What that person began to confirm of this verdict; ``hold`` it until the end of the transaction to go on."""
    who = {"organisation_id": organisation_id, "company_id": company_id, "account_id": account_id}
    found = select(Confirmation).filter_by(**who, **verdict.basis)
    if hold:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one_or_none()


def given(below: int | None, limit: int = PAGE + 1) -> list[Confirmation]:
    """Confirmations given, the last first; ``below`` is the last number of the page before."""
    found = select(Confirmation).where(Confirmation.confirmed_at.is_not(None)).order_by(Confirmation.id.desc())
    return list(db.session.scalars((found if below is None else found.where(Confirmation.id < below)).limit(limit)))


class Line(NamedTuple):
    """One confirmation of the operator's list, with the names of both."""

    row: Confirmation
    institution: accounts.Organisation
    company: presentable.Candidate


def lines() -> Iterator[Line]:
    """Every confirmation given, the last first, read in pieces."""
    below = None
    while rows := given(below, PIECE):
        institutions = accounts.organisations({row.organisation_id for row in rows})
        companies = presentable.of({row.company_id for row in rows})
        yield from (Line(row, institutions[row.organisation_id], companies[row.company_id]) for row in rows)
        below = rows[-1].id


def of_institution(organisation_id: int) -> list[Confirmation]:
    """What an institution confirmed, the last first."""
    own = Confirmation.organisation_id == organisation_id, Confirmation.confirmed_at.is_not(None)
    return list(db.session.scalars(select(Confirmation).where(*own).order_by(Confirmation.id.desc()).limit(100)))
