"""Adding a paper to an application and taking it out again, while the application is open to the institution."""

from datetime import date, datetime

from werkzeug.datastructures import FileStorage

from listing.access.actor import Actor
from listing.admission import papers, rules
from listing.admission.models import Application
from listing.evidence import queries as vault
from listing.evidence.operations import ending, keeping
from listing.evidence.rules import About
from listing.rates.queries import today

from .applying import hold


def add(
    *,
    application: Application,
    file: FileStorage,
    kind: str,
    dated: date,
    expires: date | None,
    issuer: str,
    actor: Actor,
    now: datetime,
) -> vault.Evidence:
    """Keep a paper of an application in the vault.

    Raises NotYetDated, EndsBeforeDated, RunOut, what the vault refuses (files.rules.Unfit, HostileText), NotNow.
    """
    _hold(application)
    papers.check_days(dated, expires, today(now))
    application.touched_at = now
    return keeping.keep(
        stream=file.stream,
        name=file.filename or "",
        organisation_id=application.organisation_id,
        case=papers.case_of(application),
        about=About(kind, issuer, dated, expires),
        retention=papers.RETENTION,
        actor=actor,
        now=now,
    )


def remove(*, application: Application, paper: vault.Evidence, actor: Actor, now: datetime) -> vault.Evidence:
    """Take a paper out that was never sent, which destroys it. Raises WasSent, OnHold, NotNow."""
    _hold(application)
    if paper.uid in papers.sent(application):
        raise papers.WasSent
    application.touched_at = now
    return ending.destroy(file=paper, why="removed", actor=actor, now=now)


def _hold(application: Application) -> None:
    hold(application)
    if application.state not in rules.EDITABLE:
        raise rules.NotNow
