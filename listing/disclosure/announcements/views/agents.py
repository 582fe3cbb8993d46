"""The owner's page of the agents that prepare the company's announcements."""

from collections import Counter

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from listing.access.gate import actor, requires
from listing.access.permission import Permission
from listing.accounts import queries as accounts
from listing.disclosure.announcements import parties, queries, rules
from listing.disclosure.announcements.forms import AgentForm
from listing.disclosure.announcements.operations import mandating
from listing.web.form import Form
from listing.web.page import now
from listing.web.turn import accepted, created

from .blueprint import OWN, bp, company_of
from .showing import status


@bp.route(f"{OWN}/agents", methods=["GET", "POST"])
@requires(Permission.ANNOUNCEMENT_MANDATE, subject=company_of)
def agents(slug: str):
    """Who prepares announcements for the company, and naming another."""
    company, form = company_of(slug), AgentForm(accounts.agents())
    there = url_for("announcements.agents", slug=slug)
    who = {"company": company, "actor": actor(), "now": now()}
    refusals = (rules.NoSuchAgent, rules.AgentAlready)
    answer = created(form, mandating.name, *refusals, then=lambda _mandate: there, **who)
    if answer is not None:
        return answer
    rows = queries.mandates(company.id)
    if not form.errors:  # who is named already is no choice any more
        named = {row.agent_id for row in rows}
        form.agent_id.choices = [each for each in form.agent_id.choices if each.value not in named]
    chosen = Counter(row.intermediary_id for row in parties.open_of(company.id) if row.endorsed_at is None)
    page = {
        "company": company,
        "rows": rows,
        "waiting": chosen,
        "agents": accounts.organisations({row.agent_id for row in rows}),
    }
    return render_template("announcements/agents.html", form=form, **page), status(form)


@bp.post(f"{OWN}/agents/<int:mandate_id>/end")
@requires(Permission.ANNOUNCEMENT_MANDATE, subject=company_of)
def end_agent(slug: str, mandate_id: int):
    """End what an agent may do for the company."""
    company, form, row = company_of(slug), Form(), queries.mandate(mandate_id)
    if row is None or row.company_id != company.id:
        abort(404)
    if accepted(form, mandating.end, rules.NotNow, company=company, mandate=row, actor=actor(), now=now()):
        flash(_("The agent prepares nothing for the company any more."))
    else:
        flash(" ".join(form.form_errors) or _("Nothing was changed. Try again."), "error")
    return redirect(url_for("announcements.agents", slug=slug), 303)
