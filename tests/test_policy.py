"""Every route against every kind of visitor, in one literal table; and the proof that the table holds each mark."""

import io
import json
from typing import NamedTuple

import pytest

from listing.access.actor import SYSTEM
from listing.access.permission import Permission
from listing.admission.operations import applying
from listing.evidence.operations import keeping
from listing.evidence.rules import About, Case
from listing.profiles import operations as profiles
from listing.store.db import db

from .disclosure.announcements.made import House, begun
from .factories import (
    NOW,
    a_company,
    a_consent,
    a_delivery,
    a_member,
    a_reading,
    a_user,
    a_webhook,
    an_invitation,
    an_organisation,
    signed_in,
)
from .files.samples import PDF
from .roadshows.made import a_roadshow, an_asked
from .store.databases import KINDS, Once, on_one_database

# fmt: off
#                     nobody registered owner viewer other investor organizer agent reviewer supervisor
# "owner" and "viewer" belong to the enterprise that is asked about, "other" owns another one. A visitor gets a status,
# or "in": the way to the sign-in page. Staff and approvers of these rows have their second factor.
VISITORS = (
    "nobody", "registered", "owner", "viewer", "other", "investor", "organizer", "agent", "reviewer", "supervisor",
)
STUDIO =             ("in", 403, 200, 200, 200, 403, 403, 200, 403, 403)
DESK =               ("in", 403, 403, 403, 403, 200, 403, 403, 403, 403)
EVENTS =             ("in", 403, 403, 403, 403, 403, 200, 403, 403, 403)
STAFF =              ("in", 403, 403, 403, 403, 403, 403, 403, 200, 200)
SIGNED =             ("in", 404, 403, 403, 404, 404, 404, 404, 403, 403)
PROFILE_BEGIN =      ("in", 403, 200, 403, 200, 403, 403, 403, 403, 403)
SUPERVISOR =         ("in", 403, 403, 403, 403, 403, 403, 403, 403, 200)
OWN_ORGANISATION =   ("in", 404, 200, 200, 404, 404, 404, 404, 403, 403)
OWNED_ORGANISATION = ("in", 404, 200, 403, 404, 404, 404, 404, 403, 403)
ADMITTED_OR_OWN =    ("in", 404, 200, 200, 404, 404, 404, 404, 200, 200)
APPLICANT =          ("in", 404, 404, 404, 404, 200, 404, 404, 403, 403)
HOLDER =             ("in", 404, 404, 404, 404, 200, 404, 404, 404, 404)
ORGANIZER =          ("in", 404, 404, 404, 404, 404, 200, 404, 403, 403)
OWN_OR_STAFF =       ("in", 404, 200, 200, 404, 404, 404, 404, 200, 200)
# fmt: on
# No browser's session opens an address for programs; what keys open is held by tests/api/test_keys.py.
BY_KEY = (401,) * len(VISITORS)


def anyone(status):
    return (status,) * len(VISITORS)


def signed(status):
    return ("in", *(status,) * (len(VISITORS) - 1))


def instead(row, status):
    """``row``, with ``status`` for those it lets in."""
    return tuple(status if cell == 200 else cell for cell in row)


def out_then(status_out, status_in):
    return (status_out, *(status_in,) * (len(VISITORS) - 1))


