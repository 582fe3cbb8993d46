"""Names of everything a person may do. The policy says who; see listing/policy.py."""

from enum import StrEnum


class Permission(StrEnum):
    PUBLIC = "public"
    ACCOUNT_SELF = "account:self"
    COMPANY_COPY = "company:copy"
    COMPANY_IMPORT = "company:import"
    DESK_ENTER = "desk:enter"
    EVENTS_ENTER = "events:enter"
    ORGANISATION_MANAGE = "organisation:manage"
    ORGANISATION_VIEW = "organisation:view"
    PEOPLE_MANAGE = "people:manage"
    PROFILE_EDIT = "profile:edit"
    PROFILE_GOVERN = "profile:govern"
    PROFILE_REVIEW = "profile:review"
    PROFILE_SIGN = "profile:sign"
    PROFILE_VIEW = "profile:view"
    RATE_ENTER = "rate:enter"
    REVIEW_ENTER = "review:enter"
    SCREENING_IMPORT = "screening:import"
    SCREENING_LOOK = "screening:look"
    STUDIO_ENTER = "studio:enter"
    WATCH = "watch"
