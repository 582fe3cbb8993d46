"""Who may do what: the whole product on one page.

A permission is granted when every predicate of at least one row holds.
"""

from listing.access.permission import Permission as P
from listing.accounts.rules import (
    anyone,
    belongs_to_agent,
    belongs_to_enterprise,
    belongs_to_investor,
    belongs_to_organizer,
    has_second_factor,
    is_admitted,
    is_member,
    is_owner,
    is_reviewer,
    is_staff,
    is_supervisor,
    signed_in,
)
from listing.admission.consents import answered
from listing.admission.history.rules import oversees, works_on
from listing.admission.rules import answers, belongs, sends
from listing.disclosure.announcements.joint import signs_jointly, takes_part
from listing.disclosure.announcements.rules import endorses, prepares
from listing.evidence.rules import opens
from listing.profiles.rules import edits, signs
from listing.roadshows.rules import organizes

POLICY = {
    P.PUBLIC: [[anyone]],
    P.ACCOUNT_SELF: [[signed_in]],
    P.ADMISSION_ANSWER: [[answers]],
    P.ADMISSION_GOVERN: [[is_supervisor, has_second_factor]],
    P.ADMISSION_HISTORY: [[works_on, has_second_factor], [oversees, has_second_factor]],
    P.ADMISSION_REVIEW: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.ADMISSION_SEND: [[sends]],
    P.ADMISSION_VIEW: [[belongs]],
    P.ANNOUNCEMENT_CHECK: [[edits], [prepares], [signs], [endorses]],
    P.ANNOUNCEMENT_EDIT: [[edits], [prepares]],
    P.ANNOUNCEMENT_EMBARGO: [[signs, has_second_factor], [signs_jointly, has_second_factor]],
    P.ANNOUNCEMENT_ENDORSE: [[endorses, has_second_factor]],
    P.ANNOUNCEMENT_LEAVE: [[signs_jointly, has_second_factor]],
    P.ANNOUNCEMENT_MANDATE: [[is_owner]],
    P.ANNOUNCEMENT_OVERRIDE: [[is_supervisor, has_second_factor]],
    P.ANNOUNCEMENT_READ: [[is_admitted], [is_member], [takes_part], [prepares], [endorses]],
    P.ANNOUNCEMENT_REVIEW: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.ANNOUNCEMENT_SIGN: [[signs, has_second_factor], [signs_jointly, has_second_factor]],
    P.ANNOUNCEMENT_VIEW: [[is_member], [prepares], [endorses], [takes_part]],
    P.ANNOUNCEMENT_WITHDRAW: [[edits], [prepares], [signs, has_second_factor]],
    P.COMPANY_COPY: [[is_admitted], [is_member]],
    P.COMPANY_IMPORT: [[is_staff, has_second_factor]],
    P.CONSENT_WITHDRAW: [[answered]],
    P.DISCLOSURE_FILE: [[edits]],
    P.DISCLOSURE_REVIEW: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.DISCLOSURE_VIEW: [[is_member]],
    P.DESK_ENTER: [[belongs_to_investor]],
    P.EVENTS_ENTER: [[belongs_to_organizer]],
    P.EVIDENCE_LIST: [[belongs_to_investor]],
    P.EVIDENCE_OPEN: [[opens]],
    P.ORGANISATION_MANAGE: [[is_owner]],
    P.ORGANISATION_VIEW: [[is_member]],
    P.PEOPLE_MANAGE: [[is_supervisor, has_second_factor]],
    P.PROFILE_EDIT: [[edits]],
    P.PROFILE_SIGN: [[signs, has_second_factor]],
    P.PROFILE_VIEW: [[is_member]],
    P.RATE_ENTER: [[is_staff, has_second_factor]],
    P.READERS_VIEW: [[is_member], [is_staff, has_second_factor]],
    P.PROFILE_GOVERN: [[is_supervisor, has_second_factor]],
    P.PROFILE_REVIEW: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.REVIEW_ENTER: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.ROADSHOW_MANAGE: [[organizes]],
    P.ROADSHOW_REGISTER: [[belongs_to_investor]],
    P.SCREENING_IMPORT: [[is_supervisor, has_second_factor]],
    P.SCREENING_LOOK: [[is_reviewer, has_second_factor], [is_supervisor, has_second_factor]],
    P.STUDIO_ENTER: [[belongs_to_enterprise], [belongs_to_agent]],
    P.WATCH: [[belongs_to_investor]],
}