# (endpoint, method): what each visitor gets. A POST sends nothing, past the general check of the token; the account
# library checks its forms itself and answers 400.
MATRIX = {
    ("accounts.area", "GET"): signed(302),
    ("accounts.change_names", "GET"): OWNED_ORGANISATION,
    ("accounts.change_names", "POST"): instead(OWNED_ORGANISATION, 422),
    ("accounts.change_naming", "GET"): instead(OWNED_ORGANISATION, 404),
    ("accounts.change_naming", "POST"): instead(OWNED_ORGANISATION, 404),
    ("accounts.change_preferences", "GET"): signed(200),
    ("accounts.change_preferences", "POST"): signed(422),
    ("accounts.change_role", "GET"): OWNED_ORGANISATION,
    ("accounts.change_role", "POST"): instead(OWNED_ORGANISATION, 422),
    ("accounts.confirm", "GET"): anyone(410),
    ("accounts.confirm", "POST"): anyone(410),
    ("accounts.end_other_sessions", "POST"): signed(302),
    ("accounts.end_session", "POST"): signed(404),
    ("accounts.forgot_password", "GET"): anyone(200),
    ("accounts.forgot_password", "POST"): anyone(422),
    ("accounts.end_key", "POST"): signed(404),
    ("accounts.invite", "GET"): OWNED_ORGANISATION,
    ("accounts.invite", "POST"): instead(OWNED_ORGANISATION, 422),
    ("accounts.join", "GET"): anyone(410),
    ("accounts.join", "POST"): anyone(410),
    ("accounts.leave_organisation", "GET"): OWN_ORGANISATION,
    ("accounts.leave_organisation", "POST"): instead(OWN_ORGANISATION, 422),
    ("accounts.list_keys", "GET"): signed(200),
    ("accounts.list_messages", "GET"): signed(200),
    ("accounts.list_sessions", "GET"): signed(200),
    ("accounts.mail_sent", "GET"): anyone(200),
    ("accounts.make_key", "GET"): signed(200),
    ("accounts.make_key", "POST"): signed(422),
    ("accounts.mark_message", "POST"): signed(404),
    ("accounts.organisation", "GET"): OWN_ORGANISATION,
    ("accounts.overview", "GET"): signed(200),
    ("accounts.remove_member", "GET"): OWNED_ORGANISATION,
    ("accounts.remove_member", "POST"): instead(OWNED_ORGANISATION, 422),
    ("accounts.resend_confirmation", "GET"): anyone(200),
    ("accounts.resend_confirmation", "POST"): anyone(422),
    ("accounts.reset_password", "GET"): anyone(410),
    ("accounts.reset_password", "POST"): anyone(410),
    ("accounts.reset_sent", "GET"): anyone(200),
    ("accounts.second_factor_needed", "GET"): signed(302),
    ("accounts.sign_up", "GET"): out_then(200, 302),
    ("accounts.sign_up", "POST"): out_then(422, 302),
    ("accounts.withdraw_invitation", "POST"): instead(OWNED_ORGANISATION, 302),
    ("announcements.agents", "GET"): OWNED_ORGANISATION,
    ("announcements.agents", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.end_agent", "POST"): instead(OWNED_ORGANISATION, 404),
    ("announcements.answer_override", "GET"): instead(SUPERVISOR, 404),
    ("announcements.answer_override", "POST"): instead(SUPERVISOR, 404),
    ("announcements.attach", "GET"): OWNED_ORGANISATION,
    ("announcements.attach", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.begin_form", "GET"): OWNED_ORGANISATION,
    ("announcements.begin_form", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.change_form", "GET"): instead(OWNED_ORGANISATION, 404),
    ("announcements.change_form", "POST"): instead(OWNED_ORGANISATION, 404),
    ("announcements.choose_form", "GET"): OWNED_ORGANISATION,
    ("announcements.check", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.csv", "GET"): anyone(200),
    ("announcements.data", "GET"): anyone(404),
    ("announcements.detach", "POST"): instead(OWNED_ORGANISATION, 303),
    ("announcements.edit", "GET"): OWNED_ORGANISATION,
    ("announcements.edit", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.endorse", "GET"): SIGNED,
    ("announcements.endorse", "POST"): SIGNED,
    ("announcements.endorse_not", "GET"): SIGNED,
    ("announcements.endorse_not", "POST"): SIGNED,
    ("announcements.examine", "GET"): instead(STAFF, 404),
    ("announcements.feed", "GET"): anyone(200),
    ("announcements.file", "GET"): anyone(404),
    ("announcements.give_figures", "GET"): instead(OWNED_ORGANISATION, 404),
    ("announcements.give_figures", "POST"): instead(OWNED_ORGANISATION, 404),
    ("announcements.index", "GET"): anyone(200),
    ("announcements.invite", "GET"): OWNED_ORGANISATION,
    ("announcements.invite", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.leave", "GET"): SIGNED,
    ("announcements.leave", "POST"): SIGNED,
    ("announcements.take_out", "POST"): instead(OWNED_ORGANISATION, 404),
    ("announcements.json", "GET"): anyone(200),
    ("announcements.move_embargo", "GET"): SIGNED,
    ("announcements.move_embargo", "POST"): SIGNED,
    ("announcements.new", "GET"): OWNED_ORGANISATION,
    ("announcements.new", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.own_file", "GET"): instead(OWN_ORGANISATION, 404),
    ("announcements.own", "GET"): OWN_ORGANISATION,
    ("announcements.override", "GET"): instead(STAFF, 404),
    ("announcements.override", "POST"): instead(STAFF, 404),
    ("announcements.pass_on", "POST"): instead(STAFF, 303),
    ("announcements.pdf", "GET"): anyone(404),
    ("announcements.published_form", "GET"): anyone(200),
    ("announcements.published_forms", "GET"): anyone(200),
    ("announcements.queued", "GET"): STAFF,
    ("announcements.prefer", "GET"): anyone(302),
    ("announcements.read", "GET"): OWN_ORGANISATION,
    ("announcements.receipt", "GET"): anyone(404),
    ("announcements.review_file", "GET"): instead(STAFF, 404),
    ("announcements.review_return", "POST"): instead(STAFF, 303),
    ("announcements.send", "POST"): instead(OWNED_ORGANISATION, 422),
    ("announcements.send_back", "GET"): SIGNED,
    ("announcements.send_back", "POST"): SIGNED,
    ("announcements.show", "GET"): anyone(404),
    ("announcements.sign", "GET"): SIGNED,
    ("announcements.sign", "POST"): SIGNED,
    ("announcements.text", "GET"): anyone(404),
    ("announcements.to_review", "GET"): STAFF,
    ("announcements.verify", "GET"): anyone(200),
    ("announcements.verify", "POST"): anyone(422),
    ("announcements.withdraw", "GET"): OWNED_ORGANISATION,
    ("announcements.withdraw", "POST"): instead(OWNED_ORGANISATION, 422),
    ("api.about", "GET"): anyone(200),
    ("api.announcement", "GET"): BY_KEY,
    ("api.announcements", "GET"): BY_KEY,
    ("api.check", "POST"): BY_KEY,
    ("api.companies", "GET"): BY_KEY,
    ("api.company", "GET"): BY_KEY,
    ("api.document", "GET"): anyone(200),
    ("api.log", "GET"): BY_KEY,
    ("api.messages", "GET"): BY_KEY,
    ("api.organisations", "GET"): BY_KEY,
    ("api.terms", "GET"): BY_KEY,
    ("evidence.content", "POST"): instead(HOLDER, 302),
    ("evidence.index", "GET"): DESK,
    ("evidence.show", "GET"): HOLDER,
    ("admission.appeal", "GET"): APPLICANT,
    ("admission.appeal", "POST"): instead(APPLICANT, 422),
    ("admission.answer_appeal", "POST"): instead(SUPERVISOR, 404),
    ("admission.answer_measure", "POST"): instead(SUPERVISOR, 404),
    ("admission.held", "GET"): SUPERVISOR,
    ("admission.one_held", "GET"): instead(SUPERVISOR, 404),
    ("admission.propose_measure", "POST"): instead(SUPERVISOR, 404),
    ("admission.ask", "POST"): instead(STAFF, 404),
    ("admission.case", "GET"): instead(STAFF, 404),
    ("admission.claim", "POST"): instead(STAFF, 404),
    ("admission.compare_names", "POST"): instead(STAFF, 404),
    ("admission.export_history", "POST"): instead(HOLDER, 404),
    ("admission.find", "POST"): instead(STAFF, 404),
    ("admission.queue", "GET"): STAFF,
    ("admission.recuse", "POST"): instead(STAFF, 404),
    ("admission.screen", "POST"): instead(STAFF, 404),
    ("admission.list_papers", "GET"): APPLICANT,
    ("admission.add_paper", "GET"): APPLICANT,
    ("admission.add_paper", "POST"): instead(APPLICANT, 422),
    ("admission.remove_paper", "GET"): instead(APPLICANT, 404),
    ("admission.remove_paper", "POST"): instead(APPLICANT, 404),
    ("admission.list_consents", "GET"): APPLICANT,
    ("admission.answer_consents", "POST"): instead(APPLICANT, 422),
    ("admission.own_consents", "GET"): signed(200),
    ("admission.withdraw_consent", "GET"): APPLICANT,
    ("admission.withdraw_consent", "POST"): instead(APPLICANT, 422),
    ("admission.rule", "GET"): instead(STAFF, 404),
    ("admission.note_rule", "POST"): instead(STAFF, 404),
    ("admission.profile", "GET"): APPLICANT,
    ("admission.show_profile", "POST"): instead(APPLICANT, 422),
    ("admission.edit_profile", "GET"): APPLICANT,
    ("admission.edit_profile", "POST"): instead(APPLICANT, 422),
    ("admission.certificate", "GET"): instead(APPLICANT, 404),
    ("admission.certificate_json", "GET"): instead(APPLICANT, 404),
    ("admission.find_certificate", "GET"): anyone(200),
    ("admission.status", "GET"): anyone(404),
    ("admission.check", "GET"): APPLICANT,
    ("admission.edit", "GET"): instead(APPLICANT, 404),
    ("admission.edit", "POST"): instead(APPLICANT, 404),
    ("admission.hub", "GET"): APPLICANT,
    ("admission.reply", "POST"): instead(APPLICANT, 404),
    ("admission.send", "GET"): APPLICANT,
    ("admission.send", "POST"): instead(APPLICANT, 422),
    ("admission.sent", "GET"): APPLICANT,
    ("admission.start", "GET"): DESK,
    ("admission.start", "POST"): instead(DESK, 422),
    ("admission.withdraw", "GET"): APPLICANT,
    ("admission.withdraw", "POST"): instead(APPLICANT, 422),
    ("alerts.change", "POST"): instead(DESK, 404),
    ("alerts.index", "GET"): DESK,
    ("alerts.remove", "POST"): instead(DESK, 404),
    ("alerts.save", "GET"): DESK,
    ("alerts.save", "POST"): instead(DESK, 422),
    ("alerts.stop", "POST"): anyone(404),
    ("alerts.told", "GET"): anyone(404),
    ("alerts.watch", "POST"): instead(DESK, 303),
    ("assets.file", "GET"): anyone(200),
    ("checking.answer", "POST"): anyone(422),
    ("checking.ask", "GET"): anyone(200),
    ("companies.csv", "GET"): anyone(200),
    ("companies.xlsx", "GET"): anyone(200),
    ("companies.document", "GET"): anyone(404),
    ("companies.feed", "GET"): anyone(200),
    ("companies.index", "GET"): anyone(200),
    ("companies.json", "GET"): anyone(200),
    ("companies.qr", "GET"): anyone(200),
    ("companies.read_document", "POST"): signed(404),
    ("companies.show", "GET"): anyone(200),
    ("comparing.index", "GET"): anyone(200),
    ("covers.show", "GET"): anyone(200),
    ("embedding.card", "GET"): anyone(200),
    ("investors.show", "GET"): OWN_ORGANISATION,
    ("readers.csv", "GET"): OWN_OR_STAFF,
    ("readers.index", "GET"): OWN_OR_STAFF,
    ("readers.json", "GET"): OWN_OR_STAFF,
    ("revisions.index", "GET"): anyone(200),
    ("factsheets.copy", "POST"): ADMITTED_OR_OWN,
    ("factsheets.show", "GET"): anyone(200),
    ("front.accessibility", "GET"): anyone(200),
    ("front.desk", "GET"): DESK,
    ("front.events", "GET"): EVENTS,
    ("front.healthz", "GET"): anyone(200),
    ("front.help_and_contact", "GET"): anyone(200),
    ("front.home", "GET"): anyone(200),
    ("front.privacy", "GET"): anyone(200),
    ("front.readyz", "GET"): anyone(503),
    ("front.review", "GET"): STAFF,
    ("front.studio", "GET"): STUDIO,
    ("importing.report", "GET"): instead(STAFF, 404),
    ("importing.report", "POST"): instead(STAFF, 404),
    ("importing.upload", "GET"): STAFF,
    ("importing.upload", "POST"): instead(STAFF, 422),
    ("journal.checkpoint", "GET"): anyone(200),
    ("journal.consistency", "GET"): anyone(400),
    ("journal.entry", "GET"): anyone(200),
    ("journal.key", "GET"): anyone(200),
    ("journal.proof", "GET"): anyone(200),
    ("journal.script", "GET"): anyone(200),
    ("languages.root", "GET"): anyone(302),
    ("languages.switch", "GET"): anyone(302),
    ("metrics.show", "GET"): anyone(404),
    ("personal.copy", "POST"): signed(303),
    ("personal.answer", "GET"): instead(SUPERVISOR, 404),
    ("personal.answer", "POST"): instead(SUPERVISOR, 404),
    ("personal.erase", "GET"): signed(200),
    ("personal.erase", "POST"): signed(422),
    ("personal.erased", "GET"): anyone(200),
    ("personal.own", "GET"): signed(200),
    ("personal.requests", "GET"): SUPERVISOR,
    ("personal.take_back", "POST"): signed(404),
    ("planning.add_day", "GET"): ORGANIZER,
    ("planning.add_day", "POST"): instead(ORGANIZER, 422),
    ("planning.add_session", "GET"): ORGANIZER,
    ("planning.add_session", "POST"): instead(ORGANIZER, 422),
    ("planning.archive", "POST"): instead(ORGANIZER, 422),
    ("planning.cancel", "GET"): ORGANIZER,
    ("planning.cancel", "POST"): instead(ORGANIZER, 422),
    ("planning.change", "GET"): ORGANIZER,
    ("planning.change", "POST"): instead(ORGANIZER, 422),
    ("planning.change_day", "GET"): ORGANIZER,
    ("planning.change_day", "POST"): instead(ORGANIZER, 422),
    ("planning.change_session", "GET"): ORGANIZER,
    ("planning.change_session", "POST"): instead(ORGANIZER, 422),
    ("planning.arrive", "POST"): instead(ORGANIZER, 404),
    ("planning.decide", "POST"): instead(ORGANIZER, 404),
    ("planning.delay", "POST"): instead(ORGANIZER, 303),
    ("planning.door", "GET"): ORGANIZER,
    ("planning.letter", "GET"): ORGANIZER,
    ("planning.letter", "POST"): ORGANIZER,
    ("planning.moderate", "GET"): instead(ORGANIZER, 404),
    ("planning.moderate", "POST"): instead(ORGANIZER, 404),
    ("planning.move", "GET"): ORGANIZER,
    ("planning.move", "POST"): instead(ORGANIZER, 422),
    ("planning.new", "GET"): EVENTS,
    ("planning.new", "POST"): instead(EVENTS, 422),
    ("planning.people", "GET"): ORGANIZER,
    ("planning.companies", "GET"): ORGANIZER,
    ("planning.companies", "POST"): instead(ORGANIZER, 422),
    ("planning.copy", "GET"): ORGANIZER,
    ("planning.copy", "POST"): instead(ORGANIZER, 422),
    ("planning.follow_up", "GET"): ORGANIZER,
    ("planning.people_csv", "GET"): ORGANIZER,
    ("planning.promote", "POST"): instead(ORGANIZER, 404),
    ("planning.publish", "POST"): instead(ORGANIZER, 422),
    ("planning.questions", "GET"): ORGANIZER,
    ("planning.remove_day", "POST"): instead(ORGANIZER, 303),
    ("planning.remove_session", "POST"): instead(ORGANIZER, 303),
    ("planning.reminder", "GET"): instead(ORGANIZER, 404),
    ("planning.record", "GET"): ORGANIZER,
    ("planning.replay", "GET"): ORGANIZER,
    ("planning.replay", "POST"): instead(ORGANIZER, 422),
    ("planning.reminders", "GET"): ORGANIZER,
    ("planning.reminders", "POST"): instead(ORGANIZER, 422),
    ("planning.remove_reminder", "POST"): instead(ORGANIZER, 404),
    ("planning.retry_reminder", "POST"): instead(ORGANIZER, 404),
    ("planning.scan", "GET"): instead(EVENTS, 404),
    ("planning.show", "GET"): ORGANIZER,
    ("planning.speakers", "GET"): ORGANIZER,
    ("planning.speakers", "POST"): instead(ORGANIZER, 422),
    ("planning.remove_speaker", "POST"): instead(ORGANIZER, 404),
    ("planning.swap", "POST"): instead(ORGANIZER, 303),
    ("rates.index", "GET"): STAFF,
    ("rates.new", "GET"): STAFF,
    ("rates.new", "POST"): instead(STAFF, 422),
    ("screening.index", "GET"): STAFF,
    ("screening.index", "POST"): instead(STAFF, 422),
    ("screening.new", "GET"): SUPERVISOR,
    ("screening.new", "POST"): instead(SUPERVISOR, 422),
    ("screening.resolve", "POST"): instead(STAFF, 404),
    ("screening.show", "GET"): instead(STAFF, 404),
    ("own_terms.drop", "POST"): instead(OWNED_ORGANISATION, 303),
    ("interrupted.drop", "POST"): signed(303),
    ("interrupted.keep_aside", "POST"): signed(422),
    ("own_terms.index", "GET"): OWN_ORGANISATION,
    ("own_terms.keep", "POST"): instead(OWNED_ORGANISATION, 422),
    ("reporting.policy", "GET"): anyone(200),
    ("reporting.security_txt", "GET"): anyone(200),
    ("profiles.add_document", "GET"): OWNED_ORGANISATION,
    ("profiles.add_document", "POST"): instead(OWNED_ORGANISATION, 422),
    ("profiles.begin", "GET"): PROFILE_BEGIN,
    ("profiles.begin", "POST"): instead(PROFILE_BEGIN, 422),
    ("profiles.check", "GET"): OWN_ORGANISATION,
    ("profiles.document", "GET"): instead(OWN_ORGANISATION, 404),
    ("profiles.edit", "GET"): instead(OWNED_ORGANISATION, 404),
    ("profiles.hub", "GET"): OWN_ORGANISATION,
    ("profiles.preview", "GET"): instead(OWN_ORGANISATION, 404),
    ("profiles.recall", "POST"): SIGNED,
    ("profiles.remove_document", "GET"): instead(OWNED_ORGANISATION, 404),
    ("profiles.remove_document", "POST"): instead(OWNED_ORGANISATION, 404),
    ("profiles.replace_document", "GET"): instead(OWNED_ORGANISATION, 404),
    ("profiles.replace_document", "POST"): instead(OWNED_ORGANISATION, 404),
    ("profiles.save", "POST"): instead(OWNED_ORGANISATION, 404),
    ("profiles.send", "GET"): SIGNED,
    ("profiles.send", "POST"): SIGNED,
    ("profiles.take_in", "GET"): OWNED_ORGANISATION,
    ("profiles.take_in", "POST"): instead(OWNED_ORGANISATION, 422),
    ("profiles.template", "GET"): OWN_ORGANISATION,
    ("reviewing.approve", "POST"): instead(STAFF, 404),
    ("reviewing.check_identity", "POST"): instead(STAFF, 404),
    ("reviewing.claim", "POST"): instead(STAFF, 404),
    ("reviewing.comment", "POST"): instead(STAFF, 404),
    ("reviewing.file", "GET"): instead(STAFF, 404),
    ("reviewing.govern", "GET"): instead(SUPERVISOR, 404),
    ("reviewing.govern", "POST"): instead(SUPERVISOR, 404),
    ("reviewing.index", "GET"): STAFF,
    ("reviewing.recuse", "POST"): instead(STAFF, 404),
    ("reviewing.send_back", "POST"): instead(STAFF, 404),
    ("reviewing.show", "GET"): instead(STAFF, 404),
    ("reviewing.withdraw_comment", "POST"): instead(STAFF, 404),
    ("security.change_password", "GET"): signed(200),
    ("security.change_password", "POST"): signed(400),
    ("security.login", "GET"): out_then(200, 302),
    ("security.login", "POST"): anyone(400),
    ("security.logout", "POST"): out_then(302, 200),
    ("security.mf_recovery", "GET"): signed(302),
    ("security.mf_recovery", "POST"): out_then(400, 302),
    ("security.mf_recovery_codes", "GET"): signed(200),
    ("security.mf_recovery_codes", "POST"): signed(400),
    ("security.tf_select", "GET"): signed(302),
    ("security.tf_select", "POST"): anyone(400),
    ("security.two_factor_rescue", "GET"): anyone(302),
    ("security.two_factor_setup", "GET"): signed(200),
    ("security.two_factor_setup", "POST"): signed(400),
    ("security.two_factor_setup_validate", "POST"): signed(400),
    ("security.two_factor_token_validation", "GET"): signed(302),
    ("security.two_factor_token_validation", "POST"): anyone(400),
    ("security.verify", "GET"): signed(200),
    ("security.verify", "POST"): signed(400),
    ("security.wan_delete", "POST"): signed(400),
    ("security.wan_register", "GET"): signed(200),
    ("security.wan_register", "POST"): signed(400),
    ("security.wan_register_response", "POST"): signed(400),
    ("security.wan_signin", "GET"): out_then(200, 302),
    ("security.wan_signin", "POST"): out_then(400, 302),
    ("security.wan_signin_response", "POST"): anyone(400),
    ("security.wan_verify", "GET"): signed(200),
    ("security.wan_verify", "POST"): signed(400),
    ("security.wan_verify_response", "POST"): signed(400),
    ("trying.index", "GET"): SUPERVISOR,
    ("trying.index", "POST"): instead(SUPERVISOR, 422),
    ("trying.show", "GET"): instead(SUPERVISOR, 404),
    ("confirming.index", "GET"): SUPERVISOR,
    ("confirming.show", "GET"): SUPERVISOR,
    ("confirming.show", "POST"): instead(SUPERVISOR, 422),
    ("suitability.own", "GET"): DESK,
    ("suitability.company", "GET"): APPLICANT,
    ("suitability.read", "POST"): instead(APPLICANT, 422),
    ("suitability.sure", "GET"): APPLICANT,
    ("suitability.confirm", "POST"): instead(APPLICANT, 422),
    ("suitability.questionnaire", "GET"): APPLICANT,
    ("suitability.questionnaire", "POST"): instead(APPLICANT, 422),
    ("suitability.level", "GET"): SUPERVISOR,
    ("suitability.level", "POST"): instead(SUPERVISOR, 422),
    ("suitability.lift", "POST"): instead(SUPERVISOR, 400),
    ("suitability.confirmations", "GET"): STAFF,
    ("suitability.confirmations_csv", "GET"): STAFF,
    ("meetings.cancel_as_company", "POST"): instead(OWNED_ORGANISATION, 404),
    ("meetings.cancel_as_investor", "POST"): instead(DESK, 404),
    ("meetings.company_times", "POST"): instead(OWNED_ORGANISATION, 404),
    ("meetings.investor_times", "POST"): instead(DESK, 404),
    ("meetings.company_ics", "GET"): instead(OWNED_ORGANISATION, 404),
    ("meetings.investor_ics", "GET"): instead(DESK, 404),
    ("meetings.company", "GET"): instead(OWNED_ORGANISATION, 404),
    ("meetings.company", "POST"): instead(OWNED_ORGANISATION, 404),
    ("meetings.decide", "POST"): instead(ORGANIZER, 404),
    ("meetings.investor", "GET"): instead(DESK, 404),
    ("meetings.investor", "POST"): instead(DESK, 404),
    ("meetings.lock", "POST"): instead(ORGANIZER, 404),
    ("meetings.plan", "GET"): instead(ORGANIZER, 404),
    ("meetings.run", "POST"): instead(ORGANIZER, 404),
    ("meetings.setup", "GET"): ORGANIZER,
    ("meetings.setup", "POST"): instead(ORGANIZER, 422),
    ("meetings.show", "GET"): instead(ORGANIZER, 303),
    ("planning.turn_company", "POST"): instead(ORGANIZER, 303),
    ("presenting.confirm", "POST"): instead(OWNED_ORGANISATION, 422),
    ("presenting.decline", "POST"): instead(OWNED_ORGANISATION, 422),
    ("presenting.own", "GET"): OWNED_ORGANISATION,
    ("presenting.own_materials", "GET"): instead(OWNED_ORGANISATION, 404),
    ("presenting.own_materials", "POST"): instead(OWNED_ORGANISATION, 404),
    ("presenting.withdraw_material", "POST"): instead(OWNED_ORGANISATION, 404),
    ("presenting.own_questions", "GET"): instead(OWNED_ORGANISATION, 404),
    ("presenting.reply", "GET"): instead(OWNED_ORGANISATION, 404),
    ("presenting.reply", "POST"): instead(OWNED_ORGANISATION, 404),
    ("presenting.own_speakers", "GET"): instead(OWNED_ORGANISATION, 404),
    ("presenting.own_speakers", "POST"): instead(OWNED_ORGANISATION, 404),
    ("presenting.remove_own_speaker", "POST"): instead(OWNED_ORGANISATION, 404),
    ("roadshows.accept", "POST"): instead(DESK, 404),
    ("roadshows.ask", "GET"): instead(DESK, 404),
    ("roadshows.ask", "POST"): instead(DESK, 404),
    ("roadshows.changes", "GET"): anyone(404),
    ("roadshows.changes_feed", "GET"): anyone(404),
    ("roadshows.code", "GET"): instead(DESK, 404),
    ("roadshows.feedback", "GET"): instead(DESK, 404),
    ("roadshows.feedback", "POST"): instead(DESK, 404),
    ("roadshows.feed", "GET"): anyone(404),
    ("roadshows.ics", "GET"): anyone(404),
    ("roadshows.index", "GET"): anyone(200),
    ("roadshows.leave", "GET"): instead(DESK, 404),
    ("roadshows.leave", "POST"): instead(DESK, 404),
    ("roadshows.link", "POST"): instead(DESK, 303),
    ("roadshows.material", "GET"): anyone(404),
    ("roadshows.mine", "GET"): DESK,
    ("roadshows.now_and_next", "GET"): anyone(404),
    ("roadshows.now_part", "GET"): anyone(404),
    ("roadshows.own_ics", "GET"): instead(DESK, 404),
    ("roadshows.record_pdf", "GET"): anyone(404),
    ("roadshows.register", "GET"): instead(DESK, 404),
    ("roadshows.register", "POST"): instead(DESK, 404),
    ("roadshows.show", "GET"): anyone(404),
    ("roadshows.standing_part", "GET"): instead(DESK, 404),
    ("roadshows.vote", "POST"): instead(DESK, 404),
    ("rulebooks.beside", "GET"): anyone(200),
    ("rulebooks.check", "GET"): anyone(200),
    ("rulebooks.index", "GET"): anyone(200),
    ("rulebooks.json", "GET"): anyone(200),
    ("rulebooks.show", "GET"): anyone(200),
    ("obligations.company", "GET"): STAFF,
    ("obligations.filed", "GET"): instead(STAFF, 404),
    ("obligations.one", "GET"): instead(STAFF, 404),
    ("obligations.take", "POST"): instead(STAFF, 404),
    ("obligations.waive", "POST"): instead(STAFF, 404),
    ("obligations.affects", "GET"): STAFF,
    ("obligations.affects", "POST"): instead(STAFF, 422),
    ("obligations.affects_csv", "GET"): instead(STAFF, 404),
    ("obligations.affects_json", "GET"): instead(STAFF, 404),
    ("obligations.due", "GET"): STAFF,
    ("obligations.due_csv", "GET"): STAFF,
    ("obligations.mark_receipt", "GET"): anyone(404),
    ("obligations.standing", "GET"): anyone(200),
    ("obligations.standing_json", "GET"): anyone(200),
    ("obligations.decide", "GET"): instead(STAFF, 404),
    ("obligations.decide", "POST"): instead(STAFF, 404),
    ("obligations.document", "GET"): instead(OWN_ORGANISATION, 404),
    ("obligations.event", "GET"): instead(OWNED_ORGANISATION, 404),
    ("obligations.event", "POST"): instead(OWNED_ORGANISATION, 404),
    ("obligations.file", "POST"): instead(OWNED_ORGANISATION, 404),
    ("obligations.index", "GET"): OWN_ORGANISATION,
    ("obligations.market", "GET"): anyone(200),
    ("obligations.market_json", "GET"): anyone(200),
    ("obligations.overview", "GET"): STAFF,
    ("obligations.show", "GET"): instead(OWN_ORGANISATION, 404),
    ("obligations.tier", "GET"): OWNED_ORGANISATION,
    ("obligations.tier", "POST"): instead(OWNED_ORGANISATION, 422),
    ("disclosure.due", "GET"): anyone(404),
    ("disclosure.index", "GET"): anyone(200),
    ("disclosure.json", "GET"): anyone(404),
    ("terms.csv", "GET"): anyone(200),
    ("terms.forbidden", "GET"): anyone(200),
    ("terms.index", "GET"): anyone(200),
    ("terms.show", "GET"): anyone(200),
    ("terms.tbx_file", "GET"): anyone(200),
    ("webhooks.index", "GET"): OWNED_ORGANISATION,
    ("webhooks.register", "GET"): OWNED_ORGANISATION,
    ("webhooks.register", "POST"): instead(OWNED_ORGANISATION, 422),
    ("webhooks.remove", "POST"): instead(OWNED_ORGANISATION, 409),
    ("webhooks.resend", "POST"): instead(OWNED_ORGANISATION, 302),
    ("webhooks.show", "GET"): OWNED_ORGANISATION,
    ("webhooks.start", "POST"): instead(OWNED_ORGANISATION, 302),
    ("webhooks.stop", "POST"): instead(OWNED_ORGANISATION, 302),
}


READ = [key for key in MATRIX if key[1] == "GET"]
CHANGING = [key for key in MATRIX if key[1] != "GET"]


def evidence_of(organisation_id):
    """A paper in the vault."""
    said = {"case": Case("application", "1"), "about": About("identity"), "retention": "draft"}
    paper = {"stream": io.BytesIO(PDF), "name": "identity.pdf", "organisation_id": organisation_id}
    return keeping.keep(**paper, **said, actor=SYSTEM, now=NOW)


def _made():
    """An enterprise with everything that is asked about, and one visitor of each kind; two organisations of each."""
    enterprise = an_organisation("enterprise")
    member = a_member(enterprise, "editor")
    invitation = an_invitation(enterprise)
    company = a_company(slug="example", organisation_id=enterprise.id)
    delivery = a_delivery(a_webhook(enterprise))
    second = {"tf_primary_method": "authenticator", "tf_totp_secret": "secret"}
    people = {
        "nobody": None,
        "registered": a_user(),
        "owner": a_member(enterprise, "owner").user,
        "viewer": a_member(enterprise, "viewer").user,
        "other": a_member(an_organisation("enterprise"), "owner").user,
        "investor": a_member(an_organisation("investor")).user,
        "organizer": a_member(an_organisation("organizer")).user,
        "agent": a_member(an_organisation("agent")).user,
    }
    operator = an_organisation("operator")
    people["reviewer"] = a_member(operator, "reviewer", a_user(**second)).user
    people["supervisor"] = a_member(operator, "supervisor", a_user(**second)).user
    a_member(enterprise, "owner")  # so that the owner who asks is not the last
    own = people["investor"].memberships[0].organisation_id
    application = applying.begin(organisation_id=own, actor=SYSTEM, now=NOW)
    evidence = evidence_of(own)
    consent = a_consent(own, people["investor"])
    a_reading(company, own)
    show = a_roadshow(people["organizer"].memberships[0], published=False)
    asked = an_asked(company, show.days[0].sessions[0])
    profile = profiles.begin(organisation_id=enterprise.id, actor=SYSTEM, now=NOW)
    house = House(company, member, None, None)
    draft = begun(house)
    db.session.commit()
    values = {
        "lang": "en",
        "roadshow_id": show.id,
        "slot_id": show.days[0].sessions[0].id,
        "presentation_id": asked.id,
        "turn": "agreed",
        "vote": "up",
        "speaker_id": 999_999,
        "material_id": 999_999,
        "day_id": show.days[0].id,
        "registration_id": 999_999,
        "reminder_id": 999_999,
        "meeting_id": 999_999,
        "run_id": 999_999,
        "whether": "lock",
        "step": "undo",
        "asked_id": 999_999,
        "minutes": "5",
        "shift": "later",
        "what": "end",
        "done": "undo",
        "code": show.code,
        "answer": "approve",
        "way": "later",
        "profile_id": profile.id,
        "announcement_id": draft.id,
        "company_id": 999_999,
        "side": "zh",
        "application_id": application.id,
        "uid": evidence.uid,
        "consent_id": consent.id,
        "how": "view",
        "shape": "csv",
        "question_id": 999_999,
        "row_id": "none",
        "organisation_id": enterprise.id,
        "institution_id": own,
        "user_id": member.user_id,
        "invitation_id": invitation.id,
        "session_id": 999_999,
        "webhook_id": delivery.webhook_id,
        "delivery_id": delivery.id,
        "key_id": 999_999,
        "hit_id": 999_999,
        "number": 999_999,
        "alert_id": 999_999,
        "comment_id": 999_999,
        "file_id": 999_999,
        "request_id": 999_999,
        "rung": "removal",
        "submission_id": 999_999,
        "admission_id": 999_999,
        "measure_id": 999_999,
        "mandate_id": 999_999,
        "erasure_id": 999_999,
        "trial_id": 999_999,
        "term_id": "listing",
        "book_id": "HK-PI",
        "version": "2018-07-13",
        "form_id": "board_meeting",
        "form_version": 1,
        "other": "2018-07-13",
        "kept_id": 999_999,
        "message_id": 999_999,
        "mark": "read",
        "slug": company.slug,
        "key": "none",
        "token": "none",
        "name": "app.css",
        "kind": "sector",
        "target": "en",
        "n": 0,
    }
    return people, values


class Visitor(NamedTuple):
    """What a session keeps of a person."""

    id: int
    fs_uniquifier: str


@pytest.fixture(scope="module")
def put_in(application):
    """Make the market in an empty database: who visits it, and the path of each route."""

    def make():
        people, values = _made()
        visitors = {name: user and Visitor(user.id, user.fs_uniquifier) for name, user in people.items()}
        rules = {(rule.endpoint, method): rule for rule in application.url_map.iter_rules() for method in rule.methods}
        with application.test_request_context():
            paths = {key: rules[key].build({k: values[k] for k in rules[key].arguments})[1] for key in MATRIX}
        return visitors, paths

    return Once(make)


@pytest.fixture
def market(app, put_in):
    return put_in()


def _of_library(key):
    """Whether a route is the account library's, whose pages may end the session they are opened in."""
    return key[0].startswith("security.")


def _answers(app, market, visitor, keys):
    """What ``visitor`` gets at each route of ``keys``."""
    visitors, paths = market
    client, got = signed_in(app.test_client(), visitors[visitor]), {}
    for key in sorted(keys, key=_of_library):
        if _of_library(key):
            client = signed_in(app.test_client(), visitors[visitor])
        app.config["WTF_CSRF_CHECK_DEFAULT"] = False
        answer = client.open(paths[key], method=key[1])
        app.config["WTF_CSRF_CHECK_DEFAULT"] = True
        to_sign_in = answer.status_code == 302 and answer.location.startswith("/en/login")
        got[key] = "in" if to_sign_in and visitor == "nobody" else answer.status_code
    return got


def _wanted(visitor, keys):
    return {key: MATRIX[key][VISITORS.index(visitor)] for key in keys}


@on_one_database
@pytest.mark.parametrize("visitor", VISITORS)
def test_what_each_visitor_may_read(app, market, visitor):
    assert _answers(app, market, visitor, READ) == _wanted(visitor, READ)


# Who may what is no matter of the database; that each page opens is. So the second sees each once, by somebody let in,
# and what has nothing to show here by all who get that far.
INSIDE = ("owner", "investor", "organizer", "supervisor", "nobody")


def _asks(visitor, key):
    row = dict(zip(VISITORS, MATRIX[key], strict=True))
    if 200 in row.values():
        return visitor == next(name for name in INSIDE if row[name] == 200)
    if len(set(row.values())) == 1:
        return visitor == INSIDE[0]
    return row[visitor] not in ("in", 403)


@pytest.mark.parametrize("database_url", KINDS[1:], indirect=True)
@pytest.mark.parametrize("visitor", INSIDE)
def test_every_page_opens_on_the_second_database(app, market, visitor):
    keys = [key for key in READ if _asks(visitor, key)]
    assert _answers(app, market, visitor, keys) == _wanted(visitor, keys)


@on_one_database
@pytest.mark.parametrize("key", CHANGING)
def test_what_every_visitor_may_change(app, market, key):
    got = {visitor: _answers(app, market, visitor, [key])[key] for visitor in VISITORS}
    assert got == dict(zip(VISITORS, MATRIX[key], strict=True))


def _routes(app):
    return {(r.endpoint, m) for r in app.url_map.iter_rules() for m in r.methods - {"HEAD", "OPTIONS"}}


def test_the_table_names_every_route_and_no_other(app):
    assert _routes(app) == set(MATRIX)


@on_one_database
def test_an_undeclared_view_is_refused(app, market):
    page = "front.help_and_contact", "GET"
    view = app.view_functions["front.help_and_contact"]
    app.view_functions["front.help_and_contact"] = lambda: "secret"
    try:
        assert _answers(app, market, "supervisor", [page]) == {page: 403}
    finally:
        app.view_functions["front.help_and_contact"] = view


# The account library's own views ask for sign-in themselves as well, so loosening our mark alone changes nothing there.
ASKED = ("other", "registered", "nobody")
LOOSENABLE = sorted(key for key, row in MATRIX.items() if row[0] == "in" and not _of_library(key))


def _unnoticed(app, market, keys, permission):
    """The routes whose row stays as it is with another ``permission`` on the view."""
    unnoticed = []
    for key in keys:
        view = app.view_functions[key[0]]
        marks = view.permission, view.load_subject
        view.permission, view.load_subject = permission, None
        try:
            if all(_answers(app, market, visitor, [key]) == _wanted(visitor, [key]) for visitor in ASKED):
                unnoticed.append(key)
        finally:
            view.permission, view.load_subject = marks
    return unnoticed


@on_one_database
@pytest.mark.slow
def test_taking_any_mark_away_turns_the_table_red(app, market):
    assert _unnoticed(app, market, MATRIX, None) == []


@on_one_database
@pytest.mark.slow
def test_loosening_any_mark_turns_the_table_red(app, market):
    assert _unnoticed(app, market, LOOSENABLE, Permission.PUBLIC) == []


def test_staff_without_a_second_factor_are_led_to_it(app):
    reviewer = a_member(an_organisation("operator"), "reviewer").user
    client = signed_in(app.test_client(), reviewer)
    assert client.get("/en/review").location == "/en/account/second-factor"


def test_routes_policy_prints_what_the_gate_asks(app):
    printed = json.loads(app.test_cli_runner().invoke(args=["routes-policy", "--json"]).output)
    assert {(row["endpoint"], m) for row in printed for m in row["methods"]} == set(MATRIX)
    assert [row for row in printed if row["permission"] not in {str(p) for p in Permission}] == []
